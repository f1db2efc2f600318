using Sallyport.Auditing.Pairs;
using Sallyport.Auditing.Parameters;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing;

/// <summary>An estate with what rules ask of it again and again, worked out once.</summary>
internal sealed class AuditContext
{
    private const string InternetGateway = "igw-";
    private const string NatGateway = "nat-";

    private readonly HashSet<(GapKind What, string Where)> _gaps;
    private readonly Dictionary<PrefixListId, ListFacts?> _lists = [];
    private readonly Dictionary<(SecurityGroupId, IpFamily), AddressSet> _memberAddresses = [];
    private readonly Dictionary<(VpcId, IpFamily), AddressSet> _vpcSpace = [];
    private readonly Lazy<ILookup<VpcId, RouteTable>> _routeTables;
    private readonly Lazy<Dictionary<SubnetId, RouteTable>> _subnetTables;
    private readonly Lazy<HashSet<SecurityGroupId>> _attachedElsewhere;
    private readonly Lazy<ILookup<SecurityGroupId, VpcId>> _furtherVpcs;
    private readonly Lazy<AddressSet[]> _ownSpace;

    public AuditContext(Estate estate, AuditOptions options)
    {
        Estate = estate;
        Parameters = options.Parameters;
        _gaps = [.. estate.Gaps.Select(g => (g.What, g.Where))];
        _routeTables = new(() => estate.RouteTables.ToLookup(t => t.Vpc));
        _subnetTables = new(() => estate.RouteTables.SelectMany(t => t.Subnets.Select(s => (s, t))).DistinctBy(p => p.s).ToDictionary(p => p.s, p => p.t));
        _attachedElsewhere = new(() => [.. estate.VpcEndpoints.SelectMany(e => e.Groups), .. estate.Instances.SelectMany(i => i.Groups)]);
        _furtherVpcs = new(() => estate.VpcAssociations.Where(a => a.State == "associated").ToLookup(a => a.Group, a => a.Vpc));
        _ownSpace = new(() =>
        [
            AddressSet.Of(IpFamily.V4, estate.Vpcs.SelectMany(v => v.Cidrs)), AddressSet.Of(IpFamily.V6, estate.Vpcs.SelectMany(v => v.Cidrs)),
        ]);
        Pairs = new PairBook(this);
    }

    public Estate Estate { get; }

    public ParameterValues Parameters { get; }

    public PairBook Pairs { get; }

    /// <summary>True when a kind of thing was not, or not wholly, read for a scope: its absence proves nothing.</summary>
    public bool IsMissing(GapKind what, Scope scope) =>
        Has(what, string.Empty) || Has(GapKind.Scope, string.Empty) || Has(what, scope.ToString()) || Has(GapKind.Scope, scope.ToString());

    /// <summary>True when some of a group's own rules could not be understood.</summary>
    public bool HasMalformedRules(SecurityGroupId group) => _gaps.Contains((GapKind.Rules, group.Value));

    /// <summary>A prefix list's addresses; null when its entries were not read.</summary>
    public ListFacts? ListOf(PrefixListId id)
    {
        if (!_lists.TryGetValue(id, out var facts))
        {
            facts = Estate.Index.EntriesOf(id) is { } entries ? new ListFacts(entries) : null;
            _lists.Add(id, facts);
        }

        return facts;
    }

    /// <summary>Private addresses and delegated prefixes of the interfaces that carry a group, as far as interfaces were read.</summary>
    public AddressSet MemberAddresses(SecurityGroupId group, IpFamily family)
    {
        if (!_memberAddresses.TryGetValue((group, family), out var set))
        {
            var ranges = new List<AddressRange>();
            foreach (var nic in Estate.Index.MembersOf(group))
            {
                ranges.AddRange(nic.Addresses.Where(a => a.Family == family).Select(a => new AddressRange(a.Bits, a.Bits)));
                ranges.AddRange(nic.Prefixes.Where(p => p.Family == family).Select(p => new AddressRange(p.Bits, p.Last.Bits)));
            }

            set = AddressSet.FromRanges(family, ranges);
            _memberAddresses.Add((group, family), set);
        }

        return set;
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
        var space = AddressSet.Of(family, vpc.Cidrs);
        _vpcSpace.Add((own, family), space);
        return space;
    }

    /// <summary>Blocks of every VPC that was read.</summary>
    public AddressSet OwnSpace(IpFamily family) => _ownSpace.Value[family == IpFamily.V4 ? 0 : 1];

    /// <summary>True when an endpoint or an instance names the group, whether or not interfaces were read.</summary>
    public bool IsAttachedElsewhere(SecurityGroupId group) => _attachedElsewhere.Value.Contains(group);

    /// <summary>Does a route of the VPC carry NAT64 traffic to a NAT gateway? Null when route tables were not read.</summary>
    public bool? HasNat64(SecurityGroup group)
    {
        if (group.Vpc is not { } vpc || IsMissing(GapKind.RouteTables, group.Scope)) return null;
        return _routeTables.Value[vpc].SelectMany(t => t.Routes).Any(r =>
            !r.IsBlackhole && r.Target.StartsWith(NatGateway, StringComparison.Ordinal) && r.Destination is { } to
            && (PublicSpace.Nat64.Contains(to) || (to.Contains(PublicSpace.Nat64) && to.PrefixLength > 0)));
    }

    /// <summary>True when the interface is known to be reachable from the Internet by its own address and its subnet's routes.</summary>
    public bool IsOnInternet(NetworkInterface nic, IpFamily family)
    {
        var hasAddress = family == IpFamily.V4
            ? !nic.PublicAddresses.IsEmpty
            : nic.Addresses.Any(a => PublicSpace.Of(IpFamily.V6).Contains(a));
        return hasAddress && TableOf(nic) is { } table && table.Routes.Any(r =>
            !r.IsBlackhole && r.Target.StartsWith(InternetGateway, StringComparison.Ordinal) && r.Destination is { } to
            && to.Family == family && PublicSpace.Of(family).CountWithin(new AddressRange(to.Bits, to.Last.Bits)) > 0);
    }

    private RouteTable? TableOf(NetworkInterface nic)
    {
        if (nic.Subnet is not { } subnet) return null;
        if (_subnetTables.Value.TryGetValue(subnet, out var explicitTable)) return explicitTable;
        return nic.Vpc is { } vpc ? _routeTables.Value[vpc].FirstOrDefault(t => t.IsMain) : null;
    }

    private bool Has(GapKind what, string where) => _gaps.Contains((what, where));
}
