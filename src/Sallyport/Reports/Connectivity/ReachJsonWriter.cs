using System.Collections.Immutable;
using System.Text.Json;
using Sallyport.Connectivity;
using Sallyport.Connectivity.Questions;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Reports.Json;

namespace Sallyport.Reports.Connectivity;

/// <summary>An answer as JSON. (contract: "reach -o json")</summary>
public static class ReachJsonWriter
{
    /// <summary>Writes the answer; <paramref name="isExplained"/> adds what each layer does and which rules are missing.</summary>
    public static void Write(ReachReport report, Stream output, bool isExplained = false)
    {
        using (var json = new Utf8JsonWriter(output, JsonReportWriter.Indented))
        {
            json.WriteStartObject();
            json.WriteNumber("schemaVersion", 1);
            WriteAnswer(json, report);
            if (isExplained) WriteWhy(json, report);
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    /// <summary>The words of <c>basis</c>.</summary>
    public static string Word(AnswerBasis basis) => JsonNamingPolicy.CamelCase.ConvertName(basis.ToString());

    /// <summary>The words of a layer: <c>egress</c>, <c>nacl</c>, <c>route</c>, <c>ingress</c>.</summary>
    public static string Word(Layer layer) => JsonNamingPolicy.CamelCase.ConvertName(layer.ToString());

    /// <summary>Services in the contract's syntax; empty for none.</summary>
    internal static void WriteServices(Utf8JsonWriter json, string name, ServiceSet services) =>
        FindingJson.WriteStrings(json, name, services.ToServices().Select(s => s.ToString()));

    private static void WriteAnswer(Utf8JsonWriter json, ReachReport report)
    {
        var answer = report.Answer;
        json.WriteString("verdict", VerdictNames.Of(answer.Verdict));
        WriteServices(json, "allowed", answer.Allowed);
        FindingJson.WriteStrings(json, "blockers", answer.Blockers.Select(l => VerdictNames.Of(VerdictNames.DenialOf(l))));
        json.WriteString("basis", Word(answer.Basis));
        json.WriteStartObject("rules");
        FindingJson.WriteStrings(json, "egress", report.Explanation.Egress.Select(r => r.ToString()));
        FindingJson.WriteStrings(json, "ingress", report.Explanation.Ingress.Select(r => r.ToString()));
        json.WriteEndObject();
        WriteEnd(json, "from", report.Model, report.Question.From);
        WriteEnd(json, "to", report.Model, report.Question.To);
        if (report.Question.Services is { } asked) WriteServices(json, "services", asked);
        json.WriteString("layer", report.Question.IsEffective ? "effective" : "sg");
        WriteServices(json, "allowedEverywhere", answer.AllowedEverywhere);
        WriteServices(json, "unknown", answer.Unknown);
        WriteServices(json, "partlyAnswered", answer.PartlyAnswered);
        WriteLayers(json, report);
        FindingJson.WriteStrings(json, "gaps", report.Explanation.Gaps);
        FindingJson.WriteStrings(json, "notes", answer.Notes);
        WritePacket(json, "witness", report.Allowed);
        WritePacket(json, "counterexample", report.Denied);
    }

    internal static void WriteEnd(Utf8JsonWriter json, string name, ConnectivityModel model, EndpointSet set)
    {
        json.WriteStartObject(name);
        json.WriteString("name", set.Name);
        if (set.Group is { } group) json.WriteString("group", group.Value);
        json.WriteNumber("interfaces", model.InterfacesOf(set).Length);
        json.WriteBoolean("outside", !set.OutsideV4.IsEmpty || !set.OutsideV6.IsEmpty);
        FindingJson.WriteStrings(json, "groupsWithoutMembers", set.EmptyGroups.Select(g => g.Value));
        json.WriteEndObject();
    }

    private static void WriteLayers(Utf8JsonWriter json, ReachReport report)
    {
        json.WriteStartArray("layers");
        foreach (var layer in report.Answer.Layers)
        {
            json.WriteStartObject();
            json.WriteString("layer", Word(layer.Layer));
            json.WriteString("stands", LayerStanding.Word(layer, report.Answer));
            WriteServices(json, "passes", layer.Passes);
            WriteServices(json, "unknown", layer.Unknown);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteWhy(Utf8JsonWriter json, ReachReport report)
    {
        json.WriteStartObject("deciding");
        WriteRules(json, "egress", report.Explanation.Egress);
        WriteRules(json, "ingress", report.Explanation.Ingress);
        json.WriteEndObject();
        json.WriteStartArray("missing");
        foreach (var missing in report.Explanation.Missing)
        {
            json.WriteStartObject();
            json.WriteString("direction", Word(missing.Direction));
            json.WriteString("group", missing.Group.Value);
            WriteServices(json, "services", missing.Services);
            WritePeer(json, missing.Peer);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteRules(Utf8JsonWriter json, string name, ImmutableArray<DecidingRule> rules)
    {
        json.WriteStartArray(name);
        foreach (var deciding in rules)
        {
            json.WriteStartObject();
            json.WriteString("ruleId", deciding.Rule.Id?.Value);
            json.WriteString("group", deciding.Group.Id.Value);
            json.WriteString("groupName", deciding.Group.Name);
            json.WriteString("direction", Word(deciding.Rule.Direction));
            json.WriteString("service", deciding.Rule.Service.ToString());
            WritePeer(json, deciding.Rule.Peer);
            json.WriteString("description", deciding.Rule.Description);
            WriteServices(json, "lets", deciding.Services);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WritePeer(Utf8JsonWriter json, Peer peer)
    {
        json.WriteStartObject("peer");
        json.WriteString(peer switch { CidrPeer => "cidr", GroupPeer => "group", _ => "prefixList" }, peer.ToString());
        json.WriteEndObject();
    }

    internal static void WritePacket(Utf8JsonWriter json, string name, Witness? packet)
    {
        if (packet is null) return;
        json.WriteStartObject(name);
        json.WriteString("from", packet.From.Address.ToString());
        json.WriteString("to", packet.To.Address.ToString());
        json.WriteString("protocol", packet.Protocol.WireName);
        if (packet.Port is { } port) json.WriteNumber("port", port);
        if (packet.Type is { } type) json.WriteNumber("type", type);
        if (packet.Code is { } code) json.WriteNumber("code", code);
        if (packet.From.Interface is { } source) json.WriteString("fromInterface", source.Id.Value);
        if (packet.To.Interface is { } target) json.WriteString("toInterface", target.Id.Value);
        json.WriteEndObject();
    }

    private static string Word(Direction direction) => direction == Direction.Egress ? "egress" : "ingress";
}
