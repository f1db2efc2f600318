using System.Collections.Immutable;
using System.Text;
using Sallyport.Hcl.Functions;
using Sallyport.Hcl.Syntax;
using Sallyport.Hcl.Values;

namespace Sallyport.Hcl.Evaluation;

/// <summary>
/// Works expressions out without running anything. It always ends and never fails: what Terraform would refuse, and what only a
/// run can tell, is an <see cref="HclUnknown"/> that says why.
/// </summary>
internal sealed class HclEvaluator(HclBudget budget)
{
    /// <summary>The value of an expression.</summary>
    public HclValue Evaluate(HclExpression expression, IHclScope scope)
    {
        if (!budget.Spend()) return new HclUnknown("there is too much to work out");
        if (budget.Level >= HclBudget.MostLevels) return new HclUnknown("references are nested too deep");
        budget.Level++;
        try
        {
            HclValue value = expression switch
            {
                HclLiteral literal => literal.Value,
                HclTemplate template => Template(template.Parts, scope),
                HclTemplateIf directive => Directive(directive, scope),
                HclTemplateFor directive => Directive(directive, scope),
                HclName name => scope.Find(name.Name) ?? new HclUnknown($"nothing is called {name.Name}"),
                HclAttributeOf attribute => AttributeOf(attribute, scope),
                HclIndex index => Index(Evaluate(index.Of, scope), Evaluate(index.Key, scope)),
                HclSplat splat => Splat(splat, scope),
                HclCall call => Call(call, scope),
                HclBinary binary => Binary(binary, scope),
                HclUnary unary => Unary(unary, scope),
                HclConditional conditional => Conditional(conditional, scope),
                HclTuple tuple => new HclList([.. tuple.Items.Select(i => Evaluate(i, scope))]),
                HclObject map => Object(map, scope),
                HclFor loop => For(loop, scope),
                _ => throw new ArgumentOutOfRangeException(nameof(expression)),
            };

            // Sharing makes lists of lists that nobody could go through: they end here, wherever they were made.
            return value.Weight > HclBudget.MostWeight ? new HclUnknown("the collection is too large to work out") : value;
        }
        finally
        {
            budget.Level--;
        }
    }

    /// <summary>An attribute of a value that is already known.</summary>
    public static HclValue Attribute(HclValue of, string name) => of switch
    {
        HclResourceValue resource => resource[name],
        HclMap map => map.Items.TryGetValue(name, out var value) ? value : new HclUnknown($"there is no attribute {name}"),
        HclUnknown { Reference: { } reference } unknown => unknown with { Reference = $"{reference}.{name}" },
        HclUnknown unknown => unknown,
        HclList { Items: [] } => HclNull.Instance,
        _ => new HclUnknown($"a value without attributes has no {name}"),
    };

    private HclValue AttributeOf(HclAttributeOf attribute, IHclScope scope)
    {
        if (attribute.Of is HclName root && scope.Find(root.Name, attribute.Name) is { } found) return found;
        return Attribute(Evaluate(attribute.Of, scope), attribute.Name);
    }

    private static HclValue Index(HclValue of, HclValue key)
    {
        if (of is HclUnknown unknown)
        {
            return unknown.Reference is { } reference && key is HclNumber or HclString
                ? unknown with { Reference = key is HclNumber ? $"{reference}[{key}]" : $"{reference}[\"{key}\"]" }
                : unknown;
        }

        if (key is HclUnknown) return key;
        switch (of)
        {
            case HclList list:
                if (HclConversion.ToNumber(key) is not HclNumber number) return new HclUnknown("the index of a list is no number");
                return number.Value >= 0 && number.Value < list.Items.Length && number.Value == Math.Floor(number.Value)
                    ? list.Items[(int)number.Value]
                    : new HclUnknown($"there is no element {number} in a list of {list.Items.Length}");
            case HclMap or HclResourceValue:
                return HclConversion.ToText(key) is HclString text ? Attribute(of, text.Value) : new HclUnknown("the key of a map is no text");
            default:
                return new HclUnknown("a value that is no collection has no elements");
        }
    }

    private HclValue Splat(HclSplat splat, IHclScope scope)
    {
        switch (Evaluate(splat.Of, scope))
        {
            case HclUnknown unknown: return unknown;
            case HclNull: return HclList.Empty;
            case HclList list: return new HclList([.. list.Items.Select(Each)]);
            case var one: return new HclList([Each(one)]);
        }

        HclValue Each(HclValue item) => Evaluate(splat.Each, new NestedScope(scope, (HclSplat.ElementName, item)));
    }

