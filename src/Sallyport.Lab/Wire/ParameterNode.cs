using System.Globalization;

namespace Sallyport.Lab.Wire;

/// <summary>
/// A request's parameters as a tree, checked against a <see cref="ParameterShape"/>: unknown names, wrong types, values out of
/// bounds and missing required parameters are refused while reading, so operations only look at meaning.
/// </summary>
internal sealed class ParameterNode
{
    private static readonly ParameterNode Nothing = new();
    private readonly Dictionary<string, ParameterNode> _members = [];
    private readonly SortedDictionary<int, ParameterNode> _items = [];
    private string? _text;

    /// <summary>The value of a list element that is plain text.</summary>
    public string Value => _text ?? string.Empty;

    /// <summary>Reads name-value pairs, without Action and Version.</summary>
    public static ParameterNode Read(IEnumerable<KeyValuePair<string, string>> pairs, ParameterShape shape)
    {
        var root = new ParameterNode();
        foreach (var (name, value) in pairs) root.Insert(name, value, shape);
        root.RequireAll(shape, string.Empty);
        return root;
    }

    /// <summary>True when the parameter was sent, in whatever form.</summary>
    public bool Has(string name) => _members.ContainsKey(name);

    /// <summary>Text of a scalar; null when absent or empty.</summary>
    public string? Text(string name) => _members.TryGetValue(name, out var node) && node._text is { Length: > 0 } text ? text : null;

    /// <summary>Text of a scalar, empty when sent empty; null when absent.</summary>
    public string? Raw(string name) => _members.TryGetValue(name, out var node) ? node._text : null;

    /// <summary>Text of a required scalar.</summary>
    public string Required(string name) => Text(name) ?? throw Refusals.MissingParameter(name);

    /// <summary>Null when absent.</summary>
    public int? Number(string name) => Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    /// <summary>Null when absent.</summary>
    public long? LongNumber(string name) => Text(name) is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : null;

    /// <summary>Null when absent.</summary>
    public bool? Flag(string name) => Text(name) is { } text ? text.Equals("true", StringComparison.OrdinalIgnoreCase) : null;

    /// <summary>Elements of a list in the order of their numbers; empty when absent.</summary>
    public IEnumerable<ParameterNode> Items(string name) => _members.TryGetValue(name, out var node) ? node._items.Values : [];

    /// <summary>Texts of a list in the order of their numbers; empty when absent.</summary>
    public List<string> Texts(string name) => [.. Items(name).Select(i => i.Value)];

    /// <summary>A structure; an empty one when absent.</summary>
    public ParameterNode Member(string name) => _members.GetValueOrDefault(name, Nothing);

    private void Insert(string name, string value, ParameterShape shape)
    {
        var node = this;
        foreach (var part in name.Split('.'))
        {
            if (shape.Kind == ParameterKind.Structure && shape.Members.TryGetValue(part, out var member))
            {
                shape = member;
                if (!node._members.TryGetValue(part, out var next)) node._members[part] = next = new ParameterNode();
                node = next;
            }
            else if (shape.Kind == ParameterKind.List && TryIndex(part, out var index))
            {
                shape = shape.Element!;
                if (!node._items.TryGetValue(index, out var next)) node._items[index] = next = new ParameterNode();
                node = next;
            }
            else
            {
                throw Refusals.UnknownParameter(name);
            }
        }

        if (shape.Kind is ParameterKind.List or ParameterKind.Structure) throw Refusals.UnknownParameter(name);
        Check(name, value, shape);
        node._text = value;
    }

    private static bool TryIndex(string part, out int index) =>
        int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out index) && index > 0;

    private static void Check(string name, string value, ParameterShape shape)
    {
        if (value.Length == 0) return;
        if (shape.Kind == ParameterKind.Boolean && !bool.TryParse(value, out _)) throw Refusals.NotABoolean(name, value);
        if (shape.Kind != ParameterKind.Integer) return;
        if (!long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) throw Refusals.NotAnInteger(name, value);
        if (number < shape.Minimum) throw Refusals.TooSmall(name, value, shape.Minimum);
        if (number > shape.Maximum) throw Refusals.TooLarge(name, value, shape.Maximum);
    }

    private void RequireAll(ParameterShape shape, string prefix)
    {
        foreach (var (name, member) in shape.Members)
        {
            var present = _members.TryGetValue(name, out var node);
            if (member.IsRequired && (!present || (node!._items.Count == 0 && node._members.Count == 0 && string.IsNullOrEmpty(node._text))))
            {
                throw Refusals.MissingParameter(prefix + name);
            }

            if (!present) continue;
            if (member.Kind == ParameterKind.Structure) node!.RequireAll(member, $"{prefix}{name}.");
            if (member is not { Kind: ParameterKind.List, Element: { Kind: ParameterKind.Structure } element }) continue;
            foreach (var (index, item) in node!._items) item.RequireAll(element, $"{prefix}{name}.{index}.");
        }
    }
}
