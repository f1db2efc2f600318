using System.Buffers;
using System.Text.Json;
using Sallyport.Planning;

namespace Sallyport.Drift;

/// <summary>Writes a drift report for programs and for people.</summary>
public static class DriftWriter
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// <c>{"schemaVersion":1,"drift":true,"groups":2,"differences":[{"kind":"missing|undeclared|text","name":…,"account":…,"region":…,
    /// "readOnly":false,"rule":{…},"declaredDescription":…}],"absentGroups":[],"summary":{…}}</c>.
    /// </summary>
    public static void WriteJson(DriftReport report, IBufferWriter<byte> output)
    {
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("schemaVersion", 1);
            json.WriteBoolean("drift", report.HasDrift);
            json.WriteNumber("groups", report.Groups);
            json.WriteStartArray("differences");
            foreach (var entry in report.Entries) Write(json, entry);
            json.WriteEndArray();
            json.WriteStartArray("absentGroups");
            foreach (var group in report.AbsentGroups) json.WriteStringValue(group.Value);
            json.WriteEndArray();
            json.WriteStartObject("summary");
            json.WriteNumber("missing", Count(report, DriftKind.Missing));
            json.WriteNumber("undeclared", Count(report, DriftKind.Undeclared));
            json.WriteNumber("text", Count(report, DriftKind.Text));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    /// <summary>One line a difference: <c>+</c> missing, <c>-</c> undeclared, <c>~</c> text; then the counts.</summary>
    public static void WriteText(DriftReport report, TextWriter output)
    {
        foreach (var group in report.Entries.GroupBy(e => (e.Group, e.GroupName, e.Scope)))
        {
            output.Write($"{group.Key.Group} {PlanText.Printable(group.Key.GroupName)} {group.Key.Scope}\n");
            foreach (var entry in group) output.Write($"  {Line(entry)}\n");
        }

        foreach (var absent in report.AbsentGroups) output.Write($"{PlanText.Printable(absent.Value)} is declared and not in the estate\n");
        output.Write(report.HasDrift
            ? $"Drift: {Count(report, DriftKind.Missing)} missing, {Count(report, DriftKind.Undeclared)} undeclared, {Count(report, DriftKind.Text)} with other text, in {report.Groups} groups\n"
            : $"No drift in {report.Groups} groups\n");
    }

    private static string Line(DriftEntry entry) => entry.Kind switch
    {
        DriftKind.Missing => $"+ {entry.Rule}   missing, declared by {string.Join(", ", entry.Origins.Select(PlanText.Printable))}{(entry.IsReadOnly ? " (managed by others)" : string.Empty)}",
        DriftKind.Undeclared => $"- {entry.Rule}   undeclared{(entry.Description.Length == 0 ? string.Empty : $" \"{PlanText.Printable(entry.Description)}\"")}{(entry.Id is { } id ? $" ({PlanText.Printable(id.Value)})" : string.Empty)}",
        _ when entry.DeclaredDescription is { } declared => $"~ {entry.Rule}   \"{PlanText.Printable(entry.Description)}\" is declared \"{PlanText.Printable(declared)}\"",
        _ => $"~ {entry.Rule}   other owners than {string.Join(", ", entry.Origins.Select(PlanText.Printable))}",
    };

    private static int Count(DriftReport report, DriftKind kind) => report.Entries.Count(e => e.Kind == kind);

    private static void Write(Utf8JsonWriter json, DriftEntry entry)
    {
        json.WriteStartObject();
        json.WriteString("kind", entry.Kind switch { DriftKind.Missing => "missing", DriftKind.Undeclared => "undeclared", _ => "text" });
        json.WriteString("name", entry.GroupName);
        json.WriteString("account", entry.Scope.Account);
        json.WriteString("region", entry.Scope.Region);
        json.WriteBoolean("readOnly", entry.IsReadOnly);
        json.WritePropertyName("rule");
        RuleJson.Write(json, entry.Group, new PlanRule(entry.Rule) { Description = entry.Description, Origins = entry.Origins, Id = entry.Id });
        if (entry.DeclaredDescription is { } declared) json.WriteString("declaredDescription", declared);
        json.WriteEndObject();
    }
}
