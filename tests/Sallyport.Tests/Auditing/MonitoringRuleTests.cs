using FsCheck;
using FsCheck.Fluent;
using Sallyport.Auditing.Rules.Monitoring;
using Sallyport.Estates;

namespace Sallyport.Tests.Auditing;

public sealed class MonitoringRuleTests
{
    private const string All = "{ ($.eventName = Authorize*) || ($.eventName = \"Revoke*\") || ($.eventName = CreateSecurityGroup) || ($.eventName=DeleteSecurityGroup) || ($.eventName = ModifySecurityGroupRules) }";

    // The pattern of the CIS benchmark, which is older than ModifySecurityGroupRules.
    private const string Usual = "{ ($.eventName = AuthorizeSecurityGroupIngress) || ($.eventName = AuthorizeSecurityGroupEgress) || ($.eventName = RevokeSecurityGroupIngress) || ($.eventName = RevokeSecurityGroupEgress) || ($.eventName = CreateSecurityGroup) || ($.eventName = DeleteSecurityGroup) }";

    private static string Filter(string pattern, string alarm = "alarm a Sg", string more = "") => $"group web\nmonitored\nmetricfilter f trail Sg {pattern}\n{alarm}\n{more}";

    [Fact]
    public void A_filter_with_an_alarm_that_acts_will_do() => Audit.Quiet("SP-MON-01", Filter(All));

    [Fact]
    public void The_usual_filter_forgets_one_call() => Assert.Equal(
        "Nothing that was read raises an alarm in 111122223333/eu-west-1 on ModifySecurityGroupRules.", Audit.Fires("SP-MON-01", Filter(Usual)).Message);

    [Theory]
    [InlineData("alarm a Other")]
    [InlineData("alarm a Sg silent")]
    [InlineData("alarm a Sg silent\nalarm b Other silent combines a")]
    [InlineData("alarm a Sg silent\nalarm b Other combines c")]
    [InlineData("")]
    public void A_filter_that_wakes_nobody_will_not(string alarm) => Audit.Fires("SP-MON-01", Filter(All, alarm));

    [Theory]
    [InlineData("alarm a Sg silent\nalarm b Other combines a")]
    [InlineData("alarm a Sg silent\nalarm b Other silent combines a\nalarm c Other combines b")]
    public void An_alarm_may_act_through_others(string alarms) => Audit.Quiet("SP-MON-01", Filter(All, alarms));

    [Fact]
    public void What_was_not_read_neither_passes_nor_fails()
    {
        Assert.Equal("metric filters, alarms or event rules of 111122223333/eu-west-1 were not read", Audit.Unknown("SP-MON-01", "group web"));
        Assert.Contains("not read", Audit.Unknown("SP-MON-02", "group web\ngroup app"), StringComparison.Ordinal);
        Assert.Contains("not read", Audit.Unknown("SP-MON-01", $"group web\nmetricfilter f trail Sg {Usual}\nalarm a Sg"), StringComparison.Ordinal);
        Audit.Quiet("SP-MON-01", $"group web\nmetricfilter f trail Sg {All}\nalarm a Sg");
    }

