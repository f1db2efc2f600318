using System.Text.Json;
using Sallyport.Auditing;
using Sallyport.Auditing.Compliance;

namespace Sallyport.Reports.Json;

/// <summary>A rule of the catalogue as JSON.</summary>
internal static class RuleJson
{
    public static void Write(Utf8JsonWriter json, AuditRule rule, bool isWhole)
    {
        json.WriteStartObject();
        json.WriteString("id", rule.Code);
        json.WriteString("title", rule.Title);
        json.WriteString("family", JsonNamingPolicy.CamelCase.ConvertName(rule.Family.ToString()));
        json.WriteString("severity", FindingJson.Word(rule.Severity));
        json.WriteStartArray("parameters");
        foreach (var parameter in rule.Parameters)
        {
            json.WriteStartObject();
            json.WriteString("name", parameter.Name);
            json.WriteString("kind", parameter.Kind);
            json.WriteString("default", parameter.DefaultText);
            json.WriteString("summary", parameter.Summary);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteControls(json, rule.Controls);
        FindingJson.WriteStrings(json, "aliases", rule.Aliases);
        FindingJson.WriteStrings(json, "needs", rule.Needs.Select(Word));
        json.WriteBoolean("default", rule.IsOnByDefault);
        json.WriteBoolean("implemented", rule.IsImplemented);
        if (isWhole)
        {
            FindingJson.WriteStrings(json, "peers", rule.Peers);
            json.WriteString("what", rule.Guide.What);
            json.WriteString("why", rule.Guide.Why);
            json.WriteString("fix", rule.Guide.Fix);
            json.WriteString("fires", rule.Guide.Fires);
            json.WriteString("quiet", rule.Guide.Quiet);
        }

        json.WriteEndObject();
    }

    public static void WriteControls(Utf8JsonWriter json, IEnumerable<Control> controls)
    {
        json.WriteStartArray("controls");
        foreach (var control in controls)
        {
            json.WriteStartObject();
            json.WriteString("framework", control.Framework);
            json.WriteString("id", control.Id);
            json.WriteString("source", control.Source);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary><c>flow-logs</c> and the like.</summary>
    public static string Word(AuditNeed need) => JsonNamingPolicy.KebabCaseLower.ConvertName(need.ToString());
}
