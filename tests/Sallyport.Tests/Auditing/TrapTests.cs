using Sallyport.Auditing;
using Sallyport.Estates;
using Sallyport.Tests.Estates.Files;

namespace Sallyport.Tests.Auditing;

/// <summary>
/// The traps that other tools fall into, each with both twins: what must fire and what looks like it and must not. One test a trap,
/// named as the catalogue names it.
/// </summary>
public sealed class TrapTests
{
    private const string Web = "group web\n  ";

    [Theory]
    [InlineData("tcp/20-25", true)]
    [InlineData("tcp/23-25", false)]
    [InlineData("tcp/22-22", true)]
    [InlineData("tcp/20-21", false)]
    [InlineData("tcp/21-22", true)]
    public void Tcp_20_25_holds_22_and_23_25_does_not(string service, bool fires) =>
        Judge("SP-PRT-02", $"{Web}ingress {service} from 0.0.0.0/0", fires);

    [Theory]
    [InlineData("SP-ING-02", "tcp/443-65535", true)]
    [InlineData("SP-ING-06", "tcp/443-65535", true)]
    [InlineData("SP-PRT-17", "tcp/443-65535", true)]
    [InlineData("SP-PRT-02", "tcp/443-65535", false)]
    [InlineData("SP-ING-01", "tcp/443-65535", false)]
    [InlineData("SP-ING-02", "tcp/443-443", false)]
    [InlineData("SP-ING-06", "tcp/443-443", false)]
    public void From_443_to_65535_is_not_443(string rule, string service, bool fires) =>
        Judge(rule, $"{Web}ingress {service} from 0.0.0.0/0", fires);

    [Theory]
    [InlineData("tcp/1-65535", true)]
    [InlineData("tcp/0-65535", true)]
    [InlineData("tcp/0-65534", true)]
    [InlineData("tcp/1-65534", false)]
    [InlineData("tcp/2-65535", false)]
    [InlineData("udp/1-65535", true)]
    public void From_1_to_65535_is_all_ports(string service, bool fires)
    {
        Judge("SP-ING-01", $"{Web}ingress {service} from 0.0.0.0/0", fires);
        Judge("SP-EGR-02", $"{Web}egress {service} to 0.0.0.0/0", fires);
        Judge("SP-ING-12", $"{Web}ingress {service} from 10.1.0.0/16", fires);
        Judge("SP-ING-13", $"{Web}ingress {service} from web", fires);
        Judge("SP-ING-11", $"{Web}ingress {service} from 10.1.0.0/16", !fires);
        Judge("SP-EGR-04", $"{Web}egress {service} to 10.1.0.0/16", !fires);
    }

    [Fact]
    public void Minus_one_with_ports_given_is_everything_all_the_same()
    {
        var everything = Ingress("""{"IpProtocol":"-1","FromPort":22,"ToPort":22,"IpRanges":[{"CidrIp":"0.0.0.0/0"}]}""");
        Assert.Subset(CodesOf(everything), new HashSet<string> { "SP-ING-01", "SP-ING-02", "SP-ING-06", "SP-ING-10", "SP-PRT-17", "SP-VAL-01" });
        var ssh = Ingress("""{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"IpRanges":[{"CidrIp":"0.0.0.0/0"}]}""");
        Assert.DoesNotContain("SP-ING-01", CodesOf(ssh));
        Assert.DoesNotContain("SP-PRT-17", CodesOf(ssh));
        Assert.DoesNotContain("SP-VAL-01", CodesOf(ssh));
    }

    [Theory]
    [InlineData("\"6\"", "tcp/22")]
    [InlineData("\"TCP\"", "tcp/22")]
    [InlineData("\"tcp\"", "tcp/22")]
    [InlineData("6", "tcp/22")]
    [InlineData("-1", "any")]
    [InlineData("\"-1\"", "any")]
    [InlineData("\"all\"", "any")]
    [InlineData("\"ALL\"", "any")]
    public void Protocols_in_every_spelling(string protocol, string service)
    {
        var finding = Assert.Single(
            Audit.Of(Ingress($$"""{"IpProtocol":{{protocol}},"FromPort":22,"ToPort":22,"IpRanges":[{"CidrIp":"0.0.0.0/0"}]}""")).Findings, f => f.Rule == "SP-PRT-02");
        Assert.Equal($"ingress {service} from 0.0.0.0/0", Assert.Single(finding.Evidence).Key.ToString());
    }

