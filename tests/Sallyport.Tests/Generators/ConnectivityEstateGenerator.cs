using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Tests.Generators;

/// <summary>
/// Estates with everything that decides who reaches whom: five VPCs in two accounts and two Regions (two pairs overlap), active,
/// deleted and cross-Region peerings, a transit gateway, associations, secondary addresses, both families, delegated prefixes,
/// public addresses, interfaces without groups or VPC, groups without members, stale and unknown references, unread prefix lists,
/// malformed rules, and gaps of every kind that bears on groups. All from one number, so that a failure names its estate.
/// </summary>
internal sealed class ConnectivityEstateGenerator
{
    private static readonly Scope Home = EstateGenerator.Home;
    private static readonly Scope Away = EstateGenerator.Away;
    private static readonly Scope Abroad = new(EstateGenerator.Account, "eu-central-1");

    private static readonly ImmutableArray<(VpcId Id, Scope Scope, string V4, string? V6)> Networks =
    [
        (EstateGenerator.VpcA, Home, "10.1.0.0/16", "2001:db8:a::/56"),
        (EstateGenerator.VpcB, Home, "10.2.0.0/16", null),
        (EstateGenerator.VpcC, Away, "10.3.0.0/16", "2001:db8:c::/56"),
        (new("vpc-0000000d"), Abroad, "10.1.0.0/17", "2001:db8:d::/56"),
        (new("vpc-0000000e"), Home, "10.2.0.0/20", null),
    ];

    private static readonly VpcId UnknownVpc = new("vpc-000000ff");

    private static readonly ImmutableArray<Cidr> Blocks =
    [
        .. EstateGenerator.CidrPool.Select(Cidr.Parse),
        .. new[] { "10.2.0.0/20", "10.3.0.0/16", "10.2.1.4/32", "10.1.1.16/28", "203.0.113.0/24", "198.51.100.7/32", "192.168.0.0/16", "2001:db8:c::/64", "2001:db8:a:0:1::/80", "2000::/3", "fd00::/8" }.Select(Cidr.Parse),
    ];

    private static readonly ImmutableArray<Service> Services =
    [
        .. EstateGenerator.ServicePool.Select(Service.Parse),
        .. new[] { "tcp/0", "tcp/65535", "tcp/1-442", "udp/0", "icmp/255/255", "icmpv6/128/0", "icmpv6/255/-1", "proto/0", "proto/2", "proto/255", "tcp/53", "tcp/80" }.Select(Service.Parse),
    ];

    private readonly Random _random;
    private readonly int _groupCount;
    private readonly int _interfaceCount;
    private readonly int _mostRules;

    private ConnectivityEstateGenerator(int seed, int scale)
    {
        _random = new Random(seed);
        _groupCount = (2 + _random.Next(5)) * scale;
        _interfaceCount = (2 + _random.Next(6)) * scale;
        _mostRules = 5 + (3 * scale);
    }

    /// <summary>Small estates, cut down to a minimum when a property fails.</summary>
    public static Arbitrary<ConnectivityDraft> Drafts { get; } = Arb.From(Gen.Choose(0, int.MaxValue - 1).Select(n => FromSeed(n)), d => d.Smaller());

    /// <summary>The estate of a number; <paramref name="scale"/> multiplies groups, interfaces and rules.</summary>
    public static ConnectivityDraft FromSeed(int seed, int scale = 1) => new ConnectivityEstateGenerator(seed, scale).Make(seed);

    /// <summary>A rule that a group of the draft might get.</summary>
    public static SecurityGroupRule RuleFor(ConnectivityDraft draft, SecurityGroup owner, int seed) =>
        new ConnectivityEstateGenerator(seed, 1).Rule(owner, draft.Groups, draft.Peerings);

    private ConnectivityDraft Make(int seed)
    {
        var vpcs = Networks.Select(n => new Vpc(n.Id, n.Scope) { Cidrs = n.V6 is null ? [Cidr.Parse(n.V4)] : [Cidr.Parse(n.V4), Cidr.Parse(n.V6)] }).ToImmutableArray();
        var bare = Enumerable.Range(1, _groupCount).Select(BareGroup).ToImmutableArray();
        var peerings = MakePeerings(vpcs);
        var associations = bare.Where(_ => Chance(8)).Select(g => new VpcAssociation(g.Id, Pick(Networks).Id, Chance(4) ? "disassociated" : "associated")).ToImmutableArray();
        return new ConnectivityDraft(seed)
        {
            Vpcs = Chance(10) ? vpcs.RemoveAt(_random.Next(vpcs.Length)) : vpcs,
            Groups = [.. bare.Select(g => g with { Rules = Rules(g, bare, peerings), Malformed = Chance(12) ? [new MalformedRule(Way(), "the port is missing", null)] : [] })],
            Interfaces = [.. Enumerable.Range(1, _interfaceCount).Select(n => Interface(n, bare, associations))],
            Lists = Lists(),
            Peerings = peerings,
            Attachments = Attachments(),
            Associations = associations,
            Gaps = [.. Gaps(bare)],
            WithoutRules = Chance(12) ? [Pick(bare).Id] : [],
        };
    }