    private HclValue Call(HclCall call, IHclScope scope)
    {
        var arguments = new List<HclValue>();
        foreach (var argument in call.Arguments) arguments.Add(Evaluate(argument, scope));
        if (call.IsLastExpanded && arguments.Count > 0)
        {
            var last = arguments[^1];
            arguments.RemoveAt(arguments.Count - 1);
            switch (last)
            {
                case HclUnknown unknown: return unknown;
                case HclList list: arguments.AddRange(list.Items); break;
                default: return new HclUnknown($"what is expanded into the arguments of {call.Name} is no list");
            }
        }

        // A function goes through its arguments, and makes its result, at the cost of a sixteenth of a step each.
        if (arguments.Any(a => a.Weight > HclBudget.MostWeight)) return new HclUnknown("the collection is too large to work out");
        if (!budget.Spend(arguments.Sum(a => a.Weight) / 16)) return new HclUnknown("there is too much to work out");
        var result = HclFunctions.Call(call.Name, arguments);
        return budget.Spend(result.Weight / 16) ? Bound(result) : new HclUnknown("there is too much to work out");
    }

    private static HclValue Bound(HclValue value) => value switch
    {
        HclString { Value.Length: > HclBudget.LongestText } => new HclUnknown("the text is too long to work out"),
        HclList { Items.Length: > HclBudget.MostItems } or HclMap { Items.Count: > HclBudget.MostItems } or { Weight: > HclBudget.MostWeight } => new HclUnknown("the collection is too large to work out"),
        _ => value,
    };

    private HclValue Binary(HclBinary binary, IHclScope scope)
    {
        var left = Evaluate(binary.Left, scope);
        switch (binary.Operator)
        {
            // Terraform evaluates both sides; for a reader a decided side is enough.
            case HclOperator.And when HclConversion.ToBool(left) is HclBool { Value: false }:
                return left;
            case HclOperator.Or when HclConversion.ToBool(left) is HclBool { Value: true }:
                return left;
        }

        var right = Evaluate(binary.Right, scope);
        if (binary.Operator is HclOperator.Equal or HclOperator.NotEqual)
        {
            if (!left.IsWhollyKnown || !right.IsWhollyKnown)
            {
                // Whatever an id will be, it is not null.
                var isNullTest = (left is HclNull && IsThere(right)) || (right is HclNull && IsThere(left));
                return isNullTest ? HclBool.Of(binary.Operator == HclOperator.NotEqual) : UnknownOf(left, right);
            }

            return HclBool.Of(HclConversion.AreEqual(left, right) == (binary.Operator == HclOperator.Equal));
        }

        if (binary.Operator is HclOperator.And or HclOperator.Or)
        {
            if (HclConversion.ToBool(right) is HclBool decided && decided.Value == (binary.Operator == HclOperator.Or)) return decided;
            if (left is HclUnknown || right is HclUnknown) return UnknownOf(left, right);
            return HclConversion.ToBool(left) is HclBool && HclConversion.ToBool(right) is HclBool b
                ? b
                : new HclUnknown("an operand is neither true nor false");
        }

        if (left is HclUnknown || right is HclUnknown) return UnknownOf(left, right);
        if (HclConversion.ToNumber(left) is not HclNumber { Value: var x } || HclConversion.ToNumber(right) is not HclNumber { Value: var y })
        {
            return new HclUnknown("an operand is no number");
        }

        return binary.Operator switch
        {
            HclOperator.Add => HclNumber.Of(x + y),
            HclOperator.Subtract => HclNumber.Of(x - y),
            HclOperator.Multiply => HclNumber.Of(x * y),
            HclOperator.Divide => y == 0 ? new HclUnknown("a division by zero") : HclNumber.Of(x / y),
            HclOperator.Remainder => y == 0 ? new HclUnknown("a division by zero") : new HclNumber(x % y),
            HclOperator.Less => HclBool.Of(x < y),
            HclOperator.LessOrEqual => HclBool.Of(x <= y),
            HclOperator.Greater => HclBool.Of(x > y),
            HclOperator.GreaterOrEqual => HclBool.Of(x >= y),
            _ => throw new ArgumentOutOfRangeException(nameof(binary)),
        };
    }

    private static bool IsThere(HclValue value) => value is HclResourceValue or HclUnknown { IsId: true };

    private HclValue Unary(HclUnary unary, IHclScope scope)
    {
        var operand = Evaluate(unary.Operand, scope);
        if (operand is HclUnknown) return operand;
        if (unary.Operator == HclOperator.Negate)
        {
            return HclConversion.ToNumber(operand) is HclNumber number ? new HclNumber(-number.Value) : new HclUnknown("what is negated is no number");
        }

        return HclConversion.ToBool(operand) is HclBool truth ? HclBool.Of(!truth.Value) : new HclUnknown("what is negated is neither true nor false");
    }

