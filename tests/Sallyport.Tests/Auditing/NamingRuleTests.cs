using Sallyport.Auditing;
using Sallyport.Auditing.Strategy;

namespace Sallyport.Tests.Auditing;

public sealed class NamingRuleTests
{
    [Theory]
    [InlineData("launch-wizard-1", true)]
    [InlineData("rds-launch-wizard-12", true)]
    [InlineData("AutoScaling-Security-Group-1", true)]
    [InlineData("\"Some Appliance-1-0-AutogenByAWSMP-\"", true)]
    [InlineData("my-launch-wizard", false)] // only where it starts a name
    [InlineData("wizard", false)]
    public void Names_that_wizards_give(string name, bool fires) =>
        Assert.Equal(fires ? 1 : 0, Audit.Findings("SP-NAM-01", $"group web named {name}\n  ingress tcp/22 from 0.0.0.0/0").Count);

    [Theory]
    [InlineData("ingress tcp/22 from 0.0.0.0/0", FindingSeverity.Medium)]
    [InlineData("ingress tcp/22 from 0.0.0.0/2", FindingSeverity.Medium)] // a large part of the world
    [InlineData("ingress tcp/22 from pl-x", FindingSeverity.Medium)] // unread is not tight
    [InlineData("malformed ingress \"no peer\"", FindingSeverity.Medium)]
    [InlineData("ingress tcp/22 from 203.0.113.9/32", FindingSeverity.Low)]
    [InlineData("egress any to 0.0.0.0/0", FindingSeverity.Low)] // every wizard leaves egress open; ingress tells them apart
    public void A_wizard_group_with_tight_ingress_weighs_less(string rule, FindingSeverity severity) =>
        Assert.Equal(severity, Audit.Fires("SP-NAM-01", $"list pl-x unread\ngroup launch-wizard-1\n  {rule}").Severity);

    [Theory]
    [InlineData("security-group-eu-west-1-p-web", true)]
    [InlineData("security-group-ew1-d-web", true)]
    [InlineData("security-group-euw1-t-a-b", true)]
    [InlineData("security-group-us-east-1-p-web", false)] // another Region
    [InlineData("security-group-ew1-x-web", false)]
    [InlineData("security-group-ew1-p-", false)]
    [InlineData("web", false)]
    public void The_default_convention_holds_the_Region_and_the_stage(string name, bool isGood) =>
        Assert.Equal(isGood ? 0 : 1, Audit.Findings("SP-NAM-02", $"group {name}").Count);

    [Fact]
    public void The_Name_tag_may_follow_the_convention_instead()
    {
        Audit.Quiet("SP-NAM-02", "group web tag Name=security-group-ew1-p-web");
        Assert.Contains("name.regex", Audit.Fires("SP-NAM-02", "group web tag Name=front").Message, StringComparison.Ordinal);
        Audit.Quiet("SP-NAM-02", "group default"); // EC2 named it
    }

    [Theory]
    [InlineData("{app}-{environment}", "shop-prod", true)]
    [InlineData("{app}-{environment}", "shop-dev", false)] // not the group's own environment
    [InlineData("{app}-{service}", "shop-web", false)] // without the tag the template does not apply
    [InlineData("{app}-*", "shop-anything", true)]
    [InlineData("{region}-{os}-base", "ew1-windows-base", true)]
    [InlineData("{region}-{os}-base", "eu-west-1-windows-base", true)]
    [InlineData("{region}-{os}-base", "us1-windows-base", false)]
    [InlineData("nothing, {app}", "shop", true)]
    public void Templates_are_filled_in_from_the_group(string templates, string name, bool isGood) => Assert.Equal(
        isGood ? 0 : 1, Audit.Findings("SP-NAM-02", $"set name.patterns {templates}\ngroup {name} tag app=shop tag env=prod tag os=windows").Count);

    [Fact]
    public void A_tag_is_text_and_never_a_pattern()
    {
        Audit.Fires("SP-NAM-02", "set name.patterns {app}-web\ngroup evil-web tag app=*");
        Audit.Fires("SP-NAM-02", "set name.regex ^{region}-x$\ngroup eu-westy1-x");
    }

    [Theory]
    [InlineData("{app}-{env}", false)]
    [InlineData("{app", false)]
    [InlineData("{app}-{environment}, base-*", true)]
    public void Templates_are_validated(string text, bool isGood) => Assert.Equal(
        isGood, AuditOptions.Default.Parameters.TryWith("name.patterns", text, out _, out _));

