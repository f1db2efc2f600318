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

    private readonly Option<bool> _allowPartial = new("--allow-partial") { Description = "accept an incomplete or empty read; the output lists what is missing" };

    public SourceArguments(bool required = true, string name = "SOURCE")
    {
        _sources = new Argument<string[]>(name)
        {
            Description = "where the estate is read from: files, folders, - for standard input, or live; several are merged",
            Arity = required ? ArgumentArity.OneOrMore : ArgumentArity.ZeroOrMore,
        };
        _account.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var id }] && !(id.Length == 12 && id.All(char.IsAsciiDigit))) result.AddError($"--account takes twelve digits, not \"{id}\".");
        });
    }

    public void AddTo(Command command)
    {
        command.Arguments.Add(_sources);
        _access.AddTo(command);
        foreach (var option in new Option[] { _region, _account, _allowPartial }) command.Options.Add(option);
    }

    public SourceRequest Of(ParseResult parsed) => _access.Of(parsed) with
    {
        Sources = [.. parsed.GetValue(_sources) ?? []],
        Regions = [.. (parsed.GetValue(_region) ?? []).SelectMany(r => r.Split(',', StringSplitOptions.RemoveEmptyEntries))],
        Account = parsed.GetValue(_account),
        AllowPartial = parsed.GetValue(_allowPartial),
    };
}
