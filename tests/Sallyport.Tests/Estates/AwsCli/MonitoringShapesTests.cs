using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Tests.Estates.Files;

namespace Sallyport.Tests.Estates.AwsCli;

public class MonitoringShapesTests
{
    private const string Group = """{"SecurityGroups": [{"GroupId": "sg-0000000a", "GroupName": "web", "OwnerId": "111122223333", "VpcId": "vpc-1", "IpPermissions": [], "IpPermissionsEgress": [], "SecurityGroupArn": "arn:aws:ec2:eu-west-1:111122223333:security-group/sg-0000000a"}]}""";

    private const string Filters = """{"metricFilters": [{"filterName": "sg", "filterPattern": "{ ($.eventName = DeleteSecurityGroup) }", "metricTransformations": [{"metricName": "SgChanges", "metricNamespace": "Logs", "metricValue": "1"}], "creationTime": 1, "logGroupName": "trail"}]}""";

    private const string Alarms = """
        {"MetricAlarms": [
          {"AlarmName": "sg", "AlarmArn": "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:sg", "ActionsEnabled": true, "AlarmActions": ["arn:aws:sns:eu-west-1:111122223333:ops"], "MetricName": "SgChanges", "Namespace": "Logs"},
          {"AlarmName": "silent", "AlarmArn": "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:silent", "ActionsEnabled": true, "AlarmActions": [], "Metrics": [{"Id": "m1", "MetricStat": {"Metric": {"Namespace": "Logs", "MetricName": "Other"}}}, {"Id": "e1", "Expression": "m1*2"}]}
        ], "CompositeAlarms": [{"AlarmName": "both", "AlarmArn": "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:both", "AlarmRule": "ALARM(\"sg\") OR (ALARM(arn:aws:cloudwatch:eu-west-1:111122223333:alarm:silent) AND NOT ALARM(x))", "AlarmActions": ["arn:aws:sns:eu-west-1:111122223333:ops"]}]}
        """;

    private const string Rules = """
        {"Rules": [
          {"Name": "sg", "Arn": "arn:aws:events:eu-west-1:111122223333:rule/sg", "EventPattern": "{\"source\":[\"aws.ec2\"]}", "State": "ENABLED", "EventBusName": "default"},
          {"Name": "nightly", "Arn": "arn:aws:events:eu-west-1:111122223333:rule/nightly", "ScheduleExpression": "rate(1 day)", "State": "DISABLED", "EventBusName": "default"}
        ]}
        """;

    private const string Trails = """{"trailList": [{"Name": "all", "TrailARN": "arn:aws:cloudtrail:eu-central-1:111122223333:trail/all", "HomeRegion": "eu-central-1", "IsMultiRegionTrail": true, "IsOrganizationTrail": false, "CloudWatchLogsLogGroupArn": "arn:aws:logs:eu-central-1:111122223333:log-group:trail:*", "HasCustomEventSelectors": true}]}""";

    private static readonly Scope Home = new("111122223333", "eu-west-1");

    [Fact]
    public void Block_public_access_is_one_object_that_says_whose_it_is()
    {
        var read = FileRead.OfAll(
            ("f/sg.json", Group),
            ("f/bpa.json", """{"VpcBlockPublicAccessOptions": {"AwsAccountId": "111122223333", "AwsRegion": "eu-west-1", "State": "update-complete", "InternetGatewayBlockMode": "block-ingress", "LastUpdateTimestamp": "2026-01-01T00:00:00Z", "ManagedBy": "account", "ExclusionsAllowed": "allowed"}}"""),
            ("f/ex.json", """{"VpcBlockPublicAccessExclusions": [{"ExclusionId": "vpcbpa-exclude-1", "InternetGatewayExclusionMode": "allow-egress", "ResourceArn": "arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-1", "State": "create-complete"}]}"""));
        Assert.Empty(read.Said);
        Assert.Equal([new PublicAccessBlock(Home, "block-ingress")], read.Estate.PublicAccessBlocks);
        Assert.Equal([new PublicAccessExclusion("vpcbpa-exclude-1", Home, "vpc-1") { Mode = "allow-egress", State = "create-complete" }], read.Estate.PublicAccessExclusions);
        Assert.DoesNotContain(read.Estate.Gaps, g => g.What == GapKind.PublicAccessBlocks);
        Assert.True(read.Estate.PublicAccessBlocks[0].BlocksIngress);
    }

    [Theory]
    [InlineData("""{"InternetGatewayBlockMode": "off", "AwsAccountId": "111122223333", "AwsRegion": "eu-west-1"}""")]
    [InlineData("""[{"VpcBlockPublicAccessOptions": {"InternetGatewayBlockMode": "off", "AwsAccountId": "111122223333", "AwsRegion": "eu-west-1"}}]""")]
    public void What_a_query_leaves_of_it_is_read_as_well(string text) =>
        Assert.Equal([new PublicAccessBlock(Home, "off")], FileRead.Quietly(text).PublicAccessBlocks);