    [Theory]
    [InlineData("\"17\"")]
    [InlineData("\"UDP\"")]
    [InlineData("17")]
    [InlineData("\"1\"")]
    [InlineData("\"icmp\"")]
    [InlineData("\"47\"")]
    public void Protocols_that_are_not_TCP_in_every_spelling(string protocol) => Assert.DoesNotContain(
        "SP-PRT-02", CodesOf(Ingress($$"""{"IpProtocol":{{protocol}},"FromPort":22,"ToPort":22,"IpRanges":[{"CidrIp":"0.0.0.0/0"}]}""")));

    [Theory]
    [InlineData("icmp/22/-1", false)]
    [InlineData("icmp/22/0", false)]
    [InlineData("icmpv6/22", false)]
    [InlineData("tcp/22", true)]
    public void An_ICMP_type_is_no_port(string service, bool fires)
    {
        Judge("SP-PRT-02", $"{Web}ingress {service} from 0.0.0.0/0", fires);
        Judge("SP-ING-06", $"{Web}ingress {service} from 0.0.0.0/0", fires);
        Judge("SP-ING-02", $"{Web}ingress {service} from 0.0.0.0/0", fires);
        Judge("SP-ING-09", $"{Web}ingress {service} from 0.0.0.0/0", !fires);
    }

    [Theory]
    [InlineData("SP-PRT-02", "udp/22", false)]
    [InlineData("SP-PRT-02", "tcp/22", true)]
    [InlineData("SP-ING-06", "udp/22", false)]
    [InlineData("SP-PRT-17", "udp/3389", true)]
    [InlineData("SP-PRT-17", "udp/3388", false)]
    [InlineData("SP-ING-06", "udp/3389", true)]
    [InlineData("SP-PRT-03", "udp/23", false)]
    public void Udp_22_is_not_SSH_and_udp_3389_is_RDP(string rule, string service, bool fires) =>
        Judge(rule, $"{Web}ingress {service} from 0.0.0.0/0", fires);

    [Theory]
    [InlineData("proto/47")]
    [InlineData("proto/50")]
    [InlineData("proto/51")]
    [InlineData("proto/4")]
    [InlineData("proto/41")]
    [InlineData("proto/112")]
    public void Tunnels_to_the_world_are_neither_all_traffic_nor_a_pass(string service)
    {
        foreach (var (rule, peer) in new[] { ($"ingress {service} from", "0.0.0.0/0"), ($"ingress {service} from", "::/0"), ($"egress {service} to", "0.0.0.0/0") })
        {
            Assert.Equal(FindingSeverity.High, Audit.Fires("SP-VAL-03", $"{Web}{rule} {peer}").Severity);
            Assert.DoesNotContain(Audit.Codes($"{Web}{rule} {peer}"), c => c is "SP-ING-01" or "SP-ING-02" or "SP-ING-06" or "SP-EGR-01" or "SP-EGR-02" || c.StartsWith("SP-PRT", StringComparison.Ordinal));
        }

        Audit.Quiet("SP-VAL-03", $"{Web}ingress {service} from 52.1.2.3/32\n  egress {service} to 10.0.0.0/8");
    }

    [Theory]
    [InlineData("tcp/47", "0.0.0.0/0")]
    [InlineData("icmp", "0.0.0.0/0")]
    [InlineData("icmpv6", "::/0")]
    [InlineData("udp/0-65535", "0.0.0.0/0")]
    [InlineData("any", "0.0.0.0/0")] // SP-ING-01's and SP-EGR-02's
    public void What_has_ports_or_types_is_no_tunnel(string service, string peer) =>
        Audit.Quiet("SP-VAL-03", $"{Web}ingress {service} from {peer}\n  egress {service} to {peer}");

    [Theory]
    [InlineData("0.0.0.0/1 128.0.0.0/1", true)]
    [InlineData("0.0.0.0/1", false)]
    [InlineData("0.0.0.0/2 64.0.0.0/2 128.0.0.0/2 192.0.0.0/2", true)]
    [InlineData("0.0.0.0/2 64.0.0.0/2 128.0.0.0/2", false)]
    [InlineData("0.0.0.0/5 8.0.0.0/7 11.0.0.0/8 12.0.0.0/6 16.0.0.0/4 32.0.0.0/3 64.0.0.0/2 128.0.0.0/1", true)] // all but 10/8
    [InlineData("0.0.0.0/5 8.0.0.0/7 12.0.0.0/6 16.0.0.0/4 32.0.0.0/3 64.0.0.0/2 128.0.0.0/1", false)] // 11/8 is public
    [InlineData("1.0.0.0/0", true)]
    [InlineData("0.0.2.0/0", true)]
    [InlineData("1.0.0.0/1", false)]
    public void The_world_in_pieces_of_IPv4(string blocks, bool isWorld) => World(blocks, isWorld);

