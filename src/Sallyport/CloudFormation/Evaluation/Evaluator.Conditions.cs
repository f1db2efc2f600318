using System.Collections.Immutable;
using Sallyport.CloudFormation.Values;
using Sallyport.Diagnostics;
using Sallyport.Yaml;

namespace Sallyport.CloudFormation.Evaluation;

internal sealed partial class Evaluator
{
    /// <summary>Whether a condition of a stack holds; null when it is open in this world.</summary>
    public bool? Holds(TemplateStack stack, string name, World world, SourceSpan at)
    {
        if (stack.Conditions.TryGetValue(name, out var node)) return JudgeOnce(stack, name, node, world);

        // A name that is not declared is a mistake that CloudFormation refuses; until it is mended both ways are possible.
        return world.Ask(new Question($"Condition:{stack.Prefix}{name}", "true", $"the undeclared condition {name}"), []);
    }

    /// <summary>Forgets what was worked out while a part of the stacks was still missing.</summary>
    public void ForgetConditions() => _openWorld.Clear();

    // Conditions that name each other twice double with each level, so each is worked out once in a world. What is assumed in no world is shared by all of these.
    private bool? JudgeOnce(TemplateStack stack, string name, SyntaxNode node, World world)
    {
        Spend(1, node.At);
        var known = world.Count == 0 ? _openWorld : world.Judged;
        if (known.TryGetValue((stack, name), out var judged))
        {
            world.Wanted ??= judged.Wanted;
            return judged.Holds;
        }

        if (!_judging.Add((stack, name))) return world.Ask(At(node, "conditions that refer to each other"), []);
        var before = world.Wanted;
        world.Wanted = null;
        try
        {
            var result = Judge(stack, node, world);
            known[(stack, name)] = (result, world.Wanted);
            return result;
        }
        finally
        {
            _judging.Remove((stack, name));
            world.Wanted = before ?? world.Wanted;
        }
    }

    private bool? Judge(TemplateStack stack, SyntaxNode node, World world)
    {
        Spend(1, node.At);
        if (_depth >= MaxDepth) return world.Ask(At(node, "conditions that refer to each other"), []);
        _depth++;
        try
        {
            return JudgeOne(stack, node, world);
        }
        finally
        {
            _depth--;
        }
    }

    private bool? JudgeOne(TemplateStack stack, SyntaxNode node, World world)
    {
        if (node is ScalarNode { Text: var word } && bool.TryParse(word, out var literal)) return literal;
        if (node is not MapNode { Entries: [var only] }) return world.Ask(At(node, "a condition"), []);
        var before = world.Wanted;
        bool? result = (only.Key.Text, only.Value) switch
        {
            ("Condition", ScalarNode name) => Holds(stack, name.Text, world, name.At),
            ("Fn::Not", ListNode { Items: [var one] }) => !Judge(stack, one, world),
            ("Fn::And", ListNode all) => Join(stack, all.Items, world, decides: false),
            ("Fn::Or", ListNode any) => Join(stack, any.Items, world, decides: true),
            ("Fn::Equals", ListNode { Items: [var left, var right] }) => AreEqual(Evaluate(stack, left, world), Evaluate(stack, right, world), node, world),
            _ => world.Ask(At(node, "a condition"), []),
        };

        // What one side leaves open does not matter where the other decides.
        if (result is not null) world.Wanted = before;
        return result;
    }

    private bool? Join(TemplateStack stack, ImmutableArray<SyntaxNode> parts, World world, bool decides)
    {
        var isOpen = false;
        foreach (var part in parts)
        {
            var value = Judge(stack, part, world);
            if (value == decides) return decides;
            isOpen |= value is null;
        }

        return isOpen ? null : !decides;
    }

    private static bool? AreEqual(TemplateValue left, TemplateValue right, SyntaxNode node, World world)
    {
        if (Plain(left) is { } a && Plain(right) is { } b) return a == b;
        var (open, other) = left is OutsideValue ? (left as OutsideValue, right) : (right as OutsideValue, left);
        if (open is null) return world.Ask(At(node, "a condition"), []);
        if (other is OutsideValue twin) return twin.Symbol == open.Symbol ? true : world.Ask(new Question(open.Symbol, $"={twin.Symbol}", open.Written), []);
        return Plain(other) is { } value
            ? world.Ask(new Question(open.Symbol, value, open.Symbol.StartsWith("Parameter:", StringComparison.Ordinal) ? open.Symbol[10..] : open.Written), open.Allowed)
            : world.Ask(At(node, "a condition"), []);
    }

    private static string? Plain(TemplateValue value) => value switch
    {
        TextValue text => text.Text,
        OutsideValue { Hidden: { } hidden } => hidden,
        NothingValue => string.Empty,
        ListValue list when list.Items.All(i => i is TextValue) => string.Join('\n', list.Items.Select(i => ((TextValue)i).Text)),
        _ => null,
    };

    private static Question At(SyntaxNode node, string what) => new($"{node.At}", "true", $"{what} in line {node.At.Line}");
}
