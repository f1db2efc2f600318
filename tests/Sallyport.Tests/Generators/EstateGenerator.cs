using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Tests.Generators;

/// <summary>
/// Small estates with everything that makes security groups hard: both families, overlapping blocks, prefix lists (one of them
/// unread), self references, references over a peering and to another account, shared interfaces, default groups. Peers and
/// services come from small pools so that rules overlap, touch, shadow and repeat often.
/// </summary>
internal static class EstateGenerator
{
    public const string Account = "111122223333";
    public const string OtherAccount = "444455556666";
    public const string Region = "eu-west-1";

    public static readonly Scope Home = new(Account, Region);
    public static readonly Scope Away = new(OtherAccount, Region);

    public static readonly VpcId VpcA = new("vpc-0000000a");
    public static readonly VpcId VpcB = new("vpc-0000000b");
    public static readonly VpcId VpcC = new("vpc-0000000c");
    public static readonly PeeringId Peering = new("pcx-000000ab");
    public static readonly PrefixListId ListV4 = new("pl-00000004");
    public static readonly PrefixListId ListV6 = new("pl-00000006");
    public static readonly PrefixListId UnreadList = new("pl-000000ff");

    public static readonly ImmutableArray<string> CidrPool =
    [
        "0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1", "10.0.0.0/8", "10.1.0.0/16", "10.1.0.0/17", "10.1.128.0/17", "10.1.1.0/24",
        "10.1.1.5/32", "10.1.1.6/32", "10.2.0.0/16", "198.51.100.0/24", "::/0", "2001:db8::/32", "2001:db8:a::/56", "2001:db8:a::5/128",
    ];

    public static readonly ImmutableArray<string> ServicePool =
    [
        "any", "tcp/0-65535", "tcp/443", "tcp/80-90", "tcp/85", "tcp/91", "tcp/22", "tcp/3306", "udp/53", "udp/0-65535",
        "icmp", "icmp/8/-1", "icmp/8/0", "icmp/3/4", "icmpv6", "icmpv6/128/-1", "proto/47", "proto/50",
    ];

    public static Gen<Service> Service { get; } = Gen.Elements(ServicePool.Select(Sallyport.Packets.Service.Parse).ToArray());

    public static Gen<Cidr> Cidr { get; } = Gen.Elements(CidrPool.Select(Sallyport.Packets.Cidr.Parse).ToArray());

    public static SecurityGroupId GroupId(int n) => new($"sg-{n:x8}");

    /// <summary>Peers a group of a VPC may name: blocks, lists, and the groups given.</summary>
    public static Gen<Peer> PeerOf(IReadOnlyList<SecurityGroup> groups, SecurityGroup owner)
    {
        var cidr = Cidr.Select(c => (Peer)new CidrPeer(c));
        var list = Gen.Elements(ListV4, ListV6, UnreadList).Select(l => (Peer)new PrefixListPeer(l));
        var group = Gen.Elements(groups.ToArray()).Select(g => Reference(owner, g));
        return Gen.Frequency((4, cidr), (1, list), (4, group));
    }

    public static Gen<ImmutableArray<SecurityGroupRule>> Rules(IReadOnlyList<SecurityGroup> groups, SecurityGroup owner, int most = 8) =>
        from count in Gen.Choose(0, most)
        from rules in Rule(groups, owner).ArrayOf(count)
        select Distinct(owner, rules);

    /// <summary>Two to five groups over three VPCs and two accounts, with rules and interfaces.</summary>
    public static Gen<Estate> Estate { get; } =
        from count in Gen.Choose(2, 5)
        from vpcs in Gen.Elements(VpcA, VpcA, VpcB, VpcC).ArrayOf(count)
        let bare = vpcs.Select(BareGroup).ToArray()
        from rules in Gen.CollectToArray(bare.Select(g => Rules(bare, g)))
        from interfaces in Gen.CollectToArray(Enumerable.Range(0, 6).Select(n => Interface(n, bare)))
        select Assemble(bare.Zip(rules, (g, r) => g with { Rules = r }), interfaces.OfType<NetworkInterface>());

    /// <summary>The same groups with other rules: the "after" of a change.</summary>
    public static Gen<Estate> Changed(Estate before) =>
        from rules in Gen.CollectToArray(before.SecurityGroups.Select(g => Change(before, g)))
        select Assemble(before.SecurityGroups.Zip(rules, (g, r) => g with { Rules = r }), before.NetworkInterfaces);

