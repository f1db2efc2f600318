using System.Collections.Immutable;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Reachability;

namespace Sallyport.Connections.Compiling;

/// <summary>
/// Connections to both sides' rules: egress on <c>from</c>, ingress on <c>to</c>; one rule for an external end, both on one group
/// for a connection with itself. Without an estate groups and lists stay symbolic and nothing about the network is checked; with
/// one, every group must be found and every reference be one that EC2 permits (SPD1101-SPD1118).
/// (reference: reachability-and-synthesis §8.3)
/// </summary>
public sealed class Compiler
{
    /// <summary>Problems that are listed; compiling a big file against the wrong source must not print a book.</summary>
    private const int MaxDiagnostics = 1000;

    private readonly ConnectionsFile _file;
    private readonly Estate? _estate;
    private readonly List<Diagnostic> _diagnostics = [];
    private readonly HashSet<Diagnostic> _said = [];
    private readonly RuleLedger _ledger = new();
    private readonly Dictionary<string, ImmutableArray<ResolvedGroup>> _groups;
    private readonly Dictionary<string, ExternalDeclaration> _externals;
    private readonly PrefixListResolver _prefixLists;
    private readonly SortedDictionary<string, Connection> _membersUnknown = new(StringComparer.Ordinal);
    private readonly GroupPeers? _groupPeers;
    private readonly Dictionary<SecurityGroupId, Dictionary<RuleKey, SecurityGroupRule>> _existing = [];

    private Compiler(ConnectionsFile file, Estate? estate)
    {
        _file = file;
        _estate = estate;
        _groups = new GroupResolver(file, estate, Report).Resolve();
        _externals = file.Externals.ToDictionary(e => e.Name);
        _prefixLists = new PrefixListResolver(estate, Report);
        _groupPeers = estate is null ? null : new GroupPeers(estate, Report, c => _membersUnknown.TryAdd(c.Id, c), HasRule);
    }

    /// <summary>Compiles a bound file; null only with an error. The result does not depend on the order within the file.</summary>
    /// <param name="file">As <see cref="Reading.ConnectionsReader"/> returns it.</param>
    /// <param name="estate">What to resolve groups and lists against; null leaves them symbolic.</param>
    public static Result<DesiredRules> Compile(ConnectionsFile file, Estate? estate)
    {
        var compiler = new Compiler(file, estate);
        var rules = compiler.Run();
        ImmutableArray<Diagnostic> said =
            [.. compiler._diagnostics.OrderBy(d => d.At?.Line ?? 0).ThenBy(d => d.At?.Column ?? 0).ThenBy(d => d.Code, StringComparer.Ordinal).ThenBy(d => d.Message, StringComparer.Ordinal)];
        return new Result<DesiredRules>(said.Any(d => d.Severity == Severity.Error) ? null : rules, said);
    }

    private DesiredRules Run()
    {
        foreach (var connection in _file.Connections) Add(connection);
        foreach (var residual in _file.Residuals) Add(residual);
        if (_membersUnknown.Count > 0) Report(ConnectionsDiagnostics.MembersUnknown([.. _membersUnknown.Keys], _estate is not null, _membersUnknown.Values.First().At));
        WarnOfOpenEgress();
        var groups = _groups.Values.SelectMany(g => g).GroupBy(g => g.Id).OrderBy(g => g.Key).Select(same =>
        {
            var first = same.OrderBy(g => g.Name, StringComparer.Ordinal).First();
            return new ManagedGroup(first.Name, first.Id, first.Scope, same.Any(g => g.IsReadOnly));
        }).ToImmutableArray();
        var readOnly = groups.Where(g => g.IsReadOnly).Select(g => g.Id).ToHashSet();
        var rules = _ledger.ToRules().Where(r => !readOnly.Contains(r.Group)).ToImmutableArray();
        return new DesiredRules
        {
            Rules = [.. new RuleBudget(_file.Settings.RulesPerGroup, _estate, Report).Fit(rules).Select(r => r.ToDesired())],
            Groups = groups,
            Unmanaged = _file.Settings.UnmanagedRules,
            RulesPerGroup = _file.Settings.RulesPerGroup,
        };
    }

    private void Add(Connection connection)
    {
        foreach (var from in connection.From)
        {
            foreach (var to in connection.To)
            {
                if (connection.Sides != ConnectionSides.Ingress) AddHalves(connection, Direction.Egress, from, to);
                if (connection.Sides != ConnectionSides.Egress) AddHalves(connection, Direction.Ingress, to, from);
            }
        }
    }

    /// <summary>One direction's rules on every group of <paramref name="near"/>; an external has no rules.</summary>
    private void AddHalves(Connection connection, Direction direction, string near, string far)
    {
        foreach (var owner in GroupsOf(near))
        {
            foreach (var peer in PeersOf(connection, direction, owner, far))
            {
                if (owner.IsReadOnly)
                {
                    CheckReadOnlyHalf(connection, direction, owner, peer);
                    continue;
                }

                foreach (var service in connection.Services) AddRule(owner, new RuleKey(direction, service, peer), connection.Id, connection.Reason);
            }
        }
    }

    private IEnumerable<Peer> PeersOf(Connection connection, Direction direction, ResolvedGroup owner, string far)
    {
        if (_externals.TryGetValue(far, out var external)) return PeersOf(external, owner);
        return GroupsOf(far).SelectMany(group => _groupPeers is null
            ? SymbolicPeers(connection, group)
            : _groupPeers.PeersOf(connection, direction, owner, group));
    }

    private IEnumerable<Peer> SymbolicPeers(Connection connection, ResolvedGroup group)
    {
        if (connection.PeerAs != PeerForm.Cidr) return [new GroupPeer(group.Id)];
        _membersUnknown.TryAdd(connection.Id, connection);
        return [];
    }

