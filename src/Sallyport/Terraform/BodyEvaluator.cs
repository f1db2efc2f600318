using System.Collections.Immutable;
using Sallyport.Diagnostics;
using Sallyport.Hcl.Evaluation;
using Sallyport.Hcl.Syntax;
using Sallyport.Hcl.Values;

namespace Sallyport.Terraform;

/// <summary>
/// A resource's body as plans have it: attributes, and of each type of nested block a list of maps. Dynamic blocks are written
/// out; one whose number is unknown leaves an unknown element, so that nobody takes the list for whole.
/// </summary>
internal sealed class BodyEvaluator(HclEvaluator evaluator)
{
    private static readonly HashSet<string> NotArguments = ["count", "for_each", "provider", "depends_on", "lifecycle", "provisioner", "connection"];

    private readonly ImmutableDictionary<(string Block, int Position), SourceSpan>.Builder _places = ImmutableDictionary.CreateBuilder<(string, int), SourceSpan>();

    /// <summary>The values, and where the outermost nested blocks stand.</summary>
    public (HclMap Values, ImmutableDictionary<(string Block, int Position), SourceSpan> Places) Evaluate(HclBody body, IHclScope scope)
    {
        var values = Map(body, scope, isOutermost: true);
        return (values, _places.ToImmutable());
    }

    private HclMap Map(HclBody body, IHclScope scope, bool isOutermost)
    {
        var values = new SortedDictionary<string, HclValue>(StringComparer.Ordinal);
        foreach (var attribute in body.Attributes)
        {
            if (isOutermost && NotArguments.Contains(attribute.Name)) continue;

            if (attribute is { Name: "dynamic", Value: HclObject }) continue;
            values[attribute.Name] = evaluator.Evaluate(attribute.Value, scope);
            if (isOutermost && values[attribute.Name] is HclList or HclMap or HclUnknown) Place(attribute);
        }

        // JSON code has dynamic blocks as an attribute; what they make stands behind the blocks that are written out.
        if (body.Find("dynamic")?.Value is HclObject dynamics) Dynamics(dynamics, scope, values, isOutermost);

        var blocks = new Dictionary<string, List<HclValue>>();
        foreach (var block in body.Blocks)
        {
            if (isOutermost && NotArguments.Contains(block.Type)) continue;
            var isDynamic = block is { Type: "dynamic", Labels.Length: 1 };
            var type = isDynamic ? block.Labels[0] : block.Type;
            if (!blocks.TryGetValue(type, out var list)) blocks.Add(type, list = []);
            var from = list.Count;
            if (isDynamic) list.AddRange(Dynamic(block, scope));
            else list.Add(Map(block.Body, scope, isOutermost: false));
            if (!isOutermost) continue;
            for (var i = from; i < list.Count; i++) _places[(type, i)] = block.At;
        }

        foreach (var (type, list) in blocks) values[type] = new HclList([.. list]);
        return HclMap.Of(values);
    }

    // Blocks may be written as a list: then each stands where its item does, as far as the items are written out.
    private void Place(HclAttribute attribute)
    {
        _places[(attribute.Name, -1)] = attribute.At;
        if (attribute.Value is not HclTuple tuple) return;
        for (var i = 0; i < tuple.Items.Length; i++)
        {
            if (tuple.Items[i] is HclObject) _places[(attribute.Name, i)] = tuple.Items[i].At;
        }
    }

    private IEnumerable<HclValue> Dynamic(HclBlock block, IHclScope scope)
    {
        var iterator = block.Body.Find("iterator")?.Value is HclName name ? name.Name : block.Labels[0];
        var content = block.Body.Blocks.FirstOrDefault(b => b.Type == "content");
        var collection = block.Body.Find("for_each") is { } each ? evaluator.Evaluate(each.Value, scope) : new HclUnknown("a dynamic block has no for_each");
        if (content is null) return [];
        if (HclConversion.Elements(collection) is not { } elements) return [new HclUnknown($"how many {block.Labels[0]} blocks there are is unknown: {HclConversion.NoCollection(collection).Why}")];
        return elements.Select(e => (HclValue)Map(content.Body, new NestedScope(scope, (iterator, Iteration(e))), isOutermost: false));
    }

    private void Dynamics(HclObject dynamics, IHclScope scope, SortedDictionary<string, HclValue> values, bool isOutermost)
    {
        foreach (var item in dynamics.Items)
        {
            if (item.Key is not HclLiteral { Value: HclString type }) continue;
            var made = ImmutableArray.CreateBuilder<HclValue>();
            if (values.TryGetValue(type.Value, out var written)) made.AddRange(written is HclList several ? several.Items : [written]);
            var placed = made.Count;
            foreach (var body in item.Value is HclTuple bodies ? bodies.Items : [item.Value])
            {
                var parts = (body as HclObject)?.Items.Where(i => i.Key is HclLiteral { Value: HclString }).ToDictionary(i => ((HclString)((HclLiteral)i.Key).Value).Value, i => i.Value) ?? [];
                var collection = parts.TryGetValue("for_each", out var each) ? evaluator.Evaluate(each, scope) : new HclUnknown("a dynamic block has no for_each");
                if (!parts.TryGetValue("content", out var content)) continue;
                var iterator = parts.TryGetValue("iterator", out var named) && evaluator.Evaluate(named, scope) is HclString text ? text.Value : type.Value;
                if (HclConversion.Elements(collection) is not { } elements) made.Add(new HclUnknown($"how many {type} blocks there are is unknown: {HclConversion.NoCollection(collection).Why}"));
                else made.AddRange(elements.Select(e => evaluator.Evaluate(content, new NestedScope(scope, (iterator, Iteration(e))))));
                if (!isOutermost) continue;
                for (var i = placed; i < made.Count; i++) _places[(type.Value, i)] = body.At;
                placed = made.Count;
            }

            values[type.Value] = new HclList(made.ToImmutable());
        }
    }

    private static HclMap Iteration((HclValue Key, HclValue Value) element) => HclMap.Of([new("key", element.Key), new("value", element.Value)]);
}
