using System.Collections.Concurrent;
using System.Collections.Immutable;
using Sallyport.Applying;
using Sallyport.Lab;
using Sallyport.Planning;

namespace Sallyport.Cli.Tests.Crash;

/// <summary>
/// The built tool applies a plan of some thirty steps and is killed (SIGKILL) at every position of its journal; then the same
/// command resumes it, or undo takes it back. In one run every second position is resumed and the others are undone, and
/// torn lines are tried at some steps; with <c>SALLYPORT_SOAK</c> every position is both.
/// </summary>
public sealed class ApplyCrashTests(WholeRun whole) : IClassFixture<WholeRun>
{
    private static readonly bool IsSoak = Environment.GetEnvironmentVariable("SALLYPORT_SOAK") is { Length: > 0 };

    [Fact]
    public void The_plan_has_some_thirty_steps_of_every_kind()
    {
        Assert.InRange(ThirtySteps.Plan.Steps.Length, 30, 45);
        Assert.Equal(
            [PlanAction.Authorize, PlanAction.Modify, PlanAction.Describe, PlanAction.Tag, PlanAction.Revoke],
            ThirtySteps.Plan.Steps.Select(s => s.Action).Distinct().Order());
        Assert.Equal(10, ThirtySteps.Estate.SecurityGroups.Length + 1);
    }

    [Fact]
    public async Task Killed_at_every_position_of_the_journal_it_is_resumed_or_undone()
    {
        ImmutableArray<KillPoint> points = [.. KillPoint.All(ThirtySteps.Plan.Steps.Length).Where(p => IsSoak || !p.IsTorn || p.Step % 5 == 1)];
        var work = points.SelectMany((point, n) => new[] { (Point: point, IsResumed: n % 2 == 0), (Point: point, IsResumed: n % 2 != 0) }.Take(IsSoak ? 2 : 1));
        var failures = new ConcurrentBag<string>();
        // More at once than processors: whoever resumes a step that was begun waits long for a change that never comes.
        await Parallel.ForEachAsync(work, new ParallelOptions { MaxDegreeOfParallelism = 4 * Environment.ProcessorCount }, async (item, _) =>
        {
            if (await FailureOfAsync(item.Point, item.IsResumed) is { } failure) failures.Add(failure);
        });
        Assert.True(failures.IsEmpty, string.Join("\n\n", failures.Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData(2)] // SIGINT
    [InlineData(15)] // SIGTERM
    public async Task Interrupted_it_finishes_the_call_in_flight_and_can_be_resumed(int signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "no signals");
        Assert.SkipWhen(ToolProcess.Ignores(signal), "whoever started the tests has this signal ignored, and the tool inherits that");
        await using var bench = await CrashBench.StartAsync();
        using var tool = await bench.StopAtAsync(c => c is { IsChange: true, Stage: LabStage.Received } && c.Asked == whole.DryRuns + 5, "apply", bench.PlanPath, "--yes");
        tool.Signal(signal);
        bench.Release();
        var run = await tool.EndAsync();
        Assert.True(run.Code == ExitCode.Interrupted, $"{run.Code}\n{run.Error}");
        Assert.EndsWith($"\njournal: {bench.JournalPath}\n", run.Error, StringComparison.Ordinal);
        var journal = Journal.Read(await File.ReadAllBytesAsync(bench.JournalPath), "j").Value!;
        Assert.Null(journal.Unsettled);
        Assert.InRange(journal.Done.Length, 5, ThirtySteps.Plan.Steps.Length - 1);

        var resumed = await bench.RunAsync("apply", bench.PlanPath, "--yes");
        Assert.True(resumed.Code == ExitCode.Done, $"{resumed.Code}\n{resumed.Error}");
        Assert.Equal(whole.After, await bench.TextAsync());
        bench.AssertHeld();
    }

    [Fact]
    public async Task While_one_applies_nobody_else_gets_at_its_journal()
    {
        await using var bench = await CrashBench.StartAsync();
        using var first = await bench.StopAtAsync(c => c is { IsChange: true, Stage: LabStage.Received } && c.Asked == whole.DryRuns + 5, "apply", bench.PlanPath, "--yes");
        var second = await bench.RunAsync("apply", bench.PlanPath, "--yes");
        var undo = await bench.RunAsync("undo", bench.JournalPath, "--yes");
        Assert.True(second.Code == ExitCode.Incomplete, $"{second.Code}\n{second.Error}");
        Assert.EndsWith($"\njournal: {bench.JournalPath}\n", second.Error, StringComparison.Ordinal);
        Assert.True(undo.Code == ExitCode.BadInput, $"{undo.Code}\n{undo.Error}");

        bench.Release();
        var run = await first.EndAsync();
        Assert.True(run.Code == ExitCode.Done, $"{run.Code}\n{run.Error}");
        Assert.Equal(whole.After, await bench.TextAsync());
        Assert.True(Journal.Read(await File.ReadAllBytesAsync(bench.JournalPath), "j").Value!.IsFinished);
        bench.AssertHeld();
    }

    private async Task<string?> FailureOfAsync(KillPoint point, bool isResumed)
    {
        try
        {
            await using var bench = await CrashBench.StartAsync();
            await bench.KillAtAsync(point, whole.DryRuns);
            if (isResumed) await ResumeAsync(bench, point);
            else await UndoAsync(bench, point);
            bench.AssertHeld();
            return null;
        }
        catch (Exception e) when (e is Xunit.Sdk.IAssertionException or TimeoutException)
        {
            return $"{point} {(isResumed ? "resumed" : "undone")}: {e.Message}";
        }
    }

    private async Task ResumeAsync(CrashBench bench, KillPoint point)
    {
        // Before the header the whole plan is still compared with the estate, and another rule would rightly be a refusal.
        if (point.Lines > 0) await bench.AddOthersRuleAsync();
        var run = await bench.RunAsync("apply", bench.PlanPath, "--yes");
        Assert.True(run.Code == ExitCode.Done, $"{run.Code}\n{run.Error}");
        Assert.EndsWith($"\njournal: {bench.JournalPath}\n", run.Error, StringComparison.Ordinal);
        Assert.Equal(whole.After, await bench.TextAsync());
        Assert.True(Journal.Read(await File.ReadAllBytesAsync(bench.JournalPath), "j").Value!.IsFinished);
    }

    private static async Task UndoAsync(CrashBench bench, KillPoint point)
    {
        if (point.Lines > 0) await bench.AddOthersRuleAsync();
        var run = await bench.RunAsync("undo", bench.JournalPath, "--yes");
        Assert.True(run.Code == (point.Lines > 0 ? ExitCode.Done : ExitCode.Refused), $"{run.Code}\n{run.Error}");
        Assert.EndsWith($"\njournal: {bench.JournalPath}.undo\n", run.Error, StringComparison.Ordinal);
        Assert.Equal(StateWatch.Text(bench.Before), await bench.TextAsync());
    }
}
