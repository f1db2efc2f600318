using Sallyport.Diagnostics;

namespace Sallyport.Yaml;

/// <summary>
/// What can be wrong with any YAML file that a person writes for us, whatever it is about: the same codes as in the connections
/// file, where they began. One method a code; the sentence lives here only. Pages: docs/diagnostics/SPD1xxx.md.
/// </summary>
internal static class YamlDiagnostics
{
    public static Diagnostic BadSyntax(string problem, SourceSpan at) => Error("SPD1001", $"This is not YAML: {Cut(problem, 200)}", at);

    public static Diagnostic LimitExceeded(string limit, SourceSpan at) => Error("SPD1002", $"The file is beyond what is read: {limit}.", at);

    public static Diagnostic UnknownKey(string key, string where, string? nearest, IEnumerable<string> known, SourceSpan at) =>
        Error("SPD1003", $"{Quote(key)} is not a key of {where}. {Suggest(nearest, $"Its keys are {string.Join(", ", known)}.")}", at);

    public static Diagnostic DuplicateKey(string key, SourceSpan first, SourceSpan at) =>
        Error("SPD1005", $"The key {Quote(key)} stands here twice; the first is on line {first.Line}.", at);

    public static Diagnostic MergeKey(SourceSpan at) =>
        Error("SPD1006", "Merge keys (<<) are not read, because they hide what a reviewer must see. Write the keys out.", at);

    public static Diagnostic BadAlias(string name, SourceSpan at) =>
        Error("SPD1007", $"The alias *{Cut(name, 80)} names no anchor that is complete at this place.", at);

    public static Diagnostic UnsupportedYaml(string what, SourceSpan at) => Error("SPD1008", $"{what} is not part of the YAML that is read here.", at);

    public static Diagnostic WrongKind(string what, string expected, SourceSpan at) => Error("SPD1012", $"{what} must be {expected}.", at);

    public static Diagnostic MissingKey(string key, string where, SourceSpan at) => Error("SPD1013", $"The key \"{key}\" is missing in {where}.", at);

    public static Diagnostic BadName(string name, SourceSpan at) => Error(
        "SPD1014", $"{Quote(name)} is not a name: at most 63 letters, digits, dots, hyphens and underscores, the first a letter or digit.", at);

    public static Diagnostic BadValue(string value, string key, string expected, string? nearest, SourceSpan at) =>
        Error("SPD1017", $"{Quote(value)} is no value of \"{key}\": expected {expected}.{(nearest is null ? string.Empty : $" Did you mean {Quote(nearest)}?")}", at);

    public static Diagnostic BadDate(string value, string key, SourceSpan at) =>
        Error("SPD1018", $"{Quote(value)} is not a date for \"{key}\". Write it as 2027-02-01.", at);

    public static Diagnostic OutOfRange(string value, string key, int least, int most, SourceSpan at) =>
        Error("SPD1019", $"{Quote(value)} is no value of \"{key}\": expected a whole number from {least} to {most}.", at);

    public static Diagnostic TooMany(int most, SourceSpan at) => Error("SPD1099", $"More than {most} problems; the rest is not listed.", at);

    /// <summary>Quotes untrusted text, cut to a length that leaves the sentence readable.</summary>
    public static string Quote(string text) => $"\"{Cut(text, 80)}\"";

    /// <summary>Text of at most that many characters.</summary>
    public static string Cut(string text, int length) => text.Length <= length ? text : $"{text[..length]}…";

    /// <summary>The nearest name as a question, or what to say when there is none.</summary>
    public static string Suggest(string? nearest, string otherwise) => nearest is null ? otherwise : $"Did you mean \"{nearest}\"?";

    private static Diagnostic Error(string code, string message, SourceSpan? at) => new(code, Severity.Error, message, at);
}
