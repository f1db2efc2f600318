using Sallyport.Diagnostics;

namespace Sallyport.Cli;

/// <summary>Diagnostics of the command line: SPD7000-SPD7999.</summary>
internal static class CommandLineDiagnostics
{
    public static Diagnostic Usage(string message) => new("SPD7001", Severity.Error, message);

    public static Diagnostic CannotWrite(string path, string why) => new("SPD7003", Severity.Error, $"Cannot write {path}: {why}");

    public static Diagnostic CannotRead(string path, string why) => new("SPD7004", Severity.Error, $"Cannot read {path}: {why}");

    public static Diagnostic CannotServe(int port, string why) => new("SPD7011", Severity.Error, $"Cannot listen on 127.0.0.1:{port}: {why}");

    public static Diagnostic EmptyRead() => new(
        "SPD7005", Severity.Error,
        "The sources hold no security group at all. That is an incomplete read, not a clean one; use --allow-partial to accept it.");

    public static Diagnostic PartialRead(int gaps) => new(
        "SPD7006", Severity.Error,
        $"{gaps} part(s) of the estate could not be read (listed above); use --allow-partial to go on without them.");

    public static Diagnostic UnknownRule(string id, string? nearest) => new(
        "SPD7007", Severity.Error, $"There is no rule \"{id}\"." + (nearest is null ? "" : $" Did you mean {nearest}?"));

    public static Diagnostic NotApproved(string command) => new(
        "SPD7008", Severity.Error, $"Not approved: nobody is there to ask. Review the plan, then run `{command} --yes`.");

    public static Diagnostic Declined() => new("SPD7009", Severity.Error, "Not approved: nothing was changed.");

    public static Diagnostic NoSource() => new("SPD7010", Severity.Error, "No SOURCE was given: a file, a folder, - for standard input, or live.");

    public static Diagnostic BadService(string text, string problem) => new("SPD7020", Severity.Error, $"\"{text}\" is no service: {problem}.");

    public static Diagnostic NotTogether(string one, string other) => new("SPD7021", Severity.Error, $"{one} does not go with {other}.");

    public static Diagnostic TestsUnknown(int tests) => new(
        "SPD7030", Severity.Error,
        $"{tests} test(s) cannot be judged from what was read (listed above); read what is missing, or use --allow-partial to go on without.");

    public static Diagnostic NoCredentialsFor(IReadOnlyCollection<string> missing, IReadOnlyCollection<string> accounts)
    {
        var remedy = accounts.Count == 1
            ? $"Use credentials of it (--profile NAME), or a role there: --role-arn arn:aws:iam::{accounts.First()}:role/NAME."
            : $"Give a role in each of the {accounts.Count} accounts of the plan: {string.Join(' ', accounts.Select(a => $"--role-arn arn:aws:iam::{a}:role/NAME"))}.";
        return new Diagnostic("SPD7031", Severity.Error, $"The plan changes groups of {string.Join(", ", missing)}, and the credentials are of no such account. Nothing was changed. {remedy}");
    }

    public static Diagnostic BadVariable(string name, string value, string expected) => new(
        "SPD7050", Severity.Error, $"The environment variable {name} is \"{value}\"; expected {expected}.");

    public static Diagnostic TwoSources(int given) => new("SPD7040", Severity.Error, $"diff compares two SOURCEs, OLD and NEW; {given} were given. Several files of one estate belong in one folder.");
}
