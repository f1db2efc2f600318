using System.Collections.Immutable;

namespace Sallyport.Estates.Files;

/// <summary>What is known about a file before it is read.</summary>
/// <param name="Name">The path as the user wrote it, or <c>&lt;stdin&gt;</c>: for messages, and for ids that the content lacks.</param>
public sealed record EstateFile(string Name)
{
    /// <summary>Account and Region of things that do not say theirs: from the folder layout, else from the command line. Parts may be empty.</summary>
    public Scope Fallback { get; init; } = new(string.Empty, string.Empty);

    /// <summary>
    /// Put before the symbolic ids of code, so that two templates or modules that use one name stay two: the path of the template or module
    /// within its source; empty when the command reads only one.
    /// </summary>
    public string Unit { get; init; } = string.Empty;

    /// <summary>True when the file was found in a folder, not named: what cannot hold an estate is passed over with a note.</summary>
    public bool IsPartOfFolder { get; init; }

    /// <summary>Values given on the command line for the parameters that a template declares.</summary>
    public ImmutableDictionary<string, string> Parameters { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Takes the names of the parameters that a template declares; null where nobody asks.</summary>
    public ParameterNames? ParameterNames { get; init; }

    /// <summary>
    /// Opens a file by a path relative to this one, for code that is spread over several; null when it is not there or outside what the user
    /// named. Null itself where there are no neighbours, as on standard input.
    /// </summary>
    public Func<string, Stream?>? OpenNeighbour { get; init; }

    /// <summary>
    /// The first id with that prefix and 8 or 17 hex digits in the file name, else in the name of the folder around it; null when
    /// there is none. <c>get-managed-prefix-list-entries-pl-0123456789abcdef0.json</c> holds <c>pl-0123456789abcdef0</c>.
    /// </summary>
    public string? FindId(string prefix)
    {
        var parts = Name.Split('/', '\\');
        for (var i = parts.Length - 1; i >= Math.Max(0, parts.Length - 2); i--)
        {
            if (FindId(parts[i], prefix) is { } id) return id;
        }

        return null;
    }

    /// <summary>The id of something that code declares and AWS has given no id: <c>aws_security_group.web</c>, or <c>prod/net.yaml#WebGroup</c>.</summary>
    public string SymbolOf(string address) => Unit.Length == 0 ? address : $"{Unit}#{address}";

    private static string? FindId(string text, string prefix)
    {
        for (var at = text.IndexOf(prefix, StringComparison.Ordinal); at >= 0; at = text.IndexOf(prefix, at + 1, StringComparison.Ordinal))
        {
            if (at > 0 && char.IsAsciiLetterOrDigit(text[at - 1])) continue;
            var end = at + prefix.Length;
            while (end < text.Length && char.IsAsciiHexDigitLower(text[end])) end++;
            var isWhole = end == text.Length || !char.IsAsciiLetterOrDigit(text[end]);
            if (isWhole && end - at - prefix.Length is 8 or 17) return text[at..end];
        }

        return null;
    }
}
