using Sallyport.Auditing;

namespace Sallyport.Tests.Auditing;

public sealed class RuleBookTests
{
    [Theory]
    [InlineData("SP-EGR-01", "SP-EGR-01")]
    [InlineData("ec2-033", "SP-EGR-01")]
    [InlineData("SP-DEF-01", "SP-DEF-01")]
    public void An_id_or_alias_names_one_rule(string text, string code) => Assert.Equal([code], RuleBook.Catalogue.Select(text).Select(r => r.Code));

    [Theory]
    [InlineData("SP-EGR")]
    [InlineData("sp-egr")]
    [InlineData("egress")]
    [InlineData("Egress")]
    [InlineData("SP-EGR-*")]
    public void A_prefix_a_family_and_a_pattern_name_several(string text) =>
        Assert.Equal(RuleCatalogue.All.Where(r => r.Family == RuleFamily.Egress).Select(r => r.Code), RuleBook.Catalogue.Select(text).Select(r => r.Code));

    [Fact]
    public void A_prefix_ends_at_a_hyphen() => Assert.Empty(RuleBook.Catalogue.Select("SP-EG"));

    [Fact]
    public void A_severity_names_the_rules_that_have_it_by_themselves() =>
        Assert.All(RuleBook.Catalogue.Select("critical"), r => Assert.Equal(FindingSeverity.Critical, r.Severity));

    [Fact]
    public void A_framework_names_the_rules_that_serve_it()
    {
        var rules = RuleBook.Catalogue.Select("cis aws 3.0");
        Assert.NotEmpty(rules);
        Assert.All(rules, r => Assert.Contains(r.Controls, c => c.Framework == "CIS-AWS-3.0"));
    }

    [Fact]
    public void All_and_defaults_are_words()
    {
        Assert.Equal(RuleCatalogue.All, RuleBook.Catalogue.Select("all"));
        Assert.Equal(RuleCatalogue.All.Where(r => r.IsOnByDefault), RuleBook.Catalogue.Select("defaults"));
    }

    [Fact]
    public void A_rule_that_is_off_by_default_runs_only_when_it_is_named()
    {
        var off = RuleCatalogue.All.Where(r => !r.IsOnByDefault).ToList();
        Assert.All(off, r => Assert.Contains(r, RuleBook.Catalogue.SelectToRun(r.Code)));
        Assert.All(off, r => Assert.Contains(r, RuleBook.Catalogue.SelectToRun("all")));
        Assert.All(RuleBook.Catalogue.SelectToRun("SP-ING").Concat(RuleBook.Catalogue.SelectToRun("egress")), r => Assert.True(r.IsOnByDefault));
    }

    [Theory]
    [InlineData("")]
    [InlineData("SP-")]
    [InlineData("nothing")]
    [InlineData("3")]
    public void What_names_nothing_is_empty(string text) => Assert.Empty(RuleBook.Catalogue.Select(text));
}
