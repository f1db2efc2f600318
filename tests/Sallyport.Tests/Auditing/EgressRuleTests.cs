using Sallyport.Auditing;
using Sallyport.Auditing.Parameters;
using Sallyport.Packets;

namespace Sallyport.Tests.Auditing;

public sealed class EgressRuleTests
{
    [Theory]
    [InlineData("any", true)]
    [InlineData("tcp/0", true)]
    [InlineData("tcp/443", true)]
    [InlineData("tcp/65535", true)]
    [InlineData("udp/53", true)]
    [InlineData("tcp/0-65535", true)]
    [InlineData("icmp", false)]
    [InlineData("icmpv6", false)]
    [InlineData("proto/47", false)]
    [InlineData("proto/50", false)]
    public void Unrestricted_egress_is_about_tcp_udp_and_all_protocols(string service, bool fires)
    {
        var findings = Audit.Findings("SP-EGR-01", $"group web\n  egress {service} to 0.0.0.0/0");
        Assert.Equal(fires ? 1 : 0, findings.Count);
        Assert.All(findings, f => Assert.Equal(["EC2-033"], f.Aliases));
    }

    [Fact]
    public void Ingress_from_the_world_is_not_egress() => Audit.Quiet("SP-EGR-01", "group web\n  ingress any from 0.0.0.0/0");

    [Fact]
    public void The_alias_wants_a_literal_slash_zero_among_the_evidence()
    {
        Assert.Empty(Audit.Fires("SP-EGR-01", "group web\n  egress tcp/443 to 0.0.0.0/1\n  egress tcp/443 to 128.0.0.0/1\n  egress icmp to 0.0.0.0/0").Aliases);
        Assert.Equal(["EC2-033"], Audit.Fires("SP-EGR-01", "group web\n  egress tcp/443 to 2000::/3\n  egress udp/1 to ::/0").Aliases);
    }

    [Theory]
    [InlineData("any", true)]
    [InlineData("tcp/0-65535", true)]
    [InlineData("tcp/1-65535", true)]
    [InlineData("tcp/0-65534", true)] // 65,535 ports
    [InlineData("tcp/1-65534", false)]
    [InlineData("tcp/2-65535", false)]
    [InlineData("udp/1-65535", true)]
    [InlineData("icmp", false)]
    [InlineData("proto/47", false)]
    public void All_ports_means_65535_in_a_row(string service, bool fires) =>
        Assert.Equal(fires ? 1 : 0, Audit.Findings("SP-EGR-02", $"group web\n  egress {service} to 0.0.0.0/0").Count);

    [Fact]
    public void All_ports_may_be_put_together_from_ranges_and_blocks() => Audit.Fires(
        "SP-EGR-02", "group web\n  egress tcp/0-30000 to 0.0.0.0/0\n  egress tcp/30001-65535 to 0.0.0.0/1\n  egress tcp/30001-65535 to 128.0.0.0/1",
        "egress tcp/0-30000 to 0.0.0.0/0", "egress tcp/30001-65535 to 0.0.0.0/1", "egress tcp/30001-65535 to 128.0.0.0/1");

    [Fact]
    public void A_world_rule_for_one_port_is_no_evidence_of_all_ports() => Audit.Fires(
        "SP-EGR-02", "group web\n  egress any to 0.0.0.0/0\n  egress tcp/443 to 0.0.0.0/0", "egress any to 0.0.0.0/0");

