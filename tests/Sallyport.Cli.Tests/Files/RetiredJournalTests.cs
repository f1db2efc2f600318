using Sallyport.Cli.Files;
using Sallyport.Cli.Tests.Crash;

namespace Sallyport.Cli.Tests.Files;

public sealed class RetiredJournalTests
{
    [Fact]
    public async Task A_move_that_a_crash_cut_in_half_is_completed()
    {
        await using var bench = await AppliedAndUndoneAsync();
        File.Move(bench.JournalPath + ".undo", bench.JournalPath + ".1.undo");

        // Taken for the journal of a finished run it would say that there is nothing left to do, and everything is undone.
        Assert.Equal(bench.JournalPath + ".1", RetiredJournal.Retire(bench.JournalPath, ThirtySteps.Plan));
        Assert.False(File.Exists(bench.JournalPath));
        Assert.Null(RetiredJournal.Retire(bench.JournalPath, ThirtySteps.Plan));
    }

    [Fact]
    public async Task A_journal_in_use_is_not_moved()
    {
        await using var bench = await AppliedAndUndoneAsync();
        await using (FileJournal.Open(bench.JournalPath)) Assert.Null(RetiredJournal.Retire(bench.JournalPath, ThirtySteps.Plan));
        Assert.True(File.Exists(bench.JournalPath));
        Assert.Equal(bench.JournalPath + ".1", RetiredJournal.Retire(bench.JournalPath, ThirtySteps.Plan));
        Assert.True(File.Exists(bench.JournalPath + ".1.undo"));
    }

    private static async Task<CrashBench> AppliedAndUndoneAsync()
    {
        var bench = await CrashBench.StartAsync();
        Assert.Equal(ExitCode.Done, (await bench.RunAsync("apply", bench.PlanPath, "--yes", "-q")).Code);
        Assert.Equal(ExitCode.Done, (await bench.RunAsync("undo", bench.JournalPath, "--yes", "-q")).Code);
        return bench;
    }
}
