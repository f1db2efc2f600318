using Sallyport.Diagnostics;
using Sallyport.Yaml;

namespace Sallyport.Auditing;

/// <summary>
/// What can be wrong with the settings, waivers, baselines and custom rules of an audit: SPD7101-SPD7199. Mistakes of the YAML
/// itself have the codes of every YAML file. One method a code; the sentence lives here only. Pages: docs/diagnostics/SPD71xx.md.
/// </summary>
internal static class AuditingDiagnostics
{
    public static Diagnostic UnknownSetting(string name, string? nearest, SourceSpan? at) => Error(
        "SPD7101", $"{Quote(name)} is neither a setting of the audit nor a parameter of one of its rules. {Suggest(nearest, "`sallyport rules ID` shows the parameters of a rule.")}", at);

    public static Diagnostic BadParameter(string name, string problem, SourceSpan? at) => Error("SPD7102", $"The parameter {Quote(name)} cannot be set: {YamlDiagnostics.Cut(problem, 400)}.", at);

    public static Diagnostic UnknownSelector(string text, string? nearest, SourceSpan? at) => Error(
        "SPD7103", $"{Quote(text)} is no rule, prefix, family, severity or framework. {Suggest(nearest, "`sallyport rules` lists the rules.")}", at);

    public static Diagnostic RepeatedParameter(string name, SourceSpan at) => Error("SPD7104", $"The parameter {Quote(name)} is set twice.", at);

    public static Diagnostic UnknownFramework(string text, string problem, SourceSpan? at) => Error("SPD7105", $"{Quote(text)} names no framework: {problem}.", at);

    public static Diagnostic NothingSelected() => Error(
        "SPD7106", "No rule is left to run: what was asked for and what was excluded cancel each other. An audit without rules would pass everything.", null);

    public static Diagnostic UnknownRule(string text, string? nearest, SourceSpan? at) => Error(
        "SPD7107", $"{Quote(text)} is no rule, prefix or pattern of rules. {Suggest(nearest, "`sallyport rules` lists the rules.")}", at);

    public static Diagnostic WaiverOfEverything(SourceSpan? at) => Error(
        "SPD7121", "This waiver would excuse every rule on every resource. Name rules, or resources.", at);

    public static Diagnostic BadFingerprint(string text, SourceSpan at) => Error(
        "SPD7122", $"{Quote(text)} is not a fingerprint: 32 hexadecimal digits, as the JSON report shows them.", at);

    public static Diagnostic TooManyWaivers(int most, SourceSpan at) => Error("SPD7123", $"There are more than {most} waivers.", at);

    public static Diagnostic TextTooLong(string key, int most, SourceSpan at) => Error("SPD7124", $"\"{key}\" is longer than {most} characters.", at);

    public static Diagnostic BadRuleId(string id, string why, SourceSpan at) => Error("SPD7141", $"{Quote(id)} is no id for a rule of your own: {why}.", at);

    public static Diagnostic BadPattern(string text, string problem, SourceSpan at) => Error("SPD7142", $"{Quote(text)} is not a pattern: {YamlDiagnostics.Cut(problem, 300)}.", at);

    public static Diagnostic UnknownPlaceholder(string name, string? nearest, IEnumerable<string> known, SourceSpan at) => Error(
        "SPD7143", $"The message names {{{YamlDiagnostics.Cut(name, 80)}}}, which stands for nothing. {Suggest(nearest, $"It may name {string.Join(", ", known)}.")}", at);

    public static Diagnostic EmptyCondition(string what, SourceSpan at) => Error("SPD7144", $"{what} is empty: it would hold for everything. Say what must hold.", at);

    public static Diagnostic TooComplex(string limit, SourceSpan at) => Error("SPD7145", $"The rule is beyond what is read: {limit}.", at);

    public static Diagnostic NotABaseline(string file) => Error(
        "SPD7161", "This is not a report of an audit. Write one with `sallyport audit … -o json=FILE` (or jsonl).", new SourceSpan(file));

    public static Diagnostic NewerBaseline(int version, int known, SourceSpan at) => Error(
        "SPD7162", $"The report has schema version {version}; this program reads {known}.", at);

    public static Diagnostic BaselineTooLarge(int most, SourceSpan at) => Error("SPD7163", $"The report holds more than {most} findings.", at);

    public static Diagnostic BadBaseline(string problem, SourceSpan at) => Error("SPD7164", $"The report is damaged: {problem}.", at);

    private static Diagnostic Error(string code, string message, SourceSpan? at) => new(code, Severity.Error, message.TrimEnd(), at);

    private static string Quote(string text) => YamlDiagnostics.Quote(text);

    private static string Suggest(string? nearest, string otherwise) => YamlDiagnostics.Suggest(nearest, otherwise);
}
