using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Reachability;

namespace Sallyport.Connections.Importing;

/// <summary>
/// Replaces the open egress of an imported file by what the other side proves: halves that a removed broad rule covered get both
/// sides, halves that the other side denies go, and nothing that both sides allowed between members of groups is closed. What
/// only a person can decide is left as it is, or left out, and asked. (reference: reachability-and-synthesis §8.4)
/// </summary>
/// <remarks>
/// A group that more rules speak for than its own (its members carry others) is judged with all of them. Where only some members
/// had the egress that an ingress rule's reference calls for, the reference decides and the change is reported as
/// <see cref="TightenKind.Widened"/>; ingress is never widened.
/// </remarks>
public sealed class Tightener
{
    /// <summary>Rules by address that may stand in place of a reference that was there.</summary>
    private const int MostAddressRules = 16;

    private readonly Estate _estate;
    private readonly ConnectionsFile _file;
    private readonly TightenOptions _options;
    private readonly HashSet<string> _namesTwice;
    private readonly GroupTraffic _traffic;
    private readonly GroupReferences _references;
    private readonly PairProof _proof;
    private readonly Dictionary<SecurityGroupId, GroupDeclaration> _declared = [];
    private readonly Dictionary<string, SecurityGroup> _byName = [];
    private readonly Dictionary<string, ExternalDeclaration> _externals;
    private readonly HashSet<SecurityGroupId> _closed = [];
    private readonly Dictionary<SecurityGroupId, HashSet<RuleKey>> _removed = [];
    private readonly Dictionary<SecurityGroupId, AllowedTraffic> _keptEgress = [];
    private readonly Dictionary<(SecurityGroupId To, bool WithWorld), AllowedTraffic> _ingressBlocks = [];
    private readonly Dictionary<(SecurityGroupId From, SecurityGroupId To), ServiceSet> _egress = [];
    private readonly List<Connection> _connections = [];
    private readonly List<ConnectionDraft> _drafts = [];
    private readonly List<TightenedEgress> _added = [];
    private readonly List<ExternalDeclaration> _newExternals = [];
    private readonly List<Residual> _residuals = [];
    private readonly List<HalfRule> _halves = [];
    private readonly List<TightenChange> _changes = [];

    private Tightener(Estate estate, ConnectionsFile file, TightenOptions options)
    {
        _estate = estate;
        _file = file;
        _options = options;
        _namesTwice = [.. estate.SecurityGroups.GroupBy(g => g.Name).Where(g => g.Count() > 1).Select(g => g.Key)];
        _traffic = new GroupTraffic(estate);
        _references = new GroupReferences(estate);
        _proof = new PairProof(_traffic);
        _externals = file.Externals.ToDictionary(e => e.Name);
        foreach (var declaration in file.Groups)
        {
            if (declaration.Sg is not { } id || !estate.Index.Groups.TryGetValue(id, out var group)) continue;
            _declared[id] = declaration;
            _byName[declaration.Name] = group;
        }
    }

    /// <summary>Tightens a file that <see cref="Importer"/> made of this estate (and that people may have edited since). Pure.</summary>
    public static TightenResult Tighten(Estate estate, ConnectionsFile file, TightenOptions? options = null) =>
        new Tightener(estate, file, options ?? new TightenOptions()).Run();

    private TightenResult Run()
    {
        FindClosed();
        foreach (var residual in _file.Residuals) Take(residual);
        foreach (var connection in _file.Connections) Take(connection);
        foreach (var (group, removed) in _removed.OrderBy(r => r.Key)) SayRemoved(_estate.Index.Groups[group], removed);
        foreach (var half in _halves.Where(h => h.Direction == Direction.Ingress)) SettleIngress(half);
        foreach (var half in _halves.Where(h => h.Direction == Direction.Egress)) SettleEgress(half);
        foreach (var group in _removed.Keys.Order()) ReplaceOpenEgress(_estate.Index.Groups[group]);
        foreach (var group in _declared.Where(d => d.Value.IsReadOnly).Select(d => d.Key).Order()) ServeReadOnly(_estate.Index.Groups[group]);

        var kept = KeptRules();
        var joined = new HashSet<TightenedEgress>(ReferenceEqualityComparer.Instance);
        foreach (var same in _added.GroupBy(e => e.From).OrderBy(g => g.Key, StringComparer.Ordinal)) KeepWithinQuota(same.Key, kept.GetValueOrDefault(same.Key), [.. same], joined);
        _added.RemoveAll(joined.Contains);
        _drafts.AddRange(TightenedEgress.Merge(_added));
        var ids = new UniqueNames();
        foreach (var connection in _connections) ids.Reserve(connection.Id);
        var added = ConnectionDraft.Number(_drafts, ids).Select(d => d.Connection);
        return new TightenResult(
            _file with
            {
                Externals = [.. _file.Externals.Concat(_newExternals).OrderBy(e => e.Name, StringComparer.Ordinal)],
                Connections = [.. _connections.Concat(added).OrderBy(c => c.Id, StringComparer.Ordinal)],
                Residuals = [.. _residuals],
            },
            [.. _changes.Distinct().OrderBy(c => c.Group, StringComparer.Ordinal).ThenBy(c => c.Kind).ThenBy(c => c.Text, StringComparer.Ordinal)]);
    }

