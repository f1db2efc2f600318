using System.Text.RegularExpressions;

namespace Sallyport.Auditing.Custom;

/// <summary>
/// A pattern for names and other untrusted text: with <c>*</c> and <c>?</c>, or <c>/a regular expression/</c> that is matched in
/// linear time (no look-around, no back references) anywhere in the text.
/// </summary>
internal sealed class TextPattern
{
    private const int MaxLength = 1_000;

    private readonly Glob? _glob;
    private readonly Regex? _regex;

    private TextPattern(string text, Glob? glob, Regex? regex) => (Text, _glob, _regex) = (text, glob, regex);

    /// <summary>As written.</summary>
    public string Text { get; }

    public bool Matches(string text) => _regex?.IsMatch(text) ?? _glob!.Matches(text);

    /// <summary>Null with a clause that says what is wrong.</summary>
    public static TextPattern? Parse(string text, out string? problem)
    {
        problem = text.Length > MaxLength ? $"it is longer than {MaxLength} characters" : null;
        if (problem is not null) return null;
        if (text.Length < 2 || text[0] != '/' || text[^1] != '/') return new TextPattern(text, new Glob(text), null);
        try
        {
            return new TextPattern(text, null, new Regex(text[1..^1], RegexOptions.NonBacktracking | RegexOptions.CultureInvariant));
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            problem = $"no regular expression without look-around and back references ({exception.Message.TrimEnd('.')})";
            return null;
        }
    }
}
