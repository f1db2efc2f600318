using System.Text.Json;
using Sallyport.Auditing;

namespace Sallyport.Tests.Reports;

/// <summary>
/// Events against the field tables of OCSF 1.4.0: events/findings/compliance_finding.json with finding, base_event and the cloud
/// profile, and the objects they use. A member that is not in a table is an error, so is a required one that is missing.
/// </summary>
public sealed class OcsfTests
{
    private enum Kind
    {
        Text,
        Number,
        Time,
        Texts,
        Object,
        Objects,
        Free,
    }

    private static readonly Dictionary<string, (string Name, Kind Kind, bool IsRequired, string? Of)[]> Tables = new()
    {
        ["event"] =
        [
            ("activity_id", Kind.Number, true, null), ("activity_name", Kind.Text, false, null), ("category_uid", Kind.Number, true, null), ("category_name", Kind.Text, false, null),
            ("class_uid", Kind.Number, true, null), ("class_name", Kind.Text, false, null), ("type_uid", Kind.Number, true, null), ("type_name", Kind.Text, false, null),
            ("time", Kind.Time, true, null), ("severity_id", Kind.Number, true, null), ("severity", Kind.Text, false, null), ("message", Kind.Text, false, null),
            ("status_id", Kind.Number, false, null), ("status", Kind.Text, false, null), ("status_detail", Kind.Text, false, null), ("metadata", Kind.Object, true, "metadata"),
            ("cloud", Kind.Object, true, "cloud"), ("finding_info", Kind.Object, true, "finding_info"), ("compliance", Kind.Object, true, "compliance"),
            ("remediation", Kind.Object, false, "remediation"), ("resources", Kind.Objects, false, "resource_details"), ("evidences", Kind.Objects, false, "evidences"), ("unmapped", Kind.Free, false, null),
        ],
        ["metadata"] = [("version", Kind.Text, true, null), ("product", Kind.Object, true, "product"), ("profiles", Kind.Texts, false, null), ("event_code", Kind.Text, false, null)],
        ["product"] = [("name", Kind.Text, true, null), ("vendor_name", Kind.Text, false, null), ("version", Kind.Text, false, null)],
        ["cloud"] = [("provider", Kind.Text, true, null), ("region", Kind.Text, false, null), ("account", Kind.Object, false, "account")],
        ["account"] = [("uid", Kind.Text, false, null), ("type_id", Kind.Number, false, null), ("type", Kind.Text, false, null)],
        ["finding_info"] =
        [
            ("uid", Kind.Text, true, null), ("title", Kind.Text, false, null), ("desc", Kind.Text, false, null), ("last_seen_time", Kind.Time, false, null), ("analytic", Kind.Object, false, "analytic"),
        ],
        ["analytic"] = [("uid", Kind.Text, false, null), ("name", Kind.Text, false, null), ("type_id", Kind.Number, true, null), ("type", Kind.Text, false, null)],
        ["compliance"] =
        [
            ("control", Kind.Text, false, null), ("standards", Kind.Texts, true, null), ("requirements", Kind.Texts, false, null), ("status_id", Kind.Number, false, null),
            ("status", Kind.Text, false, null), ("status_details", Kind.Texts, false, null),
        ],
        ["remediation"] = [("desc", Kind.Text, true, null), ("references", Kind.Texts, false, null)],
        ["resource_details"] =
        [
            ("uid", Kind.Text, false, null), ("name", Kind.Text, false, null), ("type", Kind.Text, false, null), ("cloud_partition", Kind.Text, false, null), ("region", Kind.Text, false, null),
            ("owner", Kind.Object, false, "user"), ("data", Kind.Free, false, null),
        ],
        ["user"] = [("account", Kind.Object, false, "account")],
        ["evidences"] = [("data", Kind.Free, false, null)],
    };

    private static readonly Dictionary<int, string> Severities = new() { [1] = "Informational", [2] = "Low", [3] = "Medium", [4] = "High", [5] = "Critical" };

