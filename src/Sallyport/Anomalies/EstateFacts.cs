using System.Collections.Concurrent;
using System.Collections.Immutable;
using Sallyport.Anomalies.Overlaps;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Anomalies;

/// <summary>
/// An estate with what judgements ask of it again and again, worked out on first use. Answers tell apart what is not there from what
/// was not read. Safe for several threads: two may work out the same thing, and then one of the two equal answers is kept.
/// </summary>
internal sealed class EstateFacts
{
    private readonly HashSet<(GapKind What, string Where)> _gaps;
    private readonly ConcurrentDictionary<PrefixListId, ListFacts?> _lists = [];

    // Readers make each block's peer once, and nearly every rule about addresses asks for it.
    private readonly ConcurrentDictionary<CidrPeer, (ImmutableArray<Cidr> Blocks, AddressSet Set)> _blocks = new(ReferenceEqualityComparer.Instance);
    private readonly ConcurrentDictionary<Service, ServiceSet> _services = [];

    // By reference: an estate holds each group once.
    private readonly ConcurrentDictionary<SecurityGroup, ImmutableArray<RuleBox>> _ingressBoxes = new(ReferenceEqualityComparer.Instance);
    private readonly ConcurrentDictionary<SecurityGroup, ImmutableArray<RuleBox>> _egressBoxes = new(ReferenceEqualityComparer.Instance);
    private readonly ConcurrentDictionary<(SecurityGroupId, IpFamily), AddressSet> _memberAddresses = [];
    private readonly ConcurrentDictionary<(VpcId, IpFamily), AddressSet> _vpcSpace = [];
    private readonly Lazy<Dictionary<(AddressSet V4, AddressSet V6), Peer>> _sameLists;
    private readonly Lazy<ILookup<VpcId, RouteTable>> _routeTables;
    private readonly Lazy<Dictionary<SubnetId, RouteTable>> _subnetTables;
    private readonly Lazy<HashSet<SecurityGroupId>> _attachedElsewhere;
    private readonly Lazy<ILookup<SecurityGroupId, VpcId>> _furtherVpcs;
    private readonly Lazy<AddressSet[]> _ownSpace;

    public EstateFacts(Estate estate)
    {
        Estate = estate;
        _gaps = [.. estate.Gaps.Select(g => (g.What, g.Where))];
        _sameLists = new(SameLists);
        _routeTables = new(() => estate.RouteTables.ToLookup(t => t.Vpc));
        _subnetTables = new(() => estate.RouteTables.SelectMany(t => t.Subnets.Select(s => (s, t))).DistinctBy(p => p.s).ToDictionary(p => p.s, p => p.t));
        _attachedElsewhere = new(() => [.. estate.VpcEndpoints.SelectMany(e => e.Groups), .. estate.Instances.SelectMany(i => i.Groups)]);
        _furtherVpcs = new(() => estate.VpcAssociations.Where(a => a.State == "associated").ToLookup(a => a.Group, a => a.Vpc));
        _ownSpace = new(() =>
        [
            AddressSet.Of(IpFamily.V4, estate.Vpcs.SelectMany(v => v.Cidrs)), AddressSet.Of(IpFamily.V6, estate.Vpcs.SelectMany(v => v.Cidrs)),
        ]);
    }

    public Estate Estate { get; }

    /// <summary>True when a kind of thing was not, or not wholly, read for a scope: its absence proves nothing.</summary>
    public bool IsMissing(GapKind what, Scope scope) => _gaps.Count > 0 && (
        Has(what, string.Empty) || Has(GapKind.Scope, string.Empty) || Has(what, scope.ToString()) || Has(GapKind.Scope, scope.ToString()));

    /// <summary>True when a kind of thing was not, or not wholly, read somewhere.</summary>
    public bool IsMissingAnywhere(GapKind what) => _gaps.Any(g => g.What == what || g.What == GapKind.Scope);

    /// <summary>True when some of a group's own rules could not be understood or were not read.</summary>
    public bool HasMalformedRules(SecurityGroupId group) => Has(GapKind.Rules, group.Value);

