using Sallyport.Planning;

namespace Sallyport.Patching;

/// <summary>Writes a patch: what it lacks as comments, which <c>git apply</c> and <c>patch</c> pass over, then a unified diff.</summary>
public static class CodePatchWriter
{
    /// <summary>Writes it; nothing when there is nothing to say.</summary>
    /// <param name="patch">The patch.</param>
    /// <param name="names">How the patch calls files.</param>
    /// <param name="remarks">Sentences to put first.</param>
    /// <param name="output">Where to.</param>
    public static void Write(CodePatch patch, PatchNames names, IEnumerable<PatchRemark> remarks, TextWriter output)
    {
        foreach (var remark in remarks.Concat(patch.Questions.Select(q => new PatchRemark(q.Sentence, q.At))))
        {
            var place = remark.At is null ? string.Empty : $"{PlanText.Printable(names.NameOf(remark.At.File))}{(remark.At.Line > 0 ? $":{remark.At.Line}" : string.Empty)}: ";
            output.Write($"# {place}{PlanText.Printable(names.Shorten(remark.Text))}\n");
        }

        foreach (var file in patch.Files) UnifiedDiff.Write(names.NameOf(file.Path), file, output);
    }
}