    /// <summary>Default groups that nothing carries; only where interfaces were read.</summary>
    private void FindClosed()
    {
        foreach (var (id, declaration) in _declared)
        {
            var group = _estate.Index.Groups[id];
            var isUnused = group.IsDefault && _traffic.MembersOf(id).IsEmpty && !_estate.Index.HasGap(GapKind.NetworkInterfaces, group.Scope);
            if (declaration.IsReadOnly || !isUnused) continue;
            _closed.Add(id);
            if (group.Rules.Length > 0) Say(TightenKind.Closed, declaration.Name, $"The default group {declaration.Name} is on no interface; its {group.Rules.Length} rule(s) are closed.");
        }
    }

    private void Take(Residual residual)
    {
        if (!_byName.TryGetValue(residual.Group, out var owner) || _declared[owner.Id].IsReadOnly)
        {
            _residuals.Add(residual);
            return;
        }

        if (_closed.Contains(owner.Id)) return;
        var peer = PeerOf(residual.Peer);
        if (peer is GroupPeer { Group: var farId })
        {
            if (_closed.Contains(farId)) return;
            var isStale = owner.RulesOf(residual.Direction).Any(r => r.Peer is GroupPeer { PeeringStatus: not (null or "active") } p && p.Group == farId);
            if (_estate.Index.Groups.TryGetValue(farId, out var far) && !isStale)
            {
                _halves.Add(new HalfRule(owner, far, residual.Direction, residual.Services) { Residual = residual });
                return;
            }

            Keep(residual, isStale ? "its peering is gone" : "the other group was not read");
            return;
        }

        TakeBlocks(residual, owner);
    }

    private void TakeBlocks(Residual residual, SecurityGroup owner)
    {
        var peers = _externals.TryGetValue(residual.Peer, out var external) && external.PrefixList is null
            ? external.Cidrs.Select(c => (Peer)new CidrPeer(c)).ToList()
            : PeerOf(residual.Peer) is { } peer ? [peer] : [];
        var open = residual.Direction == Direction.Egress ? OpenEgress.Of(owner, _estate).ToHashSet() : [];
        var gone = residual.Services.Where(s => peers.Count > 0 && peers.All(p => open.Contains(new RuleKey(Direction.Egress, s, p)))).ToList();
        if (gone.Count < residual.Services.Length) _residuals.Add(residual with { Services = [.. residual.Services.Except(gone)] });
        if (gone.Count == 0) return;
        if (!_removed.TryGetValue(owner.Id, out var removed)) _removed[owner.Id] = removed = [];
        removed.UnionWith(gone.SelectMany(s => peers.Select(p => new RuleKey(Direction.Egress, s, p))));
    }

    private void SayRemoved(SecurityGroup group, HashSet<RuleKey> removed)
    {
        var what = string.Join(", ", removed.Order().Select(k => $"{k.Service} to {k.Peer}"));
        Say(TightenKind.Removed, NameOf(group), $"Open egress of {Called(group)} ({what}) is removed; what the other side proves stands in its place.");
        var said = group.Rules.Where(r => removed.Contains(r.Key) && r.Description.Length > 0).Select(r => $"\"{r.Description}\"").Distinct().ToList();
        var purpose = said.Count == 0 ? "Its open egress had no description" : $"Its open egress was described as {string.Join(" and ", said)}";
        Say(TightenKind.Question, NameOf(group), $"Does {Called(group)} need anything on the internet? {purpose}; declare an external and a connection if it does.");
    }

