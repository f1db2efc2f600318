using Sallyport.Connections.Compiling;
using Sallyport.Diagnostics;
using Sallyport.Estates;

namespace Sallyport.Templates;

/// <summary>What stands in the way of code that only declares: rules that other code declares, and rules that nothing declares.</summary>
internal static class CodeSurvey
{
    private static readonly string[] CodeEndings = [".tf", ".tf.json", ".yaml", ".yml", ".template"];

    /// <summary>The warnings, by group.</summary>
    public static IEnumerable<Diagnostic> Of(DesiredRules rules, Estate? estate)
    {
        if (estate is null) yield break;
        var declared = rules.Rules.ToLookup(r => r.Group, r => r.Key);
        var (loose, groups) = (0, 0);
        foreach (var managed in rules.Groups.Where(g => !g.IsReadOnly))
        {
            if (!estate.Index.Groups.TryGetValue(managed.Id, out var group)) continue;

            // Rules of an earlier output of ours carry the tag, and are what this file replaces.
            var coded = group.Rules.Where(r => IsInCode(group, r) && r.Tags?[OwnershipTag.Key] is null).ToList();
            if (coded.Count > 0) yield return TemplatesDiagnostics.DeclaredElsewhere(managed.Id.Value, coded.Count, new SourceSpan(coded[0].File!, coded[0].Line));
            var keys = declared[managed.Id].ToHashSet();
            var undeclared = group.Rules.Count(r => !IsInCode(group, r) && !keys.Contains(r.Key));
            loose += undeclared;
            if (undeclared > 0) groups++;
        }

        if (loose > 0 && rules.Unmanaged == UnmanagedRules.Revoke) yield return TemplatesDiagnostics.Undeclared(loose, groups);
    }

    /// <summary>True for a rule that a module or a template declares, not an answer of EC2, which is JSON and has ids.</summary>
    public static bool IsInCode(SecurityGroup group, SecurityGroupRule rule) =>
        rule is { File: { } file, Line: > 0 }
        && (!group.Id.Value.StartsWith("sg-", StringComparison.Ordinal) || CodeEndings.Any(e => file.EndsWith(e, StringComparison.OrdinalIgnoreCase)));
}
