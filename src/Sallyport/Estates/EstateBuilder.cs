using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Sallyport.Diagnostics;

namespace Sallyport.Estates;

/// <summary>
/// Collects what sources read and makes one sorted, merged <see cref="Estate"/>. Things of one id that come twice are merged:
/// rules by id and key, everything else by taking the fuller value.
/// </summary>
public sealed partial class EstateBuilder
{
    private const int MostContradictions = 10;
    private const string NoneHeld = "The source holds none of them.";
    private const string NoEntries = "A rule names the list, but its entries were not read.";

    private static readonly Comparer<SecurityGroupRule> Order = Comparer<SecurityGroupRule>.Create(static (a, b) =>
    {
        var order = ((int)a.Direction).CompareTo((int)b.Direction);
        if (order == 0) order = a.Service.CompareTo(b.Service);
        return order != 0 ? order : ReferenceEquals(a.Peer, b.Peer) ? 0 : a.Peer.CompareTo(b.Peer);
    });

    private readonly Dictionary<SecurityGroupId, SecurityGroup> _groups = [];
    private readonly Dictionary<SecurityGroupId, List<SecurityGroupRule>> _looseRules = [];
    private readonly Dictionary<SecurityGroupId, List<MalformedRule>> _looseMalformed = [];
    private readonly Dictionary<NetworkInterfaceId, NetworkInterface> _interfaces = [];
    private readonly Dictionary<VpcId, Vpc> _vpcs = [];
    private readonly Dictionary<SubnetId, Subnet> _subnets = [];
    private readonly Dictionary<string, RouteTable> _routeTables = [];
    private readonly Dictionary<string, NetworkAcl> _networkAcls = [];
    private readonly Dictionary<PrefixListId, PrefixList> _prefixLists = [];
    private readonly Dictionary<PrefixListId, List<PrefixListEntry>> _entries = [];
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
    private readonly InterfaceReadings _readInterfaces = new();
    private readonly InterfaceReadings _seenInterfaces = new();
    private readonly Dictionary<SecurityGroupId, string> _withoutRules = [];
    private readonly Dictionary<(GapKind Kind, string Folder), (string Where, bool HasLast)> _pages = [];
    private readonly List<(SecurityGroupId Group, SourceSpan? At, string What, int Length)> _cut = [];
    private bool _hasRuleView;
    private bool _isKnownEmpty;

    /// <summary>True when no group was added: an empty read is incomplete, not clean.</summary>
    public bool HasNoGroups => _groups.Count == 0 && _looseRules.Count == 0 && !_isKnownEmpty;

    /// <summary>
    /// What has to be said about sources that contradict each other (SPD2295): one warning an interface, up to a limit. Which reading
    /// stands does not depend on the order of the sources.
    /// </summary>
    public IReadOnlyList<Diagnostic> Contradictions()
    {
        var read = _readInterfaces.Contradictions().ToList();
        var all = read.Concat(_seenInterfaces.Contradictions().Where(s => !_readInterfaces.Holds(s.Id))).ToList();
        var said = all.Take(MostContradictions).Select(c => EstateDiagnostics.InterfaceReadTwice(c.Id.Value, c.In)).ToList();
        if (all.Count > said.Count) said.Add(EstateDiagnostics.MoreInterfacesReadTwice(all.Count - said.Count));
        return said;
    }

    /// <summary>Groups of which texts were cut: the longest text of each, and how long it was.</summary>
    internal IReadOnlyList<(SecurityGroupId Group, SourceSpan? At, string What, int Length)> CutTexts => _cut;

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

    /// <summary>
    /// Says that a source knows of groups, though none of them exists in the estate asked for: before a plan that makes them all, or after
    /// one that deletes them all. That is no empty read.
    /// </summary>
    public EstateBuilder MarkKnownEmpty()
    {
        _isKnownEmpty = true;
        _collected.Add(GapKind.SecurityGroups);
        return this;
    }

    /// <summary>Adds a gap; the same gap twice is one.</summary>
    public EstateBuilder Add(EstateGap gap)
    {
        _gaps.Add(gap);
        return this;
    }

    /// <summary>Adds a group; a second reading of the same id is merged. Texts far longer than EC2 takes are cut.</summary>
    public EstateBuilder Add(SecurityGroup group)
    {
        _collected.Add(GapKind.SecurityGroups);
        if (LongText.Cut(group) is var (cut, what, length))
        {
            group = cut;
            _cut.Add((group.Id, group.At, what, length));
        }

        if (!_groups.TryGetValue(group.Id, out var known))
        {
            _groups[group.Id] = group;
            return this;
        }

        // Rules are joined once, at the end: a file that repeats one group for every rule must not sort them all each time.
        _groups[group.Id] = Merge(known, group);
        if (!group.Rules.IsEmpty) ListOf(_looseRules, group.Id).AddRange(group.Rules);
        if (!group.Malformed.IsEmpty) ListOf(_looseMalformed, group.Id).AddRange(group.Malformed);
        return this;
    }

