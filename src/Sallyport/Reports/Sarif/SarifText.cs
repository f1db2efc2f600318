using Sallyport.Reports.Text;

namespace Sallyport.Reports.Sarif;

/// <summary>Text of a SARIF message: braces would be placeholders (SARIF 2.1.0 §3.11.5), <c>[text](target)</c> a link (§3.11.6).</summary>
internal static class SarifText
{
    /// <summary>The text so that a viewer shows it as it is.</summary>
    public static string Of(string text)
    {
        var safe = TerminalText.Escape(text).Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);
        if (!safe.Contains("](", StringComparison.Ordinal)) return safe;
        return safe.Replace("[", "\\[", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal);
    }
}
