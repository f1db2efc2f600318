using System.Text;
using System.Text.Json;
using Sallyport.Auditing;
using Sallyport.Auditing.Compliance;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Reports;

namespace Sallyport.Tests.Reports;

public sealed class AsffTests
{
    private const int MostBytes = 240_000;

    [Fact]
    public void Required_attributes_are_there_and_ids_stay_the_same()
    {
        var findings = Read(FixedReport.Plain);
        string[] required = ["SchemaVersion", "Id", "ProductArn", "GeneratorId", "AwsAccountId", "Types", "CreatedAt", "UpdatedAt", "Severity", "Title", "Description", "Resources"];
        Assert.All(findings, f => Assert.Empty(required.Except(f.EnumerateObject().Select(p => p.Name))));
        Assert.Equal(findings.Count, findings.Select(f => f.GetProperty("Id").GetString()).Distinct().Count());
        Assert.Equal("arn:aws-cn:securityhub:cn-north-1:444455556666:product/444455556666/default", findings[1].GetProperty("ProductArn").GetString());
        Assert.All(findings, f => Assert.Equal("2026-11-21T07:30:15.000Z", f.GetProperty("UpdatedAt").GetString()));
    }

    [Fact]
    public void A_waived_finding_is_archived_with_its_note_and_what_is_open_is_not_available()
    {
        var findings = Read(FixedReport.Plain);
        var archived = Assert.Single(findings, f => f.GetProperty("RecordState").GetString() == "ARCHIVED");
        Assert.Contains("network team", archived.GetProperty("Note").GetProperty("Text").GetString(), StringComparison.Ordinal);
        var open = findings.Where(f => f.GetProperty("Compliance").GetProperty("Status").GetString() == "NOT_AVAILABLE").ToList();
        Assert.Equal(3, open.Count);
        Assert.All(open, f => Assert.NotEqual(0, f.GetProperty("Compliance").GetProperty("StatusReasons").GetArrayLength()));
        Assert.Contains("UnauthorizedOperation", open[^1].GetProperty("Description").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Permissions_are_the_offending_ones()
    {
        var details = Read(FixedReport.Plain).Select(f => f.GetProperty("Resources")[0]).Select(r => r.TryGetProperty("Details", out var d) ? d.GetProperty("AwsEc2SecurityGroup").GetRawText() : "").ToList();
        Assert.Contains("\"IpPermissions\":[{\"IpProtocol\":\"tcp\",\"FromPort\":22,\"ToPort\":22,\"IpRanges\":[{\"CidrIp\":\"0.0.0.0/1\"},{\"CidrIp\":\"128.0.0.0/1\"}]}]", details[0], StringComparison.Ordinal);
        Assert.Contains("\"IpPermissionsEgress\":[{\"IpProtocol\":\"-1\",\"IpRanges\":[{\"CidrIp\":\"0.0.0.0/0\"}],\"Ipv6Ranges\":[{\"CidrIpv6\":\"::/0\"}]}]", details[1], StringComparison.Ordinal);
        Assert.Contains("\"UserIdGroupPairs\":[{\"GroupId\":\"sg-0b\",\"UserId\":\"444455556666\"}]", details[2], StringComparison.Ordinal);
        Assert.Contains("{\"IpProtocol\":\"icmp\",\"FromPort\":8,\"ToPort\":-1,", details[3], StringComparison.Ordinal);
        Assert.Contains("{\"IpProtocol\":\"47\",\"PrefixListIds\":[{\"PrefixListId\":\"pl-0d\"}]}", details[4], StringComparison.Ordinal);
    }

    [Fact]
    public void Findings_without_an_account_or_a_Region_are_left_out_and_told()
    {
        var finding = FixedReport.Plain.Findings[0];
        var report = FixedReport.Clean with { Findings = [finding, finding with { Resource = finding.Resource with { Scope = new Scope("", "eu-west-1") } }, finding with { Resource = finding.Resource with { Scope = new Scope("111122223333", "") } }] };
        Assert.Single(Read(report));
        var told = Assert.Single(ReportFormats.Find("asff")!.Writer.Shortfalls(report));
        Assert.Equal("SPD6103", told.Code);
        Assert.StartsWith("2 findings are left out", told.Message, StringComparison.Ordinal);
        Assert.Equal(["SPD6104"], ReportFormats.Find("asff")!.Writer.Shortfalls(FixedReport.OfMany(101)).Select(d => d.Code));
        Assert.Empty(ReportFormats.Find("asff")!.Writer.Shortfalls(FixedReport.OfMany(100)));
    }

    [Fact]
    public void What_is_not_decided_counts_among_what_one_call_takes()
    {
        var report = FixedReport.OfMany(100);
        report = report with { Unknown = [new UnknownVerdict("SP-ING-02", report.Findings[0].Resource, "pl-x was not read")] };
        Assert.Equal(101, Read(report).Count);
        Assert.StartsWith("The ASFF output holds 101 findings;", Assert.Single(ReportFormats.Find("asff")!.Writer.Shortfalls(report)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_finding_is_larger_than_Security_Hub_takes()
    {
        foreach (var c in new[] { '日', '\u202E', '"', '<' })
        {
            var name = new string(c, 10_000);
            var report = FixedReport.OfNames([name]);
            var finding = report.Findings[0] with
            {
                Evidence = [.. Enumerable.Range(0, 200).Select(i => new EvidenceAtom(new SecurityGroupRuleId(name), Direction.Ingress, Service.Tcp(i), new GroupPeer(new SecurityGroupId(name)) { Account = name }))],
                Controls = [.. Enumerable.Range(0, 100).Select(i => new Control(name, name, name))],
                Aliases = [.. Enumerable.Repeat(name, 50)],
            };
            report = report with { Findings = [finding], Unknown = [.. Enumerable.Range(0, 200).Select(i => new UnknownVerdict("SP-ING-02", finding.Resource with { Id = name + i }, name))] };
            Assert.All(Read(report), f => Assert.InRange(Encoding.UTF8.GetByteCount(f.GetRawText()), 1, MostBytes));
        }
    }

    [Fact]
    public void Lengths_are_those_of_the_API()
    {
        Assert.All(Read(FixedReport.Hostile), f =>
        {
            Assert.InRange(f.GetProperty("Title").GetString()!.Length, 1, 256);
            Assert.InRange(f.GetProperty("Description").GetString()!.Length, 1, 1_024);
            Assert.InRange(f.GetProperty("Id").GetString()!.Length, 1, 512);
            Assert.InRange(f.GetProperty("Resources").GetArrayLength(), 1, 32);
            Assert.All(Texts(f), text => Assert.False(string.IsNullOrWhiteSpace(text)));
        });
    }

    private static List<JsonElement> Read(AuditReport report)
    {
        var text = ReportText.Of("asff", report);
        using var json = JsonDocument.Parse(text);
        var all = json.RootElement.Clone().EnumerateArray().ToList();

        // A finding a line, so that a file can be split without a parser.
        Assert.Equal(all.Count + 2, text.TrimEnd('\n').Split('\n').Length);
        return all;
    }

    private static IEnumerable<string> Texts(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Texts(p.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
        JsonValueKind.String => [element.GetString()!],
        _ => [],
    };
}
