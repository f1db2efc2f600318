using System.Text.RegularExpressions;

namespace Sallyport.Auditing.Parameters;

/// <summary>
/// A regular expression, matched in linear time (no look-around, no back reference) so that no name can stall an audit. Empty
/// text matches nothing.
/// </summary>
public sealed class PatternParameter : AuditParameterOf<Regex>
{
    private const int MaxLength = 2_000;

    /// <summary>A pattern whose default was compiled with the tool: ready at once, and quick over a million descriptions.</summary>
    internal PatternParameter(string name, Regex @default, string summary)
        : base(name, "pattern", summary, @default) => DefaultText = @default == DefaultPatterns.Nothing() ? string.Empty : @default.ToString();

    /// <inheritdoc/>
    public override string DefaultText { get; }

    internal override object? Read(string text, out string? problem) => Compile(text, out problem);

    /// <summary>A pattern of the settings; null with the problem when it is none.</summary>
    internal static Regex? Compile(string text, out string? problem)
    {
        problem = text.Length > MaxLength ? $"a pattern has at most {MaxLength} characters" : null;
        if (problem is not null) return null;
        try
        {
            return text.Length == 0 ? DefaultPatterns.Nothing() : new Regex(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            problem = $"\"{text}\" is no regular expression without look-around and back references: {exception.Message}";
            return null;
        }
    }
}
