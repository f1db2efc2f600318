using Sallyport.Planning;

namespace Sallyport.Patching;

/// <summary>Writes a patch: what it lacks as comments, which <c>git apply</c> and <c>patch</c> pass over, then a unified diff.</summary>
public static class CodePatchWriter
{
    /// <summary>Writes it; nothing when there is nothing to say.</summary>
    /// <param name="patch">The patch.</param>
    /// <param name="nameOf">The path of a file as the patch shall name it: relative, with slashes.</param>
    /// <param name="remarks">Sentences to put first.</param>
    /// <param name="output">Where to.</param>
    public static void Write(CodePatch patch, Func<string, string> nameOf, IEnumerable<string> remarks, TextWriter output)
    {
        foreach (var remark in remarks) output.Write($"# {PlanText.Printable(remark)}\n");
        foreach (var question in patch.Questions)
        {
            var place = question.At is null ? string.Empty : $"{PlanText.Printable(nameOf(question.At.File))}:{question.At.Line}: ";
            output.Write($"# {place}{PlanText.Printable(question.Sentence)}\n");
        }

        foreach (var file in patch.Files) UnifiedDiff.Write(nameOf(file.Path), file, output);
    }
}
