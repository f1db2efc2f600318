using System.Collections.Immutable;
using System.Globalization;
using Sallyport.Anomalies;
using Sallyport.Estates;
using Sallyport.Reachability;

namespace Sallyport.Auditing.Strategy;

/// <summary>
/// How two groups of one VPC become one: which interfaces change their groups, which rules of other groups must name the kept group
/// instead, and what the members of the two would gain or lose by it. Nothing is changed by a proposal.
/// </summary>
public sealed record MergeProposal
{
    /// <summary>The group that stays.</summary>
    public required SecurityGroupId Keep { get; init; }

    /// <summary>The group that nothing carries or names afterwards.</summary>
    public required SecurityGroupId Drop { get; init; }

    /// <summary>By interface id; every interface that was read and carries <see cref="Drop"/>.</summary>
    public ImmutableArray<AttachmentChange> Attachments { get; init; } = [];

    /// <summary>Rules that name <see cref="Drop"/>, by group and key.</summary>
    public ImmutableArray<ReferenceChange> References { get; init; } = [];

    /// <summary>Rules of <see cref="Drop"/> that <see cref="Keep"/> does not allow: what its members would lose.</summary>
    public ImmutableArray<RuleKey> Lost { get; init; } = [];

    /// <summary>Rules of <see cref="Keep"/> that <see cref="Drop"/> does not allow: what its members would gain.</summary>
    public ImmutableArray<RuleKey> Gained { get; init; } = [];

    /// <summary>Rules of other groups that name only <see cref="Keep"/>: they would come to hold for the members of <see cref="Drop"/> too.</summary>
    public ImmutableArray<ReferenceChange> Widened { get; init; } = [];

    /// <summary>True when one of the groups names itself: its members could then reach the members of the other.</summary>
    public bool JoinsMembers { get; init; }

    /// <summary>False when there may be interfaces that were not read, or something other than an interface carries <see cref="Drop"/>.</summary>
    public bool IsComplete { get; init; } = true;

    /// <summary>True when nobody reaches more or less after the merge than before.</summary>
    public bool IsExact => Lost.IsEmpty && Gained.IsEmpty && Widened.IsEmpty && !JoinsMembers && References.All(r => r.IsThere);

    /// <summary>The proposal to drop one group for another.</summary>
    internal static MergeProposal Of(EstateFacts facts, SecurityGroup drop, SecurityGroup keep)
    {
        var estate = facts.Estate;
        var naming = Naming(estate, drop.Id, keep.Id);
        var namingKeep = Naming(estate, keep.Id, drop.Id);
        return new MergeProposal
        {
            Keep = keep.Id,
            Drop = drop.Id,
            Attachments = [.. estate.Index.MembersOf(drop.Id).OrderBy(n => n.Id).Select(n => AttachmentChange.Of(n, drop.Id, keep.Id))],
            References = naming,
            Lost = Beyond(estate, drop, keep),
            Gained = Beyond(estate, keep, drop),
            Widened = [.. namingKeep.Where(r => !r.IsThere)],
            JoinsMembers = drop.Rules.Any(r => Names(r, drop.Id)) || keep.Rules.Any(r => Names(r, keep.Id)),
            IsComplete = !facts.IsMissing(GapKind.NetworkInterfaces, drop.Scope)
                && (estate.Index.MembersOf(drop.Id).Any() || !facts.IsAttachedElsewhere(drop.Id)),
        };
    }

    /// <summary>The proposal in whole sentences.</summary>
    public string Describe()
    {
        var sentences = new List<string> { Moves() };
        if (!References.IsEmpty)
        {
            sentences.Add($"Let {Count(References.Select(r => r.Group).Distinct().Count(), "group")} name {Keep} in place of {Drop} ({List(References, r => $"{r.Group}: {r.Before}")}).");
        }

        sentences.Add(IsComplete ? $"Then {Drop} can be deleted." : $"Then {Drop} can be deleted, once nothing that was not read carries it.");
        if (!Lost.IsEmpty) sentences.Add($"Its members would lose {List(Lost, k => k.ToString())}, so add {(Lost.Length == 1 ? "it" : "them")} to {Keep} first.");
        if (!Gained.IsEmpty) sentences.Add($"They would gain {List(Gained, k => k.ToString())}.");
        if (!Widened.IsEmpty) sentences.Add($"{List(Widened, r => $"{r.Group} ({r.Before})")} would come to hold for them too.");
        if (JoinsMembers) sentences.Add("A rule of the group for itself would come to hold between the members of both.");
        return string.Join(' ', sentences);
    }

    private string Moves()
    {
        if (Attachments.IsEmpty) return $"No interface that was read carries {Drop}.";
        var swap = Attachments.Where(a => a.Before.Contains(Drop) && !a.Before.Contains(Keep)).ToList();
        var strip = Attachments.Where(a => a.Before.Contains(Keep)).ToList();
        var parts = new List<string>();
        if (swap.Count > 0) parts.Add($"On {List(swap, a => a.ToString())} put {Keep} in place of {Drop}.");
        if (strip.Count > 0) parts.Add($"Take {Drop} off {List(strip, a => a.ToString())}, which already carr{(strip.Count == 1 ? "ies" : "y")} {Keep}.");
        return string.Join(' ', parts);
    }

    private static ImmutableArray<ReferenceChange> Naming(Estate estate, SecurityGroupId from, SecurityGroupId to)
    {
        var changes = ImmutableArray.CreateBuilder<ReferenceChange>();
        foreach (var (group, rule) in estate.Index.ReferencesTo(from))
        {
            if (group.Id == from) continue;
            var after = new RuleKey(rule.Direction, rule.Service, ((GroupPeer)rule.Peer) with { Group = to });
            changes.Add(new ReferenceChange(group.Id, rule.Key, after, group.Rules.Any(r => r.Key == after)));
        }

        return [.. changes.OrderBy(c => c.Group).ThenBy(c => c.Before)];
    }

    // Rules of a that b does not allow; a group's own rules for itself are another matter.
    private static ImmutableArray<RuleKey> Beyond(Estate estate, SecurityGroup a, SecurityGroup b)
    {
        var beyond = ImmutableArray.CreateBuilder<RuleKey>();
        foreach (var direction in new[] { Direction.Ingress, Direction.Egress })
        {
            var theirs = b.RulesOf(direction).Select(r => r.Key).ToHashSet();
            var rest = a.RulesOf(direction).Where(r => !Names(r, a.Id) && !theirs.Contains(r.Key)).ToList();
            if (rest.Count == 0) continue;
            var allowed = AllowedTraffic.Of(theirs, estate.Index.EntriesOf);
            beyond.AddRange(rest.Where(r => !AllowedTraffic.Of([r.Key], estate.Index.EntriesOf).IsSubsetOf(allowed)).Select(r => r.Key));
        }

        return beyond.ToImmutable();
    }

    private static bool Names(SecurityGroupRule rule, SecurityGroupId group) => rule.Peer is GroupPeer peer && peer.Group == group;

    private static string Count(int count, string word) => string.Create(CultureInfo.InvariantCulture, $"{count} {word}{(count == 1 ? string.Empty : "s")}");

    // What is only counted needs no words: of a hub each of some thousand copies would list every rule that names it.
    private static string List<T>(IReadOnlyCollection<T> all, Func<T, string> word)
    {
        const int Most = 20;
        var words = string.Join(", ", all.Take(Most).Select(word));
        return all.Count <= Most ? words : string.Create(CultureInfo.InvariantCulture, $"{words} and {all.Count - Most} more");
    }
}
