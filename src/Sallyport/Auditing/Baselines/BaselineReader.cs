using System.Text.Json;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Estates.Files;

namespace Sallyport.Auditing.Baselines;

/// <summary>
/// Reads an earlier report of an audit, <c>-o json</c> or <c>-o jsonl</c>, as a baseline. The text streams through: of each finding
/// only fingerprint, rule, severity and resource stay in memory. Untrusted: depth, length of values and number of findings are bounded.
/// </summary>
public sealed class BaselineReader
{
    /// <summary>Findings of a report.</summary>
    public const int MaxFindings = 5_000_000;

    private const int SchemaVersion = 1;

    private readonly JsonInput _input;
    private readonly string _file;
    private readonly Dictionary<UInt128, BaselineEntry> _entries = [];
    private readonly Dictionary<string, string> _texts = [];
    private int _findings;
    private bool _isReport;

    private BaselineReader(Stream stream, string file, CancellationToken cancellationToken)
    {
        _file = file;
        _input = new JsonInput(stream, file, cancellationToken);
    }

    /// <summary>Reads to the end. With an error there is no baseline.</summary>
    public static Result<Baseline> Read(Stream stream, string fileName, CancellationToken cancellationToken = default) =>
        new BaselineReader(stream, fileName, cancellationToken).Read();

    private Result<Baseline> Read()
    {
        var reader = _input.Start();
        try
        {
            while (_input.Read(ref reader))
            {
                if (reader.TokenType != JsonTokenType.StartObject) return Result<Baseline>.Failed(AuditingDiagnostics.NotABaseline(_file));
                ReadObject(ref reader, isFinding: false);
            }
        }
        catch (JsonException exception)
        {
            return Result<Baseline>.Failed(_input.Explain(exception, ref reader));
        }
        catch (JsonInputException exception)
        {
            return Result<Baseline>.Failed(exception.Diagnostic);
        }

        return _isReport ? Result<Baseline>.Ok(new Baseline(_file, _entries)) : Result<Baseline>.Failed(AuditingDiagnostics.NotABaseline(_file));
    }

    // A document, a line of jsonl or a finding: the first holds findings, the second may be one, the third is one.
    private void ReadObject(ref Utf8JsonReader reader, bool isFinding)
    {
        string? rule = null, fingerprint = null, severity = null, id = null, account = null, region = null;
        var isWaived = false;
        while (_input.NextProperty(ref reader))
        {
            if (!isFinding && reader.ValueTextEquals("findings"))
            {
                ReadFindings(ref reader);
            }
            else if (!isFinding && reader.ValueTextEquals("schemaVersion"))
            {
                CheckVersion(ref reader);
            }
            else if (!isFinding && reader.ValueTextEquals("kind"))
            {
                var kind = TextOf(ref reader);
                _isReport |= kind == "report";
                isFinding = kind == "finding";
            }
            else if (reader.ValueTextEquals("rule")) rule = TextOf(ref reader);
            else if (reader.ValueTextEquals("fingerprint")) fingerprint = TextOf(ref reader);
            else if (reader.ValueTextEquals("severity")) severity = TextOf(ref reader);
            else if (reader.ValueTextEquals("waiver")) isWaived = !IsNull(ref reader);
            else if (reader.ValueTextEquals("resource")) (id, account, region) = ReadResource(ref reader);
            else _input.Skip(ref reader);
        }

        if (!isFinding) return;
        if (++_findings > MaxFindings) throw new JsonInputException(AuditingDiagnostics.BaselineTooLarge(MaxFindings, _input.PlaceOf(ref reader)));
        if (rule is null) throw new JsonInputException(AuditingDiagnostics.BadBaseline("a finding names no rule", _input.PlaceOf(ref reader)));
        if (!Baseline.TryParse(fingerprint, out var key)) throw new JsonInputException(AuditingDiagnostics.BadBaseline("a finding has no fingerprint of 32 hexadecimal digits", _input.PlaceOf(ref reader)));
        if (severity is null || !FindingSeverities.TryParse(severity, out var level)) throw new JsonInputException(AuditingDiagnostics.BadBaseline("a finding has no severity", _input.PlaceOf(ref reader)));
        _entries[key] = new BaselineEntry(rule, level, isWaived, id ?? string.Empty, new Scope(account ?? string.Empty, region ?? string.Empty));
    }

    private void ReadFindings(ref Utf8JsonReader reader)
    {
        _isReport = true;
        _input.Read(ref reader);
        if (reader.TokenType != JsonTokenType.StartArray) throw new JsonInputException(AuditingDiagnostics.BadBaseline("\"findings\" is no list", _input.PlaceOf(ref reader)));
        while (_input.NextElement(ref reader))
        {
            if (reader.TokenType != JsonTokenType.StartObject) throw new JsonInputException(AuditingDiagnostics.BadBaseline("a finding is no object", _input.PlaceOf(ref reader)));
            ReadObject(ref reader, isFinding: true);
        }
    }

    private (string? Id, string? Account, string? Region) ReadResource(ref Utf8JsonReader reader)
    {
        string? id = null, account = null, region = null;
        _input.Read(ref reader);
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            _input.Skip(ref reader);
            return default;
        }

        while (_input.NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("id")) id = TextOf(ref reader);
            else if (reader.ValueTextEquals("account")) account = TextOf(ref reader);
            else if (reader.ValueTextEquals("region")) region = TextOf(ref reader);
            else _input.Skip(ref reader);
        }

        return (id, account, region);
    }

    private void CheckVersion(ref Utf8JsonReader reader)
    {
        _input.Read(ref reader);
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt32(out var version)) throw new JsonInputException(AuditingDiagnostics.BadBaseline("\"schemaVersion\" is no number", _input.PlaceOf(ref reader)));
        if (version != SchemaVersion) throw new JsonInputException(AuditingDiagnostics.NewerBaseline(version, SchemaVersion, _input.PlaceOf(ref reader)));
    }

    /// <summary>The text of the current property, kept once; null (and passed over) when it is none.</summary>
    private string? TextOf(ref Utf8JsonReader reader)
    {
        _input.Read(ref reader);
        if (reader.TokenType != JsonTokenType.String)
        {
            _input.Skip(ref reader);
            return null;
        }

        var text = _input.GetText(ref reader);
        if (text.Length > 200) return text;
        if (_texts.TryGetValue(text, out var known)) return known;
        if (_texts.Count < 100_000) _texts.Add(text, text);
        return text;
    }

    private bool IsNull(ref Utf8JsonReader reader)
    {
        _input.Read(ref reader);
        if (reader.TokenType == JsonTokenType.Null) return true;
        _input.Skip(ref reader);
        return false;
    }
}