    private Peer? PeerOf(string text)
    {
        if (_byName.TryGetValue(text, out var group)) return new GroupPeer(group.Id);
        if (_externals.TryGetValue(text, out var external))
        {
            return external.PrefixList is { } list && list.StartsWith("pl-", StringComparison.Ordinal) ? new PrefixListPeer(new PrefixListId(list)) : null;
        }

        if (Cidr.TryParse(text, out var cidr)) return new CidrPeer(cidr);
        if (text.StartsWith("pl-", StringComparison.Ordinal)) return new PrefixListPeer(new PrefixListId(text));
        return text.StartsWith("sg-", StringComparison.Ordinal) ? new GroupPeer(new SecurityGroupId(text)) : null;
    }

    private void Take(Connection connection)
    {
        var from = connection.From.Where(n => !IsClosed(n)).ToImmutableArray();
        var to = connection.To.Where(n => !IsClosed(n)).ToImmutableArray();
        if (from.IsEmpty || to.IsEmpty) return;
        connection = connection with { From = from, To = to };
        if (connection.Sides != ConnectionSides.Both && connection.PeerAs != PeerForm.Cidr && from.Length == 1 && to.Length == 1
            && _byName.TryGetValue(from[0], out var source) && _byName.TryGetValue(to[0], out var target))
        {
            var isEgress = connection.Sides == ConnectionSides.Egress;
            _halves.Add(new HalfRule(isEgress ? source : target, isEgress ? target : source, isEgress ? Direction.Egress : Direction.Ingress, connection.Services)
            {
                Connection = connection,
            });
            return;
        }

        _connections.Add(connection);
        if (connection.Sides == ConnectionSides.Ingress) return;
        foreach (var a in from)
        {
            foreach (var b in to)
            {
                if (_byName.TryGetValue(a, out var x) && _byName.TryGetValue(b, out var y)) Provide(x, y, ServiceSet.Of(connection.Services));
            }
        }
    }

    private bool IsClosed(string name) => _byName.TryGetValue(name, out var group) && _closed.Contains(group.Id);

    private void SettleIngress(HalfRule half)
    {
        var (from, to) = (half.From, half.To);
        var declared = ServiceSet.Of(half.Services);
        var proven = declared.Intersect(_proof.Some(from.Id, to.Id, Direction.Egress));
        if (IsForeign(from))
        {
            Keep(half, declared, proven.IsEmpty ? $"{Called(from)}, managed by others, has no egress for it" : null);
            return;
        }

        if (IsPartlyRead(from))
        {
            Keep(half, declared, $"not all rules of {Called(from)} could be read");
            return;
        }

        if (proven.IsEmpty && !_traffic.IsPlaced(to) && from.RulesOf(Direction.Egress).Any())
        {
            Keep(half, declared, $"neither interfaces nor the VPC of {Called(to)} were read, so egress of {Called(from)} may lead there");
            return;
        }

        if (proven.IsEmpty)
        {
            Say(TightenKind.Dropped, NameOf(to), $"Ingress {declared} from {Called(from)} on {Called(to)} is dropped: {Called(from)} has no egress that uses it.");
            return;
        }

        SayNarrowed(half, declared, proven);
        if (proven.IsSubsetOf(_proof.Holding(KeptEgress(from), from.Id, to.Id)))
        {
            Keep(half, proven, null);
            return;
        }

        SayWidened(from, to, proven);
        if (_references.MayRefer(from, to) || from.Vpc is null || to.Vpc is null)
        {
            Add(half, proven, ConnectionSides.Both, _references.FormOf(from, to), null);
            Say(TightenKind.Completed, NameOf(to), $"{Called(from)} to {Called(to)} on {proven} has both sides now.");
        }
        else
        {
            Keep(half, proven, null);
            if (_traffic.MembersOf(to.Id).IsEmpty) AddEgress(from, to, proven, $"{Called(to)}: ingress from {Called(from)}", PeerForm.Group);
            else AddByAddress(from, to, proven, $"{Called(to)}: ingress from {Called(from)}");
        }

        Provide(from, to, proven);
    }