    [Fact]
    public void Every_event_is_of_the_tables()
    {
        foreach (var report in new[] { FixedReport.Plain, FixedReport.Clean, FixedReport.Hostile })
        {
            Assert.All(Events(report), e =>
            {
                Check(e, "event");
                Assert.Equal(2, e.GetProperty("category_uid").GetInt32());
                Assert.Equal(2003, e.GetProperty("class_uid").GetInt32());
                Assert.Equal(200_300 + e.GetProperty("activity_id").GetInt32(), e.GetProperty("type_uid").GetInt32());
                Assert.Equal(Severities[e.GetProperty("severity_id").GetInt32()], e.GetProperty("severity").GetString());
                Assert.Equal(1_795_246_215_000, e.GetProperty("time").GetInt64());
                Assert.NotEqual(0, e.GetProperty("compliance").GetProperty("standards").GetArrayLength());
                Assert.Contains("cloud", e.GetProperty("metadata").GetProperty("profiles").EnumerateArray().Select(p => p.GetString()));
            });
        }
    }

    [Fact]
    public void A_table_would_object()
    {
        var text = ReportText.Of("ocsf", FixedReport.Plain).Split('\n')[0];
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Check(JsonDocument.Parse(text.Replace("\"time\":", "\"tyme\":", StringComparison.Ordinal)).RootElement, "event"));
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Check(JsonDocument.Parse(text.Replace("\"provider\":\"AWS\",", "", StringComparison.Ordinal)).RootElement, "event"));
    }

    [Fact]
    public void Findings_fail_what_is_open_warns_and_a_waiver_suppresses()
    {
        var events = Events(FixedReport.Plain);
        var report = FixedReport.Plain;
        Assert.Equal(report.Findings.Length, events.Count(e => Status(e) == 3));

        // Two scopes that one rule left open, one read failure, one rule not assessed.
        Assert.Equal(4, events.Count(e => Status(e) == 2));
        Assert.Equal(["SP-EGR-01"], events.Where(e => e.GetProperty("status_id").GetInt32() == 3).Select(e => e.GetProperty("metadata").GetProperty("event_code").GetString()));
        Assert.Equal(["SP-EGR-02"], events.Where(e => e.GetProperty("activity_id").GetInt32() == 2).Select(e => e.GetProperty("metadata").GetProperty("event_code").GetString()));
        Assert.Equal(events.Count, events.Select(e => e.GetProperty("finding_info").GetProperty("uid").GetString()).Distinct().Count());

        static int Status(JsonElement e) => e.GetProperty("compliance").GetProperty("status_id").GetInt32();
    }

    private static List<JsonElement> Events(AuditReport report) =>
        [.. ReportText.Of("ocsf", report).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement)];

    private static void Check(JsonElement element, string table)
    {
        Assert.Equal(JsonValueKind.Object, element.ValueKind);
        var fields = Tables[table];
        Assert.Empty(element.EnumerateObject().Select(p => p.Name).Except(fields.Select(f => f.Name)));
        foreach (var (name, kind, isRequired, of) in fields)
        {
            if (!element.TryGetProperty(name, out var value))
            {
                Assert.False(isRequired, $"{table} has no {name}.");
                continue;
            }

            switch (kind)
            {
                case Kind.Text: Assert.False(string.IsNullOrEmpty(value.GetString()), $"{table}.{name} is empty."); break;
                case Kind.Number: Assert.True(value.TryGetInt32(out _), $"{table}.{name} is no integer."); break;
                case Kind.Time: Assert.InRange(value.GetInt64(), 1_000_000_000_000, 9_999_999_999_999); break;
                case Kind.Texts: Assert.All(value.EnumerateArray(), v => Assert.Equal(JsonValueKind.String, v.ValueKind)); break;
                case Kind.Object: Check(value, of!); break;
                case Kind.Objects: Assert.All(value.EnumerateArray(), v => Check(v, of!)); break;
            }
        }
    }
}
