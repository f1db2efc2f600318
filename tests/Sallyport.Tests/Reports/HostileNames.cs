using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Sallyport.Tests.Reports;

/// <summary>Names that somebody may give a group or a file to harm whoever reads the report. Every writer is run over them.</summary>
internal static class HostileNames
{
    public static ImmutableArray<string> All { get; } =
    [
        // Terminals and editors.
        "\u001b[2J\u001b[1;31mowned\u001b[0m", "\u009b31mC1", "title\u001b]0;x\a", "line\nbreak", "carriage\rreturn", "both\r\nof them", "tab\there", "nul\0byte", "del\u007f",
        "\u202Egnp.exe", "\u2066isolate\u2069", "zero\u200Bwidth", "\uFEFFbom", "\u2028separator", "lone\uD800surrogate", "\uDC00low first", "\uE000private", "non\uFFFEcharacter",

        // HTML and XML.
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "</script><script>alert(1)</script>", "<!--", "-->", "]]>", "<![CDATA[", "&amp;&#x41;&nbsp;", "</details>", "</testcase>",

        // Spreadsheets.
        "=HYPERLINK(\"x\")", "=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(1)", " =1+1", "\"=1+1", "a;=1+1", "a; +1", "＝1+1", "'=1", "a,b", "a\"b", "a\"\"\",b", "||",

        // Markdown and GitHub.
        "`reboot`", "``", "``` js", "`", " ` ", "a`b``c```d", "[x](javascript:alert(1))", "![x](http://evil.example/x.png)", "[a]: http://evil.example", "http://evil.example/a", "www.evil.example",
        "a@evil.example", "@everyone", "#1", "GH-1", ":bomb:", "# title", "- item", "1. item", "> quote", "| a | b |", "---", "**bold** _it_ ~~no~~", "$x^2$", "<https://evil.example>",

        // Commands of CI runners, templates, shells.
        "::error::x", "::set-output name=a::b", "%0a::error::x", "%0A::add-mask::a", "%25", "##[error]x", "##vso[task.setvariable]x", "{{7*7}}", "{0}", "${jndi:x}", "$(reboot)", "'; DROP TABLE", "--", "\\", "ends with \\",

        // YAML.
        "yes", "null", "*a", "&a", "!!x", "a: b", "{a: 1}",

        "日本語", "naïve", "e\u0301", "😀", "", " ", new string('x', 300), new string('y', 10_000), new string('`', 10_000), new string('\u202E', 2_000),
    ];

    public static bool IsHostile(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse;

    /// <summary>JSON keeps every name but lone surrogates, which no UTF-8 can hold.</summary>
    public static string AsJsonKeepsIt(string name) => name.Replace('\uD800', '\uFFFD').Replace('\uDC00', '\uFFFD');
}