    private void SettleEgress(HalfRule half)
    {
        var (from, to) = (half.From, half.To);
        var declared = ServiceSet.Of(half.Services);
        if (IsForeign(to))
        {
            var answered = declared.Overlaps(_proof.Some(to.Id, from.Id, Direction.Ingress));
            Keep(half, declared, answered ? null : $"{Called(to)}, managed by others, has no ingress for it");
            Provide(from, to, declared);
            return;
        }

        if (IsPartlyRead(to))
        {
            Keep(half, declared, $"not all rules of {Called(to)} could be read");
            Provide(from, to, declared);
            return;
        }

        // Ingress by reference to a managed group has had its egress settled above, on the group that the reference names.
        var proven = declared.Intersect(_proof.Some(to.Id, from.Id, Direction.Ingress, (owner, peer) => IsForeign(owner) || StaysOneSided(peer)));
        proven = proven.Without(_egress.GetValueOrDefault((from.Id, to.Id), ServiceSet.Empty));
        if (proven.IsEmpty && !_traffic.IsPlaced(from) && to.RulesOf(Direction.Ingress).Any(r => r.Peer is not GroupPeer))
        {
            Keep(half, declared, $"neither interfaces nor the VPC of {Called(from)} were read, so ingress of {Called(to)} may admit it");
            Provide(from, to, declared);
            return;
        }

        if (proven.IsEmpty)
        {
            Say(TightenKind.Dropped, NameOf(from), $"Egress {declared} to {Called(to)} on {Called(from)} is dropped: no ingress of {Called(to)} answers it beyond what is declared.");
            return;
        }

        SayNarrowed(half, declared, proven);
        var held = proven.Intersect(_proof.Holding(_traffic.Of(to.Id, Direction.Ingress), to.Id, from.Id, oneFamily: true));
        var rest = proven.Without(held);
        if (!rest.IsEmpty && AddressCount(to) * rest.ToServices().Length > MostAddressRules)
        {
            // Hundreds of addresses in place of one reference help nobody; the half stays, and the audit goes on naming it.
            Keep(half, proven, $"{Called(to)} admits only part of {Called(from)}, and that by addresses");
            Provide(from, to, proven);
            return;
        }

        if (!held.IsEmpty) Keep(half, held, null);
        if (!rest.IsEmpty) AddByAddress(from, to, rest, half.Connection?.CoveredBy ?? CoverText(to, from, rest), half.Connection?.Reason ?? half.Residual?.Reason ?? $"egress that members of {Called(to)} answer");
        Provide(from, to, proven);
    }

    /// <summary>Declares, for one group that loses its open egress, the egress that ingress by blocks elsewhere proves.</summary>
    private void ReplaceOpenEgress(SecurityGroup from)
    {
        var open = AllowedTraffic.Of(_removed[from.Id], _estate.Index.EntriesOf);
        var carried = ForeignGroupsOn(from);
        var questions = new List<string>();
        foreach (var to in _estate.SecurityGroups)
        {
            if (_closed.Contains(to.Id) || !_references.AreConnected(from, to)) continue;
            if ((carried.Count == 0 && BlocksTowards(to, withWorld: true).IsEmpty) || IsOneInterface(from, to)) continue;
            var reach = Reachable(open, to, IpFamily.V4).Union(Reachable(open, to, IpFamily.V6));
            if (reach.IsEmpty) continue;
            var known = _egress.GetValueOrDefault((from.Id, to.Id), ServiceSet.Empty)
                .Union(_proof.Holding(KeptEgress(from), from.Id, to.Id));
            var byBlocks = BothWays(open, from, to, BlocksTowards(to, _options.KeepsPairsOpenToTheWorld));
            var proven = byBlocks.Union(reach.Intersect(ByReference(to, carried))).Without(known);
            var asked = BothWays(open, from, to, BlocksTowards(to, withWorld: true)).Without(known.Union(proven));
            var maybe = _traffic.IsPlaced(from) ? ServiceSet.Empty : GroupTraffic.Some(BlocksTowards(to, withWorld: false).V4, GroupTraffic.AnyV4).Without(known.Union(proven));
            if (!maybe.IsEmpty) Say(TightenKind.Question, NameOf(from), $"Does {Called(from)} use {Called(to)} on {maybe}? It admits blocks, and neither interfaces nor the VPC of {Called(from)} were read.");
            if (!asked.IsEmpty && !_options.KeepsPairsOpenToTheWorld) questions.Add($"{Called(to)} on {asked}");
            if (proven.IsEmpty) continue;
            SayWidened(from, to, proven);
            var held = proven.Intersect(_proof.Holding(_traffic.Of(to.Id, Direction.Ingress), to.Id, from.Id, oneFamily: true));
            if (!held.IsEmpty && _references.MayRefer(from, to)) AddEgress(from, to, held, CoverText(to, from, held), _references.FormOf(from, to));
            else held = ServiceSet.Empty;
            if (proven.Without(held) is { IsEmpty: false } rest) AddByAddress(from, to, rest, CoverText(to, from, rest));
            Provide(from, to, proven);
        }

        if (questions.Count == 0) return;
        Say(TightenKind.Question, NameOf(from), $"Does {Called(from)} use {string.Join("; ", questions.Order(StringComparer.Ordinal))}? What admits the whole internet proves nothing about {Called(from)}.");
    }

