using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Sallyport.Auditing.Parameters;

/// <summary>
/// A regular expression, matched in linear time, in which <c>{region}</c> stands for a Region. The placeholder is text to whoever
/// fills it in, so it must stand where text may stand: not escaped, in a class of characters or in a comment.
/// </summary>
public sealed class NamePatternParameter : AuditParameterOf<Regex>
{
    /// <summary>What stands for the Region.</summary>
    public const string RegionPlaceholder = "{region}";

    internal NamePatternParameter(string name, [StringSyntax(StringSyntaxAttribute.Regex)] string @default, string summary)
        : base(name, "pattern", summary) => DefaultText = @default;

    /// <inheritdoc/>
    public override string DefaultText { get; }

    /// <summary>The pattern for one Region, which may be spelled in several ways.</summary>
    internal static Regex For(Regex pattern, IEnumerable<string> spellings) => pattern.ToString().Contains(RegionPlaceholder, StringComparison.Ordinal)
        ? new Regex(pattern.ToString().Replace(RegionPlaceholder, $"(?:{string.Join('|', spellings.Select(Regex.Escape))})", StringComparison.Ordinal), pattern.Options)
        : pattern;

    internal override object? Read(string text, out string? problem)
    {
        problem = null;

        // The default has nothing to go back over, and this is what is ready soonest.
        if (text == DefaultText) return new Regex(text, RegexOptions.CultureInvariant);
        if (PatternParameter.Compile(text, out problem) is not { } regex) return null;
        if (StandsAsText(text) && PatternParameter.Compile(text.Replace(RegionPlaceholder, "(?:a|b)", StringComparison.Ordinal), out _) is not null) return regex;
        problem = $"{RegionPlaceholder} must not be escaped, or stand in a class of characters or in a comment";
        return null;
    }

    private static bool StandsAsText(string text)
    {
        var isInClass = false;
        for (var i = 0; i < text.Length; i++)
        {
            var isHere = text.AsSpan(i).StartsWith(RegionPlaceholder, StringComparison.Ordinal);
            if (isHere && isInClass) return false;
            switch (text[i])
            {
                case '\\' when text.AsSpan(i + 1).StartsWith(RegionPlaceholder, StringComparison.Ordinal): return false;
                case '\\': i++; break;
                case '[' when !isInClass:
                    isInClass = true;

                    // A bracket that comes first in a class is one of its characters.
                    if (text.AsSpan(i + 1).StartsWith("^]", StringComparison.Ordinal)) i += 2;
                    else if (text.AsSpan(i + 1).StartsWith("]", StringComparison.Ordinal)) i++;
                    break;
                case ']': isInClass = false; break;
            }
        }

        return true;
    }
}
