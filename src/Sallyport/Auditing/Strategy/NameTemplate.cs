using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Sallyport.Auditing.Strategy;

/// <summary>A name with placeholders in braces, and <c>*</c> for any text.</summary>
public sealed class NameTemplate
{
    /// <summary>Placeholders there are.</summary>
    public static ImmutableArray<string> Placeholders { get; } = ["region", "environment", "service", "app", "os"];

    private readonly ImmutableArray<(string Text, bool IsPlaceholder)> _parts;

    private NameTemplate(string text, ImmutableArray<(string, bool)> parts) => (Text, _parts) = (text, parts);

    /// <summary>As written.</summary>
    public string Text { get; }

    /// <summary>Reads a template; the problem is a clause.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out NameTemplate? template, out string? problem)
    {
        (template, problem) = (null, null);
        var parts = ImmutableArray.CreateBuilder<(string, bool)>();
        for (var i = 0; i < text.Length;)
        {
            var open = text.IndexOf('{', i);
            if (open != i)
            {
                parts.Add((open < 0 ? text[i..] : text[i..open], false));
                i = open < 0 ? text.Length : open;
                continue;
            }

            var close = text.IndexOf('}', i);
            var word = close < 0 ? text[(i + 1)..] : text[(i + 1)..close];
            if (close < 0 || !Placeholders.Contains(word))
            {
                problem = $"\"{text}\" has an unknown placeholder {{{word}}}; there are {string.Join(", ", Placeholders.Select(p => $"{{{p}}}"))}";
                return false;
            }

            parts.Add((word, true));
            i = close + 1;
        }

        template = new NameTemplate(text, parts.ToImmutable());
        return true;
    }

    /// <summary>
    /// The template as one wildcard with every placeholder filled in; null when a value is missing. Values are text: a <c>*</c>
    /// in one has no meaning of its own and makes the result null.
    /// </summary>
    internal string? Fill(Func<string, string?> valueOf)
    {
        var filled = new StringBuilder();
        foreach (var (text, isPlaceholder) in _parts)
        {
            var value = isPlaceholder ? valueOf(text) : text;
            if (value is null || (isPlaceholder && value.Contains('*', StringComparison.Ordinal))) return null;
            filled.Append(value);
        }

        return filled.ToString();
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
