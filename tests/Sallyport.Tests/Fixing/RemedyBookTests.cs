using System.Text;
using Sallyport.Auditing;
using Sallyport.Fixing.Remedies;

namespace Sallyport.Tests.Fixing;

public sealed class RemedyBookTests
{
    [Fact]
    public void Every_family_and_every_rule_has_an_answer()
    {
        Assert.Equal(Enum.GetValues<RuleFamily>(), RemedyBook.OfFamilies.Keys);
        Assert.All(RuleCatalogue.All, r => Assert.EndsWith(".", RemedyBook.Of(r.Code).Does, StringComparison.Ordinal));
    }

    [Fact]
    public void The_page_on_fixes_lists_what_the_book_holds()
    {
        var text = new StringBuilder();
        text.Append("| findings of | what `fix` does |\n| --- | --- |\n");
        foreach (var same in RemedyBook.OfRules.GroupBy(r => r.Value.Does).OrderBy(g => g.First().Key, StringComparer.Ordinal)) text.Append($"| {string.Join(", ", same.Select(r => r.Key))} | {same.Key} |\n");
        text.Append("\nRules without a line of their own, by family:\n\n| family | what `fix` does |\n| --- | --- |\n");
        foreach (var (family, maker) in RemedyBook.OfFamilies) text.Append($"| {family} | {maker.Does} |\n");
        var page = Path.Combine(Architecture.SourceTree.Root, "docs", "fixes.md");
        var written = File.ReadAllText(page);
        var start = written.IndexOf("| findings of |", StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("SALLYPORT_ACCEPT") == "1") File.WriteAllText(page, written[..start] + text);
        else Assert.Equal(text.ToString(), written[start..]);
    }
}
