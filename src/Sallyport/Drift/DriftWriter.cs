using System.Buffers;
using System.Text.Json;
using Sallyport.Diagnostics;
using Sallyport.Planning;

namespace Sallyport.Drift;

/// <summary>Writes a drift report for programs and for people.</summary>
public static class DriftWriter
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// <c>{"schemaVersion":1,"drift":true,"groups":2,"differences":[{"kind":"missing|undeclared|text","name":…,"account":…,"region":…,
    /// "readOnly":false,"rule":{…},"declaredDescription":…}],"absentGroups":[],"summary":{…}}</c>; against code also
    /// <c>"declared":"aws_security_group.web","location":{"file":…,"line":…}</c> of each, and
    /// <c>"unknown":[{"declared":…,"rule":"…","why":…,"liveRules":["sgr-…"],"location":{…}}]</c>.
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
            json.WriteStartArray("unknown");
            foreach (var doubt in report.Doubts) Write(json, doubt);
            json.WriteEndArray();
            json.WriteStartObject("summary");
            json.WriteNumber("missing", Count(report, DriftKind.Missing));
            json.WriteNumber("undeclared", Count(report, DriftKind.Undeclared));
            json.WriteNumber("text", Count(report, DriftKind.Text));
            json.WriteNumber("unknown", report.Doubts.Length);
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
            output.Write($"{group.Key.Group} {PlanText.Printable(ShownText.NameOf(group.Key.GroupName))} {group.Key.Scope}\n");
            foreach (var entry in group) output.Write($"  {Line(entry)}\n");
        }

        foreach (var absent in report.AbsentGroups) output.Write($"{PlanText.Printable(absent.Value)} is declared and not in the estate\n");
        foreach (var doubt in report.Doubts)
        {
            output.Write($"? {(doubt.At is null ? string.Empty : $"{PlanText.Printable(doubt.At.File)}:{doubt.At.Line} ")}{PlanText.Printable(doubt.Why)}{(doubt.Rule is { } rule ? $" ({PlanText.Printable(rule.ToString())})" : string.Empty)}\n");
            foreach (var live in doubt.Live) output.Write($"    {PlanText.Printable(live.Key.ToString())}{(live.Id is { } id ? $" ({PlanText.Printable(id.Value)})" : string.Empty)} may be declared or not\n");
        }

        if (!report.Doubts.IsEmpty) output.Write($"Not known: {report.Doubts.Length}, listed above\n");
        output.Write(report.HasDrift
            ? $"Drift: {Count(report, DriftKind.Missing)} missing, {Count(report, DriftKind.Undeclared)} undeclared, {Count(report, DriftKind.Text)} with other text, in {report.Groups} groups\n"
            : $"No drift in {report.Groups} groups\n");
        WriteTextKinds(report, output);
    }

    // What is allowed does not depend on text: whoever reads a large number here shall not look for a hole.
    private static void WriteTextKinds(DriftReport report, TextWriter output)
    {
        var texts = report.Entries.Where(e => e.Kind == DriftKind.Text).ToList();
        if (texts.Count == 0) return;
        output.Write("Other text changes no traffic: the description differs, or the connections that the rule is tagged with\n");
        var owners = texts.Count(e => !e.Origins.IsEmpty && (e.DeclaredDescription is not { } declared || WithoutOwners(e.Description) == WithoutOwners(declared)));
        if (owners > 0) output.Write($"{(owners == texts.Count ? "All" : $"{owners}")} of them differ only in the connections they name, as when the rules were made from another file than this one\n");
    }

    private static string WithoutOwners(string description)
    {
        var at = description.EndsWith(']') ? description.LastIndexOf('[') : -1;
        return at < 0 ? description : description[..at].TrimEnd();
    }

    private static string Line(DriftEntry entry) => entry.Kind switch
    {
        DriftKind.Missing => $"+ {PlanText.Printable(entry.Rule.ToString())}   missing, declared {DeclaredBy(entry)}{(entry.IsReadOnly ? " (managed by others)" : string.Empty)}",
        DriftKind.Undeclared => $"- {entry.Rule}   undeclared{(entry.Description.Length == 0 ? string.Empty : $" \"{PlanText.Printable(entry.Description)}\"")}{(entry.Id is { } id ? $" ({PlanText.Printable(id.Value)})" : string.Empty)}",
        _ when entry.DeclaredDescription is { } declared => $"~ {entry.Rule}   \"{PlanText.Printable(entry.Description)}\" is declared \"{PlanText.Printable(declared)}\"",
        _ => $"~ {entry.Rule}   other owners than {string.Join(", ", entry.Origins.Select(PlanText.Printable))}",
    };

    private static string DeclaredBy(DriftEntry entry) =>
        entry.Declared is null ? $"by {string.Join(", ", entry.Origins.Select(PlanText.Printable))}" : entry.At is { } at ? $"at {PlanText.Printable(at.File)}:{at.Line}" : "by the code";

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
        if (entry.DeclaredDescription is { } description) json.WriteString("declaredDescription", description);
        if (entry.Declared is { } declared) json.WriteString("declared", declared.Value);
        WriteLocation(json, entry.At);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, DriftDoubt doubt)
    {
        json.WriteStartObject();
        json.WriteString("declared", doubt.Group.Value);
        if (doubt.Rule is { } rule) json.WriteString("rule", rule.ToString());
        json.WriteString("why", doubt.Why);
        json.WriteStartArray("liveRules");
        foreach (var live in doubt.Live) json.WriteStringValue(live.Id?.Value ?? live.Key.ToString());
        json.WriteEndArray();
        WriteLocation(json, doubt.At);
        json.WriteEndObject();
    }

    private static void WriteLocation(Utf8JsonWriter json, SourceSpan? at)
    {
        if (at is null) return;
        json.WriteStartObject("location");
        json.WriteString("file", at.File);
        json.WriteNumber("line", at.Line);
        json.WriteEndObject();
    }
}
