using System.Collections.Immutable;
using Sallyport.CloudFormation.Values;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Yaml;

namespace Sallyport.CloudFormation.Evaluation;

/// <summary>
/// What expressions of a template come to. Bounded by <see cref="MaxSteps"/> and <see cref="MaxCharacters"/> a file, after which it throws
/// <see cref="TemplateLimitException"/>, and by <see cref="MaxDepth"/>, beyond which a value is unknown.
/// </summary>
/// <param name="scope">Account and Region of the stack; unknown parts are empty.</param>
/// <param name="given">Values of the root's parameters.</param>
/// <param name="cancellationToken">Asked now and then.</param>
internal sealed partial class Evaluator(Scope scope, IReadOnlyDictionary<string, string> given, CancellationToken cancellationToken)
{
    /// <summary>Expressions evaluated in a file, each as often as it is used.</summary>
    public const int MaxSteps = 2_000_000;

    /// <summary>Characters of all text that functions make in a file.</summary>
    public const long MaxCharacters = 256L * 1024 * 1024;

    /// <summary>Characters of one text.</summary>
    public const int MaxText = 1024 * 1024;

    /// <summary>Expressions within each other, through parameters and outputs too.</summary>
    public const int MaxDepth = 400;

    private readonly Dictionary<(TemplateStack Stack, string Condition), (bool? Holds, Question? Wanted)> _openWorld = [];
    private readonly HashSet<(TemplateStack Stack, string Condition)> _judging = [];
    private int _steps;
    private long _characters;
    private int _depth;

    /// <summary>Evaluates an expression of a stack.</summary>
    public TemplateValue Evaluate(TemplateStack stack, SyntaxNode node, World world)
    {
        Spend(1, node.At);
        if (_depth >= MaxDepth) return new UnknownValue("expressions refer to each other without end", node.At);
        _depth++;
        try
        {
            return node switch
            {
                ScalarNode { IsNull: true } => new NothingValue(node.At),
                ScalarNode scalar => TextOf(scalar.Text, scalar.At),
                ListNode list => new ListValue(EvaluateAll(stack, list.Items, world), list.At),
                MapNode { Entries: [var only] } map when IsFunction(only.Key.Text) => Call(stack, only.Key.Text, only.Value, map.At, world),
                MapNode map => EvaluateMap(stack, map, world),
                _ => new UnknownValue("it is no value", node.At),
            };
        }
        finally
        {
            _depth--;
        }
    }

