using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Sallyport.Connections.Compiling;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Estates.Quotas;

namespace Sallyport.Planning;

/// <summary>
/// Makes the <see cref="Plan"/> from an estate to declared rules. Pure; rules are compared by content, never by position.
/// Groups that the connections file does not name, or names read-only, are never in a step.
/// </summary>
public sealed partial class Planner(PlannerOptions? options = null)
{
    private readonly PlannerOptions _options = options ?? new PlannerOptions();

    /// <summary>
    /// The plan, with warnings; or errors: SPD3001 and SPD3002 (input), SPD3003 and SPD3004 (over quota; see
    /// <see cref="PlanningDiagnostics.IsRefusal"/>).
    /// </summary>
    public Result<Plan> Plan(Estate estate, DesiredRules desired)
    {
        var diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
        var byGroup = RulesByGroup(desired);
        var changes = new List<GroupChange>();
        var unmanaged = new List<GroupRule>();
        var onlyCode = new SortedSet<SecurityGroupId>();
        foreach (var managed in desired.Groups.GroupBy(g => g.Id).OrderBy(g => g.Key).Select(OneOf))
        {
            var rules = byGroup.GetValueOrDefault(managed.Id, []);
            if (managed.IsReadOnly)
            {
                AddMissingHalves(diagnostics, estate, managed, rules);
                continue;
            }

            if (Group(diagnostics, estate, managed, onlyCode) is not { } group) continue;
            var difference = GroupDifference.Of(group, rules);
            var leaves = desired.Unmanaged == UnmanagedRules.Revoke;
            if (!leaves) unmanaged.AddRange(difference.Undeclared.Select(r => Existing(group, r)));
            var change = new GroupChange(group)
            {
                Add = [.. difference.Missing.Select(ToTarget)],
                Remove = leaves ? difference.Undeclared : [],
                Text = difference.Text,
            };
            if (change.IsEmpty) continue;
            Check(diagnostics, group, difference.Missing.Select(m => m.Key), estate, onlyCode);
            changes.Add(change);
        }

        if (onlyCode.Count > 0 && _options.ForApply) diagnostics.Add(PlanningDiagnostics.OnlyCode(onlyCode.Min, onlyCode.Count));
        var sequencer = new StepSequencer(estate, desired.RulesPerGroup);
        var steps = sequencer.Sequence(changes);
        diagnostics.AddRange(sequencer.Diagnostics.Distinct());
        if (diagnostics.Any(d => d.Severity == Severity.Error)) return Result<Plan>.Failed([.. diagnostics.Where(d => d.Severity == Severity.Error)]);
        var standing = Standing(estate, desired, steps);
        var plan = new Plan
        {
            EstateDigest = PlanDigest.Of(changes.Select(c => c.Group)),
            Steps = steps,
            Quota = sequencer.Quota,
            RulesPerGroup = desired.RulesPerGroup,
            PrefixLists = new RuleQuota(estate).CostsOf(changes.Select(c => c.Group), steps.SelectMany(s => s.Rules).Select(r => r.Key)),
            Warnings = diagnostics.ToImmutable(),
            Unmanaged = [.. unmanaged],
            Standing = standing,
            Groups = GroupsOf(estate, desired.Groups, steps, unmanaged.Concat(standing)),
        };
        return new Result<Plan>(plan, plan.Warnings);
    }

    /// <summary>Whether EC2 would take the id: <c>sg-</c> and 8 or 17 hex digits.</summary>
    public static bool IsWellFormed(SecurityGroupId id) => GroupIdForm().IsMatch(id.Value);

