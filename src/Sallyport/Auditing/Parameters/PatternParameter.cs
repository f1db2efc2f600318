using System.Text.RegularExpressions;

namespace Sallyport.Auditing.Parameters;

/// <summary>
/// A regular expression, matched in linear time (no look-around, no back reference) so that no name can stall an audit. Empty
/// text matches nothing.
/// </summary>
public sealed class PatternParameter : AuditParameterOf<Regex>
{
    private const int MaxLength = 2_000;

    internal PatternParameter(string name, string @default, string summary)
        : base(name, "pattern", summary) => DefaultText = @default;

    /// <inheritdoc/>
    public override string DefaultText { get; }

    internal override object? Read(string text, out string? problem)
    {
        problem = text.Length > MaxLength ? $"a pattern has at most {MaxLength} characters" : null;
        if (problem is not null) return null;
        try
        {
            return Parse(text, RegexOptions.NonBacktracking);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            problem = $"\"{text}\" is no regular expression without look-around and back references: {exception.Message}";
            return null;
        }
    }

    private protected override object ReadDefault() => Parse(DefaultText, RegexOptions.None);

    // "(?!)" needs look-around; an impossible character class does without.
    // Our own patterns have nothing to go back over, and the plain engine is ready sooner: a short run is mostly start-up.
    private static Regex Parse(string text, RegexOptions engine) =>
        new(text.Length == 0 ? "[^\\s\\S]" : text, engine | RegexOptions.CultureInvariant);
}
