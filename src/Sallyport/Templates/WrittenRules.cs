using System.Collections.Immutable;
using Sallyport.Connections.Compiling;
using Sallyport.Estates;
using Sallyport.Planning;

namespace Sallyport.Templates;

/// <summary>Rules on their way into code: named, in order, and with what the languages need to know around them.</summary>
internal sealed class WrittenRules
{
    private readonly Dictionary<SecurityGroupId, ManagedGroup> _groups;
    private readonly Dictionary<SecurityGroupId, string> _labels;

    private WrittenRules(IEnumerable<DesiredRule> rules, IEnumerable<ManagedGroup> groups, Estate? estate)
    {
        _groups = groups.ToDictionary(g => g.Id);
        IsResolved = estate is not null;
        var shared = _groups.Values.GroupBy(g => g.Name).Where(g => g.Skip(1).Any()).Select(g => g.Key).ToHashSet();
        _labels = _groups.Values.ToDictionary(g => g.Id, g => g.Name.Length == 0 ? g.Id.Value : shared.Contains(g.Name) ? $"{g.Name} ({g.Id})" : g.Name);
        All = Unique([.. rules.Select(r => new WrittenRule(NameOf(r), r, ScopeOf(r.Group)) { Existing = ExistingOf(r, estate), PeerAccount = PeerAccountOf(r) })]);
    }

    /// <summary>Sorted by name, then direction.</summary>
    public ImmutableArray<WrittenRule> All { get; }

    /// <summary>True when ids come from a source, so that a symbolic one says where in code a group stands.</summary>
    public bool IsResolved { get; }

    /// <summary>
    /// The rules by account and Region, since neither one AWS provider nor one stack reaches two; one place when only one is known of.
    /// </summary>
    public ImmutableArray<(Scope Scope, ImmutableArray<WrittenRule> Rules)> Places
    {
        get
        {
            var scopes = All.Select(r => r.Scope).Distinct().ToList();
            var (accounts, regions) = (scopes.Select(s => s.Account).Where(a => a.Length > 0).Distinct().ToList(), scopes.Select(s => s.Region).Where(r => r.Length > 0).Distinct().ToList());
            return accounts.Count > 1 || regions.Count > 1
                ? [.. All.GroupBy(r => r.Scope).OrderBy(g => g.Key).Select(g => (g.Key, g.ToImmutableArray()))]
                : [(new Scope(accounts.FirstOrDefault() ?? string.Empty, regions.FirstOrDefault() ?? string.Empty), All)];
        }
    }

    /// <summary>Rules that do not say in which of several places they are.</summary>
    public int UnplacedCount
    {
        get
        {
            var (hasAccounts, hasRegions) = (All.Any(r => r.Scope.Account.Length > 0), All.Any(r => r.Scope.Region.Length > 0));
            return Places.Length < 2 ? 0 : All.Count(r => (hasAccounts && r.Scope.Account.Length == 0) || (hasRegions && r.Scope.Region.Length == 0));
        }
    }

    /// <summary>What connections declare.</summary>
    public static WrittenRules Of(DesiredRules rules, Estate? estate) => new(rules.Rules, rules.Groups, estate);

    /// <summary>What a plan adds.</summary>
    public static WrittenRules OfAdditions(Plan plan, Estate estate) => new(
        plan.Steps.Where(s => s.Action == PlanAction.Authorize).SelectMany(s => s.Rules.Select(r => new DesiredRule(s.Group, r.Key, r.Description, r.Origins))),
        plan.Steps.Select(s => s.Group).Concat(plan.Steps.SelectMany(s => s.Rules).Select(r => r.Key.Peer).OfType<GroupPeer>().Select(p => p.Group)).Distinct()
            .Select(id => estate.Index.Groups.TryGetValue(id, out var group)
                ? new ManagedGroup(group.Name, id, group.Scope, IsReadOnly: false)
                : new ManagedGroup(string.Empty, id, plan.Steps.FirstOrDefault(s => s.Group == id)?.Scope ?? default(Scope) with { Account = string.Empty, Region = string.Empty }, IsReadOnly: true)),
        estate);

    /// <summary>What people call a group: its name where that is unique, else with its id.</summary>
    public string LabelOf(SecurityGroupId id) => _labels.GetValueOrDefault(id, id.Value);

    /// <summary>True for a group that has no id of AWS: known by its name in the connections file, or by where code declares it.</summary>
    public bool IsSymbolic(SecurityGroupId id) =>
        !id.Value.StartsWith("sg-", StringComparison.Ordinal) || (!IsResolved && _groups.TryGetValue(id, out var group) && group.Name == id.Value && !IsId(id.Value));

    /// <summary>True for a group's id as AWS gives them: 8 or 17 hex digits.</summary>
    public static bool IsId(string text) =>
        text.Length is 11 or 20 && text.StartsWith("sg-", StringComparison.Ordinal) && text.Skip(3).All(char.IsAsciiHexDigitLower);

    private Scope ScopeOf(SecurityGroupId id) => _groups.TryGetValue(id, out var group) ? group.Scope : new Scope(string.Empty, string.Empty);

    private string? PeerAccountOf(DesiredRule rule)
    {
        if (rule.Key.Peer is not GroupPeer peer) return null;
        var (own, other) = (ScopeOf(rule.Group).Account, peer.Account ?? ScopeOf(peer.Group).Account);
        return own.Length > 0 && other.Length > 0 && own != other ? other : null;
    }

    private string NameOf(DesiredRule rule)
    {
        var peer = rule.Key.Peer is GroupPeer { Group: var group } ? LabelOf(group) : rule.Key.Peer.ToString()!;
        var (from, to) = rule.Key.Direction == Direction.Ingress ? (peer, LabelOf(rule.Group)) : (LabelOf(rule.Group), peer);
        return $"{(rule.Origins.IsEmpty ? "rule" : rule.Origins[0])} {rule.Key.Service} {from} -> {to}";
    }

    private static SecurityGroupRuleId? ExistingOf(DesiredRule rule, Estate? estate) =>
        estate is not null && estate.Index.Groups.TryGetValue(rule.Group, out var group)
        && group.Rules.FirstOrDefault(r => r.Key == rule.Key)?.Id is { } id && id.Value.StartsWith("sgr-", StringComparison.Ordinal) ? id : null;

    /// <summary>Names of the user's choice may read alike though the groups differ: then the ids tell them apart.</summary>
    private static ImmutableArray<WrittenRule> Unique(ImmutableArray<WrittenRule> rules)
    {
        var alike = rules.GroupBy(r => (r.Key.Direction, r.Name)).Where(g => g.Skip(1).Any()).Select(g => g.Key).ToHashSet();
        var taken = new HashSet<(Direction, string)>();
        var result = ImmutableArray.CreateBuilder<WrittenRule>(rules.Length);
        foreach (var rule in rules.OrderBy(r => r.Name, StringComparer.Ordinal).ThenBy(r => r.Key.Direction).ThenBy(r => r.Rule.Group).ThenBy(r => r.Key))
        {
            var plain = alike.Contains((rule.Key.Direction, rule.Name)) ? $"{rule.Name} ({rule.Rule.Group} {rule.Key.Peer})" : rule.Name;
            var name = plain;
            for (var n = 2; !taken.Add((rule.Key.Direction, name)); n++) name = $"{plain} {n}";
            result.Add(rule with { Name = name });
        }

        return [.. result.OrderBy(r => r.Name, StringComparer.Ordinal).ThenBy(r => r.Key.Direction)];
    }
}
