using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Planning;

namespace Sallyport.Patching;

/// <summary>The steps of a plan as changes of the code that declares its groups.</summary>
public static class PlanChanges
{
    /// <summary>Changes of groups that files of a language (<c>terraform</c>, <c>cloudformation</c>) declare; of the others, none.</summary>
    public static ImmutableArray<CodeChange> Of(Plan plan, Estate estate, string language)
    {
        var changes = ImmutableArray.CreateBuilder<CodeChange>();
        foreach (var step in plan.Steps)
        {
            if (!IsWrittenIn(step, estate, language)) continue;
            var group = estate.Index.Groups[step.Group];
            foreach (var rule in step.Rules)
            {
                var asWritten = new CodeChange(group, rule.Key, CodeChangeKind.Add) { Description = rule.Description };
                switch (step.Action)
                {
                    case PlanAction.Authorize:
                        changes.Add(asWritten);
                        break;
                    case PlanAction.Modify:
                        if (rule.Before is { } before) changes.Add(new CodeChange(group, before.Key, CodeChangeKind.Remove));
                        changes.Add(asWritten);
                        break;
                    case PlanAction.Revoke:
                        changes.Add(new CodeChange(group, rule.Key, CodeChangeKind.Remove));
                        break;
                    case PlanAction.Describe:
                        changes.Add(asWritten with { Kind = CodeChangeKind.Describe });
                        break;
                }
            }
        }

        return changes.ToImmutable();
    }

    /// <summary>How many rules of the plan's steps belong to groups that files of the language declare.</summary>
    public static int CountOf(Plan plan, Estate estate, string language) => plan.Steps.Where(s => IsWrittenIn(s, estate, language)).Sum(s => s.Rules.Length);

    private static bool IsWrittenIn(PlanStep step, Estate estate, string language) =>
        estate.Index.Groups.TryGetValue(step.Group, out var group) && group is { At: not null, Code: { } code }
        && language == (code.Language == CodeLanguage.Terraform ? "terraform" : "cloudformation");
}