    [Theory]
    [InlineData("::/1 8000::/1", true)]
    [InlineData("::/1", true)] // holds 2000::/3, which is all there is
    [InlineData("8000::/1", false)]
    [InlineData("2000::/3", true)]
    [InlineData("2000::/4", false)]
    [InlineData("2000::/4 3000::/4", true)]
    [InlineData("0:0:0:0:0:0:0:0/0", true)]
    [InlineData("0000:0000:0000:0000:0000:0000:0000:0000/0", true)]
    [InlineData("fc00::/7", false)]
    public void The_world_in_spellings_of_IPv6(string blocks, bool isWorld) => World(blocks, isWorld);

    [Fact]
    public void IPv4_mapped_and_NAT64_prefixes_are_disguises_and_not_public()
    {
        foreach (var block in new[] { "::ffff:0:0/96", "::ffff:0.0.0.0/96", "::ffff:8.8.8.8/128", "64:ff9b::/96", "64:ff9b::808:808/128", "64:ff9b:1::/48" })
        {
            Audit.Fires("SP-VAL-05", $"{Web}ingress tcp/22 from {block}");
            Audit.Quiet("SP-PRT-02", $"{Web}ingress tcp/22 from {block}");
            Audit.Quiet("SP-ING-05", $"{Web}ingress tcp/22 from {block}");
        }

        foreach (var block in new[] { "::/0", "::fffe:0:0/96", "64:ff9c::/96", "64:ff9a::/96", "2600::/16", "10.0.0.0/8" }) Audit.Quiet("SP-VAL-05", $"{Web}ingress tcp/22 from {block}");
    }

    [Fact]
    public void A_NAT64_prefix_is_the_world_where_a_route_leads_through_it()
    {
        Audit.Fires("SP-EGR-01", $"{Web}egress tcp/443 to 64:ff9b::/96\nroute subnet-a 64:ff9b::/96 nat-1");
        Audit.Quiet("SP-EGR-01", $"{Web}egress tcp/443 to 64:ff9b::/96\nroute subnet-a 0.0.0.0/0 nat-1");
    }

    [Theory]
    [InlineData("list pl-x 0.0.0.0/0", "pl-x", true)]
    [InlineData("list pl-x 0.0.0.0/1 128.0.0.0/1", "pl-x", true)]
    [InlineData("list pl-x 10.0.0.0/8", "pl-x", false)]
    [InlineData("list pl-x", "pl-x", false)] // empty is not unread
    public void A_prefix_list_is_what_its_entries_are(string list, string peer, bool isWorld)
    {
        Judge("SP-ING-06", $"{list}\n{Web}ingress tcp/22 from {peer}", isWorld);
        Judge("SP-EGR-01", $"{list}\n{Web}egress tcp/22 to {peer}", isWorld);
        Judge("SP-PRT-02", $"{list}\n{Web}ingress tcp/22 from {peer}", isWorld);
    }

    [Theory]
    [InlineData("SP-ING-02", "ingress tcp/22 from pl-x")]
    [InlineData("SP-ING-03", "ingress tcp/22 from pl-x")]
    [InlineData("SP-ING-04", "ingress tcp/22 from pl-x")]
    [InlineData("SP-ING-05", "ingress tcp/22 from pl-x")]
    [InlineData("SP-ING-06", "ingress tcp/22 from pl-x")]
    [InlineData("SP-ING-09", "ingress icmp from pl-x")]
    [InlineData("SP-ING-15", "ingress tcp/22 from pl-x")]
    [InlineData("SP-ING-16", "ingress tcp/22 from pl-x")]
    [InlineData("SP-PRT-02", "ingress tcp/22 from pl-x")]
    [InlineData("SP-EGR-01", "egress tcp/22 to pl-x")]
    [InlineData("SP-EGR-05", "egress tcp/22 to pl-x")]
    [InlineData("SP-EGR-08", "egress tcp/25 to pl-x")]
    [InlineData("SP-EGR-10", "egress tcp/22 to pl-x")]
    [InlineData("SP-EGR-13", "egress tcp/22 to pl-x")]
    [InlineData("SP-VAL-03", "ingress proto/47 from pl-x")]
    [InlineData("SP-VAL-04", "ingress tcp/22 from pl-x")]
    [InlineData("SP-VAL-05", "ingress tcp/22 from pl-x")]
    public void An_unresolved_prefix_list_is_unknown_and_never_a_pass(string rule, string line)
    {
        Assert.Contains("pl-x", Audit.Unknown(rule, $"{Web}{line}"), StringComparison.Ordinal);
        Assert.Contains("pl-x", Audit.Unknown(rule, $"list pl-x unread\n{Web}{line}"), StringComparison.Ordinal);
        Audit.Quiet(rule, $"list pl-x 192.168.7.0/28\n{Web}{line}");
    }

