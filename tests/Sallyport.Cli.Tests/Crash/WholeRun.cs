namespace Sallyport.Cli.Tests.Crash;

/// <summary>The plan applied by the tool without interruption: what it ends as, and how many dry runs it makes.</summary>
public sealed class WholeRun : IAsyncLifetime
{
    /// <summary>Changing calls that are dry runs; the steps' own follow.</summary>
    public int DryRuns { get; private set; }

    /// <summary>The groups afterwards, ids of rules aside.</summary>
    public string After { get; private set; } = string.Empty;

    public async ValueTask InitializeAsync()
    {
        await using var bench = await CrashBench.StartAsync();
        var run = await bench.RunAsync("apply", bench.PlanPath, "--yes");
        Assert.True(run.Code == ExitCode.Done, $"{run.Code}\n{run.Error}");
        var groups = await bench.LookAsync();
        foreach (var group in bench.Before)
        {
            Assert.Equal(ThirtySteps.EndOf(group).Order(), groups.Single(g => g.Id == group.Id).Rules.Select(r => r.Key).Order());
        }

        // One call a step, and a look at the estate after each.
        Assert.Equal(ThirtySteps.Plan.Steps.Length + 1, bench.States);
        bench.AssertHeld();
        (DryRuns, After) = (bench.DryRuns, StateWatch.Text(groups));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
