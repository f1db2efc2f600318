using System.Text;
using System.Text.Json;
using Sallyport.Diagnostics;
using Sallyport.Estates.Files;

namespace Sallyport.Estates.AwsCli;

/// <summary>
/// Walks one file of AWS CLI answers. Groups and rules are read token by token, everything else object by object; how deep an answer
/// lies in lists does not matter, so pages may follow each other or stand in a list.
/// </summary>
internal sealed partial class AwsCliReader
{
    private const string Formats = "answers of aws ec2 describe-*";

    private readonly JsonInput _input;
    private readonly EstateFile _file;
    private readonly EstateBuilder _into;
    private readonly FileDiagnostics _said;
    private readonly RuleParts _parts;
    private readonly GroupReader _groups;
    private readonly RuleReader _rules;
    private readonly ItemReader _items;
    private readonly SortedSet<string> _unusedKeys = new(StringComparer.Ordinal);
    private readonly string _folder;
    private bool _sawSomething;
    private bool _sawUnused;
    private bool _looksLikeAnswer;
    private bool _saidBareValue;
    private bool _saidPermission;

    public AwsCliReader(JsonInput input, EstateFile file, EstateBuilder into, FileDiagnostics said, bool useScanner)
    {
        _input = input;
        _file = file;
        _into = into;
        _said = said;
        _parts = new RuleParts(input, said);
        _groups = new GroupReader(input, file, _parts, into, said, useScanner);
        _rules = new RuleReader(input, file, _parts, into, said);
        _items = new ItemReader(file, into, said);
        _folder = file.Name[..(file.Name.LastIndexOfAny(['/', '\\']) + 1)];
    }

    /// <summary>Reads to the end of the file or to the first place that is no JSON.</summary>
    public void Read()
    {
        var reader = _input.Start();
        try
        {
            while (_input.Read(ref reader)) ReadValue(ref reader);
            _items.Finish();
            SayWhatWasUnused();
        }
        catch (JsonException e)
        {
            _said.Add(_input.Explain(e, ref reader));
        }
        catch (JsonInputException e)
        {
            _said.Add(e.Diagnostic);
        }
    }