    [Fact]
    public void A_list_that_AWS_keeps_is_nobodys_choice()
    {
        const string Kept = "list pl-x 52.0.0.0/12 owner AWS called com.amazonaws.global.cloudfront.origin-facing\n";
        const string Own = "list pl-x 52.0.0.0/12 owner 111122223333 called partners\n";
        foreach (var rule in new[] { "SP-ING-04", "SP-ING-05" })
        {
            Audit.Quiet(rule, $"{Kept}{Web}ingress tcp/443 from pl-x");
            Audit.Fires(rule, $"{Own}{Web}ingress tcp/443 from pl-x");
        }

        Audit.Quiet("SP-EGR-05", $"{Kept}{Web}egress tcp/443 to pl-x");
        Audit.Fires("SP-EGR-05", $"{Own}{Web}egress tcp/443 to pl-x");

        // Nobody's choice, and yet the world when it holds it.
        Audit.Fires("SP-ING-06", $"list pl-x 0.0.0.0/0 owner AWS\n{Web}ingress tcp/22 from pl-x");
    }

    [Fact]
    public void A_prefix_list_beside_a_block_hides_neither()
    {
        var both = Ingress("""{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"IpRanges":[{"CidrIp":"0.0.0.0/0"}],"PrefixListIds":[{"PrefixListId":"pl-0123456789abcdef0"}]}""");
        Assert.Contains("SP-PRT-02", CodesOf(both));
        Assert.Contains(Audit.Of(both).Unknown, u => u.Rule == "SP-ING-16");
        var narrow = Ingress("""{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"IpRanges":[{"CidrIp":"10.1.0.5/32"}],"PrefixListIds":[{"PrefixListId":"pl-0123456789abcdef0"}]}""");
        Assert.DoesNotContain("SP-PRT-02", CodesOf(narrow));
        Assert.Contains(Audit.Of(narrow).Unknown, u => u.Rule == "SP-PRT-02");
        Audit.Fires("SP-PRT-02", $"list pl-x 0.0.0.0/1\n{Web}ingress tcp/22 from pl-x\n  ingress tcp/22 from 128.0.0.0/1", "ingress tcp/22 from pl-x", "ingress tcp/22 from 128.0.0.0/1");
        Audit.Quiet("SP-PRT-02", $"list pl-x 0.0.0.0/1\n{Web}ingress tcp/22 from pl-x\n  ingress tcp/23 from 128.0.0.0/1");
    }

    [Theory]
    [InlineData("ingress any from web\n  ingress any from 0.0.0.0/0", true)]
    [InlineData("ingress any from 0.0.0.0/0\n  ingress any from web", true)]
    [InlineData("ingress any from web\n  ingress any from 10.0.0.0/8", false)]
    public void A_self_rule_before_a_world_rule_hides_nothing(string rules, bool fires)
    {
        Judge("SP-ING-01", Web + rules, fires);
        Judge("SP-ING-06", Web + rules, fires);
        Judge("SP-PRT-02", Web + rules, fires);
    }

    [Theory]
    [InlineData("interface eni-1 a,b 10.1.0.5", true)]
    [InlineData("interface eni-1 a 10.1.0.5\ninterface eni-2 b 10.1.0.6", false)]
    public void A_world_split_over_two_groups_is_the_world_on_an_interface_that_carries_both(string interfaces, bool fires)
    {
        const string Split = "group a\n  ingress tcp/22 from 0.0.0.0/1\n  egress any to ::/1\ngroup b\n  ingress tcp/22 from 128.0.0.0/1\n  egress any to 8000::/1\n  egress tcp/443 to 8000::/1\n";
        Assert.Equal(["sg-a", "sg-b"], Audit.Findings("SP-ING-03", Split + interfaces).Select(f => f.Resource.Id));
        foreach (var rule in new[] { "SP-ING-02", "SP-ING-06", "SP-PRT-02" })
        {
            var findings = Audit.Findings(rule, Split + interfaces);
            Assert.Equal(fires ? ["eni-1"] : [], findings.Select(f => f.Resource.Id));
            Assert.All(findings, f => Assert.Equal(["ingress tcp/22 from 0.0.0.0/1", "ingress tcp/22 from 128.0.0.0/1"], f.Evidence.Select(e => e.Key.ToString())));
        }
    }

