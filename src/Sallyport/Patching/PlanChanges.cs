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
        var filled = plan.Steps.Where(s => s.Action is PlanAction.Authorize or PlanAction.Modify).Select(s => (s.Group, s.Direction)).ToHashSet();
        foreach (var step in plan.Steps)
        {
            if (LanguageOf(step, estate) != language) continue;
            var group = estate.Index.Groups[step.Group];
            foreach (var rule in step.Rules)
            {
                var asWritten = new CodeChange(group, rule.Key, CodeChangeKind.Add) { Description = WithoutCodes(rule) };
                switch (step.Action)
                {
                    case PlanAction.Authorize:
                        changes.Add(asWritten);
                        break;
                    case PlanAction.Modify:
                        if (rule.Before is { } before) changes.Add(new CodeChange(group, before.Key, CodeChangeKind.Remove) { IsReplaced = true });
                        changes.Add(asWritten);
                        break;
                    case PlanAction.Revoke:
                        changes.Add(new CodeChange(group, rule.Key, CodeChangeKind.Remove) { IsReplaced = filled.Contains((step.Group, step.Direction)) });
                        break;
                    case PlanAction.Describe:
                        changes.Add(asWritten with { Kind = CodeChangeKind.Describe });
                        break;
                }
            }
        }

        return changes.ToImmutable();
    }

    /// <summary>Steps on groups that files of another language declare.</summary>
    public static ImmutableArray<PlanStep> InOtherCode(Plan plan, Estate estate, string language) =>
        [.. plan.Steps.Where(s => LanguageOf(s, estate) is { } written && written != language)];

    /// <summary>Steps on groups that no file of code declares.</summary>
    public static ImmutableArray<PlanStep> OutsideCode(Plan plan, Estate estate) => [.. plan.Steps.Where(s => LanguageOf(s, estate) is null)];

    /// <summary>The language whose files declare a group (<c>terraform</c>, <c>cloudformation</c>); null when none does.</summary>
    public static string? LanguageOf(SecurityGroup group) => group is { At: not null, Code: { } code }
        ? code.Language == CodeLanguage.Terraform ? "terraform" : "cloudformation"
        : null;

    // Which finding a rule answers is for the history of the code to tell; a connection is there to be looked up.
    private static string WithoutCodes(PlanRule rule)
    {
        var text = rule.Description;
        if (rule.Origins.IsEmpty || !rule.Origins.All(o => o.StartsWith("SP-", StringComparison.Ordinal)) || !text.EndsWith(']')) return text;
        return text[..Math.Max(0, text.LastIndexOf('['))].TrimEnd();
    }

    private static string? LanguageOf(PlanStep step, Estate estate) => estate.Index.Groups.TryGetValue(step.Group, out var group) ? LanguageOf(group) : null;
}
