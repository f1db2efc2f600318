using System.Collections.Immutable;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connections.Importing;

/// <summary>
/// Turns an existing estate into a connections file. Exact: compiled against the same estate the file gives the estate's rules,
/// tuple for tuple, for every managed group, so a plan is empty. What both sides agree on becomes a connection; what only one side
/// has becomes half a connection when the other side covers it, else a residual; egress to the whole internet is always a
/// residual. (reference: reachability-and-synthesis §8.4)
/// </summary>
public sealed class Importer
{
    private readonly Estate _estate;
    private readonly ImportOptions _options;
    private readonly GroupTraffic _traffic;
    private readonly GroupReferences _references;
    private readonly UniqueNames _takenNames = new();
    private readonly Dictionary<SecurityGroupId, string> _names;
    private readonly Dictionary<SecurityGroupId, string> _managers = [];
    private readonly List<ConnectionDraft> _drafts = [];
    private readonly List<(SecurityGroup Group, SecurityGroupRule Rule)> _residuals = [];
    private readonly List<ExternalUse> _externalUses = [];
    private readonly SortedDictionary<(SecurityGroupId From, SecurityGroupId To), PairRules> _pairs = [];
    private readonly Dictionary<(SecurityGroupId Group, RuleKey Key), string> _origins = [];

    private Importer(Estate estate, ImportOptions options)
    {
        _estate = estate;
        _options = options;
        _traffic = new GroupTraffic(estate);
        _references = new GroupReferences(estate);
        _names = GroupNamer.Name(estate, _takenNames);
        foreach (var group in estate.SecurityGroups)
        {
            if (ForeignGroups.ManagerOf(group, estate) is { } manager) _managers[group.Id] = manager;
        }
    }

    /// <summary>Imports a whole estate. Pure: the same estate and options give the same result, whatever the order of the input.</summary>
    public static ImportResult Import(Estate estate, ImportOptions options) => new Importer(estate, options).Run();

    private ImportResult Run()
    {
        foreach (var group in _estate.SecurityGroups)
        {
            if (!_managers.ContainsKey(group.Id)) Sort(group);
        }

        foreach (var ((from, to), rules) in _pairs) AddPair(_estate.Index.Groups[from], _estate.Index.Groups[to], rules);
        var externals = new ExternalNamer(_estate, _takenNames);
        externals.Declare(_externalUses);
        foreach (var use in _externalUses) AddExternal(use, externals.NameOf(use));

        var connections = ConnectionDraft.Number(_drafts, new UniqueNames());
        foreach (var (connection, draft) in connections)
        {
            foreach (var rule in draft.Rules) _origins[rule] = connection.Id;
        }

        var file = new ConnectionsFile
        {
            Scope = ScopeOf(_estate),
            Groups = [.. _estate.SecurityGroups.Select(Declare).OrderBy(g => g.Name, StringComparer.Ordinal)],
            Externals = [.. externals.Declarations],
            Connections = [.. connections.Select(c => c.Connection)],
            Residuals = Residuals(),
            Settings = new ConnectionsSettings { RulesPerGroup = ImportedQuota.Of(_estate) },
        };
        return new ImportResult(file, Rules(), Diagnostics(file));
    }

    /// <summary>Sends each rule of a managed group where it belongs.</summary>
    private void Sort(SecurityGroup group)
    {
        var open = OpenEgress.Of(group, _estate).ToHashSet();
        foreach (var direction in new[] { Direction.Ingress, Direction.Egress })
        {
            var external = new List<SecurityGroupRule>();
            foreach (var rule in group.RulesOf(direction))
            {
                if (rule.Peer is GroupPeer peer) SortReference(group, rule, peer);
                else if (open.Contains(rule.Key)) _residuals.Add((group, rule));
                else external.Add(rule);
            }

            _externalUses.AddRange(ExternalUse.Of(group, direction, external));
        }
    }

    private void SortReference(SecurityGroup group, SecurityGroupRule rule, GroupPeer peer)
    {
        // A reference over a deleted peering, or to a group nobody read, is kept exactly as it is, but it is no connection.
        if (peer.PeeringStatus is not (null or "active") || !_estate.Index.Groups.ContainsKey(peer.Group))
        {
            _residuals.Add((group, rule));
            return;
        }

        var pair = rule.Direction == Direction.Egress ? (group.Id, peer.Group) : (peer.Group, group.Id);
        if (!_pairs.TryGetValue(pair, out var rules)) _pairs[pair] = rules = new PairRules();
        (rule.Direction == Direction.Egress ? rules.Egress : rules.Ingress).Add(rule);
    }