    [Theory]
    [InlineData("128.0.0.0/1", true)]
    [InlineData("128.0.0.0/2", false)]
    public void Egress_split_over_two_groups_of_one_interface(string second, bool fires)
    {
        var text = $"group a\n  egress any to 0.0.0.0/1\ngroup b\n  egress any to {second}\ngroup c\n  egress tcp/443 to 10.0.0.0/8\ninterface eni-1 a,b,c 10.1.0.5\ninterface eni-2 a,b,c 10.1.0.6";
        foreach (var rule in new[] { "SP-EGR-01", "SP-EGR-02" }) Assert.Equal(fires ? ["eni-1"] : [], Audit.Findings(rule, text).Select(f => f.Resource.Id));
    }

    [Fact]
    public void One_group_that_is_the_world_by_itself_joins_nothing() =>
        Assert.Equal(["sg-a"], Audit.Findings("SP-ING-06", "group a\n  ingress tcp/22 from 0.0.0.0/0\ngroup b\n  ingress tcp/22 from 128.0.0.0/1\ninterface eni-1 a,b 10.1.0.5").Select(f => f.Resource.Id));

    [Theory]
    [InlineData("::/0", true)]
    [InlineData("2000::/3", true)]
    [InlineData("2600:1f18::/56", false)]
    public void IPv4_closed_and_IPv6_open(string v6, bool fires)
    {
        foreach (var rule in new[] { "SP-ING-02", "SP-ING-06", "SP-PRT-02" }) Judge(rule, $"{Web}ingress tcp/22 from 10.1.0.0/16\n  ingress tcp/22 from {v6}", fires);
        Judge("SP-EGR-01", $"{Web}egress tcp/443 to 10.1.0.0/16\n  egress tcp/443 to {v6}", fires);
    }

    [Fact]
    public void No_egress_property_is_unknown_and_an_empty_list_is_none()
    {
        foreach (var rule in new[] { "SP-EGR-01", "SP-EGR-02", "SP-EGR-03", "SP-EGR-04", "SP-EGR-07" })
        {
            var absent = Audit.Of(Group("\"IpPermissions\":[]"));
            Assert.DoesNotContain(absent.Findings, f => f.Rule == rule);
            Assert.Contains(absent.Unknown, u => u.Rule == rule);
            var empty = Audit.Of(Group("\"IpPermissions\":[],\"IpPermissionsEgress\":[]"));
            Assert.DoesNotContain(empty.Findings, f => f.Rule == rule);
            Assert.DoesNotContain(empty.Unknown, u => u.Rule == rule);
        }

        var open = """{"IpProtocol":"-1","IpRanges":[{"CidrIp":"0.0.0.0/0"}]}""";
        Assert.Subset(CodesOf(Group($"\"IpPermissions\":[],\"IpPermissionsEgress\":[{open}]")), new HashSet<string> { "SP-EGR-01", "SP-EGR-02", "SP-EGR-03" });
        Assert.Contains("SP-ING-01", CodesOf(Group($"\"IpPermissions\":[{open}]"))); // what was read is judged
        Assert.Contains(Audit.Of(Group("\"IpPermissions\":[]")).Findings, f => f.Rule == "SP-VAL-02");
    }

    [Theory]
    [InlineData("egress any to 127.0.0.1/32", true)]
    [InlineData("egress any to 127.0.0.1/32\n  egress any to ::1/128", true)]
    [InlineData("egress icmp/252/86 to 255.255.255.255/32", true)]
    [InlineData("egress tcp/86-252 to 255.255.255.255/32", true)]
    [InlineData("egress any to 0.0.0.0/0", false)]
    [InlineData("egress any to 127.0.0.1/32\n  egress any to 0.0.0.0/0", false)]
    [InlineData("egress icmp/252/86 to 255.255.255.255/32\n  egress any to ::/0", false)]
    public void Idioms_for_no_egress_open_nothing(string rules, bool isNone)
    {
        Judge("SP-EGR-01", Web + rules, !isNone);
        Judge("SP-EGR-02", Web + rules, !isNone);
        if (isNone) Audit.Quiet("SP-EGR-03", Web + rules);
        Judge("SP-VAL-04", Web + rules, !isNone && rules.Contains('\n', StringComparison.Ordinal));
    }

