using System.Collections.Immutable;
using Sallyport.Connections.Compiling;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Estates.Quotas;
using Sallyport.Packets;

namespace Sallyport.Planning;

/// <summary>
/// Turns changes of groups into ordered steps: additions of all groups first (one call for each group and direction wherever the
/// quota has room), then text, then removals. Also checks the quota at every point.
/// </summary>
internal sealed class StepSequencer
{
    private readonly Estate _estate;
    private readonly int _limit;
    private readonly RuleQuota _quota;
    private readonly UntrackedFlows _untracked;
    private readonly List<PlanStep> _additions = [];
    private readonly List<PlanStep> _texts = [];
    private readonly List<PlanStep> _removals = [];
    private readonly ImmutableArray<QuotaUse>.Builder _uses = ImmutableArray.CreateBuilder<QuotaUse>();
    private readonly ImmutableArray<Diagnostic>.Builder _diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
    private readonly HashSet<PrefixListId> _unknownWeights = [];

    /// <summary>Starts an empty sequence.</summary>
    /// <param name="estate">For prefix lists, members and VPCs; groups of the changes need not be in it.</param>
    /// <param name="limit">Rules per group, direction and family.</param>
    public StepSequencer(Estate estate, int limit)
    {
        _estate = estate;
        _limit = limit;
        _quota = new RuleQuota(estate);
        _untracked = new UntrackedFlows(estate);
    }

    public ImmutableArray<QuotaUse> Quota => _uses.ToImmutable();

    public ImmutableArray<Diagnostic> Diagnostics => _diagnostics.ToImmutable();

    public ImmutableArray<PlanStep> Sequence(IEnumerable<GroupChange> changes)
    {
        foreach (var change in changes.Where(c => !c.IsEmpty).OrderBy(c => c.Group.Scope).ThenBy(c => c.Group.Id))
        {
            Sequence(change, Direction.Ingress);
            Sequence(change, Direction.Egress);
        }

        return [.. _additions.Concat(_texts).Concat(_removals).Select((s, i) => s with { Id = i + 1 })];
    }

    private void Sequence(GroupChange change, Direction direction)
    {
        var now = change.Group.RulesOf(direction).Select(r => r.Key).ToList();
        var add = change.Add.Where(a => a.Key.Direction == direction).ToList();
        var remove = change.Remove.Where(r => r.Direction == direction).ToList();
        if (add.Count > 0 || remove.Count > 0) Move(change, direction, now, add, remove);
        var described = change.Text.Where(t => t.Rule.Direction == direction && t.Description is not null).ToList();
        if (described.Count > 0)
        {
            _texts.Add(Step(change.Group, PlanAction.Describe, direction, described.Select(t => new PlanRule(t.Rule.Key)
            {
                Description = t.Description!,
                Origins = t.Origins,
                Id = t.Rule.Id,
                Before = t.Rule,
            })));
        }

        AddTagSteps(_texts, change.Group, direction, change.Text.Where(t => t.Rule.Direction == direction)
            .Select(t => (Text(t.Rule, t.Description ?? t.Rule.Description, t.Origins), t.SetTags, t.RemovedTags)));
    }

    private void Move(GroupChange change, Direction direction, List<RuleKey> now, List<TargetRule> add, List<SecurityGroupRule> remove)
    {
        CheckWeights(now.Concat(add.Select(a => a.Key)));
        var before = _quota.WeightOf(now);
        var added = _quota.WeightOf(add.Select(a => a.Key));
        var after = before + added - _quota.WeightOf(remove.Select(r => r.Key));
        var room = true;
        foreach (var family in new[] { IpFamily.V4, IpFamily.V6 })
        {
            if (added.Of(family) == 0 || after.Of(family) <= _limit) continue;
            _diagnostics.Add(PlanningDiagnostics.OverQuota(change.Group, direction, family, before.Of(family), after.Of(family), _limit));
            room = false;
        }

        if (!room) return;
        ImmutableArray<Move> moves = add.Count == 0 ? [] : [new Move([.. add], [])];
        ImmutableArray<SecurityGroupRule> late = [.. remove];
        if (add.Count > 0 && Exceeds(before, added))
        {
            if (new HeadroomSequencer(_estate, _quota, LimitFor(added), now, add, remove).Sequence() is not { } found)
            {
                _diagnostics.Add(PlanningDiagnostics.NoSafeOrder(change.Group, direction, _limit));
                return;
            }

            (moves, late) = found;
        }

        AddUse(change.Group.Id, direction, before, after, PeakOf(before, moves));
        foreach (var move in moves) AddMove(change, direction, move);
        if (!late.IsEmpty) _removals.Add(Revoke(change.Group, direction, late));
    }

    // A family that nothing is added to may be above the limit already: removing there is no reason to worry about room.
    private RuleWeight LimitFor(RuleWeight added) => new(added.V4 > 0 ? _limit : int.MaxValue, added.V6 > 0 ? _limit : int.MaxValue);

    private bool Exceeds(RuleWeight before, RuleWeight added) =>
        (added.V4 > 0 && before.V4 + added.V4 > _limit) || (added.V6 > 0 && before.V6 + added.V6 > _limit);

    private RuleWeight PeakOf(RuleWeight before, ImmutableArray<Move> moves)
    {
        var (peak, now) = (before, before);
        foreach (var move in moves)
        {
            now = now + _quota.WeightOf(move.Added.Select(a => a.Key)) - _quota.WeightOf(move.Removed.Select(r => r.Key));
            peak = new RuleWeight(Math.Max(peak.V4, now.V4), Math.Max(peak.V6, now.V6));
        }

        return peak;
    }

