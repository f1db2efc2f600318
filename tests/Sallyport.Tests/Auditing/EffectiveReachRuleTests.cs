using FsCheck;
using FsCheck.Fluent;
using Sallyport.Anomalies;
using Sallyport.Auditing;
using Sallyport.Auditing.Exposure;
using Sallyport.Connectivity;
using Sallyport.Connectivity.Networks;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Tests.Generators;

namespace Sallyport.Tests.Auditing;

/// <summary>SP-ING-18, SP-EGR-14 and SP-EGR-12: what routes and network ACLs make of the rules.</summary>
public sealed class EffectiveReachRuleTests
{
    private const string Open = "acl subnet-a allow ingress any 0.0.0.0/0\nacl subnet-a allow egress any 0.0.0.0/0\nacl subnet-a allow ingress any ::/0\nacl subnet-a allow egress any ::/0\n";
    private const string Routed = "subnet subnet-a 10.1.0.0/24\nroute subnet-a 0.0.0.0/0 igw-1\nroute subnet-a ::/0 igw-1\ngateway igw-1\n";
    private const string Nic = "interface eni-1 web 10.1.0.5 public 203.0.113.9 in subnet-a\n";
    private const string Ssh = "group web\n  ingress tcp/22 from 0.0.0.0/0\n";

    [Fact]
    public void A_public_interface_with_everything_open_is_critical()
    {
        var finding = Audit.Fires("SP-ING-18", $"group web\n  ingress tcp/22 from 0.0.0.0/0\n  ingress tcp/443 from 0.0.0.0/0\n{Routed}{Open}{Nic}", "ingress tcp/22 from 0.0.0.0/0");
        Assert.Equal(FindingSeverity.Critical, finding.Severity);
        Assert.Equal("eni-1 answers the Internet on tcp/22: it has a public address, a route to an internet gateway and network ACLs that let it through.", finding.Message);
        Assert.Equal(FindingBasis.Snapshot, finding.Basis);
    }

    [Fact]
    public void Without_a_public_address_it_is_medium()
    {
        var finding = Audit.Fires("SP-ING-18", $"{Ssh}{Routed}{Open}interface eni-1 web 10.1.0.5 in subnet-a\n");
        Assert.Equal(FindingSeverity.Medium, finding.Severity);
    }

    [Fact]
    public void One_public_member_is_enough() => Assert.Equal(
        FindingSeverity.Critical, Audit.Fires("SP-ING-18", $"{Ssh}{Routed}{Open}interface eni-0 web 10.1.0.4 in subnet-a\n{Nic}").Severity);

    [Theory]
    [InlineData("subnet subnet-a 10.1.0.0/24\nroute subnet-a 10.1.0.0/16 local\n", Open)] // no route
    [InlineData(Routed, "acl subnet-a allow ingress tcp/443 0.0.0.0/0\nacl subnet-a allow egress any 0.0.0.0/0\n")] // not let in
    [InlineData(Routed, "acl subnet-a allow ingress any 10.0.0.0/8\nacl subnet-a allow egress any 0.0.0.0/0\n")] // only private addresses are let in
    [InlineData(Routed, "acl subnet-a allow ingress any 0.0.0.0/0\nacl subnet-a allow egress tcp/22 0.0.0.0/0\n")] // no answer gets out
    [InlineData(Routed, "acl subnet-a deny ingress tcp/20-25 0.0.0.0/0\nacl subnet-a allow ingress any 0.0.0.0/0\nacl subnet-a allow egress any 0.0.0.0/0\n")] // denied first
    public void A_network_that_stops_it(string routes, string acl) => Audit.Quiet("SP-ING-18", $"{Ssh}{routes}{acl}{Nic}");

    [Theory]
    [InlineData("acl subnet-a allow ingress tcp/22 8.8.8.0/24\nacl subnet-a allow egress any 0.0.0.0/0\n")] // part of the world gets in
    [InlineData("acl subnet-a allow ingress any 0.0.0.0/0\nacl subnet-a allow egress tcp/1024-65535 0.0.0.0/0\n")]
    [InlineData("acl subnet-a allow ingress tcp/20-25 0.0.0.0/0\nacl subnet-a deny ingress any 0.0.0.0/0\nacl subnet-a allow egress any 0.0.0.0/0\n")] // allowed first
    public void A_network_that_does_not(string acl) => Audit.Fires("SP-ING-18", $"{Ssh}{Routed}{acl}{Nic}");