    /// <summary>Adds a rule read apart from its group (<c>describe-security-group-rules</c>).</summary>
    public EstateBuilder Add(SecurityGroupId group, Scope scope, SecurityGroupRule rule)
    {
        ListOf(_looseRules, group).Add(rule);
        _hasRuleView = true;
        if (!_groups.ContainsKey(group)) _groups[group] = new SecurityGroup(group, scope);
        return this;
    }

    /// <summary>
    /// Says that the rule view (<c>describe-security-group-rules</c>) was read, even when it held no rule: groups listed without their
    /// rules are then known to have none.
    /// </summary>
    public EstateBuilder MarkRuleView()
    {
        _hasRuleView = true;
        return this;
    }

    /// <summary>
    /// Says that a source lists a group without one or both of its rule lists. Unless the rule view or a fuller listing is read too, that
    /// becomes a gap.
    /// </summary>
    /// <param name="group">The group.</param>
    /// <param name="missing">What is missing, as words: <c>its ingress rules</c>.</param>
    public EstateBuilder AddWithoutRules(SecurityGroupId group, string missing)
    {
        _withoutRules[group] = missing;
        return this;
    }

    /// <summary>
    /// Says that a page of a list was read. Where no last page turns up among the pages of one folder, the list is incomplete: a gap, and a
    /// failure to read.
    /// </summary>
    /// <param name="kind">What the page lists.</param>
    /// <param name="folder">Pages of one list lie in one folder (or follow each other in one file).</param>
    /// <param name="where">Scope of the list as text; empty when unknown.</param>
    /// <param name="isLast">False when it names a further page.</param>
    public EstateBuilder AddPage(GapKind kind, string folder, string where, bool isLast)
    {
        _pages[(kind, folder)] = (where, isLast || (_pages.TryGetValue((kind, folder), out var known) && known.HasLast));
        return this;
    }

    /// <summary>
    /// Adds an interface seen from the side (in the description of its instance): used unless the interfaces themselves were read, and it
    /// does not make that reading complete.
    /// </summary>
    public EstateBuilder AddSeen(NetworkInterface value)
    {
        _seenInterfaces.Add(value);
        return this;
    }

    /// <summary>Adds an interface.</summary>
    public EstateBuilder Add(NetworkInterface value)
    {
        _collected.Add(GapKind.NetworkInterfaces);
        _readInterfaces.Add(value);
        return this;
    }

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
        if (_prefixLists.TryGetValue(value.Id, out var known))
        {
            value = value with
            {
                Name = value.Name.Length > 0 ? value.Name : known.Name,
                Owner = value.Owner.Length > 0 ? value.Owner : known.Owner,
                MaxEntries = value.MaxEntries ?? known.MaxEntries,
                Version = value.Version ?? known.Version,
                Entries = value.Entries ?? known.Entries,
                Tags = value.Tags.IsEmpty ? known.Tags : value.Tags,
                Scope = IsSharedByAll(value, known) && known.Scope < value.Scope ? known.Scope : value.Scope.FilledFrom(known.Scope),
            };
        }

