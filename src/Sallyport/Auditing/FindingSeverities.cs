using System.Collections.Immutable;

namespace Sallyport.Auditing;

/// <summary>Severities as words.</summary>
public static class FindingSeverities
{
    /// <summary>Least first.</summary>
    public static ImmutableArray<string> Words { get; } = ["info", "low", "medium", "high", "critical"];

    /// <summary>Reads a word in any letter case; numbers are no words.</summary>
    public static bool TryParse(string word, out FindingSeverity severity)
    {
        var index = Words.IndexOf(word.Trim().ToLowerInvariant());
        severity = index < 0 ? default : (FindingSeverity)index;
        return index >= 0;
    }

    /// <summary>The word of a severity.</summary>
    public static string Word(this FindingSeverity severity) => Words[(int)severity];
}