    /// <summary>A prefix list's addresses; null when its entries were not read.</summary>
    public ListFacts? ListOf(PrefixListId id) =>
        _lists.GetOrAdd(id, static (id, estate) => estate.Index.EntriesOf(id) is { } entries ? new ListFacts(entries) : null, Estate);

    /// <summary>
    /// The fewest blocks a peer stands for, sorted; null for a group and for a list whose entries were not read, which stand for
    /// themselves alone.
    /// </summary>
    public ImmutableArray<Cidr>? BlocksOf(Peer peer) => peer switch
    {
        CidrPeer cidr => FactsOf(cidr).Blocks,
        PrefixListPeer list => ListOf(list.PrefixList)?.Blocks,
        _ => null,
    };

    /// <summary>Addresses a peer stands for in one family; null as for <see cref="BlocksOf"/>.</summary>
    public AddressSet? AddressesOf(Peer peer, IpFamily family) => peer switch
    {
        CidrPeer cidr => cidr.Cidr.Family == family ? FactsOf(cidr).Set : AddressSet.Empty(family),
        PrefixListPeer list => ListOf(list.PrefixList)?.Of(family),
        _ => null,
    };

    /// <summary>One service as a set; an estate has few different ones.</summary>
    public ServiceSet SetOf(Service service) => _services.TryGetValue(service, out var known) ? known : _services.GetOrAdd(service, ServiceSet.Of(service));

    /// <summary>One peer for all that stand for the same addresses, as a list of one block and that block do.</summary>
    public Peer CanonicalPeer(Peer peer)
    {
        if (peer is not PrefixListPeer list || ListOf(list.PrefixList) is not { } facts) return peer;
        if (facts.Blocks is [var only]) return new CidrPeer(only);
        return _sameLists.Value[(facts.V4, facts.V6)];
    }

    /// <summary>What the rules of one direction of a group allow, one box a rule, by key.</summary>
    public ImmutableArray<RuleBox> BoxesOf(SecurityGroup group, Direction direction) =>
        Boxes(direction).TryGetValue(group, out var boxes) ? boxes : Boxes(direction).GetOrAdd(group, MakeBoxes(group, direction));

    /// <summary>The same, kept by nobody: for whom looks at a group once.</summary>
    public ImmutableArray<RuleBox> MakeBoxes(SecurityGroup group, Direction direction) =>
        Boxes(direction).TryGetValue(group, out var boxes) ? boxes : BoxesOf(group.RulesOf(direction));

    /// <summary>Private addresses and delegated prefixes of the interfaces that carry a group, as far as interfaces were read.</summary>
    public AddressSet MemberAddresses(SecurityGroupId group, IpFamily family)
    {
        if (_memberAddresses.TryGetValue((group, family), out var known)) return known;
        return _memberAddresses.GetOrAdd((group, family), AddressSet.FromRanges(family, Estate.Index.MembersOf(group).SelectMany(nic => RangesOf(nic, family))));
    }

    /// <summary>Private addresses and delegated prefixes of one interface.</summary>
    public static IEnumerable<AddressRange> RangesOf(NetworkInterface nic, IpFamily family)
    {
        foreach (var address in nic.Addresses)
        {
            if (address.Family == family) yield return new AddressRange(address.Bits, address.Bits);
        }

        foreach (var prefix in nic.Prefixes)
        {
            if (prefix.Family == family) yield return new AddressRange(prefix.Bits, prefix.Last.Bits);
        }
    }

    /// <summary>The VPC of a group and those it is associated with; none when unknown.</summary>
    public IEnumerable<Vpc> VpcsOf(SecurityGroup group)
    {
        if (group.Vpc is { } own && Estate.Index.Vpcs.TryGetValue(own, out var vpc)) yield return vpc;
        foreach (var further in _furtherVpcs.Value[group.Id])
        {
            if (Estate.Index.Vpcs.TryGetValue(further, out var other)) yield return other;
        }
    }

