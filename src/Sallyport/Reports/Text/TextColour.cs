using Sallyport.Auditing;

namespace Sallyport.Reports.Text;

/// <summary>Severities in words, signs and, where allowed, colours: never colour alone.</summary>
internal static class TextColour
{
    private const string Reset = "\u001b[0m";

    public static string Word(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Critical => "CRITICAL",
        FindingSeverity.High => "HIGH",
        FindingSeverity.Medium => "MEDIUM",
        FindingSeverity.Low => "LOW",
        _ => "INFO",
    };

    public static string Sign(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Critical => "!!!",
        FindingSeverity.High => "!!",
        FindingSeverity.Medium => "!",
        FindingSeverity.Low => "-",
        _ => "i",
    };

    public static string Paint(FindingSeverity severity, string text, bool useColour)
    {
        if (!useColour) return text;
        var code = severity switch
        {
            FindingSeverity.Critical => "\u001b[1;31m",
            FindingSeverity.High => "\u001b[31m",
            FindingSeverity.Medium => "\u001b[33m",
            FindingSeverity.Low => "\u001b[36m",
            _ => "\u001b[2m",
        };
        return code + text + Reset;
    }

    public static string Bold(string text, bool useColour) => useColour ? "\u001b[1m" + text + Reset : text;
}
