using System.Collections.Immutable;
using Sallyport.Connections.Compiling;
using Sallyport.Connections.Reading;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Tests.Connections.Compiling;

/// <summary>Examples over one hand-made network: a and b in one VPC, p peered, r in another Region, u unrelated, t over a transit gateway.</summary>
public sealed class CompilerTests
{
    private static readonly Scope Home = new("111122223333", "eu-west-1");
    private static readonly Scope Away = new("444455556666", "eu-west-1");
    private static readonly Scope Far = new("111122223333", "us-east-1");

    private const string Names = """
        version: 1
        groups:
          a: {sg: sg-0000000a}
          b: {sg: sg-0000000b}
          p: {sg: sg-0000000c}
          r: {sg: sg-0000000d}
          u: {sg: sg-0000000e}
          t: {sg: sg-0000000f}
        externals:
          s3: {prefixList: com.amazonaws.eu-west-1.s3}
          shared: {prefixList: offices}
          dual: {cidrs: [198.51.100.0/24, "2001:db8::/32"]}

        """;

    [Fact]
    public void A_reference_within_a_VPC_is_read_back_with_its_account() =>
        Assert.Equal(["a egress tcp/1 b 111122223333 - -", "b ingress tcp/1 a 111122223333 - -"], Rules("c: {from: a, to: b, services: [tcp/1], reason: x}"));

    [Fact]
    public void A_reference_over_a_peering_is_read_back_with_VPC_and_peering() => Assert.Equal(
        ["a egress tcp/1 p 444455556666 vpc-0000000c pcx-00000001", "p ingress tcp/1 a 111122223333 vpc-0000000a pcx-00000001"],
        Rules("c: {from: a, to: p, services: [tcp/1], reason: x}"));

    [Fact]
    public void A_self_connection_is_two_rules_on_one_group() =>
        Assert.Equal(["a ingress tcp/1 a 111122223333 - -", "a egress tcp/1 a 111122223333 - -"], Rules("c: {from: a, to: a, services: [tcp/1], reason: x}"));

    [Fact]
    public void An_external_end_has_one_rule_a_block() => Assert.Equal(
        ["a ingress icmp/8/-1 198.51.100.0/24", "a ingress icmp/8/-1 2001:db8::/32"], Rules("c: {from: dual, to: a, services: [icmp/8/-1], reason: x}"));

