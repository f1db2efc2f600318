using System.Text.Json.Nodes;
using Sallyport.Diagnostics;
using Sallyport.Reports;
using Sallyport.Reports.Json;

namespace Sallyport.Tests.Estates.Files;

/// <summary>Texts longer than AWS takes: cut and said, so that a report that repeats them stays of a size.</summary>
public class LongTextTests
{
    [Theory]
    [InlineData("GroupName", "name"), InlineData("Description", "description"), InlineData("Key", "tag"), InlineData("Value", "tag")]
    public void A_long_text_is_cut_and_said(string field, string what)
    {
        var read = FileRead.Of(Groups(field, new string('x', 3_000_000)));

        var said = Assert.Single(read.Said);
        Assert.Equal(("SPD2057", Severity.Warning, new SourceSpan("estate.json", 1, 20)), (said.Code, said.Severity, said.At));
        Assert.StartsWith($"The {what} of sg-0a is 3,000,000 characters long; AWS allows ", said.Message, StringComparison.Ordinal);
        Assert.EndsWith(" Its first 1,024 were kept.", said.Message, StringComparison.Ordinal);
        var group = Assert.Single(read.Estate.SecurityGroups);
        Assert.Equal("sg-0a", group.Id.Value);
        Assert.Single(group.Rules);
        string[] texts = [group.Name, group.Description, group.Tags.Pairs[0].Key, group.Tags.Pairs[0].Value];
        Assert.Equal(new string('x', 1023) + "…", Assert.Single(texts, t => t.Length > 10));
    }

    [Theory]
    [InlineData(255), InlineData(1024)]
    public void What_AWS_may_have_is_left_alone(int length)
    {
        foreach (var field in (string[])["GroupName", "Description", "Key", "Value"])
        {
            var group = Assert.Single(FileRead.Quietly(Groups(field, new string('x', length))).SecurityGroups);
            Assert.Contains([group.Name, group.Description, group.Tags.Pairs[0].Key, group.Tags.Pairs[0].Value], t => t.Length == length);
        }
    }

    [Fact]
    public void No_character_is_cut_in_two()
    {
        var name = Assert.Single(FileRead.Of(Groups("GroupName", new string('x', 1022) + "🙂🙂🙂")).Estate.SecurityGroups).Name;
        Assert.Equal(new string('x', 1022) + "…", name);
    }

    [Fact]
    public void A_report_does_not_grow_with_the_name()
    {
        var estate = FileRead.Of(Groups("GroupName", new string('x', 3_000_000))).Estate;
        var report = Sallyport.Tests.Auditing.Audit.Of(estate);
        using var stream = new MemoryStream();
        new JsonReportWriter().Write(report, new ReportOptions("0.0.0"), stream);

        Assert.True(report.Findings.Length > 5);
        Assert.InRange(stream.Length, 1, 200_000);
    }

    private static string Groups(string field, string text)
    {
        var tag = new JsonObject { ["Key"] = "team", ["Value"] = "shop" };
        var group = new JsonObject
        {
            ["GroupId"] = "sg-0a",
            ["GroupName"] = "web",
            ["Description"] = "servers",
            ["OwnerId"] = "111122223333",
            ["VpcId"] = "vpc-0a",
            ["IpPermissions"] = new JsonArray(new JsonObject { ["IpProtocol"] = "tcp", ["FromPort"] = 22, ["ToPort"] = 22, ["IpRanges"] = new JsonArray(new JsonObject { ["CidrIp"] = "0.0.0.0/0" }) }),
            ["IpPermissionsEgress"] = new JsonArray(),
            ["Tags"] = new JsonArray(tag),
        };
        (tag.ContainsKey(field) ? tag : group)[field] = text;
        return new JsonObject { ["SecurityGroups"] = new JsonArray(group) }.ToJsonString();
    }
}