    [Fact]
    public void Each_account_answers_for_itself()
    {
        const string two = "group web\ngroup app of 444455556666\nmonitored\nmonitored of 444455556666\n";
        var finding = Audit.Fires("SP-MON-01", $"{two}metricfilter f trail Sg {All}\nalarm a Sg");
        Assert.Equal("444455556666", finding.Resource.Scope.Account);
        Assert.Contains("444455556666", Audit.Unknown("SP-MON-01", $"group web\ngroup app of 444455556666\nmonitored\nmetricfilter f trail Sg {All}\nalarm a Sg"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("trail t trail", false)]
    [InlineData("trail t trail multi", false)]
    [InlineData("trail t other multi", true)]
    public void With_trails_the_filter_must_be_on_the_log_group_of_one(string trail, bool fires)
    {
        if (fires) Audit.Fires("SP-MON-01", Filter(All, more: trail));
        else Audit.Quiet("SP-MON-01", Filter(All, more: trail));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void A_filter_of_another_region_counts_as_far_as_the_trail_reaches(bool? isMultiRegion, bool? fires)
    {
        var far = new Scope(EstateText.Account, "eu-west-2");
        var builder = new EstateBuilder().AddScope(EstateText.Home).AddScope(far).MarkCollected(GapKind.Monitoring)
            .Add(new MetricFilter("f", EstateText.Home, "trail") { Pattern = All, Metrics = [new MetricName("L", "M")] })
            .Add(new MetricAlarm("a", EstateText.Home) { Metrics = [new MetricName("L", "M")], HasActions = true });
        if (isMultiRegion is { } reaches) builder.Add(new Trail("t", EstateText.Home) { LogGroup = "trail", IsMultiRegion = reaches });
        var report = Audit.Of(builder.Build());
        Assert.Equal(fires == true ? ["eu-west-2"] : [], report.Findings.Where(f => f.Rule == "SP-MON-01").Select(f => f.Resource.Scope.Region));
        Assert.Equal(fires is null ? ["eu-west-2"] : [], report.Unknown.Where(u => u.Rule == "SP-MON-01").Select(u => u.Resource.Scope.Region));
    }

    [Fact]
    public void A_trail_of_the_organization_reaches_every_account()
    {
        const string two = "group web\ngroup app of 444455556666\nmonitored\nmonitored of 444455556666\n";
        Audit.Quiet("SP-MON-01", $"{two}metricfilter f trail Sg {All}\nalarm a Sg\ntrail t trail multi organization");
    }

    private static readonly ApiCall Delete = new("DeleteSecurityGroup", EstateText.Home);

    [Theory]
    [InlineData("{ $.eventName = DeleteSecurityGroup }", true)]
    [InlineData("{$.eventName=\"DeleteSecurityGroup\"}", true)]
    [InlineData("{ ($.eventName = Delete*) }", true)]
    [InlineData("{ $.eventName = *Group }", true)]
    [InlineData("{ $.eventName = DeleteSecurityGroups }", false)]
    [InlineData("{ $.eventName = deletesecuritygroup }", false)]
    [InlineData("{ $.eventName != DeleteSecurityGroup }", false)]
    [InlineData("{ $.eventName != CreateSecurityGroup }", true)]
    [InlineData("{ ($.eventSource = ec2.amazonaws.com) && (($.eventName = DeleteSecurityGroup) || ($.eventName = CreateSecurityGroup)) }", true)]
    [InlineData("{ ($.eventSource = s3.amazonaws.com) && ($.eventName = DeleteSecurityGroup) }", false)]
    [InlineData("{ ($.eventName = DeleteSecurityGroup) && ($.errorCode NOT EXISTS) }", true)]
    [InlineData("{ ($.eventName = DeleteSecurityGroup) && ($.errorCode = AccessDenied) }", false)]
    [InlineData("{ ($.eventName = DeleteSecurityGroup) && ($.errorCode EXISTS) }", false)]
    [InlineData("{ ($.eventName = DeleteSecurityGroup) && ($.readOnly IS FALSE) }", true)]
    [InlineData("{ ($.eventName = DeleteSecurityGroup) && ($.awsRegion = eu-west-2) }", false)]
    [InlineData("{ ($.eventName = DeleteSecurityGroup) && ($.userIdentity.userName = bob) }", null)]
    [InlineData("{ ($.eventName = CreateSecurityGroup) && ($.userIdentity.userName = bob) }", false)]
    [InlineData("{ ($.eventName = DeleteSecurityGroup) || ($.userIdentity.userName = bob) }", true)]
    [InlineData("{ $.eventName = %Delete.*% }", null)]
    [InlineData("{ $.eventName = DeleteSecurityGroup", null)]
    [InlineData("{ ($.eventName = DeleteSecurityGroup }", null)]
    [InlineData("{ }", false)]
    [InlineData("?DeleteSecurityGroup ?CreateSecurityGroup", null)]
    [InlineData("?Error", false)]
    [InlineData("", null)]
    public void Metric_filters_are_read_as_cloudwatch_reads_them(string pattern, bool? expected) => Assert.Equal(expected, FilterPattern.Matches(pattern, Delete));

    [Fact]
    public void A_filter_of_any_depth_is_read_without_harm()
    {
        Assert.Null(FilterPattern.Matches("{" + new string('(', 100_000) + " $.eventName = DeleteSecurityGroup " + new string(')', 100_000) + "}", Delete));
        Assert.True(FilterPattern.Matches("{" + new string('(', 90) + " $.eventName = DeleteSecurityGroup " + new string(')', 90) + "}", Delete));
        Assert.False(WildcardText.Matches(string.Concat(Enumerable.Repeat("*a", 2_000)) + "b", new string('a', 4_000)));
    }

    [Theory]
    [InlineData("""{"source":["aws.ec2"]}""", true)]
    [InlineData("""{"source":["aws.s3"]}""", false)]
    [InlineData("""{"detail":{"eventName":["CreateSecurityGroup","DeleteSecurityGroup"]}}""", true)]
    [InlineData("""{"detail":{"eventName":["CreateSecurityGroup"]}}""", false)]
    [InlineData("""{"detail":{"eventName":[{"prefix":"Delete"}]}}""", true)]
    [InlineData("""{"detail":{"eventName":[{"suffix":"Group"}]}}""", true)]
    [InlineData("""{"detail":{"eventName":[{"wildcard":"*Security*"}]}}""", true)]
    [InlineData("""{"detail":{"eventName":[{"equals-ignore-case":"deletesecuritygroup"}]}}""", true)]
    [InlineData("""{"detail":{"eventName":[{"anything-but":"DeleteSecurityGroup"}]}}""", false)]
    [InlineData("""{"detail":{"eventName":[{"anything-but":["CreateSecurityGroup"]}]}}""", true)]
    [InlineData("""{"detail":{"errorCode":[{"exists":false}],"eventName":["DeleteSecurityGroup"]}}""", true)]
    [InlineData("""{"detail":{"errorCode":[{"exists":true}],"eventName":["DeleteSecurityGroup"]}}""", false)]
    [InlineData("""{"detail":{"readOnly":[false]}}""", true)]
    [InlineData("""{"detail":{"userIdentity":{"type":["Root"]},"eventName":["DeleteSecurityGroup"]}}""", null)]
    [InlineData("""{"detail":{"userIdentity":{"type":["Root"]},"eventName":["RunInstances"]}}""", false)]
    [InlineData("""{"$or":[{"source":["aws.s3"]},{"detail":{"eventName":["DeleteSecurityGroup"]}}]}""", true)]
    [InlineData("""{"detail":{"eventName":[{"numeric":[">",1]}]}}""", null)]
    [InlineData("""{"detail":{"eventName":[]}}""", false)]
    [InlineData("""{"region":["eu-west-1"],"account":["111122223333"],"detail-type":["AWS API Call via CloudTrail"]}""", true)]
    [InlineData("""{"detail-type":["EC2 Instance State-change Notification"]}""", false)]
    [InlineData("not json", null)]
    [InlineData("[1]", null)]
    [InlineData("{\"source\":[\"\\ud800\"]}", null)]
    [InlineData("", false)]
    public void Event_patterns_are_read_as_eventbridge_reads_them(string pattern, bool? expected) => Assert.Equal(expected, EventPattern.Matches(pattern, Delete));

    [Fact]
    public void Nothing_in_a_pattern_breaks_the_audit() => Prop.ForAll(
        Gen.ArrayOf(Gen.Elements("{", "}", "(", ")", "$.eventName", "$.", "=", "!=", "&&", "||", "*", "\"", "%", "IS", "NOT", "EXISTS", "DeleteSecurityGroup", " ", "[", "]", ":", "\"source\"", "\\u0000")).ToArbitrary(),
        parts =>
        {
            var text = string.Concat(parts);
            FilterPattern.Matches(text, Delete);
            FilterPattern.Matches($"{{{text}}}", Delete);
            EventPattern.Matches(text, Delete);
        }).QuickCheckThrowOnFailure();

    // Expressions made of conditions whose truth is known: parsing and logic against plain evaluation.
    private static readonly Gen<(string Text, bool? Value)> Atom = Gen.Elements<(string, bool?)>(
        ("$.eventName = DeleteSecurityGroup", true), ("$.eventName = CreateVpc", false), ("$.userAgent = x", null), ("$.eventSource = \"ec2.amazonaws.com\"", true));

    private static Gen<(string Text, bool? Value)> Expression(int depth) => depth == 0 ? Atom : Gen.OneOf(
        Atom,
        from a in Expression(depth - 1) from b in Expression(depth - 1) select ($"({a.Text}) && ({b.Text})", And(a.Value, b.Value)),
        from a in Expression(depth - 1) from b in Expression(depth - 1) select ($"(({a.Text})||({b.Text}))", Or(a.Value, b.Value)),
        from a in Atom from b in Atom from c in Atom select ($"{a.Text} || {b.Text} && {c.Text}", Or(a.Value, And(b.Value, c.Value))));

    private static bool? And(bool? a, bool? b) => a == false || b == false ? false : a is null || b is null ? null : true;

    private static bool? Or(bool? a, bool? b) => a == true || b == true ? true : a is null || b is null ? null : false;

    [Fact]
    public void Filter_expressions_mean_what_their_logic_says() =>
        Prop.ForAll(Expression(4).ToArbitrary(), e => Assert.Equal(e.Value, FilterPattern.Matches($"{{ {e.Text} }}", Delete))).QuickCheckThrowOnFailure();
}
