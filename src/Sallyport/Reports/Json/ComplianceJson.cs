using System.Globalization;
using System.Text.Json;
using Sallyport.Auditing.Baselines;
using Sallyport.Auditing.Compliance;
using Sallyport.Auditing.Waivers;
using Sallyport.Reports.Text;

namespace Sallyport.Reports.Json;

/// <summary>What a report says of waivers, baseline and frameworks; the members without their braces.</summary>
internal static class ComplianceJson
{
    public static void WriteWaiver(Utf8JsonWriter json, WaiverUse use)
    {
        var waiver = use.Waiver;
        json.WriteString("rule", waiver.Rule);
        json.WriteString("resource", waiver.Resource);
        json.WriteString("fingerprint", waiver.Fingerprint);
        json.WriteString("reason", waiver.Reason);
        json.WriteString("owner", waiver.Owner);
        json.WriteString("expires", waiver.Expires.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteString("state", JsonNamingPolicy.KebabCaseLower.ConvertName(use.State.ToString()));
        json.WriteNumber("findings", use.Findings);
        if (waiver.At is not { } at)
        {
            json.WriteNull("location");
            return;
        }

        json.WriteStartObject("location");
        json.WriteString("file", at.File);
        json.WriteNumber("line", at.Line);
        json.WriteEndObject();
    }

    public static void WriteBaseline(Utf8JsonWriter json, BaselineComparison baseline)
    {
        json.WriteString("file", baseline.File);
        json.WriteNumber("known", baseline.Known);
        json.WriteNumber("worse", baseline.Worse);
        json.WriteNumber("gone", baseline.Gone);
        json.WriteNumber("notChecked", baseline.NotChecked);
    }

    public static void WriteFramework(Utf8JsonWriter json, FrameworkReport report)
    {
        WriteFramework(json, report.Framework);
        json.WriteStartObject("summary");
        json.WriteNumber("pass", report.Count(ControlState.Pass));
        json.WriteNumber("fail", report.Count(ControlState.Fail));
        json.WriteNumber("unknown", report.Count(ControlState.Unknown));
        json.WriteNumber("notAssessed", report.Count(ControlState.NotAssessed));
        json.WriteEndObject();
        json.WriteStartArray("controls");
        foreach (var control in report.Controls) WriteControl(json, control);
        json.WriteEndArray();
    }

    public static void WriteFramework(Utf8JsonWriter json, Framework framework)
    {
        json.WriteString("framework", framework.Name);
        json.WriteString("title", framework.Title);
        json.WriteString("version", framework.Version);
        json.WriteString("publisher", framework.Publisher);
        json.WriteString("note", framework.Note);
    }

    private static void WriteControl(Utf8JsonWriter json, ControlResult control)
    {
        json.WriteStartObject();
        json.WriteString("id", control.Id);
        json.WriteString("state", ComplianceText.Word(control.State));
        json.WriteNumber("findings", control.Findings);
        json.WriteNumber("waived", control.Waived);
        json.WriteNumber("unknown", control.Unknown);
        json.WriteBoolean("ours", control.IsOurs);
        json.WriteString("note", control.Note);
        json.WriteStartArray("rules");
        foreach (var rule in control.Rules)
        {
            json.WriteStartObject();
            json.WriteString("rule", rule.Code);
            json.WriteString("source", rule.Source);
            json.WriteString("state", ComplianceText.Word(rule.State));
            json.WriteNumber("findings", rule.Findings);
            json.WriteNumber("waived", rule.Waived);
            json.WriteNumber("unknown", rule.Unknown);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