    /// <summary>The ingress rules by block that admit some of a group, for people: the first two.</summary>
    private string CoverText(SecurityGroup to, SecurityGroup from, ServiceSet services)
    {
        var rules = to.RulesOf(Direction.Ingress)
            .Where(r => r.Peer is not GroupPeer && services.Overlaps(ServiceSet.Of(r.Service)))
            .Where(r => AllowedTraffic.Of([r.Key], _estate.Index.EntriesOf) is var rule && !(Reachable(rule, from, IpFamily.V4).IsEmpty && Reachable(rule, from, IpFamily.V6).IsEmpty))
            .Select(r => r.Key.ToString()).ToList();
        return rules.Count == 0
            ? $"{Called(to)}: ingress of groups that its members carry, or by groups that others manage"
            : $"{Called(to)}: {string.Join(", ", rules.Take(2))}{(rules.Count > 2 ? $" and {rules.Count - 2} more" : string.Empty)}";
    }

    /// <summary>Groups that others manage keep their ingress by reference; the egress that answers it must not go with the open egress.</summary>
    private void ServeReadOnly(SecurityGroup to)
    {
        foreach (var peer in to.RulesOf(Direction.Ingress).Select(r => r.Peer).OfType<GroupPeer>().Select(p => p.Group).Distinct())
        {
            if (!_estate.Index.Groups.TryGetValue(peer, out var from) || IsForeign(from) || _closed.Contains(from.Id)) continue;
            var losesEgress = _removed.ContainsKey(from.Id) || _traffic.MembersOf(from.Id).Any(m => m.Groups.Any(_removed.ContainsKey));
            if (!losesEgress) continue;
            var named = _traffic.Of(to.Id, Direction.Ingress).Symbols.GetValueOrDefault(new GroupPeer(from.Id), ServiceSet.Empty);
            var missing = named.Intersect(_proof.Some(from.Id, to.Id, Direction.Egress))
                .Without(_egress.GetValueOrDefault((from.Id, to.Id), ServiceSet.Empty).Union(_proof.Holding(KeptEgress(from), from.Id, to.Id)));
            if (missing.IsEmpty) continue;
            SayWidened(from, to, missing);
            AddEgress(from, to, missing, $"{Called(to)}: its own ingress from {Called(from)} (read-only)", _references.FormOf(from, to));
            Provide(from, to, missing);
        }
    }

    /// <summary>Services of blocks that reach at least one address of a group, or all of its VPC when nobody carries it.</summary>
    private ServiceSet Reachable(AllowedTraffic blocks, SecurityGroup group, IpFamily family)
    {
        var map = family == IpFamily.V4 ? blocks.V4 : blocks.V6;
        return _traffic.MembersOf(group.Id).IsEmpty
            ? GroupTraffic.Every(map, _traffic.VpcOf(group.Id, family))
            : GroupTraffic.Some(map, _traffic.AddressesOf(group.Id, family));
    }

    /// <summary>What egress blocks of one group and ingress blocks of another allow between them, family by family.</summary>
    private ServiceSet BothWays(AllowedTraffic egress, SecurityGroup from, SecurityGroup to, AllowedTraffic ingress) =>
        Reachable(egress, to, IpFamily.V4).Intersect(Reachable(ingress, from, IpFamily.V4))
            .Union(Reachable(egress, to, IpFamily.V6).Intersect(Reachable(ingress, from, IpFamily.V6)));

