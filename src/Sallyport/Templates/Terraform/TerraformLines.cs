using System.Globalization;
using System.Text;

namespace Sallyport.Templates.Terraform;

/// <summary>HCL as <c>terraform fmt</c> leaves it. Nothing that is quoted is ever read as a template.</summary>
internal sealed class TerraformLines
{
    private readonly StringBuilder _text = new();
    private int _depth;
    private bool _isOpen = true;

    /// <summary>The text as a quoted string.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        var previous = default(Rune);
        var twice = false;
        foreach (var rune in text.EnumerateRunes())
        {
            // Readers disagree on what $$${ means; an escaped brace means itself everywhere.
            if (rune.Value == '{' && previous.Value is '$' or '%')
            {
                if (twice) quoted.Append("\\u007b");
                else quoted.Append((char)previous.Value).Append('{');
            }
            else
            {
                Append(quoted, rune);
            }

            twice = rune == previous && rune.Value is '$' or '%';
            previous = rune;
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>A comment of one line; what would end it or hide in it is a question mark.</summary>
    public TerraformLines Comment(string text) =>
        Line(text.Length == 0 ? "#" : "# " + string.Concat(text.EnumerateRunes().Select(r => IsPlain(r) ? r.ToString() : "?")));

    /// <summary>An empty line between two things of one body.</summary>
    public TerraformLines Gap()
    {
        if (!_isOpen) _text.Append('\n');
        _isOpen = true;
        return this;
    }

    /// <summary>Opens a block or a map; <see cref="Close"/> ends it.</summary>
    public TerraformLines Open(string head)
    {
        Line(head + " {");
        _depth++;
        _isOpen = true;
        return this;
    }

    /// <summary>Ends what was opened last.</summary>
    public TerraformLines Close()
    {
        _depth--;
        return Line("}");
    }

    /// <summary>Attributes of one line each, their signs below one another.</summary>
    public TerraformLines Attributes(params IReadOnlyCollection<(string Name, string Value)> attributes)
    {
        var width = attributes.Count == 0 ? 0 : attributes.Max(a => a.Name.Length);
        foreach (var (name, value) in attributes) Line($"{name.PadRight(width)} = {value}");
        return this;
    }

    /// <summary>One line at the depth of the body.</summary>
    public TerraformLines Line(string line)
    {
        _text.Append(' ', _depth * 2).Append(line).Append('\n');
        _isOpen = false;
        return this;
    }

    public override string ToString() => _text.ToString();

    private static void Append(StringBuilder quoted, Rune rune)
    {
        switch (rune.Value)
        {
            case '"': quoted.Append("\\\""); break;
            case '\\': quoted.Append("\\\\"); break;
            case '\n': quoted.Append("\\n"); break;
            case '\r': quoted.Append("\\r"); break;
            case '\t': quoted.Append("\\t"); break;
            default:
                if (IsPlain(rune)) quoted.Append(rune.ToString());
                else quoted.Append(rune.IsBmp ? "\\u" : "\\U").Append(rune.Value.ToString(rune.IsBmp ? "x4" : "x8", CultureInfo.InvariantCulture));
                break;
        }
    }

    private static bool IsPlain(Rune rune) => Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate);
}
