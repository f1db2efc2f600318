using System.Collections.Immutable;
using System.Text.Json;
using Sallyport.Connectivity.Differences;
using Sallyport.Reports.Json;

namespace Sallyport.Reports.Connectivity;

/// <summary>A difference as JSON. (contract: "diff -o json")</summary>
public static class DiffJsonWriter
{
    /// <summary>Writes the report.</summary>
    public static void Write(DiffReport report, Stream output)
    {
        using (var json = new Utf8JsonWriter(output, JsonReportWriter.Indented))
        {
            json.WriteStartObject();
            json.WriteNumber("schemaVersion", 1);
            json.WriteString("relation", DiffWords.Of(report.Relation));
            json.WriteString("latentRelation", DiffWords.Of(report.LatentRelation));
            json.WriteString("basis", ReachJsonWriter.Word(report.Basis));
            json.WriteBoolean("certain", report.IsCertain);
            WriteBoxes(json, "added", report.Added);
            WriteBoxes(json, "removed", report.Removed);
            WriteBoxes(json, "unknown", report.Unknown);
            WriteBoxes(json, "latentAdded", report.LatentAdded);
            WriteBoxes(json, "latentRemoved", report.LatentRemoved);
            WriteSummary(json, report.Summary);
            json.WriteBoolean("complete", report.IsWhole);
            json.WriteNumber("omitted", report.Omitted);
            FindingJson.WriteStrings(json, "notes", report.Notes);
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void WriteBoxes(Utf8JsonWriter json, string name, ImmutableArray<DiffBox> boxes)
    {
        json.WriteStartArray(name);
        foreach (var box in boxes)
        {
            json.WriteStartObject();
            WriteEnd(json, "from", box.From);
            WriteEnd(json, "to", box.To);
            ReachJsonWriter.WriteServices(json, "services", box.Services);
            FindingJson.WriteStrings(json, "families", box.Families.Select(f => f == Packets.IpFamily.V4 ? "ipv4" : "ipv6"));
            ReachJsonWriter.WritePacket(json, "witness", box.Witness);
            WriteCauses(json, box.Because);
            WriteGaps(json, box.Gaps);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // The name is what a reader knows; where two groups share one, the id beside it tells them apart.
    private static void WriteEnd(Utf8JsonWriter json, string key, DiffEnd end)
    {
        json.WriteString(key, end.Name.Length > 0 ? end.Name : end.Id);
        json.WriteString($"{key}Id", end.Id);
        if (end.IsGone) json.WriteBoolean($"{key}Gone", true);
        if (!end.Part.IsEmpty) FindingJson.WriteStrings(json, $"{key}Part", end.Part.Select(p => p.Id));
        if (end.Kind != DiffEndKind.Blocks) return;

        // Blocks in words may read "0.0.0.0/0 except 10.0.0.0/8"; here is what a program can take.
        FindingJson.WriteStrings(json, $"{key}Blocks", end.Blocks.Select(b => b.ToString()));
        json.WriteBoolean($"{key}IncludesInterfaces", end.IncludesInterfaces);
    }

    private static void WriteCauses(Utf8JsonWriter json, ImmutableArray<DiffCause> causes)
    {
        if (causes.IsEmpty) return;
        json.WriteStartArray("because");
        foreach (var cause in causes)
        {
            json.WriteStartObject();
            json.WriteString("input", DiffWords.Of(cause.Input));
            if (cause.Rule is { } rule) json.WriteString("ruleId", rule.Value);
            if (cause.Group is { } group) json.WriteString("group", group.Value);
            json.WriteString("text", cause.Text);
            json.WriteBoolean("combined", cause.IsCombined);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteGaps(Utf8JsonWriter json, ImmutableArray<Estates.EstateGap> gaps)
    {
        if (gaps.IsEmpty) return;
        json.WriteStartArray("gaps");
        foreach (var gap in gaps)
        {
            json.WriteStartObject();
            FindingJson.WriteGap(json, gap);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteSummary(Utf8JsonWriter json, DiffSummary summary)
    {
        json.WriteStartObject("summary");
        json.WriteNumber("interfacesOpenedToInternet", summary.InterfacesOpenedToInternet);
        json.WriteNumber("interfacesClosedToInternet", summary.InterfacesClosedToInternet);
        json.WriteNumber("newGroupPairs", summary.NewGroupPairs);
        json.WriteNumber("closedGroupPairs", summary.ClosedGroupPairs);
        json.WriteNumber("rulesAdded", summary.RulesAdded);
        json.WriteNumber("rulesRemoved", summary.RulesRemoved);
        json.WriteNumber("textualChanges", summary.TextualChanges);
        json.WriteNumber("endsAdded", summary.EndsAdded);
        json.WriteNumber("endsRemoved", summary.EndsRemoved);
        json.WriteEndObject();
    }
}