    private void ReadValue(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartArray:
                // An empty list is what --query leaves when nothing matches: read, and nothing in it.
                var isEmpty = true;
                while (_input.NextElement(ref reader))
                {
                    isEmpty = false;
                    ReadValue(ref reader);
                }

                _sawSomething |= isEmpty;
                break;
            case JsonTokenType.StartObject:
                ReadObject(ref reader);
                break;
            case JsonTokenType.Null:
                _sawSomething = true;
                _said.Add(EstateDiagnostics.NothingMatched(_input.PlaceOf(ref reader)));
                break;
            default:
                // One is enough: a list of a thousand ids is one mistake.
                if (!_saidBareValue) _said.Add(EstateDiagnostics.BareValues(JsonItem.Describe(reader.TokenType), _input.PlaceOf(ref reader)));
                _saidBareValue = true;
                break;
        }
    }

    private void ReadObject(ref Utf8JsonReader reader)
    {
        var at = _input.PlaceOf(ref reader);
        _input.Pin(ref reader);
        var kind = AwsCliShapes.Classify(reader);
        while (kind is null && _input.LookFurther(ref reader)) kind = AwsCliShapes.Classify(reader);
        switch (kind ?? AwsCliKind.Unknown)
        {
            case AwsCliKind.Answer:
                _input.Unpin();
                ReadAnswer(ref reader, at);
                break;
            case AwsCliKind.Permission:
                _input.Unpin();
                if (!_saidPermission) _said.Add(EstateDiagnostics.PermissionsWithoutGroup(at));
                _saidPermission = true;
                _input.Skip(ref reader);
                break;
            case AwsCliKind.Unknown or AwsCliKind.Unused:
                _input.Unpin();
                ReadUnused(ref reader, kind == AwsCliKind.Unused);
                break;
            case var known:
                ReadThing(ref reader, known, at);
                break;
        }
    }

    private void ReadAnswer(ref Utf8JsonReader reader, SourceSpan at)
    {
        var lists = new List<(string Name, GapKind Kind)>();
        var hasNext = false;
        while (_input.NextProperty(ref reader))
        {
            if (reader.ValueSpan.SequenceEqual("Rules"u8))
            {
                if (ReadEventRules(ref reader)) lists.Add(("Rules", GapKind.Monitoring));
            }
            else if (reader.ValueSpan.SequenceEqual("VpcBlockPublicAccessOptions"u8))
            {
                _input.Read(ref reader);
                if (!_parts.IsObject(ref reader, "VpcBlockPublicAccessOptions")) continue;
                var options = _input.PlaceOf(ref reader);
                _input.Pin(ref reader);
                ReadThing(ref reader, AwsCliKind.PublicAccessBlock, options);
            }
            else if (AwsCliShapes.ListNamed(reader.ValueSpan) is var (kind, gap))
            {
                var name = Encoding.UTF8.GetString(reader.ValueSpan);
                if (!_parts.EnterList(ref reader, name)) continue;
                if (gap is { } listed) lists.Add((name, listed));
                ReadList(ref reader, kind, name);
            }
            else if (reader.ValueSpan.SequenceEqual("NextToken"u8) || reader.ValueSpan.SequenceEqual("nextToken"u8))
            {
                _input.Read(ref reader);
                hasNext = reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length > 0;
            }
            else if (reader.ValueSpan.SequenceEqual("AdditionalRoutesAvailable"u8))
            {
                hasNext |= _parts.Flag(ref reader, "AdditionalRoutesAvailable") == true;
            }
            else
            {
                _input.Skip(ref reader);
            }
        }

        foreach (var (name, kind) in lists)
        {
            if (hasNext) _said.Add(EstateDiagnostics.PageMissing(name, at));
            _into.AddPage(kind, $"{_folder}{name}", WhereOf(_file.Fallback), !hasNext);
        }
    }

    private void ReadList(ref Utf8JsonReader reader, AwsCliKind kind, string name)
    {
        _sawSomething = true;
        _items.Begin(kind);
        while (_input.NextElement(ref reader))
        {
            if (!_parts.IsObject(ref reader, name)) continue;
            if (kind == AwsCliKind.SecurityGroupRule)
            {
                // A million of these may come: no place is made for each, the line is enough.
                _rules.Read(ref reader, _input.LineOf(ref reader));
                continue;
            }

            var at = _input.PlaceOf(ref reader);
            _input.Pin(ref reader);
            ReadThing(ref reader, kind, at);
        }
    }

    /// <summary>Reads the object the reader stands on, whose bytes are pinned.</summary>
    private void ReadThing(ref Utf8JsonReader reader, AwsCliKind kind, SourceSpan at)
    {
        _sawSomething = true;
        switch (kind)
        {
            case AwsCliKind.SecurityGroup:
                _input.Unpin();
                _groups.Read(ref reader, at);
                return;
            case AwsCliKind.SecurityGroupRule:
                _input.Unpin();
                _items.Begin(kind);
                _rules.Read(ref reader, at.Line);
                return;
            case AwsCliKind.Region or AwsCliKind.ElasticAddress:
                _input.Unpin();
                _input.Skip(ref reader);
                return;
        }

        _items.Begin(kind);
        var bytes = _input.TakePinned(ref reader);
        if (!JsonItem.IsValidText(bytes.Span)) throw new JsonInputException(EstateDiagnostics.BadText(at));
        using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = JsonInput.MaxDepth });
        _items.Read(kind, new JsonItem(document.RootElement, at, _said));
    }

    private static string WhereOf(Scope scope) => scope.Account.Length + scope.Region.Length == 0 ? string.Empty : scope.ToString();

    private void ReadUnused(ref Utf8JsonReader reader, bool isKnown)
    {
        _looksLikeAnswer |= isKnown;
        while (_input.NextProperty(ref reader))
        {
            var key = _input.GetText(ref reader);
            if (_unusedKeys.Count < 5) _unusedKeys.Add(key.Length > 40 ? $"{key[..40]}…" : key);
            _input.Read(ref reader);
            _looksLikeAnswer |= reader.TokenType == JsonTokenType.StartArray && key.Length > 0 && char.IsAsciiLetterUpper(key[0]);
            _input.Skip(ref reader);
        }

        _sawUnused = true;
    }

    private void SayWhatWasUnused()
    {
        if (_said.HasErrors || (_sawSomething && !_sawUnused)) return;
        var holds = _unusedKeys.Count == 0 ? "an empty object" : string.Join(", ", _unusedKeys.Select(k => $"\"{k}\""));
        if (_sawSomething || (_file.IsPartOfFolder && _looksLikeAnswer)) _said.Add(EstateDiagnostics.OtherAnswer(_file.Name, holds));
        else _said.Add(EstateDiagnostics.Unrecognised(_file.Name, Formats, holds));
    }
}
