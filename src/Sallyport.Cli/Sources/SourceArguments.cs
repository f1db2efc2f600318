using System.CommandLine;

namespace Sallyport.Cli.Sources;

/// <summary>The <c>SOURCE…</c> argument and the options that say how to read it, alike for every command.</summary>
internal sealed class SourceArguments
{
    private readonly Argument<string[]> _sources;

    private readonly Option<string?> _profile = new("--profile") { Description = "profile of the shared AWS configuration", HelpName = "NAME" };

    private readonly Option<string[]> _region = new("--region")
    {
        Description = "Region to read live, repeatable, or all; for files: the Region of data that does not say",
        HelpName = "REGION",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<string[]> _role = new("--role-arn")
    {
        Description = "role to assume for a live read; repeat to read several accounts in one run",
        HelpName = "ARN",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<string?> _account = new("--account") { Description = "account of files that do not say theirs", HelpName = "ID" };

    private readonly Option<bool> _allowPartial = new("--allow-partial") { Description = "accept an incomplete or empty read; the output lists what is missing" };

    private readonly Option<double> _timeout = new("--timeout")
    {
        Description = "seconds a request to AWS may take (default 30)",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => 30,
    };

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
        _timeout.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !(double.TryParse(text, out var seconds) && seconds is > 0 and <= 3600)) result.AddError("--timeout takes seconds, more than 0 and at most 3600.");
        });
    }

    public void AddTo(Command command)
    {
        command.Arguments.Add(_sources);
        foreach (var option in new Option[] { _profile, _region, _role, _account, _allowPartial, _timeout }) command.Options.Add(option);
    }

    public SourceRequest Of(ParseResult parsed) => new()
    {
        Sources = [.. parsed.GetValue(_sources) ?? []],
        Profile = parsed.GetValue(_profile),
        Regions = [.. (parsed.GetValue(_region) ?? []).SelectMany(r => r.Split(',', StringSplitOptions.RemoveEmptyEntries))],
        Roles = [.. parsed.GetValue(_role) ?? []],
        Account = parsed.GetValue(_account),
        AllowPartial = parsed.GetValue(_allowPartial),
        Timeout = TimeSpan.FromSeconds(parsed.GetValue(_timeout)),
        Verbose = parsed.GetValue(GlobalOptions.Verbose),
        Debug = parsed.GetValue(GlobalOptions.Debug),
    };
}
