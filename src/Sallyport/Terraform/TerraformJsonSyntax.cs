using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Sallyport.Diagnostics;
using Sallyport.Hcl.Parsing;
using Sallyport.Hcl.Syntax;
using Sallyport.Hcl.Values;

namespace Sallyport.Terraform;

/// <summary>
/// The JSON form of Terraform code (<c>.tf.json</c>) to the same tree as the native syntax. Only the outermost blocks are made
/// blocks: what is nested stays an expression, as a plan has it. Every node carries the place of its value. (Terraform "JSON Configuration Syntax")
/// </summary>
internal sealed class TerraformJsonSyntax
{
    private const int MaxDepth = 64;

    private static readonly Dictionary<string, int> Labels = new()
    {
        ["resource"] = 2,
        ["data"] = 2,
        ["ephemeral"] = 2,
        ["variable"] = 1,
        ["output"] = 1,
        ["module"] = 1,
        ["provider"] = 1,
        ["locals"] = 0,
        ["terraform"] = 0,
        ["moved"] = 0,
        ["import"] = 0,
        ["removed"] = 0,
        ["check"] = 1,
    };

    private readonly string _file;
    private readonly byte[] _bytes;
    private readonly List<int> _lineStarts = [0];
    private readonly List<Diagnostic> _problems = [];

    private TerraformJsonSyntax(string file, byte[] bytes)
    {
        _file = file;
        _bytes = bytes;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == (byte)'\n') _lineStarts.Add(i + 1);
        }
    }

    /// <summary>Reads a file.</summary>
    public static Result<HclBody> Read(string text, string file)
    {
        if (text.Length > HclParser.MaxLength) return Result<HclBody>.Failed(Hcl.HclDiagnostics.TooLong(HclParser.MaxLength / (1024 * 1024), new SourceSpan(file)));
        try
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            using var document = JsonDocument.Parse(bytes.AsMemory(), new JsonDocumentOptions { MaxDepth = MaxDepth });
            var reader = new TerraformJsonSyntax(file, bytes);
            var body = reader.Body(document.RootElement);
            return new Result<HclBody>(reader._problems.Count == 0 ? body : null, [.. reader._problems]);
        }
        catch (JsonException exception)
        {
            var at = new SourceSpan(file, (int)(exception.LineNumber ?? 0) + 1, (int)(exception.BytePositionInLine ?? 0) + 1);
            return Result<HclBody>.Failed(Hcl.HclDiagnostics.Syntax("the JSON text is broken here", at));
        }
    }

    private HclBody Body(JsonElement root)
    {
        var blocks = ImmutableArray.CreateBuilder<HclBlock>();
        foreach (var each in root.ValueKind == JsonValueKind.Array ? root.EnumerateArray().ToList() : [root])
        {
            if (each.ValueKind != JsonValueKind.Object)
            {
                _problems.Add(Hcl.HclDiagnostics.Syntax("an object of blocks was expected", At(each)));
                continue;
            }

            foreach (var property in each.EnumerateObject())
            {
                if (property.Name != "//" && Labels.TryGetValue(property.Name, out var labels)) Blocks(property.Name, labels, [], property.Value, blocks);
            }
        }

        return new HclBody([], blocks.ToImmutable(), At(root));
    }

    // The document stands on these very bytes, so a value's place in them is its place in the file.
    private SourceSpan At(JsonElement value)
    {
        if (!_bytes.AsSpan().Overlaps(JsonMarshal.GetRawUtf8Value(value), out var offset)) return new SourceSpan(_file);
        var found = _lineStarts.BinarySearch(offset);
        var line = found >= 0 ? found : ~found - 1;
        var start = _lineStarts[line];
        return new SourceSpan(_file, line + 1, Encoding.UTF8.GetCharCount(_bytes, start, offset - start) + 1);
    }

    private void Blocks(string type, int labels, ImmutableArray<string> names, JsonElement value, ImmutableArray<HclBlock>.Builder into)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray()) Blocks(type, labels, names, item, into);
        }
        else if (value.ValueKind != JsonValueKind.Object)
        {
            _problems.Add(Hcl.HclDiagnostics.Syntax($"an object was expected for \"{string.Join('.', (string[])[type, .. names])}\"", At(value)));
        }
        else if (names.Length < labels)
        {
            foreach (var property in value.EnumerateObject())
            {
                if (property.Name != "//") Blocks(type, labels, names.Add(property.Name), property.Value, into);
            }
        }
        else
        {
            var attributes = value.EnumerateObject().Where(p => p.Name != "//").Select(p => new HclAttribute(p.Name, Expression(p.Value), At(p.Value)));
            into.Add(new HclBlock(type, names, new HclBody([.. attributes], [], At(value)), At(value)));
        }
    }

    private HclExpression Expression(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Template(value.GetString()!, At(value)),
        JsonValueKind.Number => new HclLiteral(HclNumber.Of(value.GetDouble()), At(value)),
        JsonValueKind.True => new HclLiteral(HclBool.Of(true), At(value)),
        JsonValueKind.False => new HclLiteral(HclBool.Of(false), At(value)),
        JsonValueKind.Array => new HclTuple([.. value.EnumerateArray().Select(Expression)], At(value)),
        JsonValueKind.Object => new HclObject([.. value.EnumerateObject().Where(p => p.Name != "//").Select(p => new HclObjectItem(Template(p.Name, At(p.Value)), Expression(p.Value)))], At(value)),
        _ => new HclLiteral(HclNull.Instance, At(value)),
    };

    private HclExpression Template(string text, SourceSpan at)
    {
        if (!text.Contains("${", StringComparison.Ordinal) && !text.Contains("%{", StringComparison.Ordinal)) return new HclLiteral(new HclString(text), at);
        var parsed = HclParser.ParseTemplate(text, _file);
        if (parsed.Value is { } template) return template;
        _problems.AddRange(parsed.Diagnostics);
        return new HclLiteral(HclNull.Instance, at);
    }
}