    private SecurityGroup BareGroup(int n)
    {
        var home = Chance(2) ? Networks[0] : Pick(Networks);
        return new SecurityGroup(EstateGenerator.GroupId(n), home.Scope) { Name = $"group-{n}", Description = "generated", Vpc = home.Id };
    }

    private ImmutableArray<Peering> MakePeerings(ImmutableArray<Vpc> vpcs)
    {
        var result = ImmutableArray.CreateBuilder<Peering>();
        foreach (var (a, b) in new[] { (0, 1), (0, 2), (0, 3), (1, 2), (2, 4) })
        {
            if (Chance(3)) continue;
            result.Add(new Peering(new PeeringId($"pcx-0000{a}{b:x2}"), End(vpcs[a]), End(vpcs[b])) { Status = Chance(4) ? "deleted" : "active" });
        }

        return result.ToImmutable();

        PeeringEnd End(Vpc vpc) => new(vpc.Id, vpc.Scope) { Cidrs = Chance(3) ? [] : vpc.Cidrs };
    }

    private ImmutableArray<TransitGatewayAttachment> Attachments() =>
    [
        .. new[] { 0, 1, 4 }.Where(_ => !Chance(3)).Select(n => new TransitGatewayAttachment($"tgw-attach-{n}", Networks[n].Scope, "tgw-00000001", Networks[n].Id)
        {
            State = Chance(6) ? "pending" : Chance(2) ? "available" : string.Empty,
            SecurityGroupReferencing = Chance(4) ? null : !Chance(4),
        }),
    ];

    private ImmutableArray<PrefixList> Lists()
    {
        ImmutableArray<PrefixListEntry>? v4 = [Entry("10.1.1.0/24"), Entry("203.0.113.0/24")];
        if (Chance(5)) v4 = [Entry("0.0.0.0/1"), Entry("128.0.0.0/1")];
        else if (Chance(5)) v4 = [Entry("0.0.0.0/0")];
        else if (Chance(8)) v4 = [];
        ImmutableArray<PrefixListEntry>? v6 = Chance(6) ? null : [Entry("2001:db8:a::/64")];
        return
        [
            new PrefixList(EstateGenerator.ListV4, Home) { Owner = EstateGenerator.Account, MaxEntries = 5, Version = 1, Entries = v4 },
            new PrefixList(EstateGenerator.ListV6, Home) { Owner = EstateGenerator.Account, MaxEntries = 5, Version = 1, Family = IpFamily.V6, Entries = v6 },
        ];

        static PrefixListEntry Entry(string cidr) => new(Cidr.Parse(cidr), string.Empty);
    }

    private ImmutableArray<SecurityGroupRule> Rules(SecurityGroup owner, ImmutableArray<SecurityGroup> groups, ImmutableArray<Peering> peerings) =>
        [.. Enumerable.Range(0, _random.Next(_mostRules)).Select(_ => Rule(owner, groups, peerings)).DistinctBy(r => r.Key)];

    private SecurityGroupRule Rule(SecurityGroup owner, ImmutableArray<SecurityGroup> groups, ImmutableArray<Peering> peerings) =>
        new(Way(), Pick(Services), PeerOf(owner, groups, peerings)) { Tags = Tags.None };

    private Peer PeerOf(SecurityGroup owner, ImmutableArray<SecurityGroup> groups, ImmutableArray<Peering> peerings) => _random.Next(20) switch
    {
        < 9 => new CidrPeer(Pick(Blocks)),
        9 => new PrefixListPeer(EstateGenerator.ListV4),
        10 => new PrefixListPeer(Chance(2) ? EstateGenerator.ListV6 : EstateGenerator.UnreadList),
        11 => Absent(owner),
        _ => Reference(owner, Pick(groups), peerings),
    };

    // What EC2 reads back: VPC and peering for a group elsewhere, the VPC alone over a transit gateway.
    private GroupPeer Reference(SecurityGroup owner, SecurityGroup target, ImmutableArray<Peering> peerings)
    {
        var peer = new GroupPeer(target.Id) { Account = target.Scope.Account };
        if (owner.Vpc == target.Vpc) return Chance(15) ? peer with { PeeringStatus = "deleted" } : peer;
        peer = peer with { Vpc = target.Vpc };
        var over = peerings.FirstOrDefault(p => (p.Requester.Vpc == owner.Vpc && p.Accepter.Vpc == target.Vpc) || (p.Requester.Vpc == target.Vpc && p.Accepter.Vpc == owner.Vpc));
        if (over is not null && !Chance(5)) return peer with { Peering = over.Id, PeeringStatus = Chance(6) ? "active" : over.Status };
        return Chance(6) ? peer with { Peering = new PeeringId("pcx-000000ee"), PeeringStatus = Chance(3) ? "deleted" : "active" } : peer;
    }

