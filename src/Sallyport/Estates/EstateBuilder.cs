using System.Collections.Immutable;

namespace Sallyport.Estates;

/// <summary>
/// Collects what sources read and makes one sorted, merged <see cref="Estate"/>. Things of one id that come twice are merged:
/// rules by id and key, everything else by taking the fuller value.
/// </summary>
public sealed class EstateBuilder
{
    private readonly Dictionary<SecurityGroupId, SecurityGroup> _groups = [];
    private readonly Dictionary<SecurityGroupId, List<SecurityGroupRule>> _looseRules = [];
    private readonly Dictionary<NetworkInterfaceId, NetworkInterface> _interfaces = [];
    private readonly Dictionary<VpcId, Vpc> _vpcs = [];
    private readonly Dictionary<SubnetId, Subnet> _subnets = [];
    private readonly Dictionary<string, RouteTable> _routeTables = [];
    private readonly Dictionary<string, NetworkAcl> _networkAcls = [];
    private readonly Dictionary<PrefixListId, PrefixList> _prefixLists = [];
    private readonly Dictionary<PrefixListId, ImmutableArray<PrefixListEntry>> _entries = [];
    private readonly Dictionary<PeeringId, Peering> _peerings = [];
    private readonly Dictionary<string, VpcEndpoint> _endpoints = [];
    private readonly Dictionary<string, Gateway> _gateways = [];
    private readonly Dictionary<string, TransitGatewayAttachment> _attachments = [];
    private readonly Dictionary<string, TransitGatewayRouteTable> _transitTables = [];
    private readonly HashSet<VpcAssociation> _associations = [];
    private readonly Dictionary<string, Instance> _instances = [];
    private readonly Dictionary<string, FlowLog> _flowLogs = [];
    private readonly HashSet<EstateGap> _gaps = [];
    private readonly HashSet<Scope> _scopes = [];
    private readonly HashSet<GapKind> _collected = [];

    /// <summary>True when no group was added: an empty read is incomplete, not clean.</summary>
    public bool HasNoGroups => _groups.Count == 0 && _looseRules.Count == 0;

    /// <summary>Says that a scope was read, so that it is listed even when it holds nothing.</summary>
    public EstateBuilder AddScope(Scope scope)
    {
        _scopes.Add(scope);
        return this;
    }

    /// <summary>Says that a kind of thing was collected by some source, so that its absence is knowledge and no gap.</summary>
    public EstateBuilder MarkCollected(GapKind kind)
    {
        _collected.Add(kind);
        return this;
    }

    /// <summary>Adds a gap; the same gap twice is one.</summary>
    public EstateBuilder Add(EstateGap gap)
    {
        _gaps.Add(gap);
        return this;
    }

    /// <summary>Adds a group; a second reading of the same id is merged.</summary>
    public EstateBuilder Add(SecurityGroup group)
    {
        _collected.Add(GapKind.SecurityGroups);
        _groups[group.Id] = _groups.TryGetValue(group.Id, out var known) ? Merge(known, group) : group;
        return this;
    }

    /// <summary>Adds a rule read apart from its group (<c>describe-security-group-rules</c>).</summary>
    public EstateBuilder Add(SecurityGroupId group, Scope scope, SecurityGroupRule rule)
    {
        if (!_looseRules.TryGetValue(group, out var rules)) _looseRules[group] = rules = [];
        rules.Add(rule);
        if (!_groups.ContainsKey(group)) _groups[group] = new SecurityGroup(group, scope);
        return this;
    }

    /// <summary>Adds an interface.</summary>
    public EstateBuilder Add(NetworkInterface value) => Put(_interfaces, value.Id, value, GapKind.NetworkInterfaces);

    /// <summary>Adds a VPC.</summary>
    public EstateBuilder Add(Vpc value) => Put(_vpcs, value.Id, value, GapKind.Vpcs);

    /// <summary>Adds a subnet.</summary>
    public EstateBuilder Add(Subnet value) => Put(_subnets, value.Id, value, GapKind.Subnets);

    /// <summary>Adds a route table.</summary>
    public EstateBuilder Add(RouteTable value) => Put(_routeTables, value.Id, value, GapKind.RouteTables);

    /// <summary>Adds a network ACL.</summary>
    public EstateBuilder Add(NetworkAcl value) => Put(_networkAcls, value.Id, value, GapKind.NetworkAcls);

    /// <summary>Adds a prefix list; entries already known are kept when this one has none.</summary>
    public EstateBuilder Add(PrefixList value)
    {
        if (_prefixLists.TryGetValue(value.Id, out var known) && value.Entries is null) value = value with { Entries = known.Entries };
        return Put(_prefixLists, value.Id, value, GapKind.PrefixLists);
    }