    [Fact]
    public void Filters_alarms_event_rules_and_trails()
    {
        var read = FileRead.OfAll(("f/sg.json", Group), ("f/filters.json", Filters), ("f/alarms.json", Alarms), ("f/rules.json", Rules), ("f/trails.json", Trails));
        Assert.Empty(read.Said);
        var filter = Assert.Single(read.Estate.MetricFilters);
        Assert.Equal(("sg", Home, "trail", "{ ($.eventName = DeleteSecurityGroup) }"), (filter.Name, filter.Scope, filter.LogGroup, filter.Pattern));
        Assert.Equal([new MetricName("Logs", "SgChanges")], filter.Metrics);
        Assert.Equal([("both", Home, true, ""), ("sg", Home, true, "Logs/SgChanges"), ("silent", Home, false, "Logs/Other")], read.Estate.MetricAlarms.Select(a => (a.Name, a.Scope, a.HasActions, string.Join(",", a.Metrics))));
        Assert.Equal(["sg", "silent", "x"], read.Estate.MetricAlarms[0].Combines);
        Assert.Equal([("nightly", false, ""), ("sg", true, """{"source":["aws.ec2"]}""")], read.Estate.EventRules.Select(r => (r.Name, r.IsEnabled, r.Pattern)));
        Assert.Equal([new Trail("all", new Scope("111122223333", "eu-central-1")) { IsMultiRegion = true, LogGroup = "trail" }], read.Estate.Trails);
        Assert.DoesNotContain(read.Estate.Gaps, g => g.What == GapKind.Monitoring);
    }

    [Theory]
    [InlineData(Filters, Alarms)]
    [InlineData(Filters, Rules)]
    [InlineData(Alarms, Rules)]
    public void Without_one_of_the_three_answers_monitoring_was_not_read(string one, string other) => Assert.Contains(
        FileRead.OfAll(("f/sg.json", Group), ("f/1.json", one), ("f/2.json", other)).Estate.Gaps, g => g is { What: GapKind.Monitoring, IsReadFailure: false });

    [Fact]
    public void Empty_answers_are_answers()
    {
        var read = FileRead.OfAll(("f/sg.json", Group), ("f/filters.json", """{"metricFilters": []}"""), ("f/alarms.json", """{"MetricAlarms": [], "CompositeAlarms": []}"""), ("f/events-list-rules.json", """{"Rules": []}"""));
        Assert.Empty(read.Said);
        Assert.DoesNotContain(read.Estate.Gaps, g => g.What == GapKind.Monitoring);
    }

    [Theory]
    [InlineData("""{"Rules": []}""")]
    [InlineData("""{"Rules": [{"RuleArn": "arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener-rule/app/x/1/2/3", "Priority": "default", "Conditions": [], "Actions": [], "IsDefault": true}]}""")]
    [InlineData("""{"Rules": [{"Identifier": "abc", "Arn": 7}, "x", 5, null]}""")]
    [InlineData("""{"Rules": {"a": 1}}""")]
    [InlineData("""{"Rules": "none", "NextMarker": "x"}""")]
    [InlineData("""{"Rules": null}""")]
    public void Rules_of_other_services_are_passed_over_with_a_note(string text)
    {
        var read = FileRead.OfAll(("f/sg.json", Group), ("f/other.json", text));
        Assert.All(read.Said, d => Assert.Equal((Severity.Note, "SPD2080"), (d.Severity, d.Code)));
        Assert.NotEmpty(read.Said);
        Assert.Empty(read.Estate.EventRules);
        Assert.Contains(read.Estate.Gaps, g => g.What == GapKind.Monitoring);
        Assert.Single(read.Estate.SecurityGroups);
    }

    [Fact]
    public void A_file_of_another_service_alone_is_no_source() =>
        Assert.Equal(["SPD2004"], FileRead.Of("""{"Rules": [{"RuleArn": "x"}]}""").Codes.Distinct());

    [Fact]
    public void In_an_estate_of_several_accounts_an_answer_that_does_not_say_whose_it_is_proves_nothing()
    {
        var other = Group.Replace("111122223333", "444455556666", StringComparison.Ordinal).Replace("0000000a", "0000000b", StringComparison.Ordinal);
        var read = FileRead.OfAll(("a/sg.json", Group), ("b/sg.json", other), ("a/fl.json", """{"FlowLogs": []}"""), ("a/alarms.json", Alarms), ("a/rules.json", Rules), ("a/filters.json", Filters));
        Assert.Equal(["111122223333/eu-west-1", "444455556666/eu-west-1"], read.Estate.Gaps.Where(g => g.What == GapKind.Monitoring).Select(g => g.Where));
        Assert.Equal(["111122223333/eu-west-1", "444455556666/eu-west-1"], read.Estate.Gaps.Where(g => g.What == GapKind.FlowLogs).Select(g => g.Where));
    }

    [Fact]
    public void What_one_account_was_asked_says_nothing_about_another()
    {
        var builder = new EstateBuilder().AddScope(Home).AddScope(new Scope("444455556666", "eu-west-1"));
        builder.MarkCollected(GapKind.FlowLogs, Home).MarkCollected(GapKind.Monitoring, Home);
        builder.Add(new PublicAccessBlock(Home, "off"));
        var gaps = builder.Build().Gaps;
        Assert.All([GapKind.FlowLogs, GapKind.Monitoring, GapKind.PublicAccessBlocks], kind => Assert.Equal(["444455556666/eu-west-1"], gaps.Where(g => g.What == kind).Select(g => g.Where)));
        Assert.Equal([""], gaps.Where(g => g.What == GapKind.VpcEndpoints).Select(g => g.Where));
    }
}