    private IEnumerable<Peer> PeersOf(ExternalDeclaration external, ResolvedGroup owner)
    {
        if (external.PrefixList is null) return external.Cidrs.Select(c => new CidrPeer(c));
        return _prefixLists.Resolve(external, owner) is { } list ? [new PrefixListPeer(list)] : [];
    }

    private void Add(Residual residual)
    {
        var origin = $"residual:{(residual.Direction == Direction.Ingress ? "ingress" : "egress")}:{residual.Group}:{residual.Peer}";
        foreach (var owner in GroupsOf(residual.Group))
        {
            if (owner.IsReadOnly) continue;
            foreach (var peer in ResidualPeers(residual, owner))
            {
                foreach (var service in residual.Services)
                {
                    AddRule(owner, new RuleKey(residual.Direction, service, peer), origin, residual.Reason ?? "kept by import, to be reviewed");
                }
            }
        }
    }

    /// <summary>A residual is kept exactly, so nothing about its peer is checked.</summary>
    private IEnumerable<Peer> ResidualPeers(Residual residual, ResolvedGroup owner)
    {
        if (Cidr.TryParse(residual.Peer, out var cidr)) return [new CidrPeer(cidr)];
        if (_externals.TryGetValue(residual.Peer, out var external)) return PeersOf(external, owner);
        if (_groups.TryGetValue(residual.Peer, out var groups)) return groups.Select(g => Reference(owner, g.Id));
        if (residual.Peer.StartsWith("pl-", StringComparison.Ordinal)) return [new PrefixListPeer(new PrefixListId(residual.Peer))];
        return [Reference(owner, new SecurityGroupId(residual.Peer))];
    }

    private GroupPeer Reference(ResolvedGroup owner, SecurityGroupId far) =>
        _groupPeers is not null && owner.Found is not null && _estate!.Index.Groups.TryGetValue(far, out var found)
            ? _groupPeers.Reference(owner.Found, found)
            : new GroupPeer(far);

    private void AddRule(ResolvedGroup owner, RuleKey key, string origin, string reason)
    {
        // What EC2 reads back beside a reference is taken from the rule that is there, if one is.
        if (key.Peer is GroupPeer && Existing(owner).TryGetValue(key, out var rule)) key = rule.Key;
        _ledger.Add(owner.Id, key, origin, reason);
    }

    private ImmutableArray<ResolvedGroup> GroupsOf(string name) => _groups.TryGetValue(name, out var groups) ? groups : [];

    private bool HasRule(ResolvedGroup owner, RuleKey key) => Existing(owner).ContainsKey(key);

    private Dictionary<RuleKey, SecurityGroupRule> Existing(ResolvedGroup owner)
    {
        if (!_existing.TryGetValue(owner.Id, out var rules))
        {
            _existing[owner.Id] = rules = owner.Found is null ? [] : owner.Found.Rules.ToDictionary(r => r.Key);
        }

        return rules;
    }

    private void CheckReadOnlyHalf(Connection connection, Direction direction, ResolvedGroup owner, Peer peer)
    {
        if (owner.Found is null) return;
        var allowed = AllowedTraffic.Of(owner.Found.RulesOf(direction).Select(r => r.Key), _estate!.Index.EntriesOf);
        var needed = connection.Services.Select(s => new RuleKey(direction, s, peer));
        if (AllowedTraffic.Of(needed, _estate.Index.EntriesOf).IsSubsetOf(allowed)) return;
        var byBlock = peer is GroupPeer { Group: var far } && _estate.Index.Groups.TryGetValue(far, out var group)
            && group.Vpc is { } vpc && _estate.Index.Vpcs.TryGetValue(vpc, out var home) && !home.Cidrs.IsEmpty
            && AllowedTraffic.Of(home.Cidrs.SelectMany(c => connection.Services.Select(s => new RuleKey(direction, s, new CidrPeer(c))))).IsSubsetOf(allowed);
        if (byBlock) return;
        var half = $"{(direction == Direction.Ingress ? "ingress" : "egress")} {ServiceSet.Of(connection.Services)} {(direction == Direction.Ingress ? "from" : "to")} {peer}";
        Report(ConnectionsDiagnostics.ReadOnlyHalf(connection.Id, owner.ToString(), half, connection.At));
    }

    private void WarnOfOpenEgress()
    {
        var sources = _file.Connections.SelectMany(c => c.From).ToHashSet();
        foreach (var residual in _file.Residuals.Where(r => r.Direction == Direction.Egress && sources.Contains(r.Group)))
        {
            var isOpen = _externals.TryGetValue(residual.Peer, out var external)
                ? external.Cidrs.Any(c => c.PrefixLength == 0)
                : Cidr.TryParse(residual.Peer, out var cidr) && cidr.PrefixLength == 0;
            if (isOpen) Report(ConnectionsDiagnostics.OpenEgress(residual.Group, residual.At));
        }

        if (_file.Settings.UnmanagedRules == UnmanagedRules.Revoke) return;
        foreach (var group in _file.Groups.Where(g => sources.Contains(g.Name)))
        {
            var isOpen = GroupsOf(group.Name).Any(g => g.Found?.RulesOf(Direction.Egress).Any(r => r.Peer is CidrPeer { Cidr.PrefixLength: 0 }) == true);
            if (isOpen) Report(ConnectionsDiagnostics.OpenEgress(group.Name, group.At));
        }
    }

    private void Report(Diagnostic diagnostic)
    {
        if (_diagnostics.Count < MaxDiagnostics && _said.Add(diagnostic)) _diagnostics.Add(diagnostic);
    }
}
