using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sallyport.Templates.AwsCli;

/// <summary>
/// One word of a POSIX shell script: literal text within single quotes, broken only for <c>"$VARIABLE"</c>. Nothing that is
/// appended as text is ever read by the shell.
/// </summary>
internal sealed class ShellText
{
    private readonly StringBuilder _body = new();

    /// <summary>A word of literal text only.</summary>
    public static string Quote(string text) => new ShellText().Text(text).ToString();

    public ShellText Text(string text)
    {
        _body.Append(text.Replace("'", "'\\''", StringComparison.Ordinal));
        return this;
    }

    /// <summary>The text as a JSON string with its quotes.</summary>
    public ShellText Json(string text) => Text($"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"");

    /// <summary>The value of a variable, as one piece.</summary>
    public ShellText Variable(string name)
    {
        _body.Append("'\"$").Append(name).Append("\"'");
        return this;
    }

    public override string ToString() => $"'{_body}'";
}