        return Put(_prefixLists, value.Id, value, GapKind.PrefixLists);
    }

    /// <summary>Adds entries read apart from their list; further pages are appended.</summary>
    public EstateBuilder Add(PrefixListId list, IEnumerable<PrefixListEntry> entries)
    {
        ListOf(_entries, list).AddRange(entries);
        return this;
    }

    /// <summary>Adds a peering.</summary>
    public EstateBuilder Add(Peering value) => Put(_peerings, value.Id, value, GapKind.Peerings);

    /// <summary>Adds a VPC endpoint.</summary>
    public EstateBuilder Add(VpcEndpoint value) => Put(_endpoints, value.Id, value, GapKind.VpcEndpoints);

    /// <summary>Adds a gateway.</summary>
    public EstateBuilder Add(Gateway value) => Put(_gateways, value.Id, value, GapKind.Gateways);

    /// <summary>Adds a transit gateway attachment; the VPC view and the general view complete each other.</summary>
    public EstateBuilder Add(TransitGatewayAttachment value)
    {
        if (_attachments.TryGetValue(value.Id, out var known))
        {
            value = value with
            {
                VpcOwner = value.VpcOwner.Length > 0 ? value.VpcOwner : known.VpcOwner,
                State = value.State.Length > 0 ? value.State : known.State,
                Subnets = value.Subnets.IsEmpty ? known.Subnets : value.Subnets,
                SecurityGroupReferencing = value.SecurityGroupReferencing ?? known.SecurityGroupReferencing,
                Tags = value.Tags.IsEmpty ? known.Tags : value.Tags,
                Scope = value.Scope.FilledFrom(known.Scope),
            };
        }

        return Put(_attachments, value.Id, value, GapKind.TransitGateways);
    }

    /// <summary>Adds a transit gateway route table; routes and associations that come in parts or pages are joined.</summary>
    public EstateBuilder Add(TransitGatewayRouteTable value)
    {
        if (_transitTables.TryGetValue(value.Id, out var known))
        {
            value = value with
            {
                TransitGateway = value.TransitGateway.Length > 0 ? value.TransitGateway : known.TransitGateway,
                Scope = value.Scope.FilledFrom(known.Scope),
                Routes = Join(known.Routes, value.Routes, r => $"{r.Destination}{r.DestinationPrefixList} {r.Target}"),
                Associations = Join(known.Associations, value.Associations, a => a),
            };
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

    /// <summary>Adds everything of another builder, as though it had been added here. The other must not be used afterwards.</summary>
    public EstateBuilder Absorb(EstateBuilder other)
    {
        foreach (var group in other._groups.Values) Add(group);
        foreach (var (group, rules) in other._looseRules) ListOf(_looseRules, group).AddRange(rules);
        foreach (var (group, malformed) in other._looseMalformed) ListOf(_looseMalformed, group).AddRange(malformed);

        _readInterfaces.Add(other._readInterfaces);
        foreach (var value in other._vpcs.Values) Add(value);
        foreach (var value in other._subnets.Values) Add(value);
        foreach (var value in other._routeTables.Values) Add(value);
        foreach (var value in other._networkAcls.Values) Add(value);
        foreach (var value in other._prefixLists.Values) Add(value);
        foreach (var (list, entries) in other._entries) Add(list, entries);
        foreach (var value in other._peerings.Values) Add(value);
        foreach (var value in other._endpoints.Values) Add(value);
        foreach (var value in other._gateways.Values) Add(value);
        foreach (var value in other._attachments.Values) Add(value);
        foreach (var value in other._transitTables.Values) Add(value);
        foreach (var value in other._instances.Values) Add(value);
        foreach (var value in other._flowLogs.Values) Add(value);
        AbsorbMonitoring(other);
        _seenInterfaces.Add(other._seenInterfaces);
        foreach (var (group, missing) in other._withoutRules) AddWithoutRules(group, missing);
        foreach (var (page, (where, hasLast)) in other._pages) AddPage(page.Kind, page.Folder, where, hasLast);
        _associations.UnionWith(other._associations);
        _gaps.UnionWith(other._gaps);
        _scopes.UnionWith(other._scopes);
        _collected.UnionWith(other._collected);
        _hasRuleView |= other._hasRuleView;
        _isKnownEmpty |= other._isKnownEmpty;
        return this;
    }

    /// <summary>True for a gap that <see cref="Build"/> finds by itself: a snapshot of the estate need not bring it back.</summary>
    internal static bool IsImplied(EstateGap gap) =>
        !gap.IsReadFailure && gap.Why is NoneHeld or NoEntries;

    /// <summary>
    /// Sorts, merges loose rules and entries into their owners, and adds a gap for every kind of thing nobody collected,
    /// for every prefix list a rule names without known entries, and for every group with malformed rules.
    /// </summary>
    public Estate Build()
    {
        foreach (var (id, rules) in _looseRules) _groups[id] = _groups[id] with { Rules = [.. _groups[id].Rules, .. rules] };
        foreach (var (id, malformed) in _looseMalformed) _groups[id] = _groups[id] with { Malformed = [.. _groups[id].Malformed, .. malformed] };
        foreach (var nic in _readInterfaces.Settled()) _interfaces[nic.Id] = nic;
        foreach (var nic in _seenInterfaces.Settled()) _interfaces.TryAdd(nic.Id, nic);
        foreach (var (id, entries) in _entries)
        {
            var list = _prefixLists.TryGetValue(id, out var known) ? known : new PrefixList(id, default(Scope) with { Account = "", Region = "" });
            var family = entries.Count == 0 ? list.Family : entries[0].Cidr.Family;
            _prefixLists[id] = list with { Entries = [.. entries.Distinct().OrderBy(e => e.Cidr)], Family = family };
        }

        SettleScopes();
        var groups = _groups.Values
            .Select(g => g with { Rules = SortRules(g.Rules) })
            .OrderBy(g => g.Scope).ThenBy(g => g.Id).ToImmutableArray();
        AddImpliedGaps(groups);
        foreach (var group in groups) _scopes.Add(group.Scope);
        foreach (var vpc in _vpcs.Values) _scopes.Add(vpc.Scope);
        foreach (var nic in _interfaces.Values) _scopes.Add(nic.Scope);
        if (_scopes.Any(s => s.Account.Length > 0 && s.Region.Length > 0)) _scopes.RemoveWhere(s => s.Account.Length == 0 && s.Region.Length == 0);
        FindOnlyScope();
        AddGapsByScope();
        return new Estate
        {
            Scopes = [.. _scopes.Order()],
            SecurityGroups = groups,
            NetworkInterfaces = InOrder(_interfaces, v => v.Scope, Comparer<NetworkInterfaceId>.Default),
            Vpcs = InOrder(_vpcs, v => v.Scope, Comparer<VpcId>.Default),
            Subnets = InOrder(_subnets, v => v.Scope, Comparer<SubnetId>.Default),
            RouteTables = InOrder(_routeTables, v => v.Scope, StringComparer.Ordinal),
            NetworkAcls = InOrder(_networkAcls, v => v.Scope, StringComparer.Ordinal),
            PrefixLists = InOrder(_prefixLists, v => v.Scope, Comparer<PrefixListId>.Default),
            Peerings = [.. _peerings.Values.OrderBy(v => v.Id)],
            VpcEndpoints = InOrder(_endpoints, v => v.Scope, StringComparer.Ordinal),
            Gateways = InOrder(_gateways, v => v.Scope, StringComparer.Ordinal),
            TransitGatewayAttachments = InOrder(_attachments, v => v.Scope, StringComparer.Ordinal),
            TransitGatewayRouteTables = InOrder(_transitTables, v => v.Scope, StringComparer.Ordinal),
            VpcAssociations = [.. _associations.OrderBy(v => v.Group).ThenBy(v => v.Vpc)],
            Instances = InOrder(_instances, v => v.Scope, StringComparer.Ordinal),
            FlowLogs = InOrder(_flowLogs, v => v.Scope, StringComparer.Ordinal),
            PublicAccessBlocks = Latest(_publicAccess, b => b with { Scope = Settled(b.Scope) }, b => (b.Scope, string.Empty)),
            PublicAccessExclusions = Latest(_exclusions, e => e with { Scope = Settled(e.Scope) }, e => (e.Scope, e.Id)),
            MetricFilters = Latest(_metricFilters, f => f with { Scope = Settled(f.Scope) }, f => (f.Scope, $"{f.Name}\n{f.LogGroup}")),
            MetricAlarms = Latest(_metricAlarms, a => a with { Scope = Settled(a.Scope) }, a => (a.Scope, a.Name)),
            EventRules = Latest(_eventRules, r => r with { Scope = Settled(r.Scope) }, r => (r.Scope, $"{r.Name}\n{r.Bus}")),
            Trails = Latest(_trails, t => t with { Scope = Settled(t.Scope) }, t => (t.Scope, t.Name)),
            Gaps = [.. _gaps.OrderBy(g => g.What).ThenBy(g => g.Where, StringComparer.Ordinal).ThenBy(g => g.Why, StringComparer.Ordinal)],
        };
    }

    // Most sources hold nothing of most kinds, and what sorts a kind costs a short run more than the look whether there is any.
    private static ImmutableArray<T> InOrder<TKey, T>(Dictionary<TKey, T> things, Func<T, Scope> scope, IComparer<TKey> ids)
        where TKey : notnull =>
        things.Count == 0 ? [] : [.. things.OrderBy(t => scope(t.Value)).ThenBy(t => t.Key, ids).Select(t => t.Value)];

    private static ImmutableArray<T>? Join<T>(ImmutableArray<T>? known, ImmutableArray<T>? more, Func<T, string> order) =>
        known is not { } first ? more
        : more is not { } second ? known
        : [.. first.Concat(second).DistinctBy(order).OrderBy(order, StringComparer.Ordinal)];

    /// <summary>
    /// AWS shows its own lists under one id to every account of a Region: whichever account is read last, the first in order keeps it.
    /// </summary>
    private static bool IsSharedByAll(PrefixList a, PrefixList b) =>
        a.IsAwsManaged && b.IsAwsManaged && a.Scope.Account.Length > 0 && b.Scope.Account.Length > 0 && a.Scope.Region == b.Scope.Region;

    private static ImmutableArray<SecurityGroupRule> SortRules(ImmutableArray<SecurityGroupRule> rules)
    {
        // Most lists are free of duplicates, and snapshots are sorted: look before paying for a table of keys.
        if (IsSorted(rules)) return rules;
        var copy = rules.ToArray();
        Array.Sort(copy, Order);
        var candidate = ImmutableCollectionsMarshal.AsImmutableArray(copy);
        return IsSorted(candidate) ? candidate : MergeAndSort(rules);
    }

    private static bool IsSorted(ImmutableArray<SecurityGroupRule> rules)
    {
        for (var i = 1; i < rules.Length; i++)
        {
            if (Order.Compare(rules[i - 1], rules[i]) >= 0) return false;
        }

        return true;
    }

    private static ImmutableArray<SecurityGroupRule> MergeAndSort(ImmutableArray<SecurityGroupRule> rules)
    {
        var keyed = new Dictionary<RuleKey, SecurityGroupRule>(rules.Length);
        foreach (var rule in rules) keyed[rule.Key] = keyed.TryGetValue(rule.Key, out var known) ? Merge(known, rule) : rule;
        var sorted = keyed.Values.ToArray();
        Array.Sort(sorted, Order);
        return ImmutableCollectionsMarshal.AsImmutableArray(sorted);
    }

    private static List<TValue> ListOf<TKey, TValue>(Dictionary<TKey, List<TValue>> lists, TKey key)
        where TKey : notnull
    {
        if (!lists.TryGetValue(key, out var list)) lists[key] = list = [];
        return list;
    }

    private static SecurityGroupRule Merge(SecurityGroupRule a, SecurityGroupRule b)
    {
        var (description, unknown) = Fuller((b.Description, b.UnknownDescription), (a.Description, a.UnknownDescription));
        return a with
        {
            Id = b.Id ?? a.Id,
            Tags = b.Tags is null || a.Tags is null ? b.Tags ?? a.Tags : Fuller(b.Tags, a.Tags),
            Slip = a.Slip ?? b.Slip,
            Description = description,
            UnknownDescription = unknown,
            Peer = a.Peer is GroupPeer { Account: null } ? b.Peer : a.Peer,
            File = a.File ?? b.File,
            Line = a.File is null ? b.Line : a.Line,
        };
    }

    private static SecurityGroup Merge(SecurityGroup a, SecurityGroup b)
    {
        var (name, unknownName) = Fuller((a.Name, a.UnknownName), (b.Name, b.UnknownName));
        var (description, unknownDescription) = Fuller((a.Description, a.UnknownDescription), (b.Description, b.UnknownDescription));
        return a with
        {
            Name = name,
            UnknownName = unknownName,
            Description = description,
            UnknownDescription = unknownDescription,
            Vpc = a.Vpc ?? b.Vpc,
            Tags = a.Tags.IsEmpty ? b.Tags : Fuller(a.Tags, b.Tags),
            At = a.At ?? b.At,
            Code = a.Code ?? b.Code,
            Scope = a.Scope.FilledFrom(b.Scope),
        };
    }

    // What one source hides another may tell.
    private static (string Text, string? Unknown) Fuller((string Text, string? Unknown) first, (string Text, string? Unknown) second)
    {
        if (first is { Text.Length: > 0, Unknown: null }) return first;
        if (second is { Text.Length: > 0, Unknown: null }) return second;
        return first.Unknown is not null ? first : second;
    }

    private static Tags Fuller(Tags first, Tags second) => !first.Unknown.IsEmpty && second is { IsEmpty: false, Unknown.IsEmpty: true } ? second : first;

    private EstateBuilder Put<TKey, TValue>(Dictionary<TKey, TValue> into, TKey key, TValue value, GapKind kind)
        where TKey : notnull
    {
        if (!KindsByScope.Contains(kind)) _collected.Add(kind);
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
            if (!_collected.Contains(kind)) _gaps.Add(new EstateGap(kind, string.Empty, NoneHeld));
        }

        foreach (var (page, (where, hasLast)) in _pages)
        {
            if (!hasLast) _gaps.Add(new EstateGap(page.Kind, where, "The last page that was read names a further one.", IsReadFailure: true));
        }

        foreach (var (group, missing) in _withoutRules)
        {
            if (!_hasRuleView) _gaps.Add(new EstateGap(GapKind.Rules, group.Value, $"The source lists the group without {missing}."));
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
                    _gaps.Add(new EstateGap(GapKind.PrefixLists, id.Value, NoEntries));
                }
            }
        }
    }
}
