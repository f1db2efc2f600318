using System.Collections.Immutable;
using System.Text.Json;
using Sallyport.Diagnostics;
using Sallyport.Hcl.Parsing;
using Sallyport.Hcl.Syntax;
using Sallyport.Hcl.Values;

namespace Sallyport.Terraform;

/// <summary>
/// The JSON form of Terraform code (<c>.tf.json</c>) to the same tree as the native syntax. Only the outermost blocks are made
/// blocks: what is nested stays an expression, as a plan has it. JSON has no places below the file's lines, so every node
/// carries the line of its outermost block. (Terraform "JSON Configuration Syntax")
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
    private readonly List<Diagnostic> _problems = [];

    private TerraformJsonSyntax(string file) => _file = file;

    /// <summary>Reads a file.</summary>
    public static Result<HclBody> Read(string text, string file)
    {
        if (text.Length > HclParser.MaxLength) return Result<HclBody>.Failed(Hcl.HclDiagnostics.TooLong(HclParser.MaxLength / (1024 * 1024), new SourceSpan(file)));
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth });
            var reader = new TerraformJsonSyntax(file);
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
                _problems.Add(Hcl.HclDiagnostics.Syntax("an object of blocks was expected", At));
                continue;
            }

            foreach (var property in each.EnumerateObject())
            {
                if (property.Name != "//" && Labels.TryGetValue(property.Name, out var labels)) Blocks(property.Name, labels, [], property.Value, blocks);
            }
        }

        return new HclBody([], blocks.ToImmutable(), At);
    }

    private SourceSpan At => new(_file);

    private void Blocks(string type, int labels, ImmutableArray<string> names, JsonElement value, ImmutableArray<HclBlock>.Builder into)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray()) Blocks(type, labels, names, item, into);
        }
        else if (value.ValueKind != JsonValueKind.Object)
        {
            _problems.Add(Hcl.HclDiagnostics.Syntax($"an object was expected for \"{string.Join('.', (string[])[type, .. names])}\"", At));
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
            var attributes = value.EnumerateObject().Where(p => p.Name != "//").Select(p => new HclAttribute(p.Name, Expression(p.Value), At));
            into.Add(new HclBlock(type, names, new HclBody([.. attributes], [], At), At));
        }
    }

    private HclExpression Expression(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Template(value.GetString()!),
        JsonValueKind.Number => new HclLiteral(new HclNumber(value.GetDouble()), At),
        JsonValueKind.True => new HclLiteral(HclBool.Of(true), At),
        JsonValueKind.False => new HclLiteral(HclBool.Of(false), At),
        JsonValueKind.Array => new HclTuple([.. value.EnumerateArray().Select(Expression)], At),
        JsonValueKind.Object => new HclObject([.. value.EnumerateObject().Where(p => p.Name != "//").Select(p => new HclObjectItem(Template(p.Name), Expression(p.Value)))], At),
        _ => new HclLiteral(HclNull.Instance, At),
    };

    private HclExpression Template(string text)
    {
        if (!text.Contains("${", StringComparison.Ordinal) && !text.Contains("%{", StringComparison.Ordinal)) return new HclLiteral(new HclString(text), At);
        var parsed = HclParser.ParseTemplate(text, _file);
        if (parsed.Value is { } template) return template;
        _problems.AddRange(parsed.Diagnostics);
        return new HclLiteral(HclNull.Instance, At);
    }
}
