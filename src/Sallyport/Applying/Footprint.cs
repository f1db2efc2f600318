using Sallyport.Estates;
using Sallyport.Planning;

namespace Sallyport.Applying;

/// <summary>
/// What a journal's steps did to one group, rule by rule: how each was before the first step that was about it, and how it was
/// left. Undo is the way from the one to the other, and concerns these rules only.
/// </summary>
internal sealed class Footprint(Scope scope, SecurityGroupId group)
{
    private readonly SortedDictionary<RuleKey, Trace> _traces = [];

    public Scope Scope { get; } = scope;

    public SecurityGroupId Group { get; } = group;

    /// <summary>Every rule that some step was about, sorted.</summary>
    public IReadOnlyDictionary<RuleKey, Trace> Traces => _traces;

    /// <summary>The footprints of a journal, by group, sorted.</summary>
    public static IReadOnlyList<Footprint> Of(Journal journal)
    {
        var groups = new SortedDictionary<SecurityGroupId, Footprint>();
        for (var i = 0; i < journal.Begun.Length; i++)
        {
            var step = journal.Header!.Plan.Steps[journal.Begun[i].Step - 1];
            if (!groups.TryGetValue(step.Group, out var footprint)) groups[step.Group] = footprint = new Footprint(step.Scope, step.Group);
            footprint.Add(step, journal.Begun[i], i < journal.Done.Length ? journal.Done[i] : null);
        }

        return [.. groups.Values];
    }

    private void Add(PlanStep step, JournalEntry.Begin begin, JournalEntry.Done? done)
    {
        var before = begin.Before.ToDictionary(r => r.Key);
        var after = done?.After.ToDictionary(r => r.Key);
        foreach (var key in StepWork.FootprintOf(step))
        {
            if (!_traces.TryGetValue(key, out var trace)) _traces[key] = trace = new Trace(before.GetValueOrDefault(key));
            trace.Left.Clear();
            if (after is not null)
            {
                trace.Left.Add(after.GetValueOrDefault(key));
            }
            else
            {
                // Begun and not known to be done: as it was, or as the step would make it.
                trace.Left.Add(before.GetValueOrDefault(key) is { } rule && step.Action == PlanAction.Tag ? rule with { Tags = null } : before.GetValueOrDefault(key));
                trace.Left.Add(AsMade(step, key, before.GetValueOrDefault(key)));
            }

            foreach (var tag in step.Tags.Pairs) trace.PutTags.Add(tag.Key);
        }
    }

    private static SecurityGroupRule? AsMade(PlanStep step, RuleKey key, SecurityGroupRule? before)
    {
        var rule = step.Rules.FirstOrDefault(r => r.Key == key);
        return step.Action switch
        {
            PlanAction.Authorize or PlanAction.Modify => rule is null ? null : before ?? rule.ToRule(),
            PlanAction.Describe => before is null ? null : before with { Description = rule!.Description },
            PlanAction.Tag => before is null ? null : before with { Tags = null },
            _ => null,
        };
    }

    /// <summary>One rule's way through a journal.</summary>
    internal sealed class Trace(SecurityGroupRule? before)
    {
        /// <summary>As it was; null when it was not there.</summary>
        public SecurityGroupRule? Before { get; } = before;

        /// <summary>As it was left: one state, or two when the last step about it has no known outcome. Null means not there.</summary>
        public List<SecurityGroupRule?> Left { get; } = [];

        /// <summary>Keys of the tags that steps put on it.</summary>
        public SortedSet<string> PutTags { get; } = new(StringComparer.Ordinal);
    }
}
