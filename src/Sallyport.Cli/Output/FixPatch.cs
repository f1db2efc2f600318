using System.Collections.Immutable;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Fixing;
using Sallyport.Patching;

namespace Sallyport.Cli.Output;

/// <summary><c>fix --to terraform|cloudformation</c> on the user's own files: a patch of them, which may be one of comments only.</summary>
internal static class FixPatch
{
    private static readonly ImmutableArray<string> Languages = ["terraform", "cloudformation"];

    /// <summary>True for languages that the user's own files are written in.</summary>
    public static bool IsCode(string language) => Languages.Contains(language);

    /// <summary>True when the answer is a patch: files were read that declare groups, and nothing else is to be changed.</summary>
    public static bool IsAskedFor(FixReport report, Estate estate, string language) =>
        IsCode(language)
        && (!PlanChanges.Of(report.Plan, estate, language).IsEmpty
            || (estate.SecurityGroups.Any(g => PlanChanges.LanguageOf(g) is not null) && PlanChanges.OutsideCode(report.Plan, estate).IsEmpty));

    /// <summary>The patch of the files in that language.</summary>
    public static PatchOutput Of(IOContext io, FixReport report, Estate estate, IEnumerable<string> sources, string language)
    {
        var elsewhere = PlanChanges.OutsideCode(report.Plan, estate).Sum(s => s.Rules.Length);
        return PatchOutput.Of(io, estate, sources, PlanChanges.Of(report.Plan, estate, language), patch =>
        [
            .. elsewhere == 0 ? [] : new[] { new PatchRemark($"{elsewhere} change(s) of groups that these files do not declare are left out; --to plan has them all.") },
            .. PlanChanges.InOtherCode(report.Plan, estate, language).GroupBy(s => s.Group).Select(g => InAnotherLanguage(estate.Index.Groups[g.Key], g.Sum(s => s.Rules.Length))),
            .. patch.Files.IsEmpty ? WhyEmpty(report, patch) : [],
        ]);
    }

    /// <summary>What to say on standard error.</summary>
    public static ImmutableArray<Diagnostic> Said(PatchOutput patch, string language) =>
    [
        .. patch.Said,
        .. patch.Patch.Files.IsEmpty ? [PatchDiagnostics.IsEmpty(language)] : Array.Empty<Diagnostic>(),
        .. patch.Patch.Questions.IsEmpty ? [] : new[] { DriftDiagnostics.NotInPatch(patch.Patch.Questions.Length) },
    ];

    private static PatchRemark InAnotherLanguage(SecurityGroup group, int changes)
    {
        var language = PlanChanges.LanguageOf(group)!;
        return new PatchRemark($"{changes} change(s) of {group.Id} are in another language: --to {language} writes them.", group.At);
    }

    private static IEnumerable<PatchRemark> WhyEmpty(FixReport report, CodePatch patch)
    {
        if (report.IsClean) yield return new PatchRemark("There is nothing to fix.");
        else if (report.Plan.Steps.IsEmpty) yield return new PatchRemark("No rule is changed: what is left is for people to decide.");
        else if (patch.Questions.IsEmpty) yield return new PatchRemark("No file of this language is changed.");
        foreach (var same in report.Questions.GroupBy(q => (q.Finding.Resource, q.Question)))
        {
            var finding = same.First().Finding;
            yield return new PatchRemark($"{string.Join(", ", same.Select(q => q.Finding.Rule).Distinct())}: {same.Key.Question}", finding.Location);
        }
    }
}
