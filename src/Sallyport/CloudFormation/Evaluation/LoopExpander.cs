using System.Collections.Immutable;
using Sallyport.CloudFormation.Values;
using Sallyport.Diagnostics;
using Sallyport.Yaml;

namespace Sallyport.CloudFormation.Evaluation;

/// <summary>Writes out the loops (<c>Fn::ForEach</c>) of a mapping, as the transform AWS::LanguageExtensions does before anything else.</summary>
internal sealed class LoopExpander(Evaluator evaluator, TemplateStack stack)
{
    private const string Prefix = "Fn::ForEach::";
    private const int MaxNesting = 16;

    private readonly List<(string Loop, string Why, SourceSpan At)> _unknown = [];
    private int _nesting;

    /// <summary>Loops that were left out, each with a clause that says why.</summary>
    public IReadOnlyList<(string Loop, string Why, SourceSpan At)> Unknown => _unknown;

    /// <summary>True for the key of a loop.</summary>
    public static bool IsLoop(string key) => key.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The mapping with its loops written out; what stands deeper in it keeps its loops.</summary>
    public MapNode Expand(MapNode map, World world)
    {
        if (!map.Entries.Any(e => IsLoop(e.Key.Text))) return map;
        var entries = ImmutableArray.CreateBuilder<MapEntry>();
        foreach (var entry in map.Entries)
        {
            if (IsLoop(entry.Key.Text)) Expand(entry, world, entries);
            else entries.Add(entry);
        }

        return new MapNode(entries.DrainToImmutable(), map.At);
    }

    private void Expand(MapEntry loop, World world, ImmutableArray<MapEntry>.Builder into)
    {
        if (loop.Value is not ListNode { Items: [ScalarNode name, var collection, MapNode body] } || _nesting >= MaxNesting)
        {
            _unknown.Add((loop.Key.Text, "it is not written as CloudFormation takes it", loop.Key.At));
            return;
        }

        var values = evaluator.Evaluate(stack, collection, world);
        if (values is not ListValue list || !list.Items.All(i => i is TextValue))
        {
            var open = values is ListValue several ? several.Items.First(i => i is not TextValue) : values;
            var why = (open as OutsideValue)?.Why ?? (open as UnknownValue)?.Why ?? "its collection is not a list of texts";
            _unknown.Add((loop.Key.Text, why, loop.Key.At));
            return;
        }

        _nesting++;
        foreach (var value in list.Items.Cast<TextValue>())
        {
            evaluator.Spend(body.Size, loop.Key.At);
            var written = (MapNode)Substitute(body, name.Text, value.Text);
            into.AddRange(Expand(written, world).Entries);
        }

        _nesting--;
    }

    private SyntaxNode Substitute(SyntaxNode node, string name, string value) => node switch
    {
        ScalarNode scalar => scalar with { Text = Substitute(scalar.Text, name, value, scalar.At) },
        ListNode list => new ListNode([.. list.Items.Select(i => Substitute(i, name, value))], list.At),
        MapNode { Entries: [{ Key.Text: "Ref", Value: ScalarNode { Text: var target } }] } reference when target == name => new ScalarNode(value, IsPlain: false, reference.At),
        MapNode map => new MapNode([.. map.Entries.Select(e => new MapEntry(e.Key with { Text = Substitute(e.Key.Text, name, value, e.Key.At) }, Substitute(e.Value, name, value)))], map.At),
        _ => node,
    };

    private string Substitute(string text, string name, string value, SourceSpan at)
    {
        if (!text.Contains($"{{{name}}}", StringComparison.Ordinal)) return text;
        var letters = string.Concat(value.Where(char.IsAsciiLetterOrDigit));
        var result = text.Replace($"${{{name}}}", value, StringComparison.Ordinal).Replace($"&{{{name}}}", letters, StringComparison.Ordinal);
        evaluator.Count(result.Length, at);
        return result;
    }
}