    [Fact]
    public void Families_are_judged_apart()
    {
        Audit.Fires("SP-ING-18", $"group web\n  ingress tcp/22 from ::/0\n{Routed}{Open}interface eni-1 web 10.1.0.5 2600:1f18::5 in subnet-a\n", "ingress tcp/22 from ::/0");
        Audit.Quiet("SP-ING-18", $"group web\n  ingress tcp/22 from ::/0\n{Routed}{Open}{Nic}"); // no IPv6 address
        Audit.Quiet("SP-ING-18", $"{Ssh}{Routed}acl subnet-a allow ingress any ::/0\nacl subnet-a allow egress any ::/0\ninterface eni-1 web 10.1.0.5 2600:1f18::5 public 203.0.113.9 in subnet-a\n");
    }

    [Theory]
    [InlineData("ingress tcp/22 from 10.0.0.0/8")]
    [InlineData("ingress tcp/443 from 0.0.0.0/0")]
    [InlineData("ingress udp/22 from 0.0.0.0/0")]
    [InlineData("ingress tcp/22 from 0.0.0.0/1")]
    public void Nothing_that_SP_ING_06_would_object_to(string rule) => Audit.Quiet("SP-ING-18", $"group web\n  {rule}\n{Routed}{Open}{Nic}");

    [Theory]
    [InlineData("off", true, true)]
    [InlineData("block-ingress", false, true)] // what leaves through a NAT gateway still does
    [InlineData("block-bidirectional", false, false)]
    public void Block_public_access_closes_the_way(string mode, bool getsIn, bool getsOut)
    {
        var estate = $"group web\n  ingress tcp/22 from 0.0.0.0/0\n  egress tcp/443 to 0.0.0.0/0\npublicaccess {mode}\n{Routed}{Open}{Nic}";
        Assert.Equal(getsIn, Audit.Findings("SP-ING-18", estate).Count == 1);
        Assert.Equal(getsOut, Audit.Findings("SP-EGR-14", estate).Count == 1);
    }

    [Theory]
    [InlineData("tcp/3306", true)] // SP-PRT-16
    [InlineData("udp/11211", true)] // SP-PRT-21
    [InlineData("tcp/80", false)]
    [InlineData("tcp/12345", false)]
    public void Ports_of_the_service_table_count(string service, bool fires) =>
        Assert.Equal(fires, Audit.Findings("SP-ING-18", $"group web\n  ingress {service} from 0.0.0.0/0\n{Routed}{Open}{Nic}").Count == 1);

    [Fact]
    public void A_group_that_nobody_carries_is_not_reachable() => Audit.Quiet("SP-ING-18", $"{Ssh}{Routed}{Open}");

    [Theory]
    [InlineData("gap RouteTables\n", "subnet subnet-a 10.1.0.0/24\n" + Open + Nic, "route table")]
    [InlineData("gap NetworkAcls\n", Routed + Nic, "network ACL")]
    [InlineData("gap NetworkInterfaces\n", "", "interfaces")]
    public void What_was_not_read_is_unknown(string gap, string network, string text) =>
        Assert.Contains(text, Audit.Unknown("SP-ING-18", $"{Ssh}{network}{gap}"), StringComparison.Ordinal);

    [Fact]
    public void A_list_that_was_not_read_may_be_the_world() =>
        Assert.Contains("pl-x", Audit.Unknown("SP-ING-18", $"list pl-x unread\ngroup web\n  ingress tcp/22 from pl-x\n{Routed}{Open}{Nic}"), StringComparison.Ordinal);

