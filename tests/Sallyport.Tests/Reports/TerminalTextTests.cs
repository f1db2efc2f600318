using Sallyport.Reports.Text;

namespace Sallyport.Tests.Reports;

public sealed class TerminalTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("日本語 naïve", "日本語 naïve")]
    [InlineData("a\u001b[31mb", "a\\u{001B}[31mb")]
    [InlineData("a\u202Eb", "a\\u{202E}b")]
    [InlineData("a\nb", "a\\u{000A}b")]
    [InlineData("😀", "😀")]
    [InlineData("", "")]
    [InlineData("##[error]x", "\\u{0023}#[error]x")]
    [InlineData("a ##vso[task.setvariable]x", "a \\u{0023}#vso[task.setvariable]x")]
    [InlineData("###[x]", "#\\u{0023}#[x]")]
    [InlineData("## [x] #[y] ##", "## [x] #[y] ##")]
    [InlineData("::error::x", "\\u{003A}:error::x")]
    [InlineData("  ::set-output name=a::b", "  \\u{003A}:set-output name=a::b")]
    [InlineData("say ::error::x", "say ::error::x")]
    [InlineData("::/0", "::/0")]
    [InlineData("::ffff:0:0/96, ::1", "::ffff:0:0/96, ::1")]
    [InlineData("2000::/3", "2000::/3")]
    public void Harmful_characters_are_written_out(string text, string escaped) => Assert.Equal(escaped, TerminalText.Escape(text));

    [Fact]
    public void Lone_surrogates_are_written_out_too() // no InlineData can carry them
    {
        Assert.Equal("\\u{D800}", TerminalText.Escape("\uD800"));
        Assert.Equal("a\\u{DC00}x", TerminalText.Escape("a\uDC00x"));
    }

    [Fact]
    public void Harmless_text_is_returned_itself()
    {
        var text = new string('x', 10);
        Assert.Same(text, TerminalText.Escape(text));
    }

    [Theory]
    [InlineData("abc", 3)]
    [InlineData("日本", 4)]
    [InlineData("e\u0301", 1)]
    [InlineData("😀", 2)]
    public void Width_counts_columns(string text, int width) => Assert.Equal(width, TerminalText.Width(text));

    [Fact]
    public void A_table_aligns_and_never_cuts()
    {
        var table = new TextTable("ID", ">COUNT", "NAME");
        table.Add("sg-0123456789abcdef0", "7", "日本");
        table.Add("sg-1", "1234", "x\u001b[2J");
        using var writer = new StringWriter();
        table.Write(writer, indent: 1);
        Assert.Equal(
            " ID                    COUNT  NAME\n sg-0123456789abcdef0      7  日本\n sg-1                   1234  x\\u{001B}[2J\n", writer.ToString());
        Assert.Equal(2, table.Count);
        Assert.Throws<ArgumentException>(() => table.Add("one"));
    }
}
