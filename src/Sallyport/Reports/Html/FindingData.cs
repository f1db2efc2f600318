using System.Collections.Immutable;
using System.Text.Json;

namespace Sallyport.Reports.Html;

/// <summary>
/// The findings as JSON in a script element that no browser runs. Short names, no empty members: ten thousand findings are a few
/// megabytes. The encoder writes <c>&lt;</c>, <c>&gt;</c> and <c>&amp;</c> as escapes, so nothing in it can end the element.
/// </summary>
internal static class FindingData
{
    public static void Write(PageModel page, Stream output)
    {
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteStartObject("rules");
        foreach (var rule in page.ShownRules)
        {
            json.WriteStartObject(rule.Code);
            json.WriteString("t", rule.Title);
            json.WriteString("f", rule.Family);
            json.WriteString("x", rule.Fix);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteStartArray("findings");
        foreach (var card in page.Cards)
        {
            WriteCard(json, card);
            if (json.BytesPending > 1 << 16) json.Flush();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteCard(Utf8JsonWriter json, FindingCard card)
    {
        json.WriteStartObject();
        Text("r", card.Rule);
        Text("s", card.Severity);
        Text("m", card.Message);
        Text("y", card.Type);
        Text("i", card.Id);
        Text("n", card.Name);
        Text("a", card.Account);
        Text("g", card.Region);
        Text("v", card.Vpc);
        WriteEvidence(json, card.Evidence);
        if (card.MoreEvidence > 0) json.WriteNumber("em", card.MoreEvidence);
        Text("b", card.Basis);
        Text("l", card.Related);
        Text("o", card.Aliases);
        Text("p", card.Location);
        Text("k", card.Fingerprint);
        Text("w", card.Waiver);
        if (card.IsNew is { } isNew) json.WriteBoolean("new", isNew);
        json.WriteEndObject();

        void Text(string name, string value)
        {
            if (value.Length > 0) json.WriteString(name, value);
        }
    }

    private static void WriteEvidence(Utf8JsonWriter json, ImmutableArray<FindingCard.EvidenceRow> rows)
    {
        if (rows.IsEmpty) return;
        json.WriteStartArray("e");
        foreach (var row in rows)
        {
            json.WriteStartArray();
            json.WriteStringValue(row.Direction);
            json.WriteStringValue(row.Service);
            json.WriteStringValue(row.Peer);
            json.WriteStringValue(row.RuleId);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}
