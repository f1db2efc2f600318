using Sallyport.Auditing;
using Sallyport.Auditing.Custom;
using Sallyport.Estates;

namespace Sallyport.Tests.Auditing;

/// <summary>A name, description or tag that code hides or leaves open is neither there nor absent: no finding rests on it, and no pass.</summary>
public sealed class UnknownTextRuleTests
{
    private const string Why = "it is marked as sensitive";

    // What these rules object to in their own example is a name, a description or a tag.
    private static readonly string[] Readers =
    [
        "SP-DRF-02", "SP-NAM-01", "SP-NAM-02", "SP-NAM-03", "SP-NAM-04", "SP-NAM-05", "SP-REF-03", "SP-SEM-04", "SP-SEM-05",
        "SP-SPR-05", "SP-SPR-06", "SP-SPR-07", "SP-USE-07", "SP-USE-08", "SP-USE-13",
    ];

    // Rows that stand for a family find nothing themselves; rules that compare with code find its groups by their names.
    public static TheoryData<string> Codes => [.. RuleCatalogue.All.Where(r => r.IsImplemented && RuleCatalogue.All.All(o => o.PartOf != r.Code) && !r.Needs.Contains(AuditNeed.Code)).Select(r => r.Code)];

    public static TheoryData<string> ReaderCodes => [.. Readers];

    [Theory]
    [MemberData(nameof(Codes))]
    public void What_fails_by_known_texts_does_not_pass_by_hidden_ones(string code)
    {
        var report = Judge(code, RuleCatalogue.Find(code)!.Guide.Fires);
        Assert.True(report.Findings.Any(f => f.Rule == code) || report.Unknown.Any(u => u.Rule == code), "It passes.");
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void What_passes_by_known_texts_does_not_fail_by_hidden_ones(string code) =>
        Assert.DoesNotContain(Judge(code, RuleCatalogue.Find(code)!.Guide.Quiet).Findings, f => f.Rule == code);

    [Theory]
    [MemberData(nameof(ReaderCodes))]
    public void A_rule_that_rests_on_a_text_is_unknown_without_it(string code)
    {
        var report = Judge(code, RuleCatalogue.Find(code)!.Guide.Fires);
        Assert.DoesNotContain(report.Findings, f => f.Rule == code);
        Assert.Contains(report.Unknown, u => u.Rule == code && u.Gap.Contains(Why, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("SP-NAM-03", "Web of ${Stage}", true)]
    [InlineData("SP-NAM-03", "${Stage}", false)]
    [InlineData("SP-NAM-03", "Managed ${By}", false)]
    [InlineData("SP-NAM-03", "", false)]
    public void What_is_known_of_a_description_may_say_enough(string code, string known, bool isEnough)
    {
        var estate = EstateText.Read("group web", g => g with { Description = known, UnknownDescription = Why });
        var report = Audit.Of(estate, AuditOptions.Default with { Rules = [code] });
        Assert.Empty(report.Findings);
        Assert.Equal(isEnough ? 0 : 1, report.Unknown.Length);
    }

    [Fact]
    public void A_tag_that_is_missing_for_certain_is_still_found()
    {
        var estate = EstateText.Read("group web", g => g with { Tags = Tags.Of([new("app", "${Stage}-shop")], [new("Env", Why), new("app", Why)]) });
        Assert.Equal("The group has no tag owner.", Assert.Single(Audit.Of(estate).Findings, f => f.Rule == "SP-NAM-05").Message);
        var owned = EstateText.Read("group web", g => g with { Tags = Tags.Of([new("owner", "net"), new("app", "${Stage}-shop")], [new("Env", Why), new("app", Why)]) });
        Assert.Equal("the tag Env is not known: it is marked as sensitive", Assert.Single(Audit.Of(owned).Unknown, u => u.Rule == "SP-NAM-05").Gap);
    }

    [Fact]
    public void An_unknown_tag_of_no_interest_changes_nothing()
    {
        var estate = EstateText.Read("group web tag owner=net tag app=shop tag env=prod", g => g with { Tags = Tags.Of(g.Tags.Pairs, [new("cost-centre", Why)]) });
        Assert.DoesNotContain(Audit.Of(estate).Unknown, u => u.Gap.Contains(Why, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{group: {name: stand-in}}")]
    [InlineData("{not: {group: {name: stand-in}}}")]
    [InlineData("{group: {description: \"*\"}}")]
    [InlineData("{not: {group: {tag: {env: prod}}}}")]
    [InlineData("{not: {group: {hasTag: env}}}")]
    [InlineData("{peer: {name: stand-in}}")]
    [InlineData("{not: {peer: {tag: {env: prod}}}}")]
    [InlineData("{not: {description: \"?*\"}}")]
    [InlineData("{not: {hasTag: k}}")]
    public void Rules_of_one_s_own_do_not_judge_what_is_hidden(string match)
    {
        var own = CustomRuleReader.Read([($"rules:\n  - {{id: A-1, title: t, message: m, match: {match}}}\n", "own.yaml")]);
        Assert.Empty(own.Diagnostics);
        var estate = EstateText.Read("group web\n  ingress tcp/443 from web", Hidden);
        var report = Audit.Of(estate, AuditOptions.Default with { CustomRules = own.Value!.Items, Rules = ["A-1"] });
        Assert.Empty(report.Findings);
        Assert.Contains(Why, Assert.Single(report.Unknown).Gap, StringComparison.Ordinal);
    }

    private static AuditReport Judge(string code, string text) =>
        Audit.Of(EstateText.Read(text, Hidden), EstateText.Options(text) with { Rules = [code] });

    // As Terraform hides them: a stand-in for the name, and nothing else.
    private static SecurityGroup Hidden(SecurityGroup group) => group with
    {
        Name = group.IsDefault ? group.Name : "stand-in",
        UnknownName = group.IsDefault ? null : Why,
        Description = string.Empty,
        UnknownDescription = Why,
        Tags = Tags.Of([], [new(string.Empty, Why)]),
        Rules = [.. group.Rules.Select(r => r with { Description = string.Empty, UnknownDescription = Why, Tags = Tags.Of([], [new(string.Empty, Why)]) })],
    };
}