    /// <summary>Adds entries read apart from their list; further pages are appended.</summary>
    public EstateBuilder Add(PrefixListId list, IEnumerable<PrefixListEntry> entries)
    {
        _entries[list] = _entries.TryGetValue(list, out var known) ? [.. known, .. entries] : [.. entries];
        return this;
    }

    /// <summary>Adds a peering.</summary>
    public EstateBuilder Add(Peering value) => Put(_peerings, value.Id, value, GapKind.Peerings);

    /// <summary>Adds a VPC endpoint.</summary>
    public EstateBuilder Add(VpcEndpoint value) => Put(_endpoints, value.Id, value, GapKind.VpcEndpoints);

    /// <summary>Adds a gateway.</summary>
    public EstateBuilder Add(Gateway value) => Put(_gateways, value.Id, value, GapKind.Gateways);

    /// <summary>Adds a transit gateway attachment.</summary>
    public EstateBuilder Add(TransitGatewayAttachment value) => Put(_attachments, value.Id, value, GapKind.TransitGateways);

    /// <summary>Adds a transit gateway route table; a reading with routes or associations completes one without.</summary>
    public EstateBuilder Add(TransitGatewayRouteTable value)
    {
        if (_transitTables.TryGetValue(value.Id, out var known))
        {
            value = value with { Routes = value.Routes ?? known.Routes, Associations = value.Associations ?? known.Associations };
        }

        return Put(_transitTables, value.Id, value, GapKind.TransitGateways);
    }

    /// <summary>Adds an association of a group with a further VPC.</summary>
    public EstateBuilder Add(VpcAssociation value)
    {
        _associations.Add(value);
        return this;
    }

    /// <summary>Adds an instance.</summary>
    public EstateBuilder Add(Instance value) => Put(_instances, value.Id, value, GapKind.Instances);

    /// <summary>Adds a flow-log setting.</summary>
    public EstateBuilder Add(FlowLog value) => Put(_flowLogs, value.Id, value, GapKind.FlowLogs);

    /// <summary>
    /// Sorts, merges loose rules and entries into their owners, and adds a gap for every kind of thing nobody collected,
    /// for every prefix list a rule names without known entries, and for every group with malformed rules.
    /// </summary>
    public Estate Build()
    {
        foreach (var (id, rules) in _looseRules) _groups[id] = _groups[id] with { Rules = MergeRules(_groups[id].Rules, rules) };
        foreach (var (id, entries) in _entries)
        {
            var list = _prefixLists.TryGetValue(id, out var known) ? known : new PrefixList(id, default(Scope) with { Account = "", Region = "" });
            var family = entries.IsEmpty ? list.Family : entries[0].Cidr.Family;
            _prefixLists[id] = list with { Entries = [.. entries.Distinct().OrderBy(e => e.Cidr)], Family = family };
        }

        var groups = _groups.Values
            .Select(g => g with { Rules = SortRules(g.Rules) })
            .OrderBy(g => g.Scope).ThenBy(g => g.Id).ToImmutableArray();
        AddImpliedGaps(groups);
        foreach (var group in groups) _scopes.Add(group.Scope);
        foreach (var vpc in _vpcs.Values) _scopes.Add(vpc.Scope);
        foreach (var nic in _interfaces.Values) _scopes.Add(nic.Scope);
        if (_scopes.Any(s => s.Account.Length > 0 && s.Region.Length > 0)) _scopes.RemoveWhere(s => s.Account.Length == 0 && s.Region.Length == 0);
        return new Estate
        {
            Scopes = [.. _scopes.Order()],
            SecurityGroups = groups,
            NetworkInterfaces = [.. _interfaces.Values.OrderBy(v => v.Scope).ThenBy(v => v.Id)],
            Vpcs = [.. _vpcs.Values.OrderBy(v => v.Scope).ThenBy(v => v.Id)],
            Subnets = [.. _subnets.Values.OrderBy(v => v.Scope).ThenBy(v => v.Id)],
            RouteTables = [.. _routeTables.Values.OrderBy(v => v.Scope).ThenBy(v => v.Id, StringComparer.Ordinal)],
            NetworkAcls = [.. _networkAcls.Values.OrderBy(v => v.Scope).ThenBy(v => v.Id, StringComparer.Ordinal)],
            PrefixLists = [.. _prefixLists.Values.OrderBy(v => v.Scope).ThenBy(v => v.Id)],
            Peerings = [.. _peerings.Values.OrderBy(v => v.Id)],
            VpcEndpoints = [.. _endpoints.Values.OrderBy(v => v.Scope).ThenBy(v => v.Id, StringComparer.Ordinal)],
            Gateways = [.. _gateways.Values.OrderBy(v => v.Scope).ThenBy(v => v.Id, StringComparer.Ordinal)],
            TransitGatewayAttachments = [.. _attachments.Values.OrderBy(v => v.Scope).ThenBy(v => v.Id, StringComparer.Ordinal)],
            TransitGatewayRouteTables = [.. _transitTables.Values.OrderBy(v => v.Scope).ThenBy(v => v.Id, StringComparer.Ordinal)],
            VpcAssociations = [.. _associations.OrderBy(v => v.Group).ThenBy(v => v.Vpc)],
            Instances = [.. _instances.Values.OrderBy(v => v.Scope).ThenBy(v => v.Id, StringComparer.Ordinal)],
            FlowLogs = [.. _flowLogs.Values.OrderBy(v => v.Scope).ThenBy(v => v.Id, StringComparer.Ordinal)],
            Gaps = [.. _gaps.OrderBy(g => g.What).ThenBy(g => g.Where, StringComparer.Ordinal).ThenBy(g => g.Why, StringComparer.Ordinal)],
        };
    }

