using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Sallyport.Tests.Reports;

/// <summary>Names that somebody may give a group or a file to harm whoever reads the report. Every writer is run over them.</summary>
internal static class HostileNames
{
    public static ImmutableArray<string> All { get; } =
    [
        "\u001b[2J\u001b[1;31mowned\u001b[0m", "\u009b31mC1", "title\u001b]0;x\a", "line\nbreak", "carriage\rreturn", "tab\there", "nul\0byte",
        "\u202Egnp.exe", "\u2066isolate\u2069", "zero\u200Bwidth", "\uFEFFbom", "\u2028separator", "lone\uD800surrogate", "\uE000private", "del\u007f",
        "<script>alert(1)</script>", "\"><img src=x>", "=HYPERLINK(\"x\")", "'; DROP TABLE", "$(reboot)", "`reboot`", "%0a::error::x", "{{7*7}}", "--",
        "日本語", "naïve", "", new string('x', 300),
    ];

    public static bool IsHostile(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse;

    /// <summary>JSON keeps every name but lone surrogates, which no UTF-8 can hold.</summary>
    public static string AsJsonKeepsIt(string name) => name.Replace('\uD800', '\uFFFD');
}
