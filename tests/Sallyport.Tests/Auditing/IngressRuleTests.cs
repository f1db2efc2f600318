using Sallyport.Auditing;
using Sallyport.Auditing.Parameters;
using Sallyport.Packets;

namespace Sallyport.Tests.Auditing;

public sealed class IngressRuleTests
{
    [Theory]
    [InlineData("any", true)]
    [InlineData("tcp/1-65535", true)]
    [InlineData("tcp/0-65534", true)]
    [InlineData("tcp/1-65534", false)]
    [InlineData("udp/0-65535", true)]
    [InlineData("icmp", false)]
    [InlineData("icmpv6", false)]
    [InlineData("proto/47", false)]
    public void All_traffic_from_the_world(string service, bool fires)
    {
        var findings = Audit.Findings("SP-ING-01", $"group web\n  ingress {service} from ::/0");
        Assert.Equal(fires ? 1 : 0, findings.Count);
        Assert.All(findings, f => Assert.Equal(FindingSeverity.Critical, f.Severity));
    }

    [Fact]
    public void All_protocols_count_once_and_the_ports_are_named_as_related()
    {
        var options = AuditOptions.Default with { Rules = [.. RuleCatalogue.All.Where(r => r.Family is RuleFamily.Ingress or RuleFamily.Port && r.IsOnByDefault).Select(r => r.Code)] };
        var finding = Assert.Single(Audit.Findings("SP-ING-01", "group web\n  ingress any from 0.0.0.0/0", options));
        Assert.Equal(["ingress any from 0.0.0.0/0"], finding.Evidence.Select(e => e.Key.ToString()));
        Assert.Equal("All ingress traffic is open to the whole IPv4 Internet.", finding.Message);
        string[] ingress = ["SP-ING-02", "SP-ING-06", "SP-ING-08", "SP-ING-09", "SP-ING-10", "SP-ING-12"];
        Assert.Equal([.. ingress, .. Enumerable.Range(1, 38).Select(n => $"SP-PRT-{n:d2}")], finding.Related);
    }

    [Fact]
    public void A_self_rule_before_a_world_rule_hides_nothing() =>
        Audit.Fires("SP-ING-01", "group web\n  ingress any from web\n  ingress any from 0.0.0.0/0", "ingress any from 0.0.0.0/0");

    [Theory]
    [InlineData("tcp/79", true)]
    [InlineData("tcp/80", false)]
    [InlineData("tcp/81", true)]
    [InlineData("tcp/442", true)]
    [InlineData("tcp/443", false)]
    [InlineData("tcp/443-65535", true)]
    [InlineData("tcp/80-443", true)]
    [InlineData("udp/443", true)]
    [InlineData("udp/80", true)]
    [InlineData("any", true)]
    [InlineData("icmp", false)]
    [InlineData("proto/50", false)]
    public void Ports_outside_the_list_of_public_ones(string service, bool fires) =>
        Assert.Equal(fires ? 1 : 0, Audit.Findings("SP-ING-02", $"group web\n  ingress {service} from 0.0.0.0/0").Count);

    [Fact]
    public void The_list_of_public_ports_is_a_parameter()
    {
        var options = new AuditOptions { Parameters = ParameterValues.Defaults.With(AuditParameters.WorldUdp, ServiceSet.Of(Service.Udp(443))) };
        Audit.Quiet("SP-ING-02", "group web\n  ingress udp/443 from 0.0.0.0/0", options);
    }

    [Theory]
    [InlineData("interface eni-1 web 10.1.0.5 public 54.1.2.3 lb", FindingSeverity.Low)]
    [InlineData("interface eni-1 web 10.1.0.5 lb", FindingSeverity.High)] // internal
    [InlineData("interface eni-1 web 10.1.0.5 public 54.1.2.3 lb\ninterface eni-2 web 10.1.0.6", FindingSeverity.High)]
    [InlineData("interface eni-1 web 10.1.0.5 public 54.1.2.3 lb\ngap NetworkInterfaces", FindingSeverity.High)]
    [InlineData("", FindingSeverity.High)]
    public void Only_load_balancers_make_an_unlisted_port_low(string interfaces, FindingSeverity severity) =>
        Assert.Equal(severity, Audit.Fires("SP-ING-02", $"group web\n  ingress tcp/8443 from 0.0.0.0/0\n{interfaces}").Severity);