    public static Estate Assemble(IEnumerable<SecurityGroup> groups, IEnumerable<NetworkInterface> interfaces)
    {
        var builder = new EstateBuilder()
            .Add(new Vpc(VpcA, Home) { Cidrs = [Sallyport.Packets.Cidr.Parse("10.1.0.0/16"), Sallyport.Packets.Cidr.Parse("2001:db8:a::/56")] })
            .Add(new Vpc(VpcB, Home) { Cidrs = [Sallyport.Packets.Cidr.Parse("10.2.0.0/16")] })
            .Add(new Vpc(VpcC, Away) { Cidrs = [Sallyport.Packets.Cidr.Parse("10.3.0.0/16")] })
            .Add(new Peering(Peering, new PeeringEnd(VpcA, Home), new PeeringEnd(VpcB, Home)))
            .Add(new Peering(new PeeringId("pcx-000000ac"), new PeeringEnd(VpcA, Home), new PeeringEnd(VpcC, Away)))
            .Add(new PrefixList(ListV4, Home)
            {
                Name = "offices",
                Owner = Account,
                MaxEntries = 5,
                Version = 1,
                Entries = [new(Sallyport.Packets.Cidr.Parse("10.1.1.0/24"), "lab"), new(Sallyport.Packets.Cidr.Parse("203.0.113.0/24"), "office")],
            })
            .Add(new PrefixList(ListV6, Home)
            {
                Name = "offices6",
                Owner = Account,
                Family = IpFamily.V6,
                MaxEntries = 3,
                Version = 1,
                Entries = [new(Sallyport.Packets.Cidr.Parse("2001:db8:a::/64"), "")],
            })
            .MarkCollected(GapKind.Subnets).MarkCollected(GapKind.RouteTables).MarkCollected(GapKind.NetworkAcls)
            .MarkCollected(GapKind.NetworkInterfaces);
        foreach (var group in groups) builder.Add(group);
        foreach (var nic in interfaces) builder.Add(nic);
        return builder.Build();
    }

    /// <summary>The peer as EC2 would read it back on a rule of <paramref name="owner"/>.</summary>
    public static Peer Reference(SecurityGroup owner, SecurityGroup target) => owner.Vpc == target.Vpc
        ? new GroupPeer(target.Id) { Account = target.Scope.Account }
        : new GroupPeer(target.Id) { Account = target.Scope.Account, Vpc = target.Vpc, Peering = Peering, PeeringStatus = "active" };

    private static SecurityGroup BareGroup(VpcId vpc, int n) => new(GroupId(n + 1), vpc == VpcC ? Away : Home)
    {
        Name = n == 0 ? "default" : $"group-{n}",
        Description = "generated",
        Vpc = vpc,
    };

    private static Gen<SecurityGroupRule> Rule(IReadOnlyList<SecurityGroup> groups, SecurityGroup owner) =>
        from direction in Gen.Elements(Direction.Ingress, Direction.Egress)
        from service in Service
        from peer in PeerOf(groups, owner)
        from description in Gen.Elements("", "why not", "web [web-to-db]")
        select new SecurityGroupRule(direction, service, peer) { Description = description, Tags = Tags.None };

    private static Gen<ImmutableArray<SecurityGroupRule>> Change(Estate before, SecurityGroup owner) =>
        from keep in Gen.Elements(true, false).ArrayOf(owner.Rules.Length)
        from added in Rules(before.SecurityGroups, owner, 4)
        select Distinct(owner, [.. owner.Rules.Where((_, i) => keep[i]), .. added]);

    private static ImmutableArray<SecurityGroupRule> Distinct(SecurityGroup owner, IEnumerable<SecurityGroupRule> rules) =>
        [.. rules.DistinctBy(r => r.Key).OrderBy(r => r.Key).Select((r, i) => r with { Id = RuleId(owner, r) })];

    private static SecurityGroupRuleId RuleId(SecurityGroup owner, SecurityGroupRule rule)
    {
        // Stable: the same rule of the same group keeps its id from the estate before to the estate after.
        ulong hash = 14695981039346656037;
        foreach (var c in $"{owner.Id} {rule.Key}") hash = (hash ^ c) * 1099511628211;
        return new SecurityGroupRuleId($"sgr-0{hash:x16}");
    }

    private static Gen<NetworkInterface?> Interface(int n, SecurityGroup[] groups) =>
        from owner in Gen.Elements(groups)
        from present in Gen.Frequency((4, Gen.Constant(true)), (1, Gen.Constant(false)))
        from more in Gen.Elements(true, false).ArrayOf(groups.Length)
        let carried = groups.Where((g, i) => g.Id == owner.Id || (more[i] && g.Vpc == owner.Vpc)).Select(g => g.Id)
        select present ? MakeInterface(n, owner, [.. carried.Order()]) : null;

    private static NetworkInterface MakeInterface(int n, SecurityGroup owner, ImmutableArray<SecurityGroupId> groups)
    {
        var net = owner.Vpc == VpcA ? 1 : owner.Vpc == VpcB ? 2 : 3;
        ImmutableArray<Address> addresses = [Address.Parse($"10.{net}.1.{n + 4}")];
        if (owner.Vpc == VpcA) addresses = addresses.Add(Address.Parse($"2001:db8:a::{n + 4:x}"));
        return new NetworkInterface(new NetworkInterfaceId($"eni-{n:x8}"), owner.Scope)
        {
            Vpc = owner.Vpc,
            Groups = groups,
            Addresses = addresses,
            Status = "in-use",
        };
    }
}