    private AllowedTraffic BlocksTowards(SecurityGroup to, bool withWorld)
    {
        if (_ingressBlocks.TryGetValue((to.Id, withWorld), out var known)) return known;
        var world = withWorld ? [] : OpenEgress.WorldRules(to, Direction.Ingress, _estate).ToHashSet();
        var rules = to.RulesOf(Direction.Ingress).Select(r => r.Key).Where(k => k.Peer is not GroupPeer && !world.Contains(k));
        return _ingressBlocks[(to.Id, withWorld)] = AllowedTraffic.Of(rules, _estate.Index.EntriesOf);
    }

    /// <summary>Groups that others manage and that members of this group carry as well: ingress may name those.</summary>
    private HashSet<SecurityGroupId> ForeignGroupsOn(SecurityGroup group) =>
        [.. _traffic.MembersOf(group.Id).SelectMany(m => m.Groups).Where(g => g != group.Id && _estate.Index.Groups.ContainsKey(g) && IsForeign(g))];

    private ServiceSet ByReference(SecurityGroup to, HashSet<SecurityGroupId> named) => named.Aggregate(
        ServiceSet.Empty, (sum, g) => sum.Union(_traffic.Of(to.Id, Direction.Ingress).Symbols.GetValueOrDefault(new GroupPeer(g), ServiceSet.Empty)));

    private AllowedTraffic KeptEgress(SecurityGroup group)
    {
        if (_keptEgress.TryGetValue(group.Id, out var known)) return known;
        var removed = _removed.GetValueOrDefault(group.Id) ?? [];
        return _keptEgress[group.Id] = AllowedTraffic.Of(
            group.RulesOf(Direction.Egress).Select(r => r.Key).Where(k => k.Peer is not GroupPeer && !removed.Contains(k)), _estate.Index.EntriesOf);
    }

    private bool IsOneInterface(SecurityGroup from, SecurityGroup to) =>
        !_traffic.MembersOf(from.Id).IsEmpty && !_traffic.MembersOf(to.Id).IsEmpty && !_proof.HasPair(from.Id, to.Id);

    /// <summary>Egress by the addresses the other group has now: where no reference is possible, or would have no full counterpart.</summary>
    private void AddByAddress(SecurityGroup from, SecurityGroup to, ServiceSet services, string coveredBy, string? reason = null)
    {
        var why = _references.MayRefer(from, to)
            ? $"{Called(to)} admits only part of {Called(from)}, and that by addresses; let it admit the group if all of it is meant"
            : "their VPCs permit no reference";
        if (_traffic.MembersOf(to.Id).IsEmpty)
        {
            Say(TightenKind.Question, NameOf(from), $"Egress {services} from {Called(from)} to {Called(to)} is left out, for nothing carries {Called(to)} now: {why}.");
            return;
        }

        AddEgress(from, to, services, coveredBy, PeerForm.Cidr, reason);
        Say(TightenKind.Question, NameOf(from), $"Egress {services} from {Called(from)} to {Called(to)} is written by addresses: {why}.");
    }

    private void AddEgress(SecurityGroup from, SecurityGroup to, ServiceSet services, string coveredBy, PeerForm form, string? reason = null)
    {
        if (!_declared.TryGetValue(to.Id, out var target))
        {
            // A group that the file does not name can only be named by a residual.
            _residuals.Add(new Residual(NameOf(from), Direction.Egress, to.Id.Value, services.ToServices()) { Reason = $"answered by {coveredBy}" });
            return;
        }

        _added.Add(new TightenedEgress(NameOf(from), target.Name, services.ToServices(), coveredBy, form, target.Owner, reason ?? (_options.SpeaksOfEstate ? $"admitted by {GroupNamer.InEstate(to)}" : $"admitted by {target.Name}, was open egress")));
        Say(TightenKind.Added, NameOf(from), $"Egress {services} from {Called(from)} to {Called(to)} is declared in place of open egress.");
    }