    private GroupPeer Absent(SecurityGroup owner)
    {
        var peer = new GroupPeer(new SecurityGroupId($"sg-ffff000{_random.Next(3)}"));
        return peer.Group.Value[^1] switch
        {
            '0' => peer with { Vpc = owner.Vpc == EstateGenerator.VpcC ? null : EstateGenerator.VpcC },
            '1' => peer with { Vpc = UnknownVpc, Peering = new PeeringId("pcx-000000ff"), PeeringStatus = Chance(4) ? "deleted" : "active" },
            _ => peer with { Vpc = owner.Vpc == EstateGenerator.VpcA ? null : EstateGenerator.VpcA },
        };
    }

    private NetworkInterface Interface(int n, ImmutableArray<SecurityGroup> groups, ImmutableArray<VpcAssociation> associations)
    {
        var at = Pick(groups).Vpc;
        var net = Chance(3) ? Pick(Networks) : Networks.First(v => v.Id == at);
        var usable = groups.Where(g => g.Vpc == net.Id || associations.Contains(new VpcAssociation(g.Id, net.Id, "associated"))).Select(g => g.Id).ToList();
        var carried = usable.Where(_ => Chance(2)).Take(3).ToList();
        if (carried.Count == 0 && usable.Count > 0 && !Chance(8)) carried.Add(Pick(usable));
        if (Chance(12)) carried.Add(new SecurityGroupId($"sg-ffff000{_random.Next(3)}"));
        var v4 = Cidr.Parse(net.V4);
        var addresses = ImmutableArray.CreateBuilder<Address>();
        if (!Chance(10)) addresses.Add(At(v4, 0x100 + (uint)_random.Next(3, 8)));
        if (Chance(3)) addresses.Add(At(v4, 0x200 + (uint)n));
        if (net.V6 is { } v6 && !Chance(3)) addresses.Add(At(Cidr.Parse(v6), (uint)n + 4));
        var prefixes = ImmutableArray.CreateBuilder<Cidr>();
        if (Chance(6)) prefixes.Add(Cidr.Containing(At(v4, 0x110 + (16 * (uint)_random.Next(4))), 28));
        if (net.V6 is { } wide && Chance(6)) prefixes.Add(Cidr.Containing(new Address(IpFamily.V6, Cidr.Parse(wide).Bits + ((AddressNumber)(uint)n << 48)), 80));
        var publicAddresses = addresses.Where(a => a.Family == IpFamily.V4 && Chance(3)).Take(1).Select(a => KeyValuePair.Create(a, Address.Parse($"203.0.113.{n % 250}")));
        return new NetworkInterface(new NetworkInterfaceId($"eni-{n:x8}"), net.Scope)
        {
            Vpc = Chance(20) ? null : net.Id,
            Groups = [.. carried.Distinct().Order()],
            Addresses = addresses.ToImmutable(),
            Prefixes = prefixes.ToImmutable(),
            PublicAddresses = [.. publicAddresses],
            Status = "in-use",
        };
    }

    private IEnumerable<EstateGap> Gaps(ImmutableArray<SecurityGroup> groups)
    {
        if (!Chance(2)) yield break;
        var scope = Chance(2) ? Home : Chance(2) ? Away : Abroad;
        var count = 1 + _random.Next(2);
        for (var i = 0; i < count; i++)
        {
            yield return _random.Next(9) switch
            {
                0 => new EstateGap(GapKind.NetworkInterfaces, string.Empty, "not read"),
                1 or 2 => new EstateGap(GapKind.NetworkInterfaces, scope.ToString(), "not read", IsReadFailure: true),
                3 => new EstateGap(GapKind.Scope, Away.ToString(), "not read", IsReadFailure: true),
                4 => new EstateGap(GapKind.Peerings, scope.ToString(), "not read", IsReadFailure: true),
                5 => new EstateGap(GapKind.TransitGateways, Chance(2) ? string.Empty : scope.ToString(), "not read"),
                6 => new EstateGap(GapKind.Rules, Pick(groups).Id.Value, "The source lists the group without its ingress rules."),
                7 => new EstateGap(GapKind.PrefixLists, EstateGenerator.ListV4.Value, "An entry cannot be understood."),
                _ => new EstateGap(GapKind.NetworkInterfaces, $"eni-{1 + _random.Next(_interfaceCount):x8}", "The source lists the interface without its groups."),
            };
        }
    }

    private static Address At(Cidr block, uint offset) => new(block.Family, block.Bits + offset);

    private Direction Way() => Chance(2) ? Direction.Ingress : Direction.Egress;

    private bool Chance(int oneIn) => _random.Next(oneIn) == 0;

    private T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];
}
