using System.Text.Json;
using Sallyport.Auditing;
using Sallyport.Fixing;
using Sallyport.Reports.Json;

namespace Sallyport.Reports.Fixes;

/// <summary>
/// <c>fix -o json</c>: what is fixed and how, what is asked, and the plan's counts. The plan itself is what <c>--to plan</c> writes. Text beyond ASCII is
/// escaped, so no name can harm a terminal.
/// </summary>
public static class FixJsonWriter
{
    /// <summary>Writes the document.</summary>
    public static void Write(FixReport report, ReportOptions options, Stream output)
    {
        using (var json = new Utf8JsonWriter(output, JsonReportWriter.Indented))
        {
            json.WriteStartObject();
            json.WriteNumber("schemaVersion", FindingJson.SchemaVersion);
            json.WritePropertyName("tool");
            FindingJson.WriteTool(json, options);
            json.WriteStartArray("fixed");
            foreach (var remedy in report.Remedies) Write(json, remedy);
            json.WriteEndArray();
            json.WriteStartArray("questions");
            foreach (var question in report.Questions)
            {
                json.WriteStartObject();
                Write(json, "finding", question.Finding);
                json.WriteString("question", question.Question);
                FindingJson.WriteStrings(json, "options", question.Options);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("revealed");
            foreach (var finding in report.Revealed)
            {
                json.WriteStartObject();
                FindingJson.WriteFinding(json, finding);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("notAssessed");
            foreach (var rule in report.NotAssessed)
            {
                json.WriteStartObject();
                json.WriteString("rule", rule.Rule.Code);
                json.WriteString("why", rule.Why);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            var summary = report.Plan.Summary;
            json.WriteStartObject("summary");
            json.WriteNumber("fixed", report.Remedies.Length);
            json.WriteNumber("questions", report.Questions.Length);
            json.WriteNumber("revealed", report.Revealed.Length);
            json.WriteNumber("add", summary.Add);
            json.WriteNumber("change", summary.Change);
            json.WriteNumber("remove", summary.Remove);
            json.WriteNumber("steps", report.Plan.Steps.Length);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void Write(Utf8JsonWriter json, Remedy remedy)
    {
        json.WriteStartObject();
        Write(json, "finding", remedy.Finding);
        json.WriteString("what", remedy.What);
        json.WriteStartArray("changes");
        foreach (var change in remedy.Changes)
        {
            json.WriteStartObject();
            json.WriteString("group", change.Group.Value);
            FindingJson.WriteStrings(json, "add", change.Add.Select(r => r.Key.ToString()));
            FindingJson.WriteStrings(json, "remove", change.Remove.Select(r => r.ToString()));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        FindingJson.WriteStrings(json, "notes", remedy.Notes);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, Finding finding)
    {
        json.WriteStartObject(name);
        FindingJson.WriteFinding(json, finding);
        json.WriteEndObject();
    }
}
