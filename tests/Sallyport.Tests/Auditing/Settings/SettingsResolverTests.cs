using Sallyport.Auditing;
using Sallyport.Auditing.Parameters;
using Sallyport.Auditing.Settings;

namespace Sallyport.Tests.Auditing.Settings;

public sealed class SettingsResolverTests
{
    [Fact]
    public void The_stronger_level_wins_key_by_key()
    {
        var file = Read("{fail-on: low, baseline: a.json, world.tcp: 80, world.udp: 53, severity: {SP-EGR-01: low, SP-EGR-02: low}, rules: {exclude: [SP-OVL]}}");
        var flags = Read("{baseline: b.json, world.tcp: 8080, severity: {SP-EGR-01: critical}, rules: {exclude: [SP-PAIR]}}");
        var merged = flags.Over(file);
        var options = Resolve(merged);
        Assert.Equal(FindingSeverity.Low, merged.FailOn!.Least);
        Assert.Equal("b.json", merged.Baseline!.Text);
        Assert.Equal("tcp/8080", options.Parameters.Get(AuditParameters.WorldTcp).ToString());
        Assert.Equal("udp/53", options.Parameters.Get(AuditParameters.WorldUdp).ToString());
        Assert.Equal((FindingSeverity.Critical, FindingSeverity.Low), (options.Severities["SP-EGR-01"], options.Severities["SP-EGR-02"]));
        Assert.Contains("SP-OVL-01", options.Excluded);
        Assert.Contains("SP-PAIR-01", options.Excluded);
    }

    [Fact]
    public void Who_names_rules_replaces_the_weaker_choice_whole()
    {
        var file = Read("{rules: {include: [SP-ING], exclude: [SP-EGR-01]}, severity: {SP-EGR-01: off, SP-EGR-02: low}}");
        var options = Resolve((AuditSettings.Empty with { Include = [new Written("SP-EGR-01")] }).Over(file));
        Assert.Equal(["SP-EGR-01"], options.Rules);
        Assert.Empty(options.Excluded);
        Assert.Equal(FindingSeverity.Low, options.Severities["SP-EGR-02"]);
    }

    [Fact]
    public void A_setting_for_one_rule_beats_one_for_many_in_any_order()
    {
        foreach (var text in new[] { "{SP-EGR: low, SP-EGR-01: critical}", "{SP-EGR-01: critical, SP-EGR: low}" })
        {
            var options = Resolve(Read($"{{severity: {text}}}"));
            Assert.Equal((FindingSeverity.Critical, FindingSeverity.Low), (options.Severities["SP-EGR-01"], options.Severities["SP-EGR-02"]));
        }

        var off = Resolve(Read("{severity: {SP-EGR: off, SP-EGR-01: low}}"));
        Assert.DoesNotContain("SP-EGR-01", off.Excluded);
        Assert.Contains("SP-EGR-02", off.Excluded);
    }

    [Fact]
    public void Off_and_exclude_keep_a_rule_from_running()
    {
        const string Estate = "group web\n  egress any to 0.0.0.0/0\n";
        Assert.Contains("SP-EGR-01", Audit.Of(Estate).Findings.Select(f => f.Rule));
        foreach (var text in new[] { "{severity: {SP-EGR-01: off}}", "{rules: {exclude: [egress]}}", "{rules: {include: [SP-ING]}}" })
        {
            Assert.DoesNotContain("SP-EGR-01", Audit.Of(Estate, Resolve(Read(text))).Findings.Select(f => f.Rule));
        }
    }

    [Fact]
    public void Severity_overrides_reach_the_findings_and_the_least_severity_hides_but_counts()
    {
        const string Estate = "group web\n  egress any to 0.0.0.0/0\n";
        var report = Audit.Of(Estate, Resolve(Read("{severity: {egress: info, SP-EGR-01: critical}, rules: {include: [SP-EGR], min-severity: high}}")));
        Assert.Equal("SP-EGR-01", Assert.Single(report.Findings).Rule);
        Assert.Equal(FindingSeverity.Critical, report.Findings[0].Severity);
        Assert.True(report.BelowLeast >= 2);
        Assert.Equal(1, report.Summary.Open);
    }

    [Theory]
    [InlineData("{rules: {include: [SP-EGR-99]}}", "SPD7103")]
    [InlineData("{severity: {SP-EGR-99: low}}", "SPD7103")]
    [InlineData("{rules: {framework: [CIS]}}", "SPD7105")]
    [InlineData("{rules: {framework: [nothing]}}", "SPD7105")]
    [InlineData("{rules: {include: [SP-EGR-01], exclude: [SP-EGR]}}", "SPD7106")]
    [InlineData("{waivers: [{rule: SP-XXX, resource: a, reason: b, owner: c, expires: 2027-01-01}]}", "SPD7107")]
    [InlineData("{waivers: [{rule: \"*\", resource: \"*\", reason: b, owner: c, expires: 2027-01-01}]}", "SPD7121")]
    public void What_cannot_be_looked_up_is_said(string text, string code)
    {
        var read = SettingsResolver.Resolve(Read(text), RuleBook.Catalogue);
        Assert.Null(read.Value);
        Assert.Equal([code], read.Diagnostics.Select(d => d.Code));
    }

    [Fact]
    public void Parameters_of_a_command_line_are_checked_too()
    {
        var settings = AuditSettings.Empty with { Parameters = [new(new Written("world.tpc"), "80"), new(new Written("world.tcp"), "x")] };
        Assert.Equal(["SPD7101", "SPD7102"], SettingsResolver.Resolve(settings, RuleBook.Catalogue).Diagnostics.Select(d => d.Code));
    }

    private static AuditSettings Read(string audit)
    {
        var read = SettingsReader.Read($"audit: {audit}", "sallyport.yaml");
        Assert.True(read.Value is not null, string.Join("\n", read.Diagnostics));
        return read.Value;
    }

    private static AuditOptions Resolve(AuditSettings settings)
    {
        var read = SettingsResolver.Resolve(settings, RuleBook.Catalogue);
        Assert.True(read.Value is not null, string.Join("\n", read.Diagnostics));
        return read.Value;
    }
}