    /// <summary>Further VPCs that a group is associated with.</summary>
    public IEnumerable<VpcId> VpcIdsOf(SecurityGroupId group) => _furtherVpcs.Value[group];

    /// <summary>True when two groups are used in one and the same VPC only.</summary>
    public bool LiesInOneVpc(SecurityGroup a, SecurityGroup? b) =>
        b is not null && a.Vpc is not null && a.Vpc == b.Vpc && !_furtherVpcs.Value.Contains(a.Id) && !_furtherVpcs.Value.Contains(b.Id);

    /// <summary>Blocks of one family of <see cref="VpcsOf"/> together; null when no VPC of the group is known.</summary>
    public AddressSet? VpcSpace(SecurityGroup group, IpFamily family)
    {
        if (group.Vpc is not { } own || _furtherVpcs.Value.Contains(group.Id))
        {
            var vpcs = VpcsOf(group).ToList();
            return vpcs.Count == 0 ? null : AddressSet.Of(family, vpcs.SelectMany(v => v.Cidrs));
        }

        if (_vpcSpace.TryGetValue((own, family), out var known)) return known;
        if (!Estate.Index.Vpcs.TryGetValue(own, out var vpc)) return null;
        return _vpcSpace.GetOrAdd((own, family), AddressSet.Of(family, vpc.Cidrs));
    }

    /// <summary>Blocks of every VPC that was read.</summary>
    public AddressSet OwnSpace(IpFamily family) => _ownSpace.Value[family == IpFamily.V4 ? 0 : 1];

    /// <summary>True when an endpoint or an instance names the group, whether or not interfaces were read.</summary>
    public bool IsAttachedElsewhere(SecurityGroupId group) => _attachedElsewhere.Value.Contains(group);

    /// <summary>Route tables of a VPC, as far as they were read.</summary>
    public IEnumerable<RouteTable> TablesOf(VpcId vpc) => _routeTables.Value[vpc];

    /// <summary>The table of an interface's subnet; null when it was not read.</summary>
    public RouteTable? TableOf(NetworkInterface nic) => nic.Subnet is { } subnet ? TableOf(subnet, nic.Vpc) : null;

    /// <summary>The table a subnet names, else its VPC's main table; null when neither was read.</summary>
    public RouteTable? TableOf(SubnetId subnet, VpcId? vpc)
    {
        if (_subnetTables.Value.TryGetValue(subnet, out var explicitTable)) return explicitTable;
        return vpc is { } id ? _routeTables.Value[id].FirstOrDefault(t => t.IsMain) : null;
    }

    private ImmutableArray<RuleBox> BoxesOf(ImmutableArray<SecurityGroupRule> rules)
    {
        var boxes = ImmutableArray.CreateBuilder<RuleBox>(rules.Length);
        for (var i = 0; i < rules.Length; i++) boxes.Add(RuleBox.Of(rules[i], i, this));
        return boxes.MoveToImmutable();
    }

    private (ImmutableArray<Cidr> Blocks, AddressSet Set) FactsOf(CidrPeer peer) =>
        _blocks.TryGetValue(peer, out var known) ? known : _blocks.GetOrAdd(peer, ([peer.Cidr], AddressSet.Of(peer.Cidr)));

    // Of lists with the same addresses the first of the estate stands for all, whoever asks first.
    private Dictionary<(AddressSet V4, AddressSet V6), Peer> SameLists()
    {
        var result = new Dictionary<(AddressSet V4, AddressSet V6), Peer>();
        foreach (var list in Estate.PrefixLists)
        {
            if (ListOf(list.Id) is { } facts) result.TryAdd((facts.V4, facts.V6), new PrefixListPeer(list.Id));
        }

        return result;
    }

    private bool Has(GapKind what, string where) => _gaps.Contains((what, where));

    private ConcurrentDictionary<SecurityGroup, ImmutableArray<RuleBox>> Boxes(Direction direction) => direction == Direction.Ingress ? _ingressBoxes : _egressBoxes;
}
