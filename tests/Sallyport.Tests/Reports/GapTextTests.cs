using System.Text.Json;
using Sallyport.Auditing;
using Sallyport.Estates;
using Sallyport.Tests.Auditing;

namespace Sallyport.Tests.Reports;

/// <summary>The end of a text report lists what is missing for its rules, and says where to get it.</summary>
public sealed class GapTextTests
{
    [Fact]
    public void Only_what_the_rules_need_is_listed()
    {
        var text = Text("SP-VPC-02");
        Assert.Matches("\nNOT READ\n  FlowLogs  \\S+  The source holds none of them.\n  9 more", text);
        Assert.Contains("\n  To have them read, audit live or what `sallyport snapshot live` writes, or add the answers of these calls to the sources: aws ec2 describe-flow-logs\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Alarms_are_not_to_be_had_from_a_live_read()
    {
        var text = Text("SP-MON-01");
        Assert.Contains("\n  Alarms are read from files alone: add the answers of aws logs describe-metric-filters,", text, StringComparison.Ordinal);
        Assert.DoesNotContain("To have them read", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_that_reads_groups_alone_lacks_nothing()
    {
        var text = Text("SP-NAM-03");
        Assert.Contains("\nNOT READ\n  10 things that no rule of this run needs; -o json lists them\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("To have them read", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_read_is_always_listed()
    {
        var text = Text("SP-NAM-03", new EstateGap(GapKind.FlowLogs, "111122223333/eu-west-1", "UnauthorizedOperation when reading.", IsReadFailure: true));
        Assert.Contains("\n  FlowLogs  111122223333/eu-west-1  UnauthorizedOperation when reading.\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("describe-flow-logs", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_lists_all()
    {
        using var json = JsonDocument.Parse(ReportText.Of("json", Of("SP-NAM-03")));
        Assert.Equal(10, json.RootElement.GetProperty("gaps").GetArrayLength());
    }

    private static string Text(string rule, params EstateGap[] gaps) => ReportText.Of("text", Of(rule, gaps));

    private static AuditReport Of(string rule, params EstateGap[] gaps)
    {
        var builder = new EstateBuilder().Add(new SecurityGroup(new SecurityGroupId("sg-1"), EstateText.Home) { Name = "web", Description = "front end" });
        foreach (var gap in gaps) builder.Add(gap);
        return Audit.Of(builder.Build(), AuditOptions.Default with { Rules = [rule] });
    }
}
