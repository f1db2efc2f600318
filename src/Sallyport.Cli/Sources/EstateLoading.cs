using Sallyport.Aws;
using Sallyport.Aws.Ec2;
using Sallyport.CloudFormation;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Reports.Text;

namespace Sallyport.Cli.Sources;

/// <summary>Reads the sources of a command line into one estate and decides whether the reading is good enough to go on.</summary>
internal static class EstateLoading
{
    /// <summary>Reads and merges; says on standard error what was wrong, missing or corrected.</summary>
    public static async Task<LoadedEstate> LoadAsync(IOContext io, SourceRequest request, CancellationToken cancellationToken)
    {
        if (request.Sources.IsEmpty) return new LoadedEstate(null, await io.FailAsync(ExitCode.BadInput, CommandLineDiagnostics.NoSource()));
        var options = new SourceOptions
        {
            Account = request.Account,
            Region = request.Regions is [var only] && only != "all" ? only : null,
            StandardInput = io.OpenInput,
            Parameters = request.Parameters,
            ParameterNames = request.ParameterNames,
        };
        var sources = request.Sources.SelectMany(s => s == EstateSources.Live ? Live(io, request) : [EstateSources.Open(s, options)]);
        var (builder, said) = await EstateSources.ReadAsync(sources, cancellationToken);
        await io.SayAsync(said.Where(d => d.Severity != Severity.Note || request.Verbose));
        if (!request.HasMore && !request.Parameters.IsEmpty) await io.SayAsync(CloudFormationFormat.CheckParameters(request.Parameters.Keys, request.ParameterNames));
        var errors = said.Where(d => d.Severity == Severity.Error).ToList();
        if (errors.Count > 0) return new LoadedEstate(null, CodeOf(errors));

        var failures = 0;
        var isEmpty = builder.HasNoGroups;
        var estate = builder.Build();
        foreach (var gap in estate.Gaps.Where(g => g.IsReadFailure))
        {
            failures++;
            await io.Error.WriteLineAsync(TerminalText.Line($"not read: {gap.What}{(gap.Where.Length == 0 ? string.Empty : $" of {gap.Where}")}: {gap.Why}"));
        }

        if (request.AllowPartial) return new LoadedEstate(estate, ExitCode.Done);
        if (failures > 0) return new LoadedEstate(null, await io.FailAsync(ExitCode.Incomplete, CommandLineDiagnostics.PartialRead(failures)));
        if (isEmpty) return new LoadedEstate(null, await io.FailAsync(ExitCode.Incomplete, CommandLineDiagnostics.EmptyRead()));
        return new LoadedEstate(estate, ExitCode.Done);
    }

    /// <summary>How to reach the accounts of a request: the caller's own, or one for each role.</summary>
    public static IEnumerable<LiveOptions> Accounts(IOContext io, SourceRequest request)
    {
        var own = new LiveOptions
        {
            Profile = request.Profile,
            Regions = request.Regions,
            Timeout = request.Timeout,
            Time = io.Time,
            Environment = io.Variable,
            Debug = request.Debug ? line => io.Error.WriteLine(TerminalText.Escape(line)) : null,
        };
        return request.Roles.IsEmpty ? [own] : request.Roles.Select(role => own with { RoleArn = role });
    }

    private static IEnumerable<IEstateSource> Live(IOContext io, SourceRequest request) =>
        Accounts(io, request).Select(LiveEstateSource.Create);

    /// <summary>
    /// Exit code of errors: AWS's side (SPD5xxx) is no mistake in the input, except names the user gave that cannot be
    /// (profile, Region, role, endpoint, certificates).
    /// </summary>
    public static ExitCode CodeOf(IEnumerable<Diagnostic> errors) => errors.Any(IsInput) ? ExitCode.BadInput : ExitCode.Incomplete;

    private static bool IsInput(Diagnostic diagnostic) =>
        diagnostic.Severity == Severity.Error
        && (!diagnostic.Code.StartsWith("SPD5", StringComparison.Ordinal) || diagnostic.Code is "SPD5003" or "SPD5006" or "SPD5007" or "SPD5010" or "SPD5012");
}
