using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sallyport.Estates;
using Sallyport.Planning;

namespace Sallyport.Applying;

/// <summary>
/// A journal's lines: <c>{"n":3,"sum":"…","entry":{…}}</c>. The number leaves no line out unnoticed, the sum (16 hex digits of
/// SHA-256 over number and entry) tells a whole line from a torn one. Writer and reader of one entry stand side by side.
/// </summary>
internal static class JournalFormat
{
    public const int SchemaVersion = 1;

    /// <summary>How every journal begins.</summary>
    public static ReadOnlySpan<byte> FirstBytes => "{\"n\":1,\"sum\":\""u8;

    private const string Kind = "sallyport-journal";
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly (string, StepSettlement)[] Settlements =
        [("called", StepSettlement.Called), ("already", StepSettlement.Already), ("settled", StepSettlement.Settled)];

    public static byte[] Write(int number, JournalEntry entry, Func<int, PlanStep> stepOf)
    {
        var body = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(body, Options)) Write(json, entry, stepOf);
        var head = Encoding.ASCII.GetBytes($"{{\"n\":{number},\"sum\":\"{SumOf(number, body.WrittenSpan)}\",\"entry\":");
        return [.. head, .. body.WrittenSpan, .. "}\n"u8];
    }

    /// <summary>Takes a line (without its newline) apart; null when it is torn or not one of ours.</summary>
    public static ReadOnlyMemory<byte>? Unwrap(ReadOnlyMemory<byte> line, int number)
    {
        var head = Encoding.ASCII.GetBytes($"{{\"n\":{number},\"sum\":\"");
        var middle = "\",\"entry\":"u8;
        var bodyStart = head.Length + 16 + middle.Length;
        var span = line.Span;
        if (span.Length < bodyStart + 3 || !span.StartsWith(head) || span[^1] != (byte)'}') return null;
        if (!span[(head.Length + 16)..].StartsWith(middle)) return null;
        var body = line[bodyStart..^1];

        // Spelled out: "? body : null" would make an empty memory of the null.
        if (span.Slice(head.Length, 16).SequenceEqual(Encoding.ASCII.GetBytes(SumOf(number, body.Span)))) return body;
        return null;
    }

    /// <summary>True for a whole line of some other place: then a line before it is missing, and nothing is torn.</summary>
    public static bool IsWholeLineOfAnotherNumber(ReadOnlyMemory<byte> line)
    {
        var text = Encoding.ASCII.GetString(line.Span[..Math.Min(line.Length, 16)]);
        if (!text.StartsWith("{\"n\":", StringComparison.Ordinal)) return false;
        var end = text.IndexOf(',', StringComparison.Ordinal);
        return end > 5 && int.TryParse(text.AsSpan(5, end - 5), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && Unwrap(line, number) is not null;
    }

    /// <summary>Reads an entry; problems go into <paramref name="fields"/>. <paramref name="stepOf"/> is null for a step the plan lacks.</summary>
    public static JournalEntry? Read(JsonFields fields, JsonTree entry, Func<int, PlanStep?> stepOf)
    {
        if (!fields.IsObject(entry, "an entry")) return null;
        var at = Time(fields, entry);
        switch (fields.Text(entry, "kind"))
        {
            case Kind:
                fields.Number(entry, "schemaVersion", SchemaVersion, SchemaVersion);
                var plan = fields.Member(entry, "plan") is { } tree ? PlanJsonReader.Read(fields, tree) : null;
                return plan is null ? null : new JournalEntry.Header(at, fields.Text(entry, "planDigest"), plan);
            case "begin":
                return Step(fields, entry, stepOf) is { } begun ? new JournalEntry.Begin(at, begun.Id, Rules(fields, entry, begun)) : null;
            case "done":
                return Step(fields, entry, stepOf) is { } done
                    ? new JournalEntry.Done(at, done.Id, fields.OneOf(entry, "how", Settlements), Rules(fields, entry, done))
                    : null;
            case "stopped":
                var id = fields.OptionalText(entry, "requestId");
                return new JournalEntry.Stopped(
                    at, fields.Number(entry, "step", 0, int.MaxValue), fields.Text(entry, "code"), fields.Text(entry, "message"), id.Length == 0 ? null : id);
            case "finished":
                return new JournalEntry.Finished(at);
            default:
                fields.Note(entry, "\"kind\" is none that this version knows");
                return null;
        }
    }

    private static void Write(Utf8JsonWriter json, JournalEntry entry, Func<int, PlanStep> stepOf)
    {
        json.WriteStartObject();
        switch (entry)
        {
            case JournalEntry.Header header:
                WriteStart(json, Kind, entry);
                json.WriteNumber("schemaVersion", SchemaVersion);
                json.WriteString("planDigest", header.PlanDigest);
                json.WritePropertyName("plan");
                PlanJsonWriter.Write(header.Plan, json);
                break;
            case JournalEntry.Begin begin:
                WriteStart(json, "begin", entry);
                json.WriteNumber("step", begin.Step);
                Write(json, stepOf(begin.Step), begin.Before);
                break;
            case JournalEntry.Done done:
                WriteStart(json, "done", entry);
                json.WriteNumber("step", done.Step);
                json.WriteString("how", Settlements.First(s => s.Item2 == done.How).Item1);
                Write(json, stepOf(done.Step), done.After);
                break;
            case JournalEntry.Stopped stopped:
                WriteStart(json, "stopped", entry);
                json.WriteNumber("step", stopped.Step);
                json.WriteString("code", stopped.Code);
                json.WriteString("message", stopped.Message.Length > 2000 ? stopped.Message[..2000] : stopped.Message);
                if (stopped.RequestId is not null) json.WriteString("requestId", stopped.RequestId);
                break;
            default:
                WriteStart(json, "finished", entry);
                break;
        }

        json.WriteEndObject();
    }

    private static void WriteStart(Utf8JsonWriter json, string kind, JournalEntry entry)
    {
        json.WriteString("kind", kind);
        json.WriteString("at", entry.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
    }

    private static void Write(Utf8JsonWriter json, PlanStep step, ImmutableArray<SecurityGroupRule> rules)
    {
        json.WriteStartArray("rules");
        foreach (var rule in rules) RuleJson.Write(json, step.Group, rule);
        json.WriteEndArray();
    }

    private static DateTimeOffset Time(JsonFields fields, JsonTree entry)
    {
        var text = fields.Text(entry, "at");
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)) return at;
        fields.Note(entry, "\"at\" is not a time");
        return default;
    }

    private static PlanStep? Step(JsonFields fields, JsonTree entry, Func<int, PlanStep?> stepOf)
    {
        var step = stepOf(fields.Number(entry, "step", 1, int.MaxValue));
        if (step is null) fields.Note(entry, "the plan has no such step");
        return step;
    }

    private static ImmutableArray<SecurityGroupRule> Rules(JsonFields fields, JsonTree entry, PlanStep step)
    {
        var own = StepWork.FootprintOf(step);
        ImmutableArray<SecurityGroupRule> rules = [.. fields.List(entry, "rules").Select(r => RuleJson.ReadRule(fields, r, step.Group))];
        if (rules.Any(r => !own.Contains(r.Key))) fields.Note(entry, "a rule is none that the step is about");
        if (rules.Select(r => r.Key).Distinct().Count() != rules.Length) fields.Note(entry, "a rule is given twice");
        return rules;
    }

    private static string SumOf(int number, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.ASCII.GetBytes($"{number}\n"));
        hash.AppendData(body);
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }
}
