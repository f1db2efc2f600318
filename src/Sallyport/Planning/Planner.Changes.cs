using System.Collections.Immutable;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Estates.Quotas;

namespace Sallyport.Planning;

public sealed partial class Planner
{
    /// <summary>
    /// The plan of changes that somebody worked out rule by rule; what they do not name stays. Same order, quota check and digest as
    /// <see cref="Plan"/>, and the same errors.
    /// </summary>
    /// <param name="estate">What the changes were worked out on.</param>
    /// <param name="changes">At most one for each group; none of them empty.</param>
    /// <param name="rulesPerGroup">Rules per group, direction and family that EC2 permits.</param>
    internal Result<Plan> PlanChanges(Estate estate, IReadOnlyList<GroupChange> changes, int rulesPerGroup)
    {
        var diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
        var onlyCode = new SortedSet<SecurityGroupId>();
        foreach (var change in changes)
        {
            if (IsNameOfCode(estate, change.Group.Id)) onlyCode.Add(change.Group.Id);
            else if (!IsWellFormed(change.Group.Id)) diagnostics.Add(PlanningDiagnostics.MalformedId(change.Group.Name, change.Group.Id, _options.ForApply));
            Check(diagnostics, change.Group, change.Add.Select(a => a.Key), estate, onlyCode);
        }

        if (onlyCode.Count > 0 && _options.ForApply) diagnostics.Add(PlanningDiagnostics.OnlyCode(onlyCode.Min, onlyCode.Count));
        var sequencer = new StepSequencer(estate, rulesPerGroup);
        var steps = sequencer.Sequence(changes);
        diagnostics.AddRange(sequencer.Diagnostics.Distinct());
        if (diagnostics.Any(d => d.Severity == Severity.Error)) return Result<Plan>.Failed([.. diagnostics.Where(d => d.Severity == Severity.Error)]);
        var plan = new Plan
        {
            EstateDigest = PlanDigest.Of(changes.Select(c => c.Group)),
            Steps = steps,
            Quota = sequencer.Quota,
            RulesPerGroup = rulesPerGroup,
            PrefixLists = new RuleQuota(estate).CostsOf(changes.Select(c => c.Group), steps.SelectMany(s => s.Rules).Select(r => r.Key)),
            Warnings = diagnostics.ToImmutable(),
            Groups = GroupsOf(estate, [], steps, []),
        };
        return new Result<Plan>(plan, plan.Warnings);
    }
}
