using System.Collections.Immutable;
using Sallyport.Diagnostics;

namespace Sallyport.CloudFormation;

/// <summary>Every diagnostic of CloudFormation templates: SPD2270-SPD2309. One method a code; the sentence lives here only.</summary>
internal static class CloudFormationDiagnostics
{
    private const int MostNamed = 20;

    /// <summary>The file looks like a template and holds something else than sections.</summary>
    public static Diagnostic NotATemplate(SourceSpan at) =>
        new("SPD2270", Severity.Error, "This is not a CloudFormation template: its sections must be keys of one mapping.", at);

    /// <summary>Nothing that AWS would deploy.</summary>
    public static Diagnostic NoResources(SourceSpan at) =>
        new("SPD2271", Severity.Error, "The template has no Resources; CloudFormation would not take it.", at);

    /// <summary>A section that is no mapping.</summary>
    public static Diagnostic BadSection(string section, SourceSpan at) =>
        new("SPD2272", Severity.Error, $"\"{section}\" must be a mapping from names.", at);

    /// <summary>A resource without a type.</summary>
    public static Diagnostic BadResource(string name, SourceSpan at) =>
        new("SPD2273", Severity.Error, $"The resource \"{Cut(name)}\" has no Type.", at);

    /// <summary>Expansion beyond the limit.</summary>
    public static Diagnostic TooMuch(string what, SourceSpan at) =>
        new("SPD2274", Severity.Error, $"The template expands beyond what is read: {what}.", at);

    /// <summary>A nested template that cannot be had.</summary>
    public static Diagnostic NestedNotRead(string stack, string why, SourceSpan at) =>
        new("SPD2275", Severity.Warning, $"The nested stack {Cut(stack)} was not read: {why}.", at);

    /// <summary>A macro that may change everything.</summary>
    public static Diagnostic Macro(string name, SourceSpan at) =>
        new("SPD2276", Severity.Warning, $"The transform \"{Cut(name)}\" may add, change or remove resources when the template is deployed; the template was read without it.", at);

    /// <summary>The rule AWS adds to a group without egress.</summary>
    public static Diagnostic ImplicitEgress(string group, SourceSpan at) =>
        new("SPD2277", Severity.Note, $"{Cut(group)} has no SecurityGroupEgress, so AWS lets it reach every IPv4 address on every port; that rule was added here.", at);

    /// <summary>That rule taken away by a rule that stands apart.</summary>
    public static Diagnostic ImplicitEgressRemoved(string group, string rule, SourceSpan at) =>
        new("SPD2278", Severity.Note, $"{Cut(group)} has no SecurityGroupEgress, but {Cut(rule)} adds an egress rule to it: the rule for all traffic that AWS would give it was taken as removed.", at);

    /// <summary>A group whose existence is not known.</summary>
    public static Diagnostic ConditionalGroup(string group, string when, SourceSpan at) =>
        new("SPD2279", Severity.Note, $"{Cut(group)} exists only when {when}, which is not known; it was read as though it exists.", at);

    /// <summary>A rule whose group cannot be worked out.</summary>
    public static Diagnostic RuleWithoutGroup(string rule, SourceSpan at) =>
        new("SPD2280", Severity.Warning, $"The rule {Cut(rule)} was left out: it cannot be worked out to which group it belongs.", at);

    /// <summary>A loop over something that is not known.</summary>
    public static Diagnostic UnknownLoop(string loop, string why, SourceSpan at) =>
        new("SPD2281", Severity.Warning, $"{Cut(loop)} was left out, because {why}.", at);

    /// <summary>One name twice, which loops can bring about.</summary>
    public static Diagnostic DuplicateResource(string name, SourceSpan at) =>
        new("SPD2282", Severity.Error, $"The resource \"{Cut(name)}\" is declared twice, once by a loop.", at);

    /// <summary>A file that the CDK writes beside its templates.</summary>
    public static Diagnostic AssemblyFile(string path) =>
        new("SPD2283", Severity.Note, "Ignored: the CDK writes this file beside its templates, and no analysis uses it.", new SourceSpan(path));

    /// <summary>A value for a parameter that does not fit it.</summary>
    public static Diagnostic NotAllowed(string parameter, SourceSpan at) =>
        new("SPD2284", Severity.Warning, $"The value given for the parameter {Cut(parameter)} is not one of its AllowedValues.", at);

    /// <summary>A value for a parameter that nothing takes.</summary>
    public static Diagnostic UnknownParameter(string parameter, ImmutableArray<string> known, bool isNothingRead)
    {
        var (name, nearest) = (Cut(parameter), NearestName.Find(parameter, known));
        var there = isNothingRead ? "no CloudFormation template was read"
            : known.IsEmpty ? "no template that was read has parameters"
            : nearest is not null ? $"no template that was read has it; did you mean {Cut(nearest)}?"
            : $"no template that was read has it; there {(known.Length == 1 ? "is" : "are")} {string.Join(", ", known.Take(MostNamed).Select(Cut))}{(known.Length > MostNamed ? $" and {known.Length - MostNamed} more" : string.Empty)}";
        return new("SPD2290", Severity.Warning, $"The parameter {name} has no effect: {there}{(there.EndsWith('?') ? string.Empty : ".")}");
    }

    private static string Cut(string text) => text.Length <= 120 ? text : $"{text[..120]}…";
}