    [Fact]
    public void The_upside_down_idiom_is_malformed_and_opens_nothing()
    {
        var codes = CodesOf(Group("\"IpPermissions\":[],\"IpPermissionsEgress\":[{\"IpProtocol\":\"tcp\",\"FromPort\":252,\"ToPort\":86,\"IpRanges\":[{\"CidrIp\":\"255.255.255.255/32\"}]}]"));
        Assert.Contains("SP-VAL-01", codes);
        Assert.DoesNotContain(codes, c => c.StartsWith("SP-EGR", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("tcp/443", false)]
    [InlineData("tcp/80", true)]
    [InlineData("tcp/443-444", true)]
    [InlineData("udp/443", true)]
    public void Egress_to_the_world_on_443_only_is_SP_EGR_01_but_not_SP_EGR_06(string service, bool isOffWeb)
    {
        Audit.Fires("SP-EGR-01", $"{Web}egress {service} to 0.0.0.0/0");
        Judge("SP-EGR-06", $"{Web}egress {service} to 0.0.0.0/0", isOffWeb);
    }

    [Theory]
    [InlineData("100.64.0.0/10", false)]
    [InlineData("100.128.0.0/10", true)]
    [InlineData("169.254.0.0/16", false)]
    [InlineData("169.255.0.0/16", true)]
    [InlineData("fc00::/7", false)]
    [InlineData("2600::/16", true)]
    [InlineData("10.0.0.0/8", false)]
    [InlineData("10.0.0.0/7", true)] // 11.0.0.0/8 is public
    [InlineData("172.16.0.0/12", false)]
    [InlineData("172.16.0.0/11", true)]
    [InlineData("192.168.0.0/16", false)]
    [InlineData("198.18.0.0/15", false)]
    [InlineData("240.0.0.0/4", false)]
    public void What_is_public_and_what_is_not(string cidr, bool isPublic)
    {
        Judge("SP-ING-04", $"{Web}ingress tcp/443 from {cidr}", isPublic);
        Judge("SP-ING-04", $"{Web}egress tcp/443 to {cidr}", isPublic);
        Judge("SP-ING-05", $"{Web}ingress tcp/443 from {cidr}", isPublic);
        Judge("SP-EGR-05", $"{Web}egress tcp/443 to {cidr}", isPublic);
        Judge("SP-EGR-09", $"{Web}egress tcp/6667 to {cidr}", isPublic);
    }

    [Theory]
    [InlineData("ingress tcp/22 from 10.0.0.0/8\n  ingress tcp/443 from 0.0.0.0/0", false)]
    [InlineData("ingress tcp/443 from 10.0.0.0/8\n  ingress tcp/22 from 0.0.0.0/0", true)]
    [InlineData("ingress tcp/22 from 0.0.0.0/1\n  ingress tcp/443 from 128.0.0.0/1", false)]
    [InlineData("ingress tcp/22 from 0.0.0.0/1\n  ingress tcp/22 from 8000::/1", false)]
    [InlineData("ingress tcp/0-21 from 0.0.0.0/0\n  ingress tcp/23-114 from 0.0.0.0/0", false)]
    [InlineData("ingress udp/22 from 0.0.0.0/0\n  ingress tcp/23 from 0.0.0.0/0", false)]
    public void Parts_of_two_rules_are_not_combined(string rules, bool isSsh) => Judge("SP-PRT-02", Web + rules, isSsh);

    [Fact]
    public void Load_balancer_and_NAT_interfaces()
    {
        const string Open = "group web\n  ingress tcp/8443 from 0.0.0.0/0\n";
        Assert.Equal(FindingSeverity.Low, Audit.Fires("SP-ING-02", $"{Open}interface eni-1 web 10.1.0.5 public 54.1.2.3 lb").Severity);
        Assert.Equal(FindingSeverity.Low, Audit.Fires("SP-ING-02", $"{Open}interface eni-1 web 10.1.0.5 public 54.1.2.3 type network_load_balancer").Severity);
        Assert.Equal(FindingSeverity.High, Audit.Fires("SP-ING-02", $"{Open}interface eni-1 web 10.1.0.5 public 54.1.2.3 type natGateway").Severity);
        Assert.Equal(FindingSeverity.High, Audit.Fires("SP-ING-02", $"{Open}interface eni-1 web 10.1.0.5 public 54.1.2.3").Severity);
    }

    [Fact]
    public void The_default_group_unused_with_a_self_rule_only_and_empty()
    {
        Audit.Fires("SP-DEF-01", "group default\n  ingress any from default");
        Audit.Quiet("SP-DEF-02", "group default\n  ingress any from default");
        Audit.Quiet("SP-DEF-04", "group default\n  ingress any from default");
        foreach (var rule in new[] { "SP-DEF-01", "SP-DEF-02", "SP-DEF-03", "SP-DEF-04" }) Audit.Quiet(rule, "group default\ngroup web\n  egress any to 0.0.0.0/0");
        Audit.Fires("SP-DEF-02", "group default\n  egress any to 0.0.0.0/0");
        Assert.Equal(FindingSeverity.Low, Audit.Fires("SP-DEF-01", "group default\n  egress any to 0.0.0.0/0").Severity);
        Assert.Equal(FindingSeverity.High, Audit.Fires("SP-DEF-01", "group default\n  egress any to 0.0.0.0/0\ninterface eni-1 default 10.1.0.5").Severity);
    }

    [Fact]
    public void An_unknown_reference_is_unknown_and_not_a_pass()
    {
        Assert.Contains("sg-gone", Audit.Unknown("SP-DEF-04", $"{Web}ingress tcp/22 from gone"), StringComparison.Ordinal);
        Audit.Quiet("SP-DEF-04", $"{Web}ingress tcp/22 from known\ngroup known");
        Audit.Fires("SP-DEF-04", $"{Web}ingress tcp/22 from default\n  ingress tcp/22 from gone\ngroup default", "ingress tcp/22 from sg-default");
    }

    [Fact]
    public void An_empty_or_partial_inventory_is_never_clean()
    {
        Assert.Contains("SP-VAL-02", Audit.Codes(""));
        Assert.Contains("SP-VAL-02", Audit.Codes("group web\ngap Rules sg-web The source lists the group without its rules."));
        foreach (var rule in new[] { "SP-ING-01", "SP-ING-11", "SP-PRT-02", "SP-EGR-01", "SP-EGR-13", "SP-VAL-03", "SP-VAL-05" })
        {
            Assert.Contains("not read", Audit.Unknown(rule, "group web\ngap Rules sg-web The source lists the group without its rules."), StringComparison.Ordinal);
            var others = Audit.Of("group web\ngap Rules sg-other The source lists the group without its rules.\ngroup other");
            Assert.DoesNotContain(others.Unknown, u => u.Resource.Id == "sg-web");
        }

        Audit.Quiet("SP-DEF-01", "group web\ngap Rules sg-web The source lists the group without its rules.");
        Assert.NotEmpty(Audit.Unknown("SP-DEF-01", "group default\ngap Rules sg-default The source lists the group without its rules."));
        Audit.Fires("SP-ING-01", "group web\n  ingress any from ::/0\ngap Rules sg-web The source lists the group without its rules.");
    }

    [Theory]
    [InlineData("""{"IpProtocol":"tcp","FromPort":443,"ToPort":80,"IpRanges":[{"CidrIp":"10.0.0.0/8"}]}""", true)]
    [InlineData("""{"IpProtocol":"tcp","FromPort":80,"ToPort":443,"IpRanges":[{"CidrIp":"10.0.0.0/8"}]}""", false)]
    [InlineData("""{"IpProtocol":"tcp","FromPort":70000,"ToPort":70000,"IpRanges":[{"CidrIp":"10.0.0.0/8"}]}""", true)]
    [InlineData("""{"IpProtocol":"tcp","FromPort":65535,"ToPort":65535,"IpRanges":[{"CidrIp":"10.0.0.0/8"}]}""", false)]
    [InlineData("""{"IpProtocol":"tcp","FromPort":65536,"ToPort":65536,"IpRanges":[{"CidrIp":"10.0.0.0/8"}]}""", true)]
    [InlineData("""{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"IpRanges":[{"CidrIp":"10.0.0.0/33"}]}""", true)]
    [InlineData("""{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"IpRanges":[{"CidrIp":"10.1.2.3/8"}]}""", true)]
    [InlineData("""{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"IpRanges":[{"CidrIp":"0.0.2.0/0"}]}""", true)]
    [InlineData("""{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"Ipv6Ranges":[{"CidrIpv6":"2600::5/64"}]}""", true)]
    [InlineData("""{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"Ipv6Ranges":[{"CidrIpv6":"2600::/64"}]}""", false)]
    [InlineData("""{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"IpRanges":[{"CidrIp":"2600::/64"}]}""", true)]
    [InlineData("""{"IpProtocol":"tcp","FromPort":0,"ToPort":0,"IpRanges":[{"CidrIp":"10.0.0.0/8"}]}""", true)]
    [InlineData("""{"IpProtocol":"tcp","FromPort":0,"ToPort":1,"IpRanges":[{"CidrIp":"10.0.0.0/8"}]}""", false)]
    [InlineData("""{"IpProtocol":"tcp","IpRanges":[{"CidrIp":"10.0.0.0/8"}]}""", true)]
    [InlineData("""{"IpProtocol":"tcp","FromPort":-1,"ToPort":-1,"IpRanges":[{"CidrIp":"10.0.0.0/8"}]}""", true)]
    [InlineData("""{"IpProtocol":"-1","FromPort":0,"ToPort":0,"IpRanges":[{"CidrIp":"10.0.0.0/8"}]}""", false)]
    [InlineData("""{"IpProtocol":"-1","FromPort":-1,"ToPort":-1,"IpRanges":[{"CidrIp":"10.0.0.0/8"}]}""", false)]
    [InlineData("""{"IpProtocol":"-1","FromPort":0,"ToPort":65535,"IpRanges":[{"CidrIp":"10.0.0.0/8"}]}""", true)]
    [InlineData("""{"IpProtocol":"icmp","FromPort":8,"ToPort":256,"IpRanges":[{"CidrIp":"10.0.0.0/8"}]}""", true)]
    [InlineData("""{"IpProtocol":"icmp","FromPort":8,"ToPort":255,"IpRanges":[{"CidrIp":"10.0.0.0/8"}]}""", false)]
    [InlineData("""{"IpProtocol":"icmp","FromPort":-1,"ToPort":-1,"IpRanges":[{"CidrIp":"10.0.0.0/8"}]}""", false)]
    public void A_malformed_rule_is_a_finding_and_no_error_of_the_run(string permission, bool fires)
    {
        var estate = Group($$"""
            "IpPermissions":[{{permission}},{"IpProtocol":"tcp","FromPort":3389,"ToPort":3389,"IpRanges":[{"CidrIp":"0.0.0.0/0"}]}],"IpPermissionsEgress":[]
            """);
        Assert.Equal(fires, CodesOf(estate).Contains("SP-VAL-01"));
        Assert.Contains("SP-PRT-17", CodesOf(estate)); // the rest of the file is judged
    }

    [Fact]
    public void A_malformed_rule_says_where_it_stands_and_a_slip_is_its_own_evidence()
    {
        var upsideDown = Assert.Single(Audit.Of(Ingress("""{"IpProtocol":"tcp","FromPort":443,"ToPort":80,"IpRanges":[{"CidrIp":"10.0.0.0/8"}]}""")).Findings, f => f.Rule == "SP-VAL-01");
        Assert.Equal("estate.json", upsideDown.Location?.File);
        Assert.Empty(upsideDown.Evidence);
        Assert.Contains("443-80 is upside down", upsideDown.Message, StringComparison.Ordinal);
        var hostBits = Assert.Single(Audit.Of(Ingress("""{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"IpRanges":[{"CidrIp":"10.1.2.3/8"},{"CidrIp":"10.1.2.3/32"}]}""")).Findings, f => f.Rule == "SP-VAL-01");
        Assert.Equal("ingress tcp/22 from 10.0.0.0/8", Assert.Single(hostBits.Evidence).Key.ToString());
        Assert.Contains("10.1.2.3/8", hostBits.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tcp_without_ports_is_all_ports_and_tcp_0_0_is_port_0_alone()
    {
        Assert.Contains("SP-ING-01", CodesOf(Ingress("""{"IpProtocol":"tcp","IpRanges":[{"CidrIp":"0.0.0.0/0"}]}""")));
        Assert.DoesNotContain("SP-ING-01", CodesOf(Ingress("""{"IpProtocol":"tcp","FromPort":0,"ToPort":0,"IpRanges":[{"CidrIp":"0.0.0.0/0"}]}""")));
    }

    private static void World(string blocks, bool isWorld)
    {
        string Rules(string rule) => Web + string.Join("\n  ", blocks.Split(' ').Select(b => $"{rule} {b}"));
        Judge("SP-ING-06", Rules("ingress tcp/22 from"), isWorld);
        Judge("SP-PRT-02", Rules("ingress tcp/22 from"), isWorld);
        Judge("SP-ING-02", Rules("ingress tcp/22 from"), isWorld);
        Judge("SP-ING-01", Rules("ingress any from"), isWorld);
        Judge("SP-EGR-01", Rules("egress tcp/443 to"), isWorld);
        Judge("SP-EGR-02", Rules("egress any to"), isWorld);
        Judge("SP-EGR-08", Rules("egress tcp/25 to"), isWorld);
        Judge("SP-EGR-10", Rules("egress tcp/22 to"), isWorld);
        Judge("SP-VAL-03", Rules("ingress proto/47 from"), isWorld);
        Judge("SP-ING-09", Rules("ingress icmp from"), isWorld);
    }

    private static void Judge(string rule, string estate, bool fires)
    {
        if (fires) Assert.NotEmpty(Audit.Findings(rule, estate));
        else Audit.Quiet(rule, estate);
    }

    private static SortedSet<string> CodesOf(Estate estate) => [.. Audit.Of(estate).Findings.Select(f => f.Rule)];

    private static Estate Ingress(string permission) => Group($"\"IpPermissions\":[{permission}],\"IpPermissionsEgress\":[]");

    private static Estate Group(string permissions) => FileRead.Of(
        $$"""{"SecurityGroups":[{"GroupId":"sg-0123456789abcdef0","GroupName":"web","Description":"d","OwnerId":"111122223333","VpcId":"vpc-0123456789abcdef0",{{permissions}}}]}""").Estate;
}
