using System.Collections.Immutable;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Patching.CloudFormation;
using Sallyport.Patching.Terraform;

namespace Sallyport.Patching;

/// <summary>
/// Writes changes of rules into the files that declare them: an added rule beside its group's others, a removed one out of its place.
/// What one place makes for several rules or instances is left to people.
/// </summary>
public static class CodePatcher
{
    private const int MostCharacters = 16 * 1024 * 1024;

    /// <summary>The patch of some changes.</summary>
    /// <param name="declared">What was read from the code.</param>
    /// <param name="changes">What to change in it.</param>
    /// <param name="files">The code.</param>
    public static CodePatch Patch(Estate declared, IEnumerable<CodeChange> changes, ICodeFiles files)
    {
        var wanted = changes.Distinct().ToList();
        var kept = new List<CodeQuestion>();
        while (true)
        {
            var patch = PatchAll(declared, wanted, files);
            var unwritten = patch.Questions.Where(q => q.Change.Kind == CodeChangeKind.Add).Select(q => (q.Change.Group.Id, q.Change.Rule.Direction)).ToHashSet();
            var gone = wanted.Where(c => c is { Kind: CodeChangeKind.Remove, IsReplaced: true } && unwritten.Contains((c.Group.Id, c.Rule.Direction))).ToList();
            if (gone.Count == 0) return patch with { Questions = [.. patch.Questions, .. kept] };
            kept.AddRange(gone.Select(c => new CodeQuestion(c, "what takes its place cannot be written here", PlaceOf(c) ?? c.Group.At)));
            wanted.RemoveAll(gone.Contains);
        }
    }

    private static CodePatch PatchAll(Estate declared, List<CodeChange> changes, ICodeFiles files)
    {
        var questions = new List<(int Order, CodeQuestion Question)>();
        var byFile = new SortedDictionary<string, List<(int Order, CodeChange Change)>>(StringComparer.Ordinal);
        var order = 0;
        foreach (var change in changes)
        {
            var at = PlaceOf(change);
            if (at is null) questions.Add((order++, new CodeQuestion(change, change.Declared is not null ? "no line of the code says so, it is a default" : "its place in the code is not known", change.Group.At)));
            else if (byFile.TryGetValue(at.File, out var list)) list.Add((order++, change));
            else byFile.Add(at.File, [(order++, change)]);
        }

        var patched = ImmutableArray.CreateBuilder<PatchedFile>();
        foreach (var (path, wanted) in byFile)
        {
            var text = files.Read(path);
            if (text is null || text.Length > MostCharacters)
            {
                questions.AddRange(wanted.Select(w => (w.Order, new CodeQuestion(w.Change, "the file cannot be read", PlaceOf(w.Change)))));
                continue;
            }

            var made = EditorOf(path, text, wanted[0].Change.Group, declared, files).Edit([.. wanted.Select(w => w.Change)]);
            if (!made.Edits.IsEmpty) patched.Add(new PatchedFile(path, text, made.Edits));
            questions.AddRange(made.Questions.Select(q => (wanted.First(w => ReferenceEquals(w.Change, q.Change)).Order, q)));
        }

        return new CodePatch { Files = patched.ToImmutable(), Questions = [.. questions.OrderBy(q => q.Order).Select(q => q.Question)] };
    }

    private static SourceSpan? PlaceOf(CodeChange change)
    {
        if (!change.IsOfWrittenRule) return change.Group.At;
        return change.Declared is { File: { } file } rule ? new SourceSpan(file, rule.Line) : null;
    }

    private static ICodeEditor EditorOf(string path, string text, SecurityGroup group, Estate declared, ICodeFiles files) =>
        group.Code is { Language: CodeLanguage.CloudFormation } ? new TemplateEditor(path, text, declared) : new TerraformEditor(path, text, declared, files);
}