    [GeneratedRegex("^sg-([0-9a-f]{8}|[0-9a-f]{17})$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex GroupIdForm();

    internal static Dictionary<SecurityGroupId, List<DesiredRule>> RulesByGroup(DesiredRules desired)
    {
        var byGroup = new Dictionary<SecurityGroupId, List<DesiredRule>>();
        foreach (var rule in desired.Rules)
        {
            if (!byGroup.TryGetValue(rule.Group, out var rules)) byGroup[rule.Group] = rules = [];
            rules.Add(rule);
        }

        return byGroup;
    }

    // A group selected under two names is managed by others as soon as one of them says so.
    private static ManagedGroup OneOf(IEnumerable<ManagedGroup> same) => same.OrderByDescending(g => g.IsReadOnly).First();

    private static TargetRule ToTarget(DesiredRule rule) =>
        new(rule.Key, rule.Description, rule.Origins.IsEmpty ? Tags.None : Tags.None.With(OwnershipTag.Key, OwnershipTag.Of(rule.Origins).Value), rule.Origins);

    private static GroupRule Existing(SecurityGroup group, SecurityGroupRule rule) =>
        new(group.Id, new PlanRule(rule.Key) { Description = rule.Description, Id = rule.Id });

    private static void AddMissingHalves(
        ImmutableArray<Diagnostic>.Builder diagnostics, Estate estate, ManagedGroup managed, List<DesiredRule> rules)
    {
        if (!estate.Index.Groups.TryGetValue(managed.Id, out var group)) return;
        foreach (var rule in GroupDifference.Of(group, rules).Missing)
        {
            diagnostics.Add(PlanningDiagnostics.ReadOnlyHalfMissing(new(managed.Name, managed.Id), rule.Key, rule.Origins));
        }
    }

    private SecurityGroup? Group(ImmutableArray<Diagnostic>.Builder diagnostics, Estate estate, ManagedGroup managed, SortedSet<SecurityGroupId> onlyCode)
    {
        if (IsNameOfCode(estate, managed.Id)) onlyCode.Add(managed.Id);
        else if (!IsWellFormed(managed.Id)) diagnostics.Add(PlanningDiagnostics.MalformedId(managed.Name, managed.Id, _options.ForApply));
        if (estate.Index.Groups.TryGetValue(managed.Id, out var group)) return group;
        diagnostics.Add(PlanningDiagnostics.GroupNotInEstate(managed.Name, managed.Id));
        return null;
    }

    // Names of code are no mistake where the plan is only looked at, or goes back into the code.
    private bool IsOnlyCode(SecurityGroup group) => !_options.ForApply && group.Code is not null;

    private static bool IsNameOfCode(Estate estate, SecurityGroupId id) =>
        !IsWellFormed(id) && estate.Index.Groups.TryGetValue(id, out var group) && group.Code is not null;

    private void Check(ImmutableArray<Diagnostic>.Builder diagnostics, SecurityGroup group, IEnumerable<RuleKey> added, Estate estate, SortedSet<SecurityGroupId> onlyCode)
    {
        if (!IsOnlyCode(group) && (group.Scope.Account.Length == 0 || group.Scope.Region.Length == 0)) diagnostics.Add(PlanningDiagnostics.UnknownScope(group));
        if (!group.Malformed.IsEmpty) diagnostics.Add(PlanningDiagnostics.MalformedRules(group));
        if (IsOnlyCode(group)) return;
        foreach (var peer in added.Select(k => k.Peer).OfType<GroupPeer>().Select(p => p.Group).Distinct().Where(p => !IsWellFormed(p)))
        {
            if (IsNameOfCode(estate, peer)) onlyCode.Add(peer);
            else diagnostics.Add(PlanningDiagnostics.MalformedId("a peer", peer, _options.ForApply));
        }
    }

    /// <summary>The other halves: declared rules already there whose connection gets a rule in this plan.</summary>
    private static ImmutableArray<GroupRule> Standing(Estate estate, DesiredRules desired, ImmutableArray<PlanStep> steps)
    {
        var added = steps.Where(s => s.Action is PlanAction.Authorize or PlanAction.Modify)
            .SelectMany(s => s.Rules.Select(r => (s.Group, r.Key))).ToHashSet();
        if (added.Count == 0) return [];
        var touched = desired.Rules.Where(r => added.Contains((r.Group, r.Key))).SelectMany(r => r.Origins).ToHashSet(StringComparer.Ordinal);
        var standing = ImmutableArray.CreateBuilder<GroupRule>();
        foreach (var sameGroup in desired.Rules.Where(r => !added.Contains((r.Group, r.Key)) && r.Origins.Any(touched.Contains)).GroupBy(r => r.Group))
        {
            if (!estate.Index.Groups.TryGetValue(sameGroup.Key, out var group)) continue;
            var present = group.Rules.ToDictionary(r => r.Key);
            foreach (var rule in sameGroup)
            {
                if (!present.TryGetValue(rule.Key, out var known)) continue;
                standing.Add(new GroupRule(group.Id, new PlanRule(rule.Key) { Description = known.Description, Origins = rule.Origins, Id = known.Id }));
            }
        }

        return [.. standing.OrderBy(r => r.Group).ThenBy(r => r.Rule.Key)];
    }

    private static ImmutableArray<PlanGroup> GroupsOf(Estate estate, ImmutableArray<ManagedGroup> groups, ImmutableArray<PlanStep> steps, IEnumerable<GroupRule> listed)
    {
        var owners = steps.Select(s => s.Group).Concat(listed.Select(l => l.Group));
        var peers = steps.SelectMany(s => s.Rules).Select(r => r.Key.Peer).OfType<GroupPeer>().Select(p => p.Group);
        var declared = groups.DistinctBy(g => g.Id).ToDictionary(g => g.Id);
        return [.. owners.Concat(peers).Distinct().Order().Select(id =>
            declared.TryGetValue(id, out var managed) ? new PlanGroup(id, managed.Name, estate.Index.Groups.TryGetValue(id, out var known) ? known.Scope : managed.Scope)
            : estate.Index.Groups.TryGetValue(id, out var group) ? new PlanGroup(id, group.Name, group.Scope)
            : new PlanGroup(id, string.Empty, default(Scope) with { Account = "", Region = "" }))];
    }
}
