using System.Text.RegularExpressions;

namespace Sallyport.Tests.Architecture;

/// <summary>Every diagnostic code of the product has a paragraph under docs/diagnostics, and no paragraph outlives its code.</summary>
public sealed partial class DiagnosticPagesTests
{
    [Fact]
    public void Every_code_has_a_paragraph()
    {
        var pages = string.Join('\n', Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs", "diagnostics"), "*.md").Order().Select(File.ReadAllText));
        var written = Heading().Matches(pages).Select(m => m.Groups[1].Value).ToList();
        var used = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(f => Code().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value)).ToHashSet();
        Assert.NotEmpty(used);
        Assert.Equal(written.Count, written.Distinct().Count());
        Assert.Empty(used.Except(written).Order());
        Assert.Empty(written.Except(used).Order());
    }

    [GeneratedRegex("""^## (SPD\d{4}) """, RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("""  "(SPD\d{4})"  """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Code();
}
