using Sallyport.Hcl.Evaluation;
using Sallyport.Hcl.Syntax;
using Sallyport.Hcl.Values;

namespace Sallyport.Terraform;

/// <summary>
/// Gives a variable's value the shape its <c>type</c> asks for: optional attributes get their defaults, sets lose repeats,
/// primitives convert. What does not fit is left as it is: whoever uses it will say so.
/// </summary>
internal static class VariableType
{
    /// <summary>The value in the type's shape.</summary>
    public static HclValue Convert(HclValue value, HclExpression type, HclEvaluator evaluator, IHclScope scope)
    {
        if (value is HclUnknown or HclNull) return value;
        switch (type)
        {
            case HclName { Name: "string" }: return HclConversion.ToText(value) ?? value;
            case HclName { Name: "number" }: return HclConversion.ToNumber(value) ?? value;
            case HclName { Name: "bool" }: return HclConversion.ToBool(value) ?? value;
            case HclCall { Name: "list", Arguments: [var item] } when value is HclList list:
                return new HclList([.. list.Items.Select(i => Convert(i, item, evaluator, scope))]);
            case HclCall { Name: "set", Arguments: [var item] } when value is HclList list:
                return new HclList([.. list.Items.Select(i => Convert(i, item, evaluator, scope)).Distinct()]) { IsSet = true };
            case HclCall { Name: "tuple", Arguments: [HclTuple items] } when value is HclList list && list.Items.Length == items.Items.Length:
                return new HclList([.. list.Items.Zip(items.Items, (v, t) => Convert(v, t, evaluator, scope))]);
            case HclCall { Name: "map", Arguments: [var item] } when value is HclMap map:
                return HclMap.Of(map.Items.Select(p => new KeyValuePair<string, HclValue>(p.Key, Convert(p.Value, item, evaluator, scope))));
            case HclCall { Name: "object", Arguments: [HclObject fields] } when value is HclMap map:
                return Object(map, fields, evaluator, scope);
            default: return value;
        }
    }

    private static HclMap Object(HclMap map, HclObject fields, HclEvaluator evaluator, IHclScope scope)
    {
        var items = new List<KeyValuePair<string, HclValue>>();
        foreach (var field in fields.Items)
        {
            if (field.Key is not HclLiteral { Value: HclString name }) continue;
            var optional = field.Value as HclCall is { Name: "optional" } call ? call : null;
            var type = optional?.Arguments.FirstOrDefault() ?? field.Value;
            if (map.Items.TryGetValue(name.Value, out var given) && given is not HclNull)
            {
                items.Add(new(name.Value, Convert(given, type, evaluator, scope)));
            }
            else if (optional is { Arguments: [_, var byDefault] })
            {
                items.Add(new(name.Value, Convert(evaluator.Evaluate(byDefault, scope), type, evaluator, scope)));
            }
            else
            {
                items.Add(new(name.Value, HclNull.Instance));
            }
        }

        return HclMap.Of(items);
    }
}