    /// <summary>Counts work, and stops what does not end.</summary>
    public void Spend(int steps, SourceSpan at)
    {
        _steps += steps;
        if (_steps < 0 || _steps > MaxSteps) throw new TemplateLimitException(CloudFormationDiagnostics.TooMuch($"more than {MaxSteps} values", at));
        if ((_steps & 0xFFF) == 0) cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Whether a resource exists: its own condition and those of the stacks around it. Null when it is open.</summary>
    public bool? Exists(TemplateResource resource, World world)
    {
        var result = resource.Condition is { } name ? Holds(resource.Stack, name, world, resource.At) : true;
        if (result == false || resource.Stack.Declared is not { } outer) return result;
        var around = Exists(outer, world);
        return around == false ? false : around is null ? null : result;
    }

    private static bool IsFunction(string key) => key == "Ref" || (key.StartsWith("Fn::", StringComparison.Ordinal) && !LoopExpander.IsLoop(key));

    private TemplateValue EvaluateMap(TemplateStack stack, MapNode map, World world)
    {
        if (map.Entries.Any(e => LoopExpander.IsLoop(e.Key.Text)))
        {
            var loops = new LoopExpander(this, stack);
            map = loops.Expand(map, world);
            if (loops.Unknown is [var (loop, why, _), ..]) return new UnknownValue($"{loop} cannot be worked out: {why}", map.At);
        }

        var entries = ImmutableArray.CreateBuilder<KeyValuePair<string, TemplateValue>>(map.Entries.Length);
        foreach (var entry in map.Entries)
        {
            var value = Evaluate(stack, entry.Value, world);
            if (value is not NothingValue) entries.Add(new(entry.Key.Text, value));
        }

        return new MapValue(entries.DrainToImmutable(), map.At);
    }

    private ImmutableArray<TemplateValue> EvaluateAll(TemplateStack stack, ImmutableArray<SyntaxNode> nodes, World world)
    {
        var values = ImmutableArray.CreateBuilder<TemplateValue>(nodes.Length);
        foreach (var node in nodes)
        {
            var value = Evaluate(stack, node, world);
            if (value is not NothingValue) values.Add(value);
        }

        return values.DrainToImmutable();
    }

    /// <summary>Literal text; a dynamic reference in it is resolved by AWS alone.</summary>
    private static TemplateValue TextOf(string text, SourceSpan at)
    {
        var start = text.IndexOf("{{resolve:", StringComparison.Ordinal);
        if (start < 0) return new TextValue(text, at);
        var isWhole = start == 0 && text.IndexOf("}}", StringComparison.Ordinal) == text.Length - 2;
        return new OutsideValue(isWhole ? text[2..^2] : text, "it is resolved when the stack is deployed", at) { InText = text, IsGlobal = true };
    }

    private TemplateValue Parameter(TemplateStack stack, string name, MapNode parameter, SourceSpan at, World world)
    {
        var type = (parameter.Find("Type") as ScalarNode)?.Text ?? "String";
        var isList = type == "CommaDelimitedList" || type.Contains("List<", StringComparison.Ordinal);
        var allowed = parameter.Find("AllowedValues") is ListNode list ? list.Items.OfType<ScalarNode>().Select(i => i.Text).ToImmutableArray() : [];
        var outside = new OutsideValue($"Parameter:{stack.Prefix}{name}", $"the parameter {stack.Prefix}{name} has no value", at)
        {
            InText = $"${{{name}}}",
            IsList = isList,
            Allowed = isList ? [] : allowed,
        };
        var value = ParameterText(stack, name, parameter, at, world);
        if (type.StartsWith("AWS::SSM::Parameter::Value<", StringComparison.Ordinal)) return outside with { Why = $"the value of {stack.Prefix}{name} is in the Parameter Store" };
        if (value is null) return outside;
        if (value is OutsideValue { IsList: true } or ListValue || !isList)
        {
            return IsSecret(parameter) ? outside with { Why = $"the parameter {stack.Prefix}{name} is hidden (NoEcho)", Hidden = (value as TextValue)?.Text } : value;
        }

        if (IsSecret(parameter)) return outside;
        return value is TextValue { Text: var text } ? Divide(text, ",", at, trim: true) : value is OutsideValue one ? one with { IsList = true } : value;
    }

    private TemplateValue? ParameterText(TemplateStack stack, string name, MapNode parameter, SourceSpan at, World world)
    {
        if (stack.Declared is { } declared)
        {
            var passed = Property(declared, "Parameters", world) is MapValue map ? map.Find(name) : null;
            if (passed is not null) return passed;
        }
        else if (given.TryGetValue(name, out var text))
        {
            return new TextValue(text, at);
        }

        return parameter.Find("Default") is { IsNull: false } value ? Evaluate(stack, value, world) : null;
    }

    /// <summary>A top-level property of a resource; <see cref="NothingValue"/> when it is absent.</summary>
    public TemplateValue Property(TemplateResource resource, string name, World world)
    {
        switch (resource.Properties)
        {
            case null:
                return new NothingValue(resource.At);
            case MapNode map when !map.Entries.Any(e => IsFunction(e.Key.Text) || LoopExpander.IsLoop(e.Key.Text)):
                return map.Find(name) is { } node ? Evaluate(resource.Stack, node, world) : new NothingValue(resource.At);
            case var other:
                var all = Evaluate(resource.Stack, other, world);
                return all is MapValue values ? values.Find(name) ?? new NothingValue(resource.At) : all;
        }
    }

    private static bool IsSecret(MapNode parameter) => parameter.Find("NoEcho") is ScalarNode { Text: "true" or "True" or "TRUE" or "yes" or "1" };
}
