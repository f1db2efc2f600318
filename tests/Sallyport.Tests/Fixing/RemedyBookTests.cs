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

    /// <summary>Rules whose own example is fixed without a question.</summary>
    private static readonly HashSet<string> Mechanical =
    [
        "SP-EGR-01", "SP-EGR-02", "SP-EGR-03", "SP-EGR-06", "SP-EGR-08", "SP-EGR-10", "SP-EGR-13", "SP-DEF-01", "SP-REF-01",
        "SP-OVL-01", "SP-OVL-02", "SP-OVL-03", "SP-OVL-04", "SP-PAIR-02",
    ];

    public static TheoryData<string> Codes => [.. RuleCatalogue.All.Where(r => r.IsImplemented).Select(r => r.Code)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Each_rules_own_example_is_fixed_or_asked_about(string code)
    {
        var report = Fix.Of(RuleCatalogue.Find(code)!.Guide.Fires, code);
        Assert.NotEqual(0, report.Remedies.Length + report.Questions.Length);
        if (Mechanical.Contains(code)) Assert.True(report.Questions.IsEmpty, string.Join('\n', report.Questions.Select(q => q.Question)));
        Assert.All(report.Questions, q => Assert.NotEmpty(q.Options));
        Assert.All(report.Questions, q => Assert.Matches("[.?]$", q.Question));
        Assert.All(report.Remedies, r => Assert.EndsWith(".", r.What, StringComparison.Ordinal));
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
