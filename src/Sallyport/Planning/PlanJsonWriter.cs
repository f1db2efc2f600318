using System.Buffers;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sallyport.Planning;

/// <summary>Writes a plan as the contract's JSON: stable bytes, <c>\n</c>, a newline at the end.</summary>
public static class PlanJsonWriter
{
    // A file for people and programs, never part of a page: "->" may stay readable.
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the document.</summary>
    public static void Write(Plan plan, IBufferWriter<byte> output)
    {
        using (var json = new Utf8JsonWriter(output, Options)) Write(plan, json, DigestOf(plan));
        output.Write("\n"u8);
    }

    /// <summary>The document's bytes.</summary>
    public static byte[] ToBytes(Plan plan)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        Write(plan, buffer);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>
    /// The plan's own fingerprint: <c>sha256:</c> of its document without it. A journal is bound to one plan by it, and a plan file
    /// that was edited no longer fits it.
    /// </summary>
    public static string DigestOf(Plan plan)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer, Options)) Write(plan, json);
        return "sha256:" + Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan));
    }

    internal static void Write(Plan plan, Utf8JsonWriter json, string? digest = null)
    {
        json.WriteStartObject();
        json.WriteNumber("schemaVersion", Plan.SchemaVersion);
        json.WriteString("estateDigest", plan.EstateDigest);
        json.WriteStartArray("steps");
        foreach (var step in plan.Steps) Write(json, step);
        json.WriteEndArray();
        json.WriteNumber("rulesPerGroup", plan.RulesPerGroup);
        json.WriteStartArray("quota");
        foreach (var use in plan.Quota) Write(json, use);
        json.WriteEndArray();
        json.WriteStartArray("prefixLists");
        foreach (var list in plan.PrefixLists)
        {
            json.WriteStartObject();
            json.WriteString("prefixList", list.List.Value);
            json.WriteString("family", PlanWords.Of(PlanWords.Families, list.Family));
            json.WriteNumber("weight", list.Weight);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        var summary = plan.Summary;
        json.WriteStartObject("summary");
        json.WriteNumber("add", summary.Add);
        json.WriteNumber("change", summary.Change);
        json.WriteNumber("remove", summary.Remove);
        json.WriteEndObject();
        json.WriteStartArray("warnings");
        foreach (var warning in plan.Warnings)
        {
            json.WriteStartObject();
            json.WriteString("code", warning.Code);
            json.WriteString("message", warning.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Write(json, "unmanaged", plan.Unmanaged);
        Write(json, "standing", plan.Standing);
        json.WriteStartArray("groups");
        foreach (var group in plan.Groups)
        {
            json.WriteStartObject();
            json.WriteString("group", group.Id.Value);
            json.WriteString("name", group.Name);
            json.WriteString("account", group.Scope.Account);
            json.WriteString("region", group.Scope.Region);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        TestJson.Write(json, plan.Tests);
        if (digest is not null) json.WriteString("planDigest", digest);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, PlanStep step)
    {
        json.WriteStartObject();
        json.WriteNumber("id", step.Id);
        json.WriteString("action", PlanWords.Of(PlanWords.Actions, step.Action));
        json.WriteString("account", step.Scope.Account);
        json.WriteString("region", step.Scope.Region);
        json.WriteString("group", step.Group.Value);
        json.WriteString("direction", RuleJson.Word(step.Direction));
        json.WriteStartArray("rules");
        foreach (var rule in step.Rules) RuleJson.Write(json, step.Group, rule);
        json.WriteEndArray();
        if (!step.Tags.IsEmpty)
        {
            json.WritePropertyName("tags");
            RuleJson.Write(json, step.Tags);
        }

        if (!step.RemovedTags.IsEmpty) Write(json, "removedTags", step.RemovedTags);
        Write(json, "because", step.Because);
        json.WriteString("takesEffect", PlanWords.Of(PlanWords.Effects, step.TakesEffect));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, QuotaUse use)
    {
        json.WriteStartObject();
        json.WriteString("group", use.Group.Value);
        json.WriteString("direction", RuleJson.Word(use.Direction));
        json.WriteString("family", PlanWords.Of(PlanWords.Families, use.Family));
        json.WriteNumber("before", use.Before);
        json.WriteNumber("after", use.After);
        json.WriteNumber("peak", use.Peak);
        json.WriteNumber("limit", use.Limit);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<GroupRule> rules)
    {
        json.WriteStartArray(name);
        foreach (var (group, rule) in rules) RuleJson.Write(json, group, rule);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
