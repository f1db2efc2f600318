using System.Globalization;
using System.Text.Json;
using Sallyport.Connectivity.Questions;
using Sallyport.Estates;
using Sallyport.Policies;
using Sallyport.Reports.Text;

namespace Sallyport.Reports.Json;

/// <summary>Results of tests for programs (<c>check -o json</c>).</summary>
public static class TestReportJson
{
    /// <summary>Writes the document: stable bytes, a newline at the end.</summary>
    public static void Write(TestReport report, Stream output)
    {
        using (var json = new Utf8JsonWriter(output, JsonReportWriter.Indented))
        {
            json.WriteStartObject();
            json.WriteNumber("schemaVersion", 1);
            json.WriteStartArray("tests");
            foreach (var result in report.Results) Write(json, result);
            json.WriteEndArray();
            json.WriteStartObject("summary");
            foreach (var outcome in Enum.GetValues<TestOutcome>()) json.WriteNumber(TestReportText.Word(outcome), report.Count(outcome));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void Write(Utf8JsonWriter json, TestResult result)
    {
        json.WriteStartObject();
        json.WriteString("id", result.Test.Id);
        json.WriteString("kind", result.Test.Kind.ToString().ToLowerInvariant());
        json.WriteString("layer", result.Test.IsEffective ? "effective" : "sg");
        json.WriteString("claim", result.Test.Claim);
        json.WriteString("outcome", TestReportText.Word(result.Outcome));
        json.WriteStartArray("failures");
        foreach (var failure in result.Failures) Write(json, failure);
        json.WriteEndArray();
        Write(json, "gaps", result.Gaps);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, TestFailure failure)
    {
        json.WriteStartObject();
        json.WriteString("reason", failure.Reason);
        Write(json, "services", failure.Services.ToServices().Select(s => s.ToString()));
        json.WriteString("basis", failure.Basis.ToString().ToLowerInvariant());
        if (failure.Witness is { } witness) Write(json, witness);
        json.WriteStartObject("rules");
        Write(json, "egress", failure.Egress.Select(r => r.ToString()));
        Write(json, "ingress", failure.Ingress.Select(r => r.ToString()));
        json.WriteEndObject();
        Write(json, "blockers", failure.Blockers.Select(b => b.ToString().ToLowerInvariant()));
        json.WriteStartArray("missing");
        foreach (var missing in failure.Missing) Write(json, missing);
        json.WriteEndArray();
        Write(json, "notes", failure.Notes);
        if (failure.Expired is { } expired)
        {
            json.WriteStartObject("expiredException");
            json.WriteString("id", expired.Id);
            json.WriteString("expires", expired.Expires.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, MissingRule missing)
    {
        json.WriteStartObject();
        json.WriteString("group", missing.Group.Value);
        json.WriteString("direction", missing.Direction == Direction.Egress ? "egress" : "ingress");
        json.WriteString("peer", missing.Peer.ToString());
        Write(json, "services", missing.Services.ToServices().Select(s => s.ToString()));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, TestWitness witness)
    {
        json.WriteStartObject("witness");
        json.WriteString("from", witness.From.Address.ToString());
        json.WriteString("to", witness.To.Address.ToString());
        json.WriteString("protocol", witness.Service.Protocol.WireName);
        if (witness.Service.Protocol.HasPorts) json.WriteNumber("port", witness.Service.From);
        if (witness.Service.Protocol.HasTypes)
        {
            json.WriteNumber("type", witness.Service.From);
            json.WriteNumber("code", witness.Service.To);
        }

        Write(json, "from", witness.From);
        Write(json, "to", witness.To);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, WitnessEnd at)
    {
        if (at.Interface is { } nic) json.WriteString($"{name}Interface", nic.Value);
        if (at.Group is { } group) json.WriteString($"{name}GroupToCome", group.Value);
    }

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
