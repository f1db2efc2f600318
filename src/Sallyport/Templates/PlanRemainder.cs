using System.Collections.Immutable;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Planning;
using Sallyport.Templates.AwsCli;

namespace Sallyport.Templates;

/// <summary>
/// What of a plan a new file of code cannot do: it adds rules and nothing else. Rules that code declares are to be taken out there, all
/// others are revoked or changed by a call.
/// </summary>
internal static class PlanRemainder
{
    /// <summary>Changes that are left, and the lines that tell them: comments, each one line.</summary>
    public static (int Changes, ImmutableArray<string> Lines) Of(Plan plan, Estate estate)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        var calls = new List<PlanStep>();
        var changes = 0;
        foreach (var step in plan.Steps.Where(s => s.Action is not (PlanAction.Authorize or PlanAction.Tag)))
        {
            estate.Index.Groups.TryGetValue(step.Group, out var group);
            var inCode = step.Rules.Select(r => (Rule: r, Found: group?.Rules.FirstOrDefault(g => g.Key == (r.Before?.Key ?? r.Key))))
                .Where(r => r.Found is not null && CodeSurvey.IsInCode(group!, r.Found)).ToList();
            foreach (var (rule, found) in inCode)
            {
                var what = step.Action == PlanAction.Revoke ? "take out" : $"change to {rule.Key}, \"{rule.Description}\":";
                lines.Add($"{found!.File}:{found.Line}: {what} {found.Key} of {ShownText.NameOf(group!.Name)}");
            }

            changes += step.Rules.Length;
            ImmutableArray<PlanRule> rest = [.. step.Rules.Except(inCode.Select(c => c.Rule))];
            if (!rest.IsEmpty) calls.Add(step with { Rules = rest });
        }

        var text = calls.Count == 0 ? string.Empty : AwsCliPlanWriter.Calls(plan with { Steps = [.. calls] });
        return (changes, [.. lines, .. text.Split('\n', '\r').SkipLast(1)]);
    }
}