    private HclValue Conditional(HclConditional conditional, IHclScope scope)
    {
        var condition = Evaluate(conditional.Condition, scope);
        switch (HclConversion.ToBool(condition))
        {
            case HclBool { Value: true }: return Evaluate(conditional.Then, scope);
            case HclBool: return Evaluate(conditional.Otherwise, scope);
        }

        var then = Evaluate(conditional.Then, scope);
        var otherwise = Evaluate(conditional.Otherwise, scope);
        if (then.IsWhollyKnown && otherwise.IsWhollyKnown && then.Equals(otherwise)) return then;
        return condition is HclUnknown unknown ? unknown.WorkedOut() : new HclUnknown("a condition is neither true nor false");
    }

    private HclValue Object(HclObject map, IHclScope scope)
    {
        var items = new List<KeyValuePair<string, HclValue>>();
        foreach (var item in map.Items)
        {
            var key = Evaluate(item.Key, scope);
            if (HclConversion.ToText(key) is not HclString text) return key is HclUnknown unknown ? unknown.WorkedOut() : new HclUnknown("the key of a map is no text");
            items.Add(new(text.Value, Evaluate(item.Value, scope)));
        }

        return HclMap.Of(items);
    }

    private HclValue For(HclFor loop, IHclScope scope)
    {
        var collection = Evaluate(loop.Collection, scope);
        if (HclConversion.Elements(collection) is not { } elements) return HclConversion.NoCollection(collection);
        var items = new List<HclValue>();
        var pairs = new SortedDictionary<string, List<HclValue>>(StringComparer.Ordinal);
        foreach (var (key, value) in elements)
        {
            if (items.Count > HclBudget.MostItems || pairs.Count > HclBudget.MostItems) return new HclUnknown("the collection is too large to work out");
            IHclScope inner = loop.KeyName is { } name ? new NestedScope(scope, (name, key), (loop.ValueName, value)) : new NestedScope(scope, (loop.ValueName, value));
            if (loop.Condition is { } test)
            {
                var holds = Evaluate(test, inner);
                if (HclConversion.ToBool(holds) is not HclBool decided) return holds is HclUnknown unknown ? unknown.WorkedOut() : new HclUnknown("a condition is neither true nor false");
                if (!decided.Value) continue;
            }

            if (loop.Key is null)
            {
                items.Add(Evaluate(loop.Value, inner));
                continue;
            }

            var made = Evaluate(loop.Key, inner);
            if (HclConversion.ToText(made) is not HclString text) return made is HclUnknown cause ? cause.WorkedOut() : new HclUnknown("the key of a map is no text");
            if (!pairs.TryGetValue(text.Value, out var values)) pairs.Add(text.Value, values = []);
            else if (!loop.IsGrouped) return new HclUnknown($"two elements have the key \"{text.Value}\"");
            values.Add(Evaluate(loop.Value, inner));
        }

        if (loop.Key is null) return new HclList([.. items]);
        return HclMap.Of(pairs.Select(p => new KeyValuePair<string, HclValue>(p.Key, loop.IsGrouped ? new HclList([.. p.Value]) : p.Value[0])));
    }

    private HclValue Template(ImmutableArray<HclExpression> parts, IHclScope scope)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            var value = Evaluate(part, scope);
            if (value is HclUnknown unknown) return unknown.WorkedOut();
            if (HclConversion.ToText(value) is not HclString piece) return new HclUnknown("a list, map or null stands within a text");
            text.Append(piece.Value);
            if (text.Length > HclBudget.LongestText) return new HclUnknown("the text is too long to work out");
        }

        return new HclString(text.ToString());
    }

    private HclValue Directive(HclTemplateIf directive, IHclScope scope)
    {
        var condition = Evaluate(directive.Condition, scope);
        return HclConversion.ToBool(condition) switch
        {
            HclBool truth => Template((truth.Value ? directive.Then : directive.Else).Parts, scope),
            _ => condition is HclUnknown ? condition : new HclUnknown("a condition is neither true nor false"),
        };
    }

    private HclValue Directive(HclTemplateFor directive, IHclScope scope)
    {
        var collection = Evaluate(directive.Collection, scope);
        if (HclConversion.Elements(collection) is not { } elements) return HclConversion.NoCollection(collection);
        var text = new StringBuilder();
        foreach (var (key, value) in elements)
        {
            IHclScope inner = directive.Key is { } name ? new NestedScope(scope, (name, key), (directive.Value, value)) : new NestedScope(scope, (directive.Value, value));
            switch (Template(directive.Body.Parts, inner))
            {
                case HclString piece: text.Append(piece.Value); break;
                case var unknown: return unknown;
            }

            if (text.Length > HclBudget.LongestText) return new HclUnknown("the text is too long to work out");
        }

        return new HclString(text.ToString());
    }

    // The result of an operation is no longer exactly what a reference names.
    private static HclUnknown UnknownOf(params HclValue[] values) =>
        new(values.OfType<HclUnknown>().Select(u => u.Why).FirstOrDefault() ?? "part of it is known after apply") { IsHidden = values.OfType<HclUnknown>().Any(u => u.IsHidden) };
}