    private void AddPair(SecurityGroup from, SecurityGroup to, PairRules rules)
    {
        var both = rules.Egress.Select(r => r.Service).Intersect(rules.Ingress.Select(r => r.Service)).Order().ToImmutableArray();
        if (!both.IsEmpty)
        {
            var egress = rules.Egress.Where(r => both.Contains(r.Service)).ToList();
            var ingress = rules.Ingress.Where(r => both.Contains(r.Service)).ToList();
            _drafts.Add(new ConnectionDraft(
                [_names[from.Id]], _names[to.Id], both, Reason([.. ingress, .. egress], _options.SpeaksOfEstate ? $"{GroupNamer.InEstate(from)} to {GroupNamer.InEstate(to)}" : $"imported from {_names[from.Id]} egress and {_names[to.Id]} ingress"))
            {
                PeerAs = _references.FormOf(from, to),
                Owner = OwnerOf(from) ?? OwnerOf(to),
                Rules = [.. egress.Select(r => (from.Id, r.Key)), .. ingress.Select(r => (to.Id, r.Key))],
            });
        }

        AddHalves(from, from, to, [.. rules.Egress.Where(r => !both.Contains(r.Service))], ConnectionSides.Egress);
        AddHalves(to, from, to, [.. rules.Ingress.Where(r => !both.Contains(r.Service))], ConnectionSides.Ingress);
    }

    private void AddHalves(SecurityGroup owner, SecurityGroup from, SecurityGroup to, ImmutableArray<SecurityGroupRule> rules, ConnectionSides sides)
    {
        var far = owner.Id == from.Id && sides == ConnectionSides.Egress ? to : from;
        var otherSide = sides == ConnectionSides.Egress ? Direction.Ingress : Direction.Egress;
        var covered = new SortedDictionary<string, List<SecurityGroupRule>>(StringComparer.Ordinal);
        foreach (var rule in rules)
        {
            if (CoverOf(far, otherSide, owner, rule.Service) is not { } cover)
            {
                _residuals.Add((owner, rule));
                continue;
            }

            if (!covered.TryGetValue(cover, out var list)) covered[cover] = list = [];
            list.Add(rule);
        }

        foreach (var (cover, half) in covered)
        {
            _drafts.Add(new ConnectionDraft(
                [_names[from.Id]], _names[to.Id], [.. half.Select(r => r.Service).Order()],
                Reason(half, ReasonOf(owner, sides == ConnectionSides.Ingress)))
            {
                Sides = sides,
                CoveredBy = cover,
                PeerAs = _references.FormOf(from, to),
                Owner = OwnerOf(from) ?? OwnerOf(to),
                Rules = [.. half.Select(r => (owner.Id, r.Key))],
            });
        }
    }

    /// <summary>Which rule of the other side lets at least part of a half through, for people; null when none does.</summary>
    private string? CoverOf(SecurityGroup owner, Direction direction, SecurityGroup far, Service service)
    {
        var wanted = ServiceSet.Of(service);
        var cover = _traffic.Covering(owner.Id, direction, far.Id);
        if (!wanted.Overlaps(cover)) return null;
        var rule = owner.RulesOf(direction).FirstOrDefault(r => wanted.Overlaps(ServiceSet.Of(r.Service)) && Covers(r.Key, far.Id));
        var text = rule is null ? $"{(direction == Direction.Ingress ? "ingress" : "egress")} by several blocks together" : TextOf(rule.Key);
        return $"{_names[owner.Id]}: {text}{(wanted.IsSubsetOf(cover) ? string.Empty : ", in part")}{(_managers.ContainsKey(owner.Id) ? " (read-only)" : string.Empty)}";
    }

    private bool Covers(RuleKey key, SecurityGroupId far) =>
        key.Peer is GroupPeer group
            ? group.Group == far
            : !_traffic.CoveringBlocks(Reachability.AllowedTraffic.Of([key], _estate.Index.EntriesOf), far).IsEmpty;

    private string TextOf(RuleKey key) =>
        key.Peer is GroupPeer group && _names.TryGetValue(group.Group, out var name)
            ? key.ToString().Replace(group.Group.Value, name, StringComparison.Ordinal)
            : key.ToString();

    private string ReasonOf(SecurityGroup group, bool isIngress) => _options.SpeaksOfEstate
        ? $"{(isIngress ? "admitted" : "opened")} by {GroupNamer.InEstate(group)}"
        : $"imported from {_names[group.Id]} {(isIngress ? "ingress" : "egress")}";