    /// <summary>
    /// A group that many others admit by wide blocks would need more rules than EC2 permits: then its egress goes to the blocks of
    /// their VPCs, service by service, which is still far from everywhere.
    /// </summary>
    private void KeepWithinQuota(string name, int kept, ImmutableArray<TightenedEgress> added, HashSet<TightenedEgress> joined)
    {
        var from = _byName[name];
        var more = added.Sum(e => e.Services.Length * (e.Form == PeerForm.Cidr ? AddressCount(_byName[e.To]) : 1));
        if (kept + more <= _file.Settings.RulesPerGroup) return;
        var open = AllowedTraffic.Of(_removed.GetValueOrDefault(from.Id) ?? [], _estate.Index.EntriesOf);
        var vpcs = added.Where(e => _byName[e.To].Vpc is { } id && _estate.Index.Vpcs.ContainsKey(id)).GroupBy(e => _byName[e.To].Vpc!.Value).OrderBy(g => g.Key);
        foreach (var toVpc in vpcs)
        {
            // Only what the group could open to the whole VPC before: egress it had by reference alone stays narrow.
            var vpc = _estate.Index.Vpcs[toVpc.Key];
            var wide = vpc.Cidrs.Select(c => OpenTo(c)).Aggregate(ServiceSet.Empty, (sum, services) => sum.Union(services));
            var merged = toVpc.Where(e => ServiceSet.Of(e.Services).IsSubsetOf(wide)).ToList();
            var wanted = ServiceSet.Of(merged.SelectMany(e => e.Services));
            ImmutableArray<Cidr> blocks = [.. vpc.Cidrs.Where(c => wanted.IsSubsetOf(OpenTo(c)))];
            if (merged.Count < 2 || blocks.IsEmpty) continue;
            joined.UnionWith(merged);
            _drafts.Add(new ConnectionDraft([name], ExternalOf(vpc, blocks), wanted.ToServices(), _options.SpeaksOfEstate ? "admitted by groups of the VPC" : "admitted by groups of the VPC, was open egress") { Owner = _declared[from.Id].Owner });
            Say(TightenKind.Question, name, $"Egress of {Called(from)} to {merged.Count} groups of {vpc.Id} is declared to the VPC's blocks: one rule a group would be over the quota of {_file.Settings.RulesPerGroup}. Let those groups admit groups instead of blocks.");
        }

        ServiceSet OpenTo(Cidr block) => GroupTraffic.Every(block.Family == IpFamily.V4 ? open.V4 : open.V6, AddressSet.Of(block));
    }

    /// <summary>How many egress rules each group keeps beside what takes the place of its open egress.</summary>
    private Dictionary<string, int> KeptRules()
    {
        var kept = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var c in _connections.Where(c => c.Sides != ConnectionSides.Ingress)) Count(c.From, c.Services.Length * c.To.Sum(WeightOf));
        foreach (var d in _drafts.Where(d => d.Sides != ConnectionSides.Ingress)) Count(d.From, d.Services.Length);
        foreach (var r in _residuals.Where(r => r.Direction == Direction.Egress)) Count([r.Group], r.Services.Length);
        return kept;