    [Fact]
    public void All_protocols_in_one_family_and_one_port_in_the_other() => Assert.Contains(
        "All egress traffic is open to the whole IPv6", Audit.Fires("SP-EGR-02", "group web\n  egress any to ::/0\n  egress tcp/443 to 10.0.0.0/8").Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("egress any to 0.0.0.0/0", true)]
    [InlineData("egress any to 0.0.0.0/0\n  egress any to ::/0", true)]
    [InlineData("egress any to ::/0", false)]
    [InlineData("egress any to 0.0.0.0/0\n  egress tcp/443 to 10.0.0.0/8", false)]
    [InlineData("egress tcp/0-65535 to 0.0.0.0/0", false)]
    [InlineData("ingress any from 0.0.0.0/0", false)]
    [InlineData("egress any to 127.0.0.1/32", false)] // "no egress" idioms
    [InlineData("egress icmp/252/86 to 255.255.255.255/32", false)]
    public void Default_egress_is_exactly_the_pair_that_AWS_adds(string rules, bool fires) =>
        Assert.Equal(fires ? 1 : 0, Audit.Findings("SP-EGR-03", $"group web\n  {rules}").Count);

    [Fact]
    public void The_default_egress_reads_as_one_exposure()
    {
        var options = AuditOptions.Default with { Rules = [.. RuleCatalogue.All.Where(r => r.Family == RuleFamily.Egress && r.IsOnByDefault).Select(r => r.Code)] };
        var report = Audit.Of("group web\n  egress any to 0.0.0.0/0\ninterface eni-1 web 10.1.0.5", options);
        Assert.Equal(["SP-EGR-02", "SP-EGR-07", "SP-EGR-01", "SP-EGR-03", "SP-EGR-06", "SP-EGR-08"], report.Findings.Select(f => f.Rule));
        Assert.Equal(["SP-EGR-01", "SP-EGR-03", "SP-EGR-06", "SP-EGR-07", "SP-EGR-08"], report.Findings[0].Related);
    }

    [Theory]
    [InlineData("egress any to 127.0.0.1/32\n  egress any to ::1/128")]
    [InlineData("egress icmp/252/86 to 255.255.255.255/32")]
    [InlineData("egress tcp/80 to 255.255.255.255/32")]
    public void The_idioms_for_no_egress_are_quiet(string rules) =>
        Assert.DoesNotContain(Audit.Codes($"group web\n  {rules}\ninterface eni-1 web 10.1.0.5"), c => RuleCatalogue.Find(c)!.Family is RuleFamily.Egress or RuleFamily.Ingress);

    [Theory]
    [InlineData("tcp/442", true)]
    [InlineData("tcp/443", false)]
    [InlineData("tcp/444", true)]
    [InlineData("tcp/443-444", true)]
    [InlineData("udp/443", true)]
    [InlineData("icmp", false)]
    [InlineData("any", true)]
    public void Off_web_egress_leaves_port_443_alone(string service, bool fires) =>
        Assert.Equal(fires ? 1 : 0, Audit.Findings("SP-EGR-06", $"group web\n  egress {service} to 0.0.0.0/0").Count);

    [Fact]
    public void Off_web_egress_obeys_its_lists()
    {
        var options = new AuditOptions { Parameters = ParameterValues.Defaults.With(AuditParameters.EgressWorldTcp, ServiceSet.Of([Service.Tcp(80), Service.Tcp(443)])) };
        Audit.Quiet("SP-EGR-06", "group web\n  egress tcp/80 to 0.0.0.0/0", options);
        Assert.NotEmpty(Audit.Findings("SP-EGR-06", "group web\n  egress tcp/81 to 0.0.0.0/0", options));
    }

    [Theory]
    [InlineData("udp/53", "8.8.8.8/32", true)]
    [InlineData("tcp/53", "8.8.8.8/32", true)]
    [InlineData("tcp/853", "1.1.1.1/32", true)]
    [InlineData("udp/853", "1.1.1.1/32", false)]
    [InlineData("udp/52", "8.8.8.8/32", false)]
    [InlineData("udp/54", "8.8.8.8/32", false)]
    [InlineData("udp/50-60", "8.8.8.8/32", true)]
    [InlineData("any", "0.0.0.0/0", true)]
    [InlineData("udp/53", "2606:4700:4700::1111/128", true)]
    [InlineData("udp/53", "10.1.0.2/32", false)] // the VPC's resolver
    [InlineData("udp/53", "10.1.0.3/32", false)] // a host of ours
    [InlineData("udp/53", "10.1.0.0/16", false)]
    [InlineData("udp/53", "169.254.169.253/32", false)]
    [InlineData("udp/53", "fd00:ec2::253/128", false)]
    [InlineData("udp/53", "10.9.0.53/32", true)] // private, but nobody knows whose
    [InlineData("any", "10.0.0.0/8", false)] // names no DNS, holds nothing public
    [InlineData("udp/53", "10.0.0.0/7", true)] // half of it is public
    public void Dns_goes_to_our_resolvers_only(string service, string peer, bool fires) =>
        Assert.Equal(fires ? 1 : 0, Audit.Findings("SP-EGR-07", $"group web\n  egress {service} to {peer}").Count);