    private void AddUse(SecurityGroupId group, Direction direction, RuleWeight before, RuleWeight after, RuleWeight peak)
    {
        foreach (var family in new[] { IpFamily.V4, IpFamily.V6 })
        {
            if (before.Of(family) == 0 && after.Of(family) == 0) continue;
            _uses.Add(new QuotaUse(group, direction, family, before.Of(family), after.Of(family), peak.Of(family), _limit));
        }
    }

    private void CheckWeights(IEnumerable<RuleKey> rules)
    {
        foreach (var rule in rules)
        {
            if (rule.Peer is not PrefixListPeer { PrefixList: var list } || _unknownWeights.Contains(list)) continue;
            _quota.WeightOf(rule, out var isKnown);
            if (isKnown) continue;
            _unknownWeights.Add(list);
            _diagnostics.Add(PlanningDiagnostics.UnknownWeight(list));
        }
    }

    private void AddMove(GroupChange change, Direction direction, Move move)
    {
        if (move.Added.IsEmpty)
        {
            _additions.Add(Revoke(change.Group, direction, move.Removed));
        }
        else if (move.IsSwap)
        {
            AddSwap(change, direction, move);
        }
        else
        {
            // One owner list: the tag is born with the rules. Several: EC2 tags all rules of a call alike, so tags follow.
            var tags = move.Added.Select(a => a.Tags).Distinct().ToList();
            var rules = move.Added.OrderBy(a => a.Key).Select(a => new PlanRule(a.Key) { Description = a.Description, Origins = a.Origins }).ToList();
            _additions.Add(Step(change.Group, PlanAction.Authorize, direction, rules) with { Tags = tags.Count == 1 ? tags[0] : Tags.None });
            if (tags.Count > 1) AddTagSteps(_additions, change.Group, direction, move.Added.OrderBy(a => a.Key).Zip(rules, (a, r) => (r, a.Tags, ImmutableArray<string>.Empty)));
        }
    }

    private void AddSwap(GroupChange change, Direction direction, Move move)
    {
        var pairs = move.Added.Zip(move.Removed).OrderBy(p => p.First.Key).ToList();
        var rules = pairs.Select(p => new PlanRule(p.First.Key)
        {
            Description = p.First.Description,
            Origins = p.First.Origins,
            Id = p.Second.Id,
            Before = p.Second,
        }).ToList();
        _additions.Add(Step(change.Group, PlanAction.Modify, direction, rules) with
        {
            TakesEffect = _untracked.OfRevoking(change.Group, direction, move.Removed.Select(r => r.Key)),
        });
        AddTagSteps(_additions, change.Group, direction, pairs.Zip(rules, (p, r) => (
            new PlanRule(r.Key) { Description = r.Description, Origins = r.Origins },
            Missing(p.First.Tags, p.Second.Tags),
            change.ExactTags && p.Second.Tags is { } tags ? [.. tags.Pairs.Select(t => t.Key).Where(k => p.First.Tags[k] is null)] : ImmutableArray<string>.Empty)));
    }

    private static Tags Missing(Tags wanted, Tags? present) =>
        present is null ? wanted : Tags.Of(wanted.Pairs.Where(p => present[p.Key] != p.Value));

    private static void AddTagSteps(
        List<PlanStep> into, SecurityGroup group, Direction direction, IEnumerable<(PlanRule Rule, Tags Set, ImmutableArray<string> Removed)> changes)
    {
        var alike = changes.Where(c => !c.Set.IsEmpty || !c.Removed.IsEmpty)
            .GroupBy(c => (c.Set, Removed: string.Join('\n', c.Removed)))
            .OrderBy(g => g.Key.Set.ToString(), StringComparer.Ordinal).ThenBy(g => g.Key.Removed, StringComparer.Ordinal);
        foreach (var same in alike)
        {
            into.Add(Step(group, PlanAction.Tag, direction, same.Select(s => s.Rule)) with { Tags = same.Key.Set, RemovedTags = same.First().Removed });
        }
    }

    private PlanStep Revoke(SecurityGroup group, Direction direction, ImmutableArray<SecurityGroupRule> rules)
    {
        var keys = rules.Select(r => r.Key);
        var effect = _untracked.OfRevoking(group, direction, keys);
        if (effect == TakesEffect.Immediately) _diagnostics.Add(_untracked.Explain(group, direction, keys));
        return Step(group, PlanAction.Revoke, direction, rules.Select(r => Text(r, r.Description, OwnersOf(r)))) with { TakesEffect = effect };
    }

    private static PlanRule Text(SecurityGroupRule rule, string description, ImmutableArray<string> origins) =>
        new(rule.Key) { Description = description, Origins = origins, Id = rule.Id };

    private static PlanStep Step(SecurityGroup group, PlanAction action, Direction direction, IEnumerable<PlanRule> rules)
    {
        ImmutableArray<PlanRule> list = [.. rules.OrderBy(r => r.Key)];
        return new PlanStep(0, action, group.Scope, group.Id, direction, list)
        {
            Because = [.. list.SelectMany(r => r.Origins).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        };
    }

    private static ImmutableArray<string> OwnersOf(SecurityGroupRule rule) =>
        rule.Tags?[OwnershipTag.Key] is { } value && OwnershipTag.TryParse(value, out var tag) ? tag.Ids : [];
}
