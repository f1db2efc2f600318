using System.Text.Json;
using Sallyport.Connectivity;
using Sallyport.Connectivity.Questions;
using Sallyport.Estates;
using Sallyport.Reports.Json;

namespace Sallyport.Reports.Connectivity;

/// <summary>A list of who reaches, or is reached, as JSON; and the pairs of groups.</summary>
public static class ReachListJsonWriter
{
    private const int FlushAt = 1 << 16;

    /// <summary><c>{"schemaVersion":1,"list":"targets|sources","of":{…},"layer":…,"interfaces":[…],"outside":[{"addresses":[…],"services":[…]}]}</c>.</summary>
    public static void Write(ConnectivityModel model, ReachList list, Stream output)
    {
        using (var json = new Utf8JsonWriter(output, JsonReportWriter.Indented))
        {
            json.WriteStartObject();
            json.WriteNumber("schemaVersion", 1);
            json.WriteString("list", list.Direction == Direction.Egress ? "targets" : "sources");
            ReachJsonWriter.WriteEnd(json, "of", model, list.Of);
            json.WriteString("layer", list.Interfaces.Any(i => i.Effective is not null) ? "effective" : "sg");
            json.WriteStartArray("interfaces");
            foreach (var reached in list.Interfaces)
            {
                Write(json, model.Estate, reached);
                if (json.BytesPending >= FlushAt) json.Flush();
            }

            json.WriteEndArray();
            json.WriteStartArray("groups");
            foreach (var group in list.Groups)
            {
                json.WriteStartObject();
                json.WriteString("group", group.Group.Id.Value);
                json.WriteString("name", group.Group.Name);
                json.WriteString("basis", ReachJsonWriter.Word(AnswerBasis.Symbolic));
                ReachJsonWriter.WriteServices(json, "services", group.Allowed);
                ReachJsonWriter.WriteServices(json, "unknown", group.Unknown);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("outside");
            foreach (var blocks in list.Outside)
            {
                json.WriteStartObject();
                FindingJson.WriteStrings(json, "addresses", blocks.Addresses.ToCidrs().Select(c => c.ToString()));
                ReachJsonWriter.WriteServices(json, "services", blocks.Services);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    /// <summary><c>{"schemaVersion":1,"pairs":[{"from":"sg-…","fromName":…,"to":"sg-…","toName":…,"services":[…]}]}</c>, written as the pairs come.</summary>
    public static void Write(Estate estate, IEnumerable<GroupPair> pairs, Stream output)
    {
        using (var json = new Utf8JsonWriter(output, JsonReportWriter.Indented))
        {
            json.WriteStartObject();
            json.WriteNumber("schemaVersion", 1);
            json.WriteStartArray("pairs");
            foreach (var pair in pairs)
            {
                json.WriteStartObject();
                json.WriteString("from", pair.From.Value);
                json.WriteString("fromName", NameOf(estate, pair.From));
                json.WriteString("to", pair.To.Value);
                json.WriteString("toName", NameOf(estate, pair.To));
                ReachJsonWriter.WriteServices(json, "services", pair.Services);
                json.WriteEndObject();
                if (json.BytesPending >= FlushAt) json.Flush();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void Write(Utf8JsonWriter json, Estate estate, ReachedInterface reached)
    {
        var nic = reached.Interface;
        json.WriteStartObject();
        json.WriteString("interface", nic.Id.Value);
        json.WriteString("vpc", nic.Vpc?.Value);
        json.WriteString("instance", nic.Instance);
        json.WriteStartArray("groups");
        foreach (var group in nic.Groups)
        {
            json.WriteStartObject();
            json.WriteString("id", group.Value);
            json.WriteString("name", NameOf(estate, group));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        FindingJson.WriteStrings(json, "addresses", nic.Addresses.Select(a => a.ToString()));
        FindingJson.WriteStrings(json, "publicAddresses", nic.PublicAddresses.Select(a => a.Value.ToString()));
        ReachJsonWriter.WriteServices(json, "allowed", reached.Allowed);
        ReachJsonWriter.WriteServices(json, "unknown", reached.Unknown);
        json.WriteNumber("hop", reached.Hop);
        if (reached.Via is { } via) json.WriteString("via", via.Value);
        if (reached.Effective is { } effective) ReachJsonWriter.WriteServices(json, "effective", effective);
        if (reached.Exposure is { } exposure) json.WriteString("exposure", Word(exposure));
        json.WriteEndObject();
    }

    /// <summary><c>exposed</c>, <c>latent</c>, <c>unknown</c>.</summary>
    internal static string Word(Exposure exposure) => JsonNamingPolicy.CamelCase.ConvertName(exposure.ToString());

    private static string NameOf(Estate estate, SecurityGroupId group) => estate.Index.Groups.TryGetValue(group, out var found) ? found.Name : string.Empty;
}
