using Sallyport.Applying;
using Sallyport.Aws;
using Sallyport.Cli.Files;
using Sallyport.Cli.Sources;
using Sallyport.Estates;
using Sallyport.Planning;
using Sallyport.Policies;
using Sallyport.Reports.Text;

namespace Sallyport.Cli.Commands;

/// <summary>The tests of a connections file as a gate: what <c>plan</c> and <c>apply</c> pass before anything is written or called.</summary>
internal static class TestGate
{
    /// <summary>The day by which exceptions expire.</summary>
    public static DateOnly Today(IOContext io) => DateOnly.FromDateTime(io.Time.GetUtcNow().UtcDateTime);

    /// <summary>Runs a plan's tests on the state after it. Null when it may go on; the exit code after saying why not.</summary>
    public static async Task<ExitCode?> StopAsync(IOContext io, Plan plan, Estate before, bool allowPartial, CancellationToken cancellationToken)
    {
        var report = PlanTests.Run(plan, before, Today(io), cancellationToken);
        if (report.Results.IsEmpty) return null;
        var refusals = PlanTests.Refusals(report, allowPartial).ToList();
        var text = new StringWriter { NewLine = "\n" };
        TestReportText.Write(report with { Results = [.. report.Results.Where(r => r.Outcome != TestOutcome.Pass)] }, text);
        await io.Error.WriteAsync(text.ToString());
        if (refusals.Count > 0) return await io.FailAsync(ExitCode.Refused, refusals);
        await io.Error.WriteLineAsync($"tests: {report.Count(TestOutcome.Pass)} of {report.Results.Length} hold after this plan");
        return null;
    }

    /// <summary>
    /// The same on the estate as it is live, and on the rest of a plan that a journal has begun. A plan that its journal calls
    /// finished changes nothing more and is not held up.
    /// </summary>
    public static async Task<ExitCode?> StopLiveAsync(IOContext io, Plan plan, FileJournal journal, SourceRequest access, CancellationToken cancellationToken)
    {
        if (plan.Tests.Tests.IsEmpty || Journal.Read(await journal.ReadAsync(cancellationToken), journal.Name).Value is { IsFinished: true }) return null;
        await io.Error.WriteLineAsync($"reading the estate for the {plan.Tests.Tests.Length} tests of the plan");
        var regions = access.Regions.Concat(plan.Tests.Scopes.Select(s => s.Region).Where(r => r.Length > 0)).Distinct();
        var loaded = await EstateLoading.LoadAsync(io, access with { Sources = [EstateSources.Live], Regions = [.. regions] }, cancellationToken);
        return loaded.Estate is { } estate ? await StopAsync(io, plan, estate, access.AllowPartial, cancellationToken) : loaded.Code;
    }
}