    private void AddExternal(ExternalUse use, string external)
    {
        var group = _names[use.Group.Id];
        var isIngress = use.Direction == Direction.Ingress;
        var reason = use.Reason.Length > 0 ? use.Reason : ReasonOf(use.Group, isIngress);
        _drafts.Add(new ConnectionDraft([isIngress ? external : group], isIngress ? group : external, use.Services, reason)
        {
            Owner = OwnerOf(use.Group),
            Rules = [.. use.Rules.Select(r => (use.Group.Id, r))],
        });
    }

    private ImmutableArray<Residual> Residuals() =>
    [
        .. _residuals
            .GroupBy(r => (Group: _names[r.Group.Id], r.Rule.Direction, Peer: PeerText(r.Rule.Peer), Reason: ReasonText.Of(r.Rule)))
            .OrderBy(g => g.Key.Group, StringComparer.Ordinal).ThenBy(g => g.Key.Direction)
            .ThenBy(g => g.Key.Peer, StringComparer.Ordinal).ThenBy(g => g.Key.Reason, StringComparer.Ordinal)
            .Select(g => new Residual(g.Key.Group, g.Key.Direction, g.Key.Peer, [.. g.Select(r => r.Rule.Service).Order()])
            {
                Imported = _options.Today,
                Review = _options.Today.AddDays(_options.ReviewDays),
                Reason = g.Key.Reason.Length > 0 ? g.Key.Reason : null,
            }),
    ];

    private string PeerText(Peer peer) => peer is GroupPeer group && _names.TryGetValue(group.Group, out var name) ? name : peer.ToString()!;

    private GroupDeclaration Declare(SecurityGroup group) => new(_names[group.Id], group.Id, null)
    {
        Owner = OwnerOf(group),
        IsReadOnly = _managers.ContainsKey(group.Id),
    };

    private static string? OwnerOf(SecurityGroup group)
    {
        foreach (var key in (ReadOnlySpan<string>)["owner", "Owner", "team", "Team"])
        {
            if (group.Tags[key] is { } value && !string.IsNullOrWhiteSpace(value)) return value.Trim();
        }

        return null;
    }

    private static string Reason(IEnumerable<SecurityGroupRule> rules, string otherwise) =>
        rules.Select(ReasonText.Of).FirstOrDefault(r => r.Length > 0) ?? otherwise;

    private static ConnectionsScope ScopeOf(Estate estate)
    {
        // A list that leaves out a group of unknown place would restrict the file; an empty list restricts nothing.
        var accounts = estate.SecurityGroups.Select(g => g.Scope.Account).Distinct().Order(StringComparer.Ordinal).ToImmutableArray();
        var regions = estate.SecurityGroups.Select(g => g.Scope.Region).Distinct().Order(StringComparer.Ordinal).ToImmutableArray();
        return new ConnectionsScope
        {
            Accounts = accounts.Contains(string.Empty) ? [] : accounts,
            Regions = regions.Contains(string.Empty) ? [] : regions,
        };
    }

    private ImmutableArray<ImportedRule> Rules() =>
    [
        .. from g in _estate.SecurityGroups
           from r in g.Rules
           let origin = _managers.ContainsKey(g.Id) ? ImportedRule.ReadOnly : _origins.GetValueOrDefault((g.Id, r.Key), ImportedRule.Residual)
           select new ImportedRule(g.Id, _names[g.Id], r, origin),
    ];

    private ImmutableArray<Diagnostic> Diagnostics(ConnectionsFile file)
    {
        var said = new List<Diagnostic>();
        if (_estate.SecurityGroups.IsEmpty) said.Add(ImportDiagnostics.NoGroups());
        foreach (var gap in _estate.Gaps.Where(g => g.IsReadFailure && g.What is GapKind.Scope or GapKind.SecurityGroups or GapKind.Rules))
        {
            said.Add(ImportDiagnostics.IncompleteRead(gap.What == GapKind.Rules ? "rules" : "groups", gap.Where));
        }

        foreach (var group in _estate.SecurityGroups)
        {
            if (!group.Malformed.IsEmpty) said.Add(ImportDiagnostics.MalformedRules(_names[group.Id], group.Malformed.Length));
            if (_managers.TryGetValue(group.Id, out var manager)) said.Add(ImportDiagnostics.ReadOnlyGroup(_names[group.Id], manager));
        }

        if (!file.Residuals.IsEmpty) said.Add(ImportDiagnostics.Residuals(file.Residuals.Length));
        return [.. said];
    }

    private sealed class PairRules
    {
        public List<SecurityGroupRule> Egress { get; } = [];

        public List<SecurityGroupRule> Ingress { get; } = [];
    }
}
