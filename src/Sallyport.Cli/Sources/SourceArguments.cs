using System.Collections.Immutable;
using System.CommandLine;

namespace Sallyport.Cli.Sources;

/// <summary>The <c>SOURCE…</c> argument and the options that say how to read it, alike for every command.</summary>
internal sealed class SourceArguments
{
    private readonly Argument<string[]> _sources;

    private readonly AccountArguments _access = new();

    private readonly Option<string[]> _region = new("--region")
    {
        Description = "Region to read live, repeatable, or all; for files: the Region of data that does not say",
        HelpName = "REGION",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<string?> _account = new("--account") { Description = "account of files that do not say theirs", HelpName = "ID" };

    private readonly Option<string[]> _parameter = new("--parameter")
    {
        Description = "value of a parameter of the CloudFormation templates that are read, repeatable",
        HelpName = "KEY=VALUE",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<bool> _allowPartial = new("--allow-partial") { Description = "accept an incomplete or empty read; the output lists what is missing" };

    public SourceArguments(bool required = true, string name = "SOURCE")
    {
        _sources = new Argument<string[]>(name)
        {
            Description = "where the estate is read from: files, folders, - for standard input, or live; several are merged",
            Arity = required ? ArgumentArity.OneOrMore : ArgumentArity.ZeroOrMore,
        };
        _sources.Validators.Add(result =>
        {
            // What looks like an option and is none would otherwise be taken for a file.
            foreach (var token in result.Tokens.Where(t => t.Value.Length > 1 && t.Value[0] == '-'))
            {
                var known = (result.Parent as System.CommandLine.Parsing.CommandResult)?.Command.Options.Select(o => o.Name) ?? [];
                var nearest = Diagnostics.NearestName.Find(token.Value, known);
                result.AddError($"There is no option {token.Value} here." + (nearest is null ? "" : $" Did you mean {nearest}?"));
            }
        });
        _parameter.Validators.Add(result =>
        {
            // The value may be a secret: only the key is said.
            foreach (var token in result.Tokens.Where(t => t.Value.IndexOf('=', StringComparison.Ordinal) < 1)) result.AddError("--parameter takes KEY=VALUE.");
            var keys = result.Tokens.Select(t => KeyOf(t.Value)).GroupBy(k => k, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1);
            if (keys is not null) result.AddError($"--parameter gives {keys.Key} twice.");
        });
        _account.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var id }] && !(id.Length == 12 && id.All(char.IsAsciiDigit))) result.AddError($"--account takes twelve digits, not \"{id}\".");
        });
    }

    public void AddTo(Command command)
    {
        command.Arguments.Add(_sources);
        _access.AddTo(command);
        foreach (var option in new Option[] { _region, _account, _parameter, _allowPartial }) command.Options.Add(option);
    }

    public SourceRequest Of(ParseResult parsed) => _access.Of(parsed) with
    {
        Sources = [.. parsed.GetValue(_sources) ?? []],
        Regions = [.. (parsed.GetValue(_region) ?? []).SelectMany(r => r.Split(',', StringSplitOptions.RemoveEmptyEntries))],
        Account = parsed.GetValue(_account),
        Parameters = (parsed.GetValue(_parameter) ?? []).ToImmutableDictionary(KeyOf, p => p[(p.IndexOf('=', StringComparison.Ordinal) + 1)..], StringComparer.Ordinal),
        AllowPartial = parsed.GetValue(_allowPartial),
    };

    private static string KeyOf(string parameter) => parameter.IndexOf('=', StringComparison.Ordinal) is > 0 and var end ? parameter[..end] : parameter;
}
