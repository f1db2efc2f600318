using System.Globalization;
using System.Text.Json;
using Sallyport.Auditing;
using Sallyport.Auditing.Waivers;
using Sallyport.Reports.Text;

namespace Sallyport.Reports.Sarif;

/// <summary>The run itself: whether everything was read, and what was not read, not decided or not assessed.</summary>
internal static class SarifInvocation
{
    private const string NotRead = "not-read";
    private const string NotDecided = "not-decided";
    private const string NotAssessed = "not-assessed";
    private const string LeftOut = "left-out";
    private const string WaiverToSee = "waiver";

    private static readonly (string Id, string Name, string Text, string Help)[] Descriptors =
    [
        (NotRead, "NotRead", "Part of the estate was not read.", "Give the reader the missing permission, or the source the missing file, and audit again."),
        (NotDecided, "NotDecided", "What was read does not decide a rule.", "Read what the message names, and audit again."),
        (NotAssessed, "NotAssessed", "A rule was not assessed because something it needs was not given.", "Give what the message names, or leave the rule out."),
        (WaiverToSee, "WaiverToSee", "A waiver has expired or covers nothing.", "Renew the waiver, or take it out."),
        (LeftOut, "LeftOut", "The file does not hold every finding.", "Write the report as JSON too: it holds them all."),
    ];

    public static void WriteDescriptors(Utf8JsonWriter json)
    {
        json.WriteStartArray("notifications");
        foreach (var (id, name, text, help) in Descriptors)
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteString("name", name);
            Text(json, "shortDescription", text);
            Text(json, "fullDescription", text);
            Text(json, "help", help);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter json, AuditReport report, RuleTable rules, ReportOptions options, int leftOut)
    {
        json.WriteStartArray("invocations");
        json.WriteStartObject();
        json.WriteBoolean("executionSuccessful", report.Scope.Groups > 0 && !report.Gaps.Any(g => g.IsReadFailure));
        if (options.At is { } at) json.WriteString("endTimeUtc", at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        json.WriteStartArray("toolExecutionNotifications");
        if (leftOut > 0) Notify(json, LeftOut, "warning", $"{ReportWords.Count(leftOut, "finding")} beyond the {SarifReportWriter.MostResults:N0} most severe are left out.", null);
        if (report.Scope.Groups == 0) Notify(json, NotRead, "error", "No security group was read: an empty inventory is not a clean one.", null);
        foreach (var gap in report.Gaps) Notify(json, NotRead, gap.IsReadFailure ? "error" : "note", ReportWords.Of(gap), null);
        foreach (var open in Undecided.Of(report)) Notify(json, NotDecided, "warning", open.Sentence, rules.PlaceOf(open.Rule) is { } place ? (open.Rule, place) : null);
        json.WriteEndArray();
        json.WriteStartArray("toolConfigurationNotifications");
        foreach (var use in WaiverText.Asked(report)) Notify(json, WaiverToSee, use.State == WaiverState.Expired ? "warning" : "note", $"{WaiverText.Clause(use)}.", null);
        foreach (var rule in report.NotAssessed) Notify(json, NotAssessed, "note", ReportWords.Of(rule), rules.PlaceOf(rule.Rule.Code) is { } place ? (rule.Rule.Code, place) : null);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void Notify(Utf8JsonWriter json, string id, string level, string text, (string Code, int Place)? rule)
    {
        json.WriteStartObject();
        json.WriteStartObject("descriptor");
        json.WriteString("id", id);
        json.WriteNumber("index", Array.FindIndex(Descriptors, d => d.Id == id));
        json.WriteEndObject();
        json.WriteString("level", level);
        Text(json, "message", SarifText.Of(text));
        if (rule is var (code, place))
        {
            json.WriteStartObject("associatedRule");
            json.WriteString("id", code);
            json.WriteNumber("index", place);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Text(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }
}