    [Theory]
    [InlineData("0.0.0.0/1", FindingSeverity.Critical)]
    [InlineData("128.0.0.0/1", FindingSeverity.Critical)] // 43 % of public space, half of all space
    [InlineData("64.0.0.0/2", FindingSeverity.High)]
    [InlineData("8.0.0.0/7", FindingSeverity.High)]
    [InlineData("2000::/4", FindingSeverity.Critical)]
    [InlineData("2000::/5", FindingSeverity.High)]
    [InlineData("2600::/9", FindingSeverity.High)] // 1.6 %
    public void Near_world_blocks(string cidr, FindingSeverity severity) =>
        Assert.Equal(severity, Audit.Fires("SP-ING-03", $"group web\n  ingress tcp/443 from {cidr}").Severity);

    [Theory]
    [InlineData("8.0.0.0/8")]
    [InlineData("240.0.0.0/4")] // nothing public
    [InlineData("2600::/10")] // 0.8 %
    [InlineData("0.0.0.0/0")] // the world is SP-ING-01's and -02's
    [InlineData("::/0")]
    [InlineData("fc00::/7")]
    public void Blocks_that_are_not_near_world(string cidr) => Audit.Quiet("SP-ING-03", $"group web\n  ingress tcp/443 from {cidr}");

    [Fact]
    public void Small_blocks_add_up_to_near_world() => Audit.Fires(
        "SP-ING-03", "group web\n  ingress tcp/443 from 8.0.0.0/8\n  ingress tcp/443 from 13.0.0.0/8\n  ingress tcp/443 from 15.0.0.0/8\n  ingress tcp/22 from 20.0.0.0/8",
        "ingress tcp/443 from 8.0.0.0/8", "ingress tcp/443 from 13.0.0.0/8", "ingress tcp/443 from 15.0.0.0/8");

    [Fact]
    public void A_single_host_beside_half_the_world_is_no_evidence() => Audit.Fires(
        "SP-ING-03", "group web\n  ingress tcp/443 from 0.0.0.0/1\n  ingress tcp/443 from 203.0.112.9/32", "ingress tcp/443 from 0.0.0.0/1");

    [Fact]
    public void Two_halves_are_the_world_and_not_near_it() =>
        Audit.Quiet("SP-ING-03", "group web\n  ingress tcp/443 from 0.0.0.0/1\n  ingress tcp/443 from 128.0.0.0/1");

    [Fact]
    public void Half_the_world_beside_a_world_rule_for_another_port() => Assert.Contains(
        "tcp/22", Audit.Fires("SP-ING-03", "group web\n  ingress tcp/22-443 from 0.0.0.0/1\n  ingress tcp/443 from 0.0.0.0/0").Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("tcp/20-25", true)]
    [InlineData("tcp/24-25", false)]
    [InlineData("tcp/21", false)]
    [InlineData("tcp/22", true)]
    [InlineData("tcp/23", true)]
    [InlineData("tcp/24", false)]
    [InlineData("tcp/2221", false)]
    [InlineData("tcp/2222", true)]
    [InlineData("tcp/3388", false)]
    [InlineData("tcp/3389", true)]
    [InlineData("udp/3389", true)]
    [InlineData("udp/22", false)]
    [InlineData("tcp/5899", false)]
    [InlineData("tcp/5900", true)]
    [InlineData("tcp/5903", true)]
    [InlineData("tcp/5904", false)]
    [InlineData("tcp/5984", false)]
    [InlineData("tcp/5986", true)]
    [InlineData("tcp/443-65535", true)]
    [InlineData("any", true)]
    [InlineData("icmp/22/-1", false)]
    [InlineData("icmp", false)]
    [InlineData("proto/22", false)]
    public void Administration_ports(string service, bool fires)
    {
        Assert.Equal(fires ? 1 : 0, Audit.Findings("SP-ING-06", $"group web\n  ingress {service} from 0.0.0.0/0").Count);
        Assert.Equal(fires ? 1 : 0, Audit.Findings("SP-ING-06", $"group web\n  ingress {service} from ::/0").Count);
    }

