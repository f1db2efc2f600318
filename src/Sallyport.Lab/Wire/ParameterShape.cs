using System.Collections.Frozen;
using System.Globalization;

namespace Sallyport.Lab.Wire;

/// <summary>
/// The parameters an operation takes, read from one line of notation, the same that the wire reference uses:
/// <c>GroupId*,MaxResults:int[5..1000],Filter.n.{Name,Value.m},DryRun:bool</c>. <c>*</c> is required, <c>.n</c> a list,
/// <c>.{…}</c> a structure, unmarked is text. An operation's whole request check is that line.
/// </summary>
internal sealed class ParameterShape
{
    private ParameterShape(ParameterKind kind) => Kind = kind;

    public ParameterKind Kind { get; }

    public bool IsRequired { get; private set; }

    public long Minimum { get; private init; } = int.MinValue;

    public long Maximum { get; private init; } = int.MaxValue;

    public ParameterShape? Element { get; private init; }

    public FrozenDictionary<string, ParameterShape> Members { get; private init; } = FrozenDictionary<string, ParameterShape>.Empty;

    /// <summary>Reads the notation; a mistake in it is a bug and throws.</summary>
    public static ParameterShape Parse(string notation)
    {
        var at = 0;
        var shape = ReadMembers(notation, ref at);
        return at == notation.Length ? shape : throw new FormatException($"Unexpected \"{notation[at..]}\".");
    }

    private static ParameterShape ReadMembers(string text, ref int at)
    {
        var members = new Dictionary<string, ParameterShape>();
        while (at < text.Length && text[at] != '}')
        {
            var start = at;
            while (at < text.Length && char.IsAsciiLetterOrDigit(text[at])) at++;
            var name = text[start..at];
            var required = at < text.Length && text[at] == '*';
            if (required) at++;
            var shape = ReadShape(text, ref at);
            shape.IsRequired = required;
            members.Add(name, shape);
            if (at < text.Length && text[at] == ',') at++;
        }

        return new ParameterShape(ParameterKind.Structure) { Members = members.ToFrozenDictionary() };
    }

    private static ParameterShape ReadShape(string text, ref int at)
    {
        if (at >= text.Length || text[at] is ',' or '}') return new ParameterShape(ParameterKind.Text);
        if (text[at] == ':') return ReadScalar(text, ref at);
        at++;
        if (text[at] == '{')
        {
            at++;
            var structure = ReadMembers(text, ref at);
            at++;
            return structure;
        }

        at++;
        return new ParameterShape(ParameterKind.List) { Element = ReadShape(text, ref at) };
    }

    private static ParameterShape ReadScalar(string text, ref int at)
    {
        var start = ++at;
        while (at < text.Length && char.IsAsciiLetter(text[at])) at++;
        var word = text[start..at];
        if (word == "bool") return new ParameterShape(ParameterKind.Boolean);
        if (word == "long") return new ParameterShape(ParameterKind.Integer) { Minimum = long.MinValue, Maximum = long.MaxValue };
        if (word != "int") throw new FormatException($"\"{word}\" is no kind of parameter.");
        if (at >= text.Length || text[at] != '[') return new ParameterShape(ParameterKind.Integer);
        var end = text.IndexOf(']', at);
        var bounds = text[(at + 1)..end].Split("..");
        at = end + 1;
        return new ParameterShape(ParameterKind.Integer)
        {
            Minimum = long.Parse(bounds[0], CultureInfo.InvariantCulture),
            Maximum = long.Parse(bounds[1], CultureInfo.InvariantCulture),
        };
    }
}