    private static ImmutableArray<SecurityGroupRule> SortRules(ImmutableArray<SecurityGroupRule> rules)
    {
        var keyed = new Dictionary<RuleKey, SecurityGroupRule>(rules.Length);
        foreach (var rule in rules) keyed[rule.Key] = keyed.TryGetValue(rule.Key, out var known) ? Merge(known, rule) : rule;
        var sorted = keyed.Values.ToArray();
        Array.Sort(sorted, (a, b) => a.Key.CompareTo(b.Key));
        return [.. sorted];
    }

    private static ImmutableArray<SecurityGroupRule> MergeRules(ImmutableArray<SecurityGroupRule> rules, IEnumerable<SecurityGroupRule> more) =>
        SortRules([.. rules, .. more]);

    private static SecurityGroupRule Merge(SecurityGroupRule a, SecurityGroupRule b) => a with
    {
        Id = b.Id ?? a.Id,
        Tags = b.Tags ?? a.Tags,
        Description = b.Description.Length > 0 ? b.Description : a.Description,
        Peer = a.Peer is GroupPeer { Account: null } ? b.Peer : a.Peer,
        File = a.File ?? b.File,
        Line = a.File is null ? b.Line : a.Line,
    };

    private static SecurityGroup Merge(SecurityGroup a, SecurityGroup b) => a with
    {
        Name = a.Name.Length > 0 ? a.Name : b.Name,
        Description = a.Description.Length > 0 ? a.Description : b.Description,
        Vpc = a.Vpc ?? b.Vpc,
        Tags = a.Tags.IsEmpty ? b.Tags : a.Tags,
        At = a.At ?? b.At,
        Scope = new Scope(
            a.Scope.Account.Length > 0 ? a.Scope.Account : b.Scope.Account,
            a.Scope.Region.Length > 0 ? a.Scope.Region : b.Scope.Region),
        Rules = MergeRules(a.Rules, b.Rules),
        Malformed = [.. a.Malformed, .. b.Malformed],
    };

    private EstateBuilder Put<TKey, TValue>(Dictionary<TKey, TValue> into, TKey key, TValue value, GapKind kind)
        where TKey : notnull
    {
        _collected.Add(kind);
        into[key] = value;
        return this;
    }

    private void AddImpliedGaps(ImmutableArray<SecurityGroup> groups)
    {
        ReadOnlySpan<GapKind> kinds =
        [
            GapKind.NetworkInterfaces, GapKind.Vpcs, GapKind.Subnets, GapKind.RouteTables, GapKind.NetworkAcls, GapKind.Peerings,
        ];
        foreach (var kind in kinds)
        {
            if (!_collected.Contains(kind)) _gaps.Add(new EstateGap(kind, string.Empty, "The source holds none of them."));
        }

        foreach (var group in groups)
        {
            if (!group.Malformed.IsEmpty)
            {
                _gaps.Add(new EstateGap(GapKind.Rules, group.Id.Value, $"{group.Malformed.Length} malformed rule(s) were left out."));
            }

            foreach (var rule in group.Rules)
            {
                if (rule.Peer is PrefixListPeer { PrefixList: var id } && !(_prefixLists.TryGetValue(id, out var list) && list.Entries is not null))
                {
                    _gaps.Add(new EstateGap(GapKind.PrefixLists, id.Value, "A rule names the list, but its entries were not read."));
                }
            }
        }
    }
}