    [Fact]
    public void Administration_ports_are_reported_by_family()
    {
        var findings = Audit.Findings("SP-ING-06", "group web\n  ingress tcp/22 from 0.0.0.0/0\n  ingress tcp/22 from ::/0");
        Assert.Equal(["ingress tcp/22 from 0.0.0.0/0", "ingress tcp/22 from ::/0"], findings.Select(f => Assert.Single(f.Evidence).Key.ToString()));
        Assert.Equal(2, findings.Select(f => f.Fingerprint).Distinct().Count());
    }

    [Theory]
    [InlineData("interface eni-1 web 10.1.0.5 public 54.1.2.3 in subnet-a\nroute subnet-a 0.0.0.0/0 igw-1", FindingSeverity.Critical)]
    [InlineData("interface eni-1 web 10.1.0.5 public 54.1.2.3 in subnet-a\nroute subnet-a 0.0.0.0/0 nat-1", FindingSeverity.High)]
    [InlineData("interface eni-1 web 10.1.0.5 in subnet-a\nroute subnet-a 0.0.0.0/0 igw-1", FindingSeverity.High)]
    [InlineData("interface eni-1 web 10.1.0.5 2600:1f18::5 in subnet-a\nroute subnet-a ::/0 igw-1", FindingSeverity.High)] // the open family is IPv4
    [InlineData("", FindingSeverity.High)]
    public void An_administration_port_on_the_Internet_is_critical(string more, FindingSeverity severity) =>
        Assert.Equal(severity, Audit.Fires("SP-ING-06", $"group web\n  ingress tcp/22 from 0.0.0.0/0\n{more}").Severity);

    [Fact]
    public void An_IPv6_address_with_a_route_is_on_the_Internet() => Assert.Equal(FindingSeverity.Critical, Audit.Fires(
        "SP-ING-06", "group web\n  ingress tcp/22 from ::/0\ninterface eni-1 web 10.1.0.5 2600:1f18::5 in subnet-a\nroute subnet-a ::/0 igw-1").Severity);

    [Theory]
    [InlineData("any", "10.0.0.0/8", true)]
    [InlineData("any", "web", false)]
    [InlineData("any", "other", true)]
    [InlineData("any", "pl-x", true)]
    [InlineData("tcp/0-65535", "10.0.0.0/8", false)]
    [InlineData("proto/0", "10.0.0.0/8", false)]
    public void All_protocols_in_one_rule(string service, string peer, bool fires) =>
        Assert.Equal(fires ? 1 : 0, Audit.Findings("SP-ING-10", $"group web\n  ingress {service} from {peer}\ngroup other").Count);

    [Theory]
    [InlineData("10.0.0.0/8", true)]
    [InlineData("10.0.0.0/7", true)]
    [InlineData("10.0.0.0/9", false)]
    [InlineData("172.16.0.0/12", true)]
    [InlineData("172.16.0.0/13", false)]
    [InlineData("192.168.0.0/16", true)]
    [InlineData("192.168.0.0/17", false)]
    [InlineData("192.0.0.0/8", true)]
    [InlineData("fc00::/7", true)]
    [InlineData("fd00::/8", false)]
    [InlineData("0.0.0.0/0", false)] // SP-ING-01's and -02's
    [InlineData("::/0", false)]
    [InlineData("0.0.0.0/1", true)] // not the world
    public void Whole_private_blocks(string cidr, bool fires) =>
        Assert.Equal(fires ? 1 : 0, Audit.Findings("SP-ING-16", $"group web\n  ingress tcp/443 from {cidr}").Count);

    [Fact]
    public void A_whole_private_block_may_come_from_a_prefix_list_or_hide_beside_the_world()
    {
        Audit.Fires("SP-ING-16", "list pl-x 10.0.0.0/9 10.128.0.0/9\ngroup web\n  ingress tcp/443 from pl-x");
        Audit.Quiet("SP-ING-16", "list pl-x 10.0.0.0/9\ngroup web\n  ingress tcp/443 from pl-x");
        Assert.Contains("pl-x", Audit.Unknown("SP-ING-16", "group web\n  ingress tcp/443 from pl-x"), StringComparison.Ordinal);
        Audit.Fires("SP-ING-16", "group web\n  ingress tcp/443 from 0.0.0.0/0\n  ingress tcp/443 from 10.0.0.0/8", "ingress tcp/443 from 10.0.0.0/8");
        Audit.Quiet("SP-ING-16", "group web\n  ingress tcp/443 from 0.0.0.0/1\n  ingress tcp/443 from 128.0.0.0/1");
    }
}