    [Fact]
    public void Own_resolvers_and_groups_are_no_third_parties()
    {
        var options = new AuditOptions { Parameters = ParameterValues.Defaults.With(AuditParameters.Resolvers, [Cidr.Parse("8.8.8.8/32"), Cidr.Parse("10.9.0.0/24")]) };
        Audit.Quiet("SP-EGR-07", "group web\n  egress udp/53 to 8.8.8.8/32\n  egress tcp/53 to 10.9.0.53/32", options);
        Assert.NotEmpty(Audit.Findings("SP-EGR-07", "group web\n  egress udp/53 to 8.8.4.4/32", options));
        Audit.Quiet("SP-EGR-07", "group web\n  egress udp/53 to dns\ngroup dns\n  ingress udp/53 from web");
    }

    [Fact]
    public void Whose_a_private_resolver_is_cannot_be_known_without_VPCs()
    {
        Assert.Contains("VPCs", Audit.Unknown("SP-EGR-07", "gap Vpcs\ngroup web\n  egress udp/53 to 10.1.0.2/32"), StringComparison.Ordinal);
        Assert.NotEmpty(Audit.Findings("SP-EGR-07", "gap Vpcs\ngroup web\n  egress udp/53 to 8.8.8.8/32"));
        Assert.Contains("pl-x", Audit.Unknown("SP-EGR-07", "group web\n  egress udp/53 to pl-x"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tcp/193", "0.0.0.0/0", false)]
    [InlineData("tcp/194", "0.0.0.0/0", true)]
    [InlineData("tcp/195", "0.0.0.0/0", false)]
    [InlineData("tcp/6659", "8.8.8.8/32", false)]
    [InlineData("tcp/6660", "8.8.8.8/32", true)]
    [InlineData("tcp/6669", "8.8.8.8/32", true)]
    [InlineData("tcp/6670", "8.8.8.8/32", false)]
    [InlineData("tcp/6000-6999", "8.8.8.8/32", true)]
    [InlineData("tcp/7000", "2600::/16", true)]
    [InlineData("udp/6667", "8.8.8.8/32", false)]
    [InlineData("any", "0.0.0.0/0", false)] // names no port
    [InlineData("tcp/6667", "10.0.0.0/8", false)]
    [InlineData("tcp/6667", "100.64.0.0/10", false)]
    [InlineData("tcp/6667", "10.0.0.0/7", true)]
    [InlineData("tcp/6667", "web", false)]
    public void Irc_is_named_to_public_peers(string service, string peer, bool fires) =>
        Assert.Equal(fires ? 1 : 0, Audit.Findings("SP-EGR-09", $"group web\n  egress {service} to {peer}").Count);

    [Fact]
    public void Irc_to_a_prefix_list_is_judged_by_its_entries()
    {
        Audit.Quiet("SP-EGR-09", "list pl-x 10.0.0.0/8\ngroup web\n  egress tcp/6667 to pl-x");
        Audit.Fires("SP-EGR-09", "list pl-x 10.0.0.0/8 8.8.8.0/24\ngroup web\n  egress tcp/6667 to pl-x");
        Assert.Contains("pl-x", Audit.Unknown("SP-EGR-09", "group web\n  egress tcp/6667 to pl-x"), StringComparison.Ordinal);
    }
}