    [Theory]
    [InlineData("from: a, to: r", "SPD1107", "SPD1107")]
    [InlineData("from: a, to: u", "SPD1108", "SPD1108")]
    [InlineData("from: a, to: t", "SPD1109")]
    [InlineData("from: a, to: r, sides: ingress", "SPD1107")]
    [InlineData("from: a, to: s3")]
    [InlineData("from: r, to: s3", "SPD1105")]
    [InlineData("from: a, to: shared", "SPD1106")]
    [InlineData("from: p, to: shared")]
    [InlineData("from: a, to: u, peerAs: cidr", "SPD1113")]
    public void What_EC2_would_refuse_is_refused(string ends, params string[] codes)
    {
        var result = Compile($"c: {{{ends}, services: [tcp/1], reason: x}}", Network());
        Assert.Equal(codes, result.Diagnostics.Where(d => d.Severity == Severity.Error).Select(d => d.Code));
        Assert.Equal(codes.Length == 0, result.Value is not null);
        Assert.All(result.Diagnostics.Where(d => d.Code is "SPD1107" or "SPD1108" or "SPD1109"), d => Assert.Contains("peerAs: cidr", d.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_transit_gateway_carries_references_in_ingress_only() => Assert.Equal(
        ["t ingress tcp/1 a 111122223333 vpc-0000000a -"], Rules("c: {from: a, to: t, services: [tcp/1], reason: x, sides: ingress}"));

    [Fact]
    public void By_address_the_members_are_named_and_said_to_be_of_now()
    {
        var result = Compile("c: {from: a, to: r, services: [tcp/1], reason: x, peerAs: cidr}", Network());
        Assert.Equal(
            ["a egress tcp/1 10.9.0.5/32", "a egress tcp/1 2001:db8:9:1::/80", "a egress tcp/1 2001:db8:9::5/128", "r ingress tcp/1 10.1.0.4/32"],
            Text(result.Value!).Order(StringComparer.Ordinal));
        Assert.Equal(["SPD1112", "SPD1112"], result.Diagnostics.Select(d => d.Code));
    }

    [Fact]
    public void By_address_without_interfaces_is_an_error()
    {
        const string Connection = "c: {from: a, to: b, services: [tcp/1], reason: x, peerAs: cidr}";
        Assert.Contains("The connection \"c\" names a group by the addresses of its members (peerAs: cidr), and only a SOURCE tells these: sallyport compile FILE SOURCE", Assert.Single(Compile(Connection, null).Diagnostics, d => d.Code == "SPD1114").Message, StringComparison.Ordinal);
        var many = string.Join('\n', Enumerable.Range(0, 9).Select(n => $"  c{n}: {{from: a, to: b, services: [tcp/{n + 1}], reason: x, peerAs: cidr}}")).TrimStart();
        Assert.StartsWith("9 connections name groups by the addresses of their members (peerAs: cidr)", Assert.Single(Compile(many, null).Diagnostics).Message, StringComparison.Ordinal);
        Assert.EndsWith("such as live or a snapshot. They are \"c0\", \"c1\", \"c2\", \"c3\", \"c4\" and 4 more.", Assert.Single(Compile(many, null).Diagnostics).Message, StringComparison.Ordinal);
        var blind = new EstateBuilder().Add(Group('a', Home, "vpc-0000000a")).Add(Group('b', Home, "vpc-0000000a"));
        foreach (var n in "cdef") blind.Add(Group(n, Home, "vpc-0000000a"));
        Assert.Contains("no interfaces were read", Assert.Single(Compile(Connection, blind.Build()).Diagnostics, d => d.Code == "SPD1114").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_middlebox_between_the_groups_refuses_references()
    {
        var network = Network(extraRoute: new Route { Destination = Cidr.Parse("10.1.1.0/24"), Target = "eni-000000ff", Interface = new NetworkInterfaceId("eni-000000ff") });
        var result = Compile("c: {from: a, to: b, services: [tcp/1], reason: x}", network);
        Assert.Equal(["SPD1110", "SPD1110"], result.Diagnostics.Select(d => d.Code));
        Assert.Contains("eni-000000ff", result.Diagnostics[0].Message, StringComparison.Ordinal);
        Assert.Contains("peerAs: cidr", result.Diagnostics[0].Message, StringComparison.Ordinal);
        Assert.NotNull(Compile("c: {from: a, to: b, services: [tcp/1], reason: x, peerAs: cidr}", network).Value);

        // A longer local route, or a route that is dead, puts nothing in between.
        Assert.NotNull(Compile("c: {from: a, to: b, services: [tcp/1], reason: x}", Network(new Route { Destination = Cidr.Parse("10.0.0.0/8"), Target = "eni-000000ff" })).Value);
        Assert.NotNull(Compile("c: {from: a, to: b, services: [tcp/1], reason: x}", Network(new Route { Destination = Cidr.Parse("10.1.1.0/24"), Target = "eni-000000ff", IsBlackhole = true })).Value);
    }

    [Fact]
    public void A_rule_that_is_there_already_is_no_error()
    {
        var there = new SecurityGroupRule(Direction.Egress, Service.Tcp(1), new GroupPeer(new("sg-0000000e")) { Account = "999999999999" });
        var result = Compile("c: {from: a, to: u, services: [tcp/1], reason: x, sides: egress}", Network(rulesOfA: [there]));
        Assert.Equal(["SPD1108"], result.Diagnostics.Select(d => d.Code));
        Assert.Equal(Severity.Warning, result.Diagnostics[0].Severity);
        Assert.Equal("999999999999", ((GroupPeer)Assert.Single(result.Value!.Rules).Key.Peer).Account);
    }

    [Fact]
    public void Selectors_expand_within_the_scope()
    {
        const string File = """
            version: 1
            scope: {vpcs: [prod], accounts: ["111122223333"]}
            groups: {all: {select: {tags: {tier: app}}}, none: {select: {name: b, vpc: other}}, out: {sg: sg-0000000c}, missing: {sg: sg-000000aa}}
            connections: {c: {from: all, to: all, services: [tcp/1], reason: x}}
            """;
        var result = Compiler.Compile(ConnectionsReader.Read(File, "c.yaml").Value!, Network());
        Assert.Equal(["SPD1102", "SPD1103", "SPD1101"], result.Diagnostics.Select(d => d.Code));
        var good = ConnectionsReader.Read(File.Split("\n")[0] + "\nscope: {vpcs: [prod]}\ngroups: {all: {select: {tags: {tier: app}}}}\n" + File.Split("\n")[3], "c.yaml").Value!;
        var rules = Compiler.Compile(good, Network()).Value!;
        Assert.Equal(["sg-0000000a", "sg-0000000b"], rules.Groups.Select(g => g.Id.Value));
        Assert.Equal(8, rules.Rules.Length);
    }

    [Fact]
    public void A_read_only_group_gets_no_rule_and_its_missing_half_is_said()
    {
        const string File = "version: 1\ngroups: {a: {sg: sg-0000000a, readOnly: true}, b: {sg: sg-0000000b}}\nconnections: {c: {from: a, to: b, services: [tcp/1], reason: x}}";
        var result = Compiler.Compile(ConnectionsReader.Read(File, "c.yaml").Value!, Network());
        Assert.Equal(["SPD1116"], result.Diagnostics.Select(d => d.Code));
        Assert.Equal("sg-0000000b", Assert.Single(result.Value!.Rules).Group.Value);
        Assert.True(result.Value.Groups[0].IsReadOnly);
        var open = new SecurityGroupRule(Direction.Egress, Service.Any, new CidrPeer(Cidr.AnyV4));
        Assert.Empty(Compiler.Compile(ConnectionsReader.Read(File, "c.yaml").Value!, Network(rulesOfA: [open])).Diagnostics);
    }

    [Fact]
    public void Over_the_quota_rules_are_joined_within_their_owners()
    {
        var rules = Compile("c: {from: dual, to: a, services: [tcp/1, tcp/2, tcp/3, tcp/5], reason: x}\n  d: {from: dual, to: a, services: [tcp/4], reason: x}", Network(), "settings: {quotas: {rulesPerSg: 3}}");
        Assert.Equal(["SPD1118"], rules.Diagnostics.Select(d => d.Code));
        Assert.Equal(
            ["a ingress tcp/1-3 198.51.100.0/24", "a ingress tcp/1-3 2001:db8::/32", "a ingress tcp/4 198.51.100.0/24", "a ingress tcp/4 2001:db8::/32", "a ingress tcp/5 198.51.100.0/24", "a ingress tcp/5 2001:db8::/32"],
            Text(rules.Value!));
    }

    [Fact]
    public void A_description_cuts_the_reason_and_keeps_the_ids()
    {
        Assert.Equal("reads [web-to-db]", RuleDescription.Of("reads", ["web-to-db"]));
        Assert.Equal("its a-b + c_ d [a b]", RuleDescription.Of("it's\n a–b & c? \u0007 d\n", ["b", "a"]));
        Assert.Equal("[a]", RuleDescription.Of(" \n", ["a"]));
        var longReason = RuleDescription.Of(new string('x', 400), ["one", "two"]);
        Assert.Equal(255, longReason.Length);
        Assert.EndsWith("x... [one two]", longReason, StringComparison.Ordinal);
        var many = RuleDescription.Of(new string('y', 400), Enumerable.Range(0, 50).Select(n => $"connection-{n:00}"));
        Assert.InRange(many.Length, 200, 255);
        Assert.Matches("^y+\\.\\.\\. \\[connection-00 connection-01 .* \\+\\d+\\]$", many);
        Assert.Equal(255, RuleDescription.Of("r", [new string('i', 251)]).Length);
    }

    [Fact]
    public void An_ownership_tag_is_sorted_and_never_too_long()
    {
        Assert.Equal("a b", OwnershipTag.Of(["b", "a", "b"]).Value);
        var many = OwnershipTag.Of(Enumerable.Range(0, 100).Select(n => $"connection-{n:000}"));
        Assert.InRange(many.Value.Length, 230, 256);
        Assert.Equal(100, many.Ids.Length + many.More);
        Assert.True(OwnershipTag.TryParse(many.Value, out var read));
        Assert.Equal((many.More, many.Ids.Length), (read.More, read.Ids.Length));
        foreach (var bad in new[] { "", " ", "b a", "a a", "a  b", "a +", "a +0", "+1", "a +x", "a +1 b" }) Assert.False(OwnershipTag.TryParse(bad, out _), bad);
        var exact = OwnershipTag.Of([new string('a', 127), new string('b', 128)]);
        Assert.Equal((256, 0), (exact.Value.Length, exact.More));
        Assert.Equal(1, OwnershipTag.Of([new string('a', 128), new string('b', 128)]).More);
    }

    private static ImmutableArray<string> Rules(string connections)
    {
        var result = Compile(connections, Network());
        Assert.True(result.Value is not null, string.Join("\n", result.Diagnostics));
        return Text(result.Value);
    }

    private static ImmutableArray<string> Text(DesiredRules rules) => [.. rules.Rules.Select(r => $"{NameOf(r.Group)} {r.Key.Direction.ToString().ToLowerInvariant()} {r.Key.Service} {Peer(r.Key.Peer)}")];

    private static string NameOf(SecurityGroupId id) => id.Value[^1] switch { 'c' => "p", 'd' => "r", 'e' => "u", 'f' => "t", var c => c.ToString() };

    private static string Peer(Peer peer) => peer is GroupPeer g ? $"{NameOf(g.Group)} {g.Account} {g.Vpc?.Value ?? "-"} {g.Peering?.Value ?? "-"}" : peer.ToString()!;

    private static Result<DesiredRules> Compile(string connections, Estate? estate, string more = "")
    {
        var read = ConnectionsReader.Read($"{Names}connections:\n  {connections}\n{more}", "c.yaml");
        Assert.True(read.Value is not null, string.Join("\n", read.Diagnostics));
        return Compiler.Compile(read.Value, estate);
    }

    private static SecurityGroup Group(char n, Scope scope, string vpc) => new(new SecurityGroupId($"sg-0000000{n}"), scope)
    {
        Name = n.ToString(),
        Vpc = new VpcId(vpc),
        Tags = n is 'a' or 'b' or 'c' ? Tags.None.With("tier", "app") : Tags.None,
    };

    private static Estate Network(Route? extraRoute = null, ImmutableArray<SecurityGroupRule> rulesOfA = default)
    {
        var (vpcA, vpcP, vpcT) = (new VpcId("vpc-0000000a"), new VpcId("vpc-0000000c"), new VpcId("vpc-0000000f"));
        var (subnetA, subnetB) = (new SubnetId("subnet-0000000a"), new SubnetId("subnet-0000000b"));
        var builder = new EstateBuilder()
            .Add(Group('a', Home, vpcA.Value) with { Rules = rulesOfA.IsDefault ? [] : rulesOfA }).Add(Group('b', Home, vpcA.Value)).Add(Group('c', Away, vpcP.Value))
            .Add(Group('d', Far, "vpc-0000000d")).Add(Group('e', Home, "vpc-0000000e")).Add(Group('f', Home, vpcT.Value))
            .Add(new Vpc(vpcA, Home) { Cidrs = [Cidr.Parse("10.1.0.0/16")], Tags = Tags.None.With("Name", "prod") })
            .Add(new Peering(new PeeringId("pcx-00000001"), new PeeringEnd(vpcA, Home), new PeeringEnd(vpcP, Away)))
            .Add(new Peering(new PeeringId("pcx-00000002"), new PeeringEnd(vpcA, Home), new PeeringEnd(new VpcId("vpc-0000000d"), Far)))
            .Add(new Peering(new PeeringId("pcx-00000003"), new PeeringEnd(vpcA, Home), new PeeringEnd(new VpcId("vpc-0000000e"), Home)) { Status = "deleted" })
            .Add(new TransitGatewayAttachment("tgw-attach-1", Home, "tgw-1", vpcA) { State = "available", SecurityGroupReferencing = true })
            .Add(new TransitGatewayAttachment("tgw-attach-2", Home, "tgw-1", vpcT) { State = "available", SecurityGroupReferencing = true })
            .Add(new TransitGatewayAttachment("tgw-attach-3", Home, "tgw-1", new VpcId("vpc-0000000e")) { State = "available", SecurityGroupReferencing = false })
            .Add(new PrefixList(new PrefixListId("pl-00000001"), Home) { Name = "com.amazonaws.eu-west-1.s3", Owner = "AWS" })
            .Add(new PrefixList(new PrefixListId("pl-00000002"), Home) { Name = "offices", Owner = Home.Account })
            .Add(new PrefixList(new PrefixListId("pl-00000003"), Home) { Name = "offices", Owner = Home.Account })
            .Add(new PrefixList(new PrefixListId("pl-00000004"), Away) { Name = "offices", Owner = Away.Account })
            .Add(new NetworkInterface(new NetworkInterfaceId("eni-0000000a"), Home) { Vpc = vpcA, Subnet = subnetA, Groups = [new("sg-0000000a")], Addresses = [Address.Parse("10.1.0.4")] })
            .Add(new NetworkInterface(new NetworkInterfaceId("eni-0000000b"), Home) { Vpc = vpcA, Subnet = subnetB, Groups = [new("sg-0000000b")], Addresses = [Address.Parse("10.1.1.4")] })
            .Add(new NetworkInterface(new NetworkInterfaceId("eni-0000000d"), Far)
            {
                Groups = [new("sg-0000000d")],
                Addresses = [Address.Parse("10.9.0.5"), Address.Parse("2001:db8:9::5")],
                Prefixes = [Cidr.Parse("2001:db8:9:1::/80")],
            })
            .Add(new RouteTable("rtb-0000000a", Home, vpcA)
            {
                IsMain = true,
                Routes = [new Route { Destination = Cidr.Parse("10.1.0.0/16"), Target = "local" }, .. extraRoute is null ? [] : new[] { extraRoute }],
            })
            .MarkCollected(GapKind.Subnets).MarkCollected(GapKind.NetworkAcls);
        return builder.Build();
    }
}