    [Theory]
    [InlineData("^{region}-", true)]
    [InlineData("^(a|{region})$", true)]
    [InlineData("^[a-z]{2}-{region}$", true)]
    [InlineData("^[{region}]$", false)]
    [InlineData("^[]{region}]$", false)]
    [InlineData("^[^]{region}]$", false)]
    [InlineData("^[]]{region}$", true)]
    [InlineData("^a(?#{region})$", false)]
    [InlineData("^\\{region}$", false)]
    [InlineData("^(?=a){region}$", false)] // no look-ahead
    [InlineData("^[a-$", false)]
    public void The_pattern_of_names_is_validated_with_its_placeholder(string text, bool isGood) => Assert.Equal(
        isGood, AuditOptions.Default.Parameters.TryWith("name.regex", text, out _, out _));

    [Theory]
    [InlineData("described \"Managed by Terraform\"", true)]
    [InlineData("described \"managed by terraform \"", true)]
    [InlineData("described web", true)]
    [InlineData("described WEB", true)]
    [InlineData("", true)]
    [InlineData("described \"Managed by Terraform: front ends\"", false)]
    [InlineData("described \"web servers\"", false)]
    public void Descriptions_that_say_nothing(string described, bool fires) =>
        Assert.Equal(fires ? 1 : 0, Audit.Findings("SP-NAM-03", $"group web {described}").Count);

    [Fact]
    public void Rules_without_a_description_are_the_evidence()
    {
        var finding = Audit.Fires(
            "SP-NAM-04", "group web\n  ingress tcp/443 from 10.0.0.0/8 \"front\"\n  ingress tcp/80 from 10.0.0.0/8\n  egress tcp/53 to 10.0.0.2/32 \"Managed by Terraform\"",
            "ingress tcp/80 from 10.0.0.0/8", "egress tcp/53 to 10.0.0.2/32");
        Assert.Equal(FindingSeverity.Info, finding.Severity);
        Audit.Quiet("SP-NAM-04", "group web");
    }

    [Fact]
    public void Required_tags_are_looked_up_in_any_letter_case_and_need_a_value()
    {
        Assert.Contains("owner, app, env", Audit.Fires("SP-NAM-05", "group web").Message, StringComparison.Ordinal);
        Assert.Contains("no tag env.", Audit.Fires("SP-NAM-05", "group web tag Owner=net tag APP=shop tag env=").Message, StringComparison.Ordinal);
        Audit.Quiet("SP-NAM-05", "group web tag Owner=net tag APP=shop tag Env=prod");
        Audit.Quiet("SP-NAM-05", "set required.tags cost\ngroup web tag cost=1");
    }

    [Fact]
    public void What_needs_code_is_listed_and_not_judged()
    {
        var report = Audit.Of("group web");
        Assert.Contains(report.NotAssessed, n => n.Rule.Code == "SP-NAM-06" && n.Why == "needs infrastructure code");
        Assert.Contains(report.NotAssessed, n => n.Rule.Code == "SP-SPR-04" && n.Why == "needs event history");
    }

    [Fact]
    public void A_group_of_which_only_rules_were_read_is_unknown()
    {
        const string Estate = "group web in - named \"\"\n  ingress tcp/443 from 10.0.0.0/8";
        Assert.All(new[] { "SP-NAM-01", "SP-NAM-02", "SP-NAM-03", "SP-NAM-05", "SP-NAM-07" }, rule => Assert.Contains("not read", Audit.Unknown(rule, Estate), StringComparison.Ordinal));
        Audit.Fires("SP-NAM-07", "group web in -");
        Audit.Quiet("SP-NAM-07", "group web");
    }

    [Theory]
    [InlineData("eu-west-1", "eu-west-1,ew1,euw1")]
    [InlineData("us-gov-east-1", "us-gov-east-1,uge1,usge1")]
    [InlineData("", "")]
    [InlineData("local", "local")]
    public void Regions_have_a_long_and_two_short_spellings(string region, string spellings) => Assert.Equal(spellings.Split(','), NameConvention.SpellingsOf(region));

    [Theory]
    [InlineData("*", "", true)]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    [InlineData("a*c", "abbc", true)]
    [InlineData("a*c", "abb", false)]
    [InlineData("*a*b*", "xxaxxbxx", true)]
    [InlineData("*a*b*", "xxbxxaxx", false)]
    [InlineData("a?c", "abc", false)] // a star is the only wildcard
    public void Wildcards(string pattern, string text, bool isMatch) => Assert.Equal(isMatch, Wildcard.IsMatch(pattern, text));

    [Fact]
    public void A_wildcard_full_of_stars_does_not_stall() =>
        Assert.False(Wildcard.IsMatch(string.Concat(Enumerable.Repeat("*a", 100)) + "b", new string('a', 10_000)));
}