        void Count(IEnumerable<string> names, int rules)
        {
            foreach (var name in names.Distinct()) kept[name] = kept.GetValueOrDefault(name) + rules;
        }
    }

    private int AddressCount(SecurityGroup group) => _traffic.MembersOf(group.Id).Sum(m => m.Addresses.Length + m.Prefixes.Length);

    private int WeightOf(string end) => _externals.TryGetValue(end, out var external) ? Math.Max(1, external.Cidrs.Length) : 1;

    /// <summary>The external with exactly these blocks; a new one, named after the VPC, when there is none.</summary>
    private string ExternalOf(Vpc vpc, ImmutableArray<Cidr> blocks)
    {
        var known = _file.Externals.Concat(_newExternals).FirstOrDefault(e => e.PrefixList is null && e.Cidrs.Order().SequenceEqual(blocks.Order()));
        if (known is not null) return known.Name;
        var names = new UniqueNames();
        foreach (var name in _file.Groups.Select(g => g.Name).Concat(_file.Externals.Concat(_newExternals).Select(e => e.Name))) names.Reserve(name);
        var added = new ExternalDeclaration(names.Take(NameSlug.Of($"vpc-{vpc.Tags["Name"] ?? vpc.Id.Value[4..]}"))) { Cidrs = blocks };
        _newExternals.Add(added);
        return added.Name;
    }

    private void Add(HalfRule half, ServiceSet services, ConnectionSides sides, PeerForm form, string? coveredBy) =>
        _drafts.Add(new ConnectionDraft([NameOf(half.From)], NameOf(half.To), half.ServicesOf(services), half.Connection?.Reason ?? half.Residual?.Reason ?? "both sides allow it")
        {
            Sides = sides,
            PeerAs = form,
            CoveredBy = coveredBy,
            Owner = half.Connection?.Owner ?? _declared[half.Owner.Id].Owner,
        });

    /// <summary>Leaves a half in its form, with the services given; says why it needs a look when there is a reason to.</summary>
    private void Keep(HalfRule half, ServiceSet services, string? question)
    {
        if (half.Connection is { } connection) _connections.Add(connection with { Services = half.ServicesOf(services) });
        else if (question is not null) Keep(half.Residual! with { Services = half.ServicesOf(services) }, question);
        else _residuals.Add(half.Residual! with { Services = half.ServicesOf(services) });
        if (question is not null && half.Connection is not null) Say(TightenKind.Question, NameOf(half.Owner), $"{half.Connection.Id} stays a half connection: {question}.");
    }

    private void Keep(Residual residual, string why)
    {
        _residuals.Add(residual);
        var way = residual.Direction == Direction.Ingress ? $"Ingress from {residual.Peer}" : $"Egress to {residual.Peer}";
        Say(TightenKind.Question, residual.Group, $"{way} on {residual.Group} ({string.Join(", ", residual.Services)}) stays a residual: {why}.");
    }

    private void SayNarrowed(HalfRule half, ServiceSet declared, ServiceSet proven)
    {
        if (proven.Equals(declared)) return;
        Say(TightenKind.Narrowed, NameOf(half.Owner), $"{(half.Direction == Direction.Ingress ? "Ingress" : "Egress")} between {Called(half.From)} and {Called(half.To)} is narrowed from {declared} to {proven}.");
    }

    private void SayWidened(SecurityGroup from, SecurityGroup to, ServiceSet egress)
    {
        var some = egress.Without(_proof.Every(from.Id, to.Id, Direction.Egress, bothFamilies: false));
        if (!some.IsEmpty)
        {
            Say(TightenKind.Widened, NameOf(from), $"Egress {some} from {Called(from)} to {Called(to)} is declared for all members of {Called(from)}; only some had it, through other groups they carry.");
        }
        else if (!egress.IsSubsetOf(_proof.Every(from.Id, to.Id, Direction.Egress, bothFamilies: true)))
        {
            Say(TightenKind.Widened, NameOf(from), $"Egress {egress} from {Called(from)} to {Called(to)} holds for IPv4 and IPv6, as every reference does; only one of them had it.");
        }
    }

    private void Provide(SecurityGroup from, SecurityGroup to, ServiceSet services) =>
        _egress[(from.Id, to.Id)] = _egress.GetValueOrDefault((from.Id, to.Id), ServiceSet.Empty).Union(services);

    /// <summary>Managed by others, or not named in the file at all: its rules stay whatever the file says.</summary>
    private bool IsForeign(SecurityGroup group) => IsForeign(group.Id);

    private bool IsForeign(SecurityGroupId group) => !_declared.TryGetValue(group, out var declaration) || declaration.IsReadOnly;

    /// <summary>True when ingress from the group is kept as a half, so that egress which answers it must be kept as well.</summary>
    private bool StaysOneSided(SecurityGroupId from) => IsForeign(from) || IsPartlyRead(_estate.Index.Groups[from]);

    private bool IsPartlyRead(SecurityGroup group) => !group.Malformed.IsEmpty
        || _estate.Gaps.Any(g => g.What is GapKind.Rules or GapKind.SecurityGroups && (g.Where == group.Id.Value || g.Where == group.Scope.ToString()));

    private string NameOf(SecurityGroup group) => _declared.TryGetValue(group.Id, out var declaration) ? declaration.Name : group.Id.Value;

    // In a sentence: as the file calls it, or as those who have no file do.
    private string Called(SecurityGroup group) => !_options.SpeaksOfEstate ? NameOf(group)
        : group.Name.Length == 0 ? group.Id.Value
        : _namesTwice.Contains(group.Name) ? $"{group.Name} ({group.Id})" : group.Name;

    private void Say(TightenKind kind, string group, string text) => _changes.Add(new TightenChange(kind, group, text));
}