    [Theory]
    [InlineData("egress tcp/443 to 0.0.0.0/0")]
    [InlineData("egress udp/53 to 8.8.8.8/32")] // any public address will do
    [InlineData("egress any to pl-x")]
    [InlineData("egress tcp/443 to 10.0.0.0/7")] // 11.0.0.0/8 is public
    public void An_interface_that_gets_out(string rule)
    {
        var finding = Audit.Fires("SP-EGR-14", $"list pl-x 10.0.0.0/8 9.9.9.9/32\ngroup db\ngroup web\n  {rule}\n  egress any to db\n  egress any to 10.0.0.0/8\n{Routed}{Open}{Nic}");
        Assert.Equal(rule.Replace("web", "sg-web"), Assert.Single(finding.Evidence).Key.ToString());
        Assert.StartsWith("eni-1 gets out to the Internet by ", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("egress tcp/443 to 10.0.0.0/8")]
    [InlineData("egress tcp/443 to 100.64.0.0/10")]
    [InlineData("egress any to 169.254.0.0/16")]
    [InlineData("egress any to 127.0.0.1/32")]
    [InlineData("egress icmp/252/86 to 255.255.255.255/32")]
    [InlineData("egress any to web")]
    [InlineData("egress any to ::/0")] // no IPv6 address
    public void Rules_that_lead_to_nobody_outside(string rule) => Audit.Quiet("SP-EGR-14", $"group web\n  {rule}\n{Routed}{Open}{Nic}");

    [Theory]
    [InlineData("subnet subnet-a 10.1.0.0/24\nroute subnet-a 10.1.0.0/16 local\n", Open, Nic)]
    [InlineData(Routed, Open, "interface eni-1 web 10.1.0.5 in subnet-a\n")] // an internet gateway carries nothing for a private address
    [InlineData(Routed, "acl subnet-a allow ingress any 0.0.0.0/0\nacl subnet-a allow egress tcp/80 0.0.0.0/0\n", Nic)]
    [InlineData(Routed, "acl subnet-a allow ingress tcp/443 0.0.0.0/0\nacl subnet-a allow egress any 0.0.0.0/0\n", Nic)] // no answer comes back
    public void A_network_that_keeps_it_in(string routes, string acl, string nic) => Audit.Quiet("SP-EGR-14", $"group web\n  egress tcp/443 to 0.0.0.0/0\n{routes}{acl}{nic}");

    [Fact]
    public void A_gateway_endpoint_does_not_lead_to_the_internet()
    {
        var endpoint = EstateText.Read($"list pl-s3 52.95.128.0/21\ngroup web\n  egress tcp/443 to pl-s3\nsubnet subnet-a 10.1.0.0/24\nroute subnet-a 10.1.0.0/16 local\n{Open}interface eni-1 web 10.1.0.5 in subnet-a\n");
        var builder = new EstateBuilder();
        foreach (var group in endpoint.SecurityGroups) builder.Add(group);
        foreach (var list in endpoint.PrefixLists) builder.Add(list);
        foreach (var vpc in endpoint.Vpcs) builder.Add(vpc);
        foreach (var subnet in endpoint.Subnets) builder.Add(subnet);
        foreach (var acl in endpoint.NetworkAcls) builder.Add(acl);
        foreach (var nic in endpoint.NetworkInterfaces) builder.Add(nic);
        foreach (var table in endpoint.RouteTables) builder.Add(table with { Routes = [.. table.Routes, new Route { DestinationPrefixList = new PrefixListId("pl-s3"), Target = "vpce-s3" }] });
        foreach (var kind in Enum.GetValues<GapKind>()) builder.MarkCollected(kind);
        var report = Audit.Of(builder.Build(), new AuditOptions { Rules = ["SP-EGR-14"] });
        Assert.Empty(report.Findings);
        Assert.Empty(report.Unknown);
    }

    [Theory]
    [InlineData("eni-1", true)]
    [InlineData("i-1", true)]
    [InlineData("sg-web", true)]
    [InlineData("web", true)]
    [InlineData("eni-2, proxy", false)]
    public void What_is_meant_to_get_out_is_left_alone(string gateways, bool quiet)
    {
        var estate = $"group web\n  egress tcp/443 to 0.0.0.0/0\nset egress.gateways {gateways}\n{Routed}{Open}interface eni-1 web 10.1.0.5 public 203.0.113.9 in subnet-a instance i-1\n";
        if (quiet) Audit.Quiet("SP-EGR-14", estate);
        else Audit.Fires("SP-EGR-14", estate);
    }

    [Theory]
    [InlineData("gap RouteTables\n", "subnet subnet-a 10.1.0.0/24\n" + Open, "route table")]
    [InlineData("gap NetworkAcls\n", Routed, "network ACL")]
    public void A_network_that_was_not_read_is_unknown(string gap, string network, string text) =>
        Assert.Contains(text, Audit.Unknown("SP-EGR-14", $"group web\n  egress tcp/443 to 0.0.0.0/0\n{network}{Nic}{gap}"), StringComparison.Ordinal);

    [Fact]
    public void Sharing_what_subnets_have_in_common_changes_no_answer() => Prop.ForAll(NetworkGenerator.Estate.ToArbitrary(), estate =>
    {
        var paths = new InternetPaths(new EstateFacts(estate));
        var layers = new NetworkLayers(estate);
        var outside = NetworkGenerator.Outside.Concat(new[] { "8.8.8.8", "1.0.0.1", "223.255.255.255", "2600::1", "2a00::1" }.Select(Address.Parse))
            .Where(a => PublicSpace.Of(a.Family).Contains(a)).ToList();
        Assert.True(outside.Count > 5);

        // Twins at other addresses first, so that answers are shared by the time the drawn interfaces ask.
        foreach (var nic in estate.NetworkInterfaces)
        {
            var twin = nic with
            {
                Id = new NetworkInterfaceId($"{nic.Id}-twin"),
                Addresses = [.. nic.Addresses.Select(Next)],
                PublicAddresses = [.. nic.PublicAddresses.Select(p => KeyValuePair.Create(Next(p.Key), p.Value))],
            };
            foreach (var family in new[] { IpFamily.V4, IpFamily.V6 }) Assert.Equal(paths.OutOf(twin, family) is null, paths.OutOf(nic, family) is null);
        }

        foreach (var nic in estate.NetworkInterfaces)
        {
            foreach (var far in outside)
            {
                var inside = Inside(nic, far.Family);
                var (into, outOf) = (paths.Into(nic, far.Family), paths.OutOf(nic, far.Family));
                Assert.Equal(inside is null, into is null);
                if (inside is not { } address) continue;
                if (LeadsToService(estate, nic, far)) Assert.DoesNotContain(outOf!.Parts, p => p.Addresses.Contains(far));
                else Same(layers.Judge(Endpoint.Of(nic, address), Endpoint.Outside(far)), outOf!, far);
                var seen = far.Family == IpFamily.V6 || !nic.PublicAddresses.IsEmpty ? nic : nic with { PublicAddresses = [new(address, Address.Parse("203.0.113.200"))] };
                Same(layers.Judge(Endpoint.Outside(far), Endpoint.Of(seen, address)), into!, far);
            }
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Theory]
    [InlineData("egress tcp/443 to 10.9.0.0/16", true)]
    [InlineData("egress tcp/443 to 10.2.0.0/16", false)] // over the peering
    [InlineData("egress tcp/443 to 10.2.7.0/24", false)]
    [InlineData("egress tcp/443 to 10.0.0.0/8", false)] // part of it is there
    [InlineData("egress tcp/443 to 10.1.0.0/16", false)] // its own VPC
    [InlineData("egress tcp/443 to 192.168.1.0/24", true)]
    [InlineData("egress tcp/443 to 198.51.100.0/24", false)] // not private: not a matter of peerings
    [InlineData("egress tcp/443 to pl-far", true)]
    [InlineData("egress tcp/443 to pl-near", false)]
    [InlineData("egress tcp/443 to fd00:1::/64", true)]
    [InlineData("ingress tcp/443 from 10.9.0.0/16", false)] // the other direction
    public void Private_blocks_without_a_route(string rule, bool fires)
    {
        var estate = $"list pl-far 10.9.0.0/16 10.10.0.0/16\nlist pl-near 10.9.0.0/16 10.2.0.0/24\ngroup web\n  {rule}\npeering pcx-1 vpc-a vpc-b\nroute subnet-a 10.2.0.0/16 pcx-1\ninterface eni-1 web 10.1.0.5 in subnet-a";
        if (fires) Assert.Equal(rule, Audit.Fires("SP-EGR-12", estate).Evidence.Single().Key.ToString());
        else Audit.Quiet("SP-EGR-12", estate);
    }

    [Theory]
    [InlineData("peering pcx-1 vpc-a vpc-b\nroute subnet-a 10.2.0.0/16 pcx-1", false)]
    [InlineData("peering pcx-1 vpc-a vpc-b\nroute subnet-a 10.1.0.0/16 local", true)] // peered, and no route
    [InlineData("peering pcx-1 vpc-a vpc-b\nroute subnet-a 10.3.0.0/16 pcx-1", true)]
    public void A_group_of_another_VPC(string network, bool fires)
    {
        var estate = $"group web\n  egress tcp/443 to db\ngroup db in vpc-b\n{network}\ninterface eni-1 web 10.1.0.5 in subnet-a";
        if (fires) Audit.Fires("SP-EGR-12", estate, "egress tcp/443 to sg-db");
        else Audit.Quiet("SP-EGR-12", estate);
    }

    [Theory]
    [InlineData("group web\n  egress tcp/443 to db\ngroup db\nroute subnet-a 10.9.0.0/16 local\ninterface eni-1 web 10.1.0.5 in subnet-a")] // one VPC
    [InlineData("group web\n  egress tcp/443 to db dead\ngroup db in vpc-b\nroute subnet-a 10.1.0.0/16 local\ninterface eni-1 web 10.1.0.5 in subnet-a")]
    [InlineData("group web\n  egress tcp/443 to 10.9.0.0/16")] // nobody carries it
    [InlineData("group web\n  egress tcp/443 to gone\nroute subnet-a 10.1.0.0/16 local\ninterface eni-1 web 10.1.0.5 in subnet-a")] // another rule's matter
    public void What_is_not_said(string estate) => Audit.Quiet("SP-EGR-12", estate);

    [Theory]
    [InlineData("group web\n  egress tcp/443 to 10.9.0.0/16\ngap RouteTables\ninterface eni-1 web 10.1.0.5 in subnet-a", "route table")]
    [InlineData("group web\n  egress tcp/443 to 10.9.0.0/16\ngap NetworkInterfaces", "interfaces")]
    [InlineData("vpc vpc-a 10.1.0.0/16\ngroup web\n  egress tcp/443 to db\ngroup db in vpc-b\npeering pcx-1 vpc-a vpc-b\nroute subnet-a 10.1.0.0/16 local\ninterface eni-1 web 10.1.0.5 in subnet-a\ngap Vpcs", "vpc-b")]
    [InlineData("list pl-x unread\ngroup web\n  egress tcp/443 to pl-x\nroute subnet-a 10.1.0.0/16 local\ninterface eni-1 web 10.1.0.5 in subnet-a", "pl-x")]
    public void What_decides_and_was_not_read(string estate, string gap) => Assert.Contains(gap, Audit.Unknown("SP-EGR-12", estate), StringComparison.Ordinal);

    [Fact]
    public void An_AWS_list_that_was_not_read_is_public() => Audit.Quiet(
        "SP-EGR-12", "list pl-x unread owner AWS\ngroup web\n  egress tcp/443 to pl-x\nroute subnet-a 10.1.0.0/16 local\ninterface eni-1 web 10.1.0.5 in subnet-a");

    private static Address Next(Address address) => new(address.Family, address.Bits + 1);

    private static bool LeadsToService(Estate estate, NetworkInterface nic, Address far) => new EstateFacts(estate).TableOf(nic) is { } table
        && !estate.Gaps.Any(g => g.What == GapKind.RouteTables && (g.Where == table.Id || g.Where == nic.Scope.ToString()))
        && table.Routes.Any(r => !r.IsBlackhole && r.Target.StartsWith("vpce-", StringComparison.Ordinal) && r.DestinationPrefixList is { } list
            && estate.Index.EntriesOf(list) is { } entries && entries.Any(e => e.Cidr.Contains(far)));

    private static Address? Inside(NetworkInterface nic, IpFamily family)
    {
        if (family == IpFamily.V4 && !nic.PublicAddresses.IsEmpty) return nic.PublicAddresses[0].Key;
        var own = nic.Addresses.Where(a => a.Family == family).ToList();
        return own.Where(PublicSpace.InternetOf(family).Contains).Concat(own).Select(a => (Address?)a).FirstOrDefault();
    }

    private static void Same(PathJudgement expected, InternetPath actual, Address far)
    {
        var parts = actual.Parts.Where(p => p.Addresses.Contains(far)).ToList();
        var through = expected.Nacl.And(expected.Route);
        Assert.True(parts.Count <= 1);
        Assert.Equal(through.Allowed, parts.Count == 0 ? ServiceSet.Empty : parts[0].Passage.Allowed);
        Assert.Equal(through.Unknown, parts.Count == 0 ? ServiceSet.Empty : parts[0].Passage.Unknown);
    }
}
