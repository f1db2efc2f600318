using System.Text;
using Sallyport.Estates;
using Sallyport.Estates.Files;

namespace Sallyport.Terraform;

/// <summary>One file of Terraform code by itself: named on the command line, or standard input. Folders are read by <see cref="TerraformCode"/>.</summary>
public sealed class TerraformFormat : IEstateFormat
{
    private static readonly HashSet<string> Blocks =
        ["resource", "data", "variable", "locals", "module", "provider", "output", "terraform", "moved", "import", "removed", "check", "ephemeral"];

    /// <inheritdoc/>
    public string Name => "Terraform code";

    /// <inheritdoc/>
    public bool IsCode => true;

    /// <inheritdoc/>
    public bool Recognises(EstateFileHead head)
    {
        if (head.First == '{') return head.Keys.Count > 0 && head.Keys.Keys.Any(k => k is "resource" or "module" or "data" or "variable") && head.Keys.Keys.All(k => Blocks.Contains(k) || k == "//");
        return head.File.Name.EndsWith(".tf", StringComparison.Ordinal) || StartsWithBlock(Encoding.UTF8.GetString(head.Bytes.Span));
    }

    /// <inheritdoc/>
    public void Read(Stream content, EstateFile file, EstateBuilder into, FileDiagnostics said, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(content, Encoding.UTF8);
        var buffer = new char[64 * 1024];
        var text = new StringBuilder();
        for (var read = reader.Read(buffer); read > 0; read = reader.Read(buffer))
        {
            cancellationToken.ThrowIfCancellationRequested();
            text.Append(buffer, 0, read);
            if (text.Length > TerraformText.MaxLength) break;
        }

        TerraformCode.Read(new TerraformText(file.Name, text.ToString()), file, into, said);
    }

    // The first line that is no comment starts a block: a known word, then a label or a brace.
    private static bool StartsWithBlock(string text)
    {
        var at = 0;
        while (at < text.Length)
        {
            if (char.IsWhiteSpace(text[at])) at++;
            else if (text[at] == '#' || Is("//")) at = After("\n");
            else if (Is("/*")) at = After("*/");
            else break;
        }

        var end = at;
        while (end < text.Length && (char.IsAsciiLetter(text[end]) || text[end] == '_')) end++;
        if (!Blocks.Contains(text[at..end])) return false;
        while (end < text.Length && text[end] is ' ' or '\t') end++;
        return end < text.Length && text[end] is '"' or '{';

        bool Is(string word) => string.CompareOrdinal(text, at, word, 0, word.Length) == 0;

        int After(string word) => text.IndexOf(word, at, StringComparison.Ordinal) is >= 0 and var found ? found + word.Length : text.Length;
    }
}
