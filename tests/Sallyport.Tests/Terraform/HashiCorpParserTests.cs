using System.Text.Json;
using Sallyport.Hcl.Functions;
using Sallyport.Hcl.Parsing;
using Sallyport.Hcl.Syntax;
using Sallyport.Hcl.Values;
using Sallyport.Tests.Reports;

namespace Sallyport.Tests.Terraform;

/// <summary>
/// Our parser against HashiCorp's, by way of npm @cdktf/hcl2json, on every sample: the same blocks, the same attributes, the same values. An
/// expression comes from there as its text, so what is compared is where it begins and ends, and what it means to ours.
/// </summary>
public sealed class HashiCorpParserTests
{
    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.tf", SearchOption.AllDirectories)
        .Where(f => !f.Contains("node_modules", StringComparison.Ordinal))
        .Select(f => Path.GetRelativePath(Repository.Root, f).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Both_read_the_same(string file)
    {
        NodeConsumer.Require();
        var text = await File.ReadAllTextAsync(Path.Combine(Repository.Root, file), TestContext.Current.CancellationToken);
        var ours = HclParser.Parse(text, file);
        Assert.Empty(ours.Diagnostics);
        var lines = new List<string>();
        var blocks = new HashSet<string>();
        Write(ours.Value!, string.Empty, lines, blocks);

        var theirs = new List<string>();
        Write(await NodeConsumer.ReadAsync("hcl", text), string.Empty, theirs, blocks);

        Assert.NotEmpty(lines);
        Assert.Equal(theirs.Order(StringComparer.Ordinal), lines.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("a = ")]
    [InlineData("a = 1 b = 2")]
    [InlineData("a = [1,, 2]")]
    [InlineData("a = \"${b\"")]
    [InlineData("a = \"x\ny\"")]
    [InlineData("b {")]
    [InlineData("b { c = 1 d = 2 }")]
    [InlineData("b { c {} }")]
    [InlineData("b {\n c = 1 }")]
    [InlineData("b {\n c {}}")]
    [InlineData("a = <<EOT\nnever closed")]
    [InlineData("a = 1\na = 2")]
    [InlineData("a = (1")]
    [InlineData("a = {b = 1")]
    [InlineData("a = 1 ? 2")]
    [InlineData("a = \"%{ if true }x\"")]
    [InlineData("a = b c")]
    [InlineData("= 1")]
    [InlineData("a.b = 1")]
    [InlineData("a = 'x'")]
    [InlineData("a = \"\\q\"")]
    public async Task Both_refuse_what_is_broken(string text)
    {
        NodeConsumer.Require();
        Assert.NotEmpty(HclParser.Parse(text + "\n", "main.tf").Diagnostics);
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => NodeConsumer.ReadAsync("hcl", text + "\n"));
    }

    // A body as lines: path and value. Blocks of one type and the same labels are numbered in their order.
    private static void Write(HclBody body, string path, List<string> lines, HashSet<string> blocks)
    {
        foreach (var attribute in body.Attributes) lines.Add($"{path}{attribute.Name} = {Show(attribute.Value)}");
        var seen = new Dictionary<string, int>();
        foreach (var block in body.Blocks)
        {
            var name = $"{path}{string.Join('.', (string[])[block.Type, .. block.Labels])}";
            var number = seen[name] = seen.GetValueOrDefault(name, -1) + 1;
            lines.Add($"{name}[{number}]");
            blocks.Add($"{path}{block.Type}");
            Write(block.Body, $"{name}[{number}].", lines, blocks);
        }
    }

    // There, a block is an array of objects, below an object for each label, and so may an attribute be: which of the two it is, only ours tells.
    private static void Write(JsonElement body, string path, List<string> lines, HashSet<string> blocks)
    {
        foreach (var property in body.EnumerateObject())
        {
            if (blocks.Contains($"{path}{property.Name}")) Blocks(property.Value, $"{path}{property.Name}", lines, blocks);
            else lines.Add($"{path}{property.Name} = {Show(property.Value)}");
        }
    }

    private static void Blocks(JsonElement value, string name, List<string> lines, HashSet<string> blocks)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var label in value.EnumerateObject()) Blocks(label.Value, $"{name}.{label.Name}", lines, blocks);
            return;
        }

        var number = 0;
        foreach (var item in value.EnumerateArray())
        {
            lines.Add($"{name}[{number}]");
            Write(item, $"{name}[{number++}].", lines, blocks);
        }
    }

    private static string Show(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Show(Template(value.GetString()!)),
        JsonValueKind.Array => $"[{string.Join(", ", value.EnumerateArray().Select(Show))}]",
        JsonValueKind.Object => $"{{{string.Join(", ", value.EnumerateObject().Select(p => $"{Show(Template(p.Name))}: {Show(p.Value)}").Order(StringComparer.Ordinal))}}}",
        JsonValueKind.Number => HclJson.Write(new HclNumber(value.GetDouble())),
        JsonValueKind.Null => "null",
        _ => value.GetRawText(),
    };

    private static HclExpression Template(string text)
    {
        var parsed = HclParser.ParseTemplate(text, "theirs");
        Assert.True(parsed.Value is not null, $"{text}: {string.Join('\n', parsed.Diagnostics)}");
        return parsed.Value;
    }

    // There, what is made of constants alone is one.
    private static string Folded(HclTemplate template)
    {
        var parts = template.Parts.Select(Show).ToList();
        return parts.TrueForAll(p => p[0] == '"') ? $"\"{string.Concat(parts.Select(p => p[1..^1]))}\"" : $"T({string.Join(" + ", parts)})";
    }

    private static string Show(HclExpression expression) => expression switch
    {
        HclLiteral literal => HclJson.Write(literal.Value),
        HclTuple tuple => $"[{string.Join(", ", tuple.Items.Select(Show))}]",
        HclObject map => $"{{{string.Join(", ", map.Items.Select(i => $"{Show(i.Key)}: {Show(i.Value)}").Order(StringComparer.Ordinal))}}}",
        HclTemplate template => Folded(template),
        HclTemplateIf directive => $"IF({Show(directive.Condition)}, {Show(directive.Then)}, {Show(directive.Else)})",
        HclTemplateFor directive => $"FOR({directive.Key}, {directive.Value}, {Show(directive.Collection)}, {Show(directive.Body)})",
        HclName name => name.Name,
        HclAttributeOf attribute => $"{Show(attribute.Of)}.{attribute.Name}",
        HclIndex index => $"{Show(index.Of)}[{Show(index.Key)}]",
        HclSplat splat => $"{Show(splat.Of)}[*]({Show(splat.Each)})",
        HclCall call => $"{call.Name}({string.Join(", ", call.Arguments.Select(Show))}{(call.IsLastExpanded ? "..." : string.Empty)})",
        HclBinary binary => $"({Show(binary.Left)} {binary.Operator} {Show(binary.Right)})",
        HclUnary { Operator: HclOperator.Negate, Operand: HclLiteral { Value: HclNumber number } } => HclJson.Write(new HclNumber(-number.Value)),
        HclUnary unary => $"{unary.Operator}({Show(unary.Operand)})",
        HclConditional conditional => $"({Show(conditional.Condition)} ? {Show(conditional.Then)} : {Show(conditional.Otherwise)})",
        HclFor loop => $"for({loop.KeyName}, {loop.ValueName}, {Show(loop.Collection)}, {(loop.Key is null ? string.Empty : Show(loop.Key))}, {Show(loop.Value)}, {(loop.Condition is null ? string.Empty : Show(loop.Condition))}, {loop.IsGrouped})",
        _ => throw new InvalidOperationException(expression.GetType().Name),
    };
}
