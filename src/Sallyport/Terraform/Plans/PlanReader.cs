using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using Sallyport.Diagnostics;
using Sallyport.Estates.Files;
using Sallyport.Hcl.Values;

namespace Sallyport.Terraform.Plans;

/// <summary>
/// Reads <c>terraform show -json</c> of a plan or a state, and <c>terraform.tfstate</c>. Resource by resource: the bytes of one are
/// passed over first, and only looked into when the resource bears on the network, which most do not.
/// </summary>
internal sealed partial class PlanReader(JsonInput input, PlanSide side, FileDiagnostics said)
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = JsonInput.MaxDepth };

    private static readonly string[] RuleTypes = ["aws_security_group_rule", "aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"];

    private static readonly string[] KnownActions = ["no-op", "create", "read", "update", "delete", "forget"];

    private readonly PlanValueReader _values = new(input.File);
    private readonly HashSet<string> _changed = [];
    private readonly HashSet<string> _secretVariables = [];
    private readonly TerraformPlan _plan = new();
    private SourceSpan _place = new(input.File);
    private readonly List<string> _actions = [];
    private ImmutableArray<string> _lastActions = [];

    /// <summary>True for rules that stand apart from their group.</summary>
    public static bool IsRule(string type) => RuleTypes.Contains(type);

    /// <summary>The plan or state; null when an error was said.</summary>
    public TerraformPlan? Read()
    {
        var reader = input.Start();
        try
        {
            var count = 0;
            while (input.Read(ref reader))
            {
                if (count++ > 0 || reader.TokenType != JsonTokenType.StartObject) throw Wrong("it is not one JSON object", ref reader);
                while (input.NextProperty(ref reader)) ReadPart(ref reader);
            }
        }
        catch (JsonException e)
        {
            said.Add(input.Explain(e, ref reader));
        }
        catch (JsonInputException e)
        {
            said.Add(e.Diagnostic);
        }

        foreach (var name in _secretVariables) _plan.Variables.Remove(name);
        return said.HasErrors ? null : _plan;
    }

    private void ReadPart(ref Utf8JsonReader reader)
    {
        var name = input.GetText(ref reader);
        input.Read(ref reader);
        switch (name)
        {
            case "format_version":
                var version = reader.TokenType == JsonTokenType.String ? input.GetText(ref reader) : "?";
                if (version.Split('.')[0] is not ("0" or "1")) throw new JsonInputException(PlanDiagnostics.OtherVersion("plan", version, "0.x and 1.x", input.PlaceOf(ref reader)));
                break;
            case "version" when reader.TokenType == JsonTokenType.Number:
                if (!reader.TryGetInt32(out var number) || number != 4) throw new JsonInputException(PlanDiagnostics.OtherVersion("state", number == 0 ? "?" : $"{number}", "4", input.PlaceOf(ref reader)));
                _plan.IsState = true;
                break;
            case "errored":
                _plan.IsErrored = reader.TokenType == JsonTokenType.True;
                break;
            case "variables":
                ReadVariables(ref reader);
                break;
            case "resource_changes":
                Expect(JsonTokenType.StartArray, name, ref reader);
                while (input.NextElement(ref reader)) ReadChange(ref reader);
                break;
            case "deferred_changes":
                Expect(JsonTokenType.StartArray, name, ref reader);
                while (input.NextElement(ref reader)) ReadDeferred(ref reader);
                break;
            case "values":
                _plan.IsState = true;
                ReadStateValues(ref reader, _plan.Instances);
                break;
            case "prior_state":
                ReadPriorState(ref reader);
                break;
            case "resources" when reader.TokenType == JsonTokenType.StartArray:
                _plan.IsState = true;
                while (input.NextElement(ref reader)) ReadRawResource(ref reader);
                break;
            case "configuration":
                ReadConfiguration(ref reader);
                break;
            default:
                input.Skip(ref reader);
                break;
        }
    }

    private void ReadVariables(ref Utf8JsonReader reader)
    {
        if (_values.Read(Whole(ref reader)) is not HclMap variables) return;
        foreach (var (name, variable) in variables.Items)
        {
            if (variable is HclMap map && map.Items.TryGetValue("value", out var value)) _plan.Variables[name] = value;
        }
    }

    private void ReadChange(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw Wrong("\"resource_changes\" holds something else than objects", ref reader);
        var at = PlaceOf(ref reader);
        var bytes = Whole(ref reader).Span;
        var parts = PartsOf(bytes, "change"u8, isWhole: false);
        if (AddressOf(parts, bytes) is not { } address) return;
        _changed.Add(address);
        var change = new Utf8JsonReader(bytes[parts.Content], Options);
        change.Read();
        if (change.TokenType != JsonTokenType.StartObject) return;
        var type = parts.Type!;
        var isKept = IsKept(type, bytes);
        ImmutableArray<string> actions = [];
        string? unknownAction = null;
        Range now = default, then = default;
        MarkRanges unknown = default, secretBefore = default, secretAfter = default;
        while (change.Read() && change.TokenType == JsonTokenType.PropertyName)
        {
            if (change.ValueTextEquals("actions"u8))
            {
                change.Read();
                actions = ActionsOf(ref change);
                unknownAction = actions.IsEmpty ? "none" : actions.FirstOrDefault(a => !KnownActions.Contains(a));
                if (!isKept) break;
            }
            else if (isKept && change.ValueTextEquals("before"u8) && NeedsBefore(type, actions, unknownAction)) now = RangeOf(ref change);
            else if (isKept && change.ValueTextEquals("after"u8) && side == PlanSide.After) then = RangeOf(ref change);
            else if (isKept && change.ValueTextEquals("after_unknown"u8) && side == PlanSide.After) unknown.Add(RangeOf(ref change));
            else if (isKept && change.ValueTextEquals("before_sensitive"u8)) secretBefore.Add(RangeOf(ref change));
            else if (isKept && change.ValueTextEquals("after_sensitive"u8)) secretAfter.Add(RangeOf(ref change));
            else Pass(ref change);
        }

        var content = bytes[parts.Content];
        var before = ValueOf(content[now]);
        var after = content[now].SequenceEqual(content[then]) ? before : ValueOf(content[then]);
        after = Marked(content, unknown, after, PlanValueReader.Unsettled);
        after = Marked(content, secretAfter, after, PlanValueReader.Sensitive);
        before = Marked(content, secretBefore, before, PlanValueReader.Sensitive);
        _plan.Instances.Add(InstanceOf(parts, bytes, address, at, actions, before as HclMap, after as HclMap, unknownAction));
    }

    // Whoever writes marks twice must not hide the first ones behind the last.
    private HclValue? Marked(ReadOnlySpan<byte> json, MarkRanges marks, HclValue? values, HclUnknown with)
    {
        if (marks.More is null) return Marked(json[marks.First], values, with);
        values = Marked(json[marks.First], values, with);
        foreach (var range in marks.More) values = Marked(json[range], values, with);
        return values;
    }

    // One true in place of the whole would leave nothing to tell the thing by: its values are marked one by one.
    private HclValue? Marked(ReadOnlySpan<byte> marks, HclValue? values, HclUnknown with)
    {
        if (marks.IsEmpty || values is not HclMap map) return values;
        var reader = new Utf8JsonReader(marks, Options);
        reader.Read();
        var marked = reader.TokenType == JsonTokenType.True ? SensitivePaths.MarkAll(map, with) : _values.Mark(ref reader, map, with);
        return marked is HclMap secret && !ReferenceEquals(marked, map) && ReferenceEquals(with, PlanValueReader.Sensitive) ? SensitivePaths.OverAllTags(secret) : marked;
    }

    private bool NeedsBefore(string type, ImmutableArray<string> actions, string? unknownAction) =>
        side == PlanSide.Before || actions.IsEmpty || actions.Contains("forget") || PlanInstance.Replaces(actions) || unknownAction is not null || IsRule(type);

    private void ReadDeferred(ref Utf8JsonReader reader)
    {
        var whole = Whole(ref reader);
        if (_values.Read(whole) is not HclMap map || map.Items.GetValueOrDefault("resource_change") is not HclMap change) return;
        if (change.Items.GetValueOrDefault("address") is not HclString address || change.Items.GetValueOrDefault("type") is not HclString type) return;
        if (!IsKept(type.Value, whole.Span)) return;
        _plan.Deferred.Add((address.Value, type.Value, map.Items.GetValueOrDefault("reason") is HclString reason ? reason.Value : "unknown"));
    }

    /// <summary>
    /// Providers gain resources that name groups all the time, so a type that is not known is looked into as soon as a group could be
    /// named anywhere in it.
    /// </summary>
    private static bool IsKept(string type, ReadOnlySpan<byte> bytes) =>
        type.StartsWith("aws_", StringComparison.Ordinal)
        && (NetworkTypes.Contains(type) || AttachmentKind.ByType.ContainsKey(type) || bytes.IndexOf("security_group"u8) >= 0);

    // Null for what is no resource.
    private string? AddressOf(Parts parts, ReadOnlySpan<byte> json)
    {
        if (parts.Type is not { Length: > 0 } || parts.Content.End.Value == 0 || parts.Address.End.Value == 0) return null;
        var reader = new Utf8JsonReader(json[parts.Address], Options);
        reader.Read();
        var address = _values.Unshared(ref reader);
        return address.Length == 0 ? null : parts.IsDeposed ? $"{address} (deposed)" : address;
    }

    private PlanInstance InstanceOf(Parts parts, ReadOnlySpan<byte> json, string address, SourceSpan at, ImmutableArray<string> actions, HclMap? before, HclMap? after, string? unknownAction = null) =>
        new(address, TextAt(json, parts.Module) ?? PlanAddress.ModuleOf(parts.IsDeposed ? address[..^" (deposed)".Length] : address), parts.Type!, TextAt(json, parts.Name) ?? string.Empty)
        {
            IsData = parts.IsData,
            IsDeposed = parts.IsDeposed,
            Actions = actions,
            UnknownAction = unknownAction,
            Before = before,
            After = after,
            At = at,
        };

    /// <summary>
    /// What tells an instance apart, and where its content is. Terraform writes the content last but for trifles: unless the whole is wanted,
    /// looking ends once everything is known, and the content reaches to the end of the bytes.
    /// </summary>
    private Parts PartsOf(ReadOnlySpan<byte> json, ReadOnlySpan<byte> content, bool isWhole = true)
    {
        var parts = default(Parts);
        var reader = new Utf8JsonReader(json, Options);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals(content))
            {
                if (!isWhole && parts is { Type: not null, HasMode: true, Address.End.Value: > 0, Name.End.Value: > 0 })
                {
                    reader.Read();
                    parts.Content = (int)reader.TokenStartIndex..json.Length;
                    return parts;
                }

                parts.Content = RangeOf(ref reader);
            }
            else if (reader.ValueTextEquals("address"u8)) parts.Address = TextRangeOf(ref reader);
            else if (reader.ValueTextEquals("module_address"u8)) parts.Module = TextRangeOf(ref reader);
            else if (reader.ValueTextEquals("provider_config_key"u8)) parts.Provider = TextRangeOf(ref reader);
            else if (reader.ValueTextEquals("type"u8)) parts.Type = TextOf(ref reader);
            else if (reader.ValueTextEquals("name"u8)) parts.Name = TextRangeOf(ref reader);
            else if (reader.ValueTextEquals("mode"u8)) (parts.IsData, parts.HasMode) = (TextOf(ref reader) == "data", true);
            else if (reader.ValueTextEquals("sensitive_values"u8)) parts.Sensitive.Add(RangeOf(ref reader));
            else if (reader.ValueTextEquals("deposed"u8)) parts.IsDeposed = TextOf(ref reader) is { Length: > 0 };
            else Pass(ref reader);
        }

        return parts;
    }

    /// <summary>The bytes of the value that the reader stands on; valid until the next move.</summary>
    private ReadOnlyMemory<byte> Whole(ref Utf8JsonReader reader)
    {
        input.Pin(ref reader);
        _values.Line = input.LineOf(ref reader);
        return input.TakePinned(ref reader);
    }

    private HclValue? ValueOf(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty) return null;
        var reader = new Utf8JsonReader(json, Options);
        reader.Read();
        return _values.Read(ref reader);
    }

    private string? TextOf(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String) return _values.Text(ref reader);
        reader.Skip();
        return null;
    }

    // A text is only made once it is wanted.
    private static Range TextRangeOf(ref Utf8JsonReader reader)
    {
        var range = RangeOf(ref reader);
        return reader.TokenType == JsonTokenType.String ? range : default;
    }

    private string? TextAt(ReadOnlySpan<byte> json, Range text)
    {
        if (text.End.Value == 0) return null;
        var reader = new Utf8JsonReader(json[text], Options);
        reader.Read();
        return _values.Text(ref reader);
    }

    // On one line everything has the same place.
    private SourceSpan PlaceOf(ref Utf8JsonReader reader)
    {
        var line = input.LineOf(ref reader);
        return _place.Line == line ? _place : _place = new SourceSpan(input.File, line);
    }

    private static Range RangeOf(ref Utf8JsonReader reader)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return start..(int)reader.BytesConsumed;
    }

    private static void Pass(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }

    private ImmutableArray<string> ActionsOf(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return [];
        }

        _actions.Clear();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.String) _actions.Add(_values.Text(ref reader));
            else reader.Skip();
        }

        // A few lists come over and over.
        if (!_lastActions.AsSpan().SequenceEqual(CollectionsMarshal.AsSpan(_actions))) _lastActions = [.. _actions];
        return _lastActions;
    }

    private void Expect(JsonTokenType token, string name, ref Utf8JsonReader reader)
    {
        if (reader.TokenType != token) throw Wrong($"\"{name}\" is {JsonItem.Describe(reader.TokenType)}", ref reader);
    }

    private JsonInputException Wrong(string why, ref Utf8JsonReader reader) => new(PlanDiagnostics.NotAPlan(why, input.PlaceOf(ref reader)));

    private struct Parts
    {
        public string? Type;
        public Range Address;
        public Range Module;
        public Range Name;
        public Range Provider;
        public bool IsData;
        public bool HasMode;
        public bool IsDeposed;
        public Range Content;
        public MarkRanges Sensitive;
    }

    /// <summary>Where marks stand; nearly always in one place.</summary>
    private struct MarkRanges
    {
        public Range First;
        public List<Range>? More;
        private bool _hasFirst;

        public void Add(Range range)
        {
            if (_hasFirst) (More ??= []).Add(range);
            else (First, _hasFirst) = (range, true);
        }
    }
}
