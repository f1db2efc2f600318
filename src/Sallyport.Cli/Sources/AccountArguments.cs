using System.CommandLine;

namespace Sallyport.Cli.Sources;

/// <summary>Options that say how to reach accounts, for every command that talks to AWS.</summary>
internal sealed class AccountArguments
{
    private readonly Option<string?> _profile = new("--profile") { Description = "profile of the shared AWS configuration", HelpName = "NAME" };

    private readonly Option<string[]> _role = new("--role-arn")
    {
        Description = "role to assume; repeat to reach several accounts in one run",
        HelpName = "ARN",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<double> _timeout = new("--timeout")
    {
        Description = "seconds a request to AWS may take (default 30)",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => 30,
    };

    public AccountArguments() => _timeout.Validators.Add(result =>
    {
        if (result.Tokens is [{ Value: var text }] && !(double.TryParse(text, out var seconds) && seconds is > 0 and <= 3600)) result.AddError("--timeout takes seconds, more than 0 and at most 3600.");
    });

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _profile, _role, _timeout }) command.Options.Add(option);
    }

    public SourceRequest Of(ParseResult parsed) => new()
    {
        Profile = parsed.GetValue(_profile),
        Roles = [.. parsed.GetValue(_role) ?? []],
        Timeout = TimeSpan.FromSeconds(parsed.GetValue(_timeout)),
        Verbose = parsed.GetValue(GlobalOptions.Verbose),
        Debug = parsed.GetValue(GlobalOptions.Debug),
    };
}
