using FsCheck;
using FsCheck.Fluent;
using Sallyport.Applying;
using Sallyport.Planning;
using Sallyport.Tests.Generators;
using static Sallyport.Tests.Applying.ApplyBench;

namespace Sallyport.Tests.Applying;

/// <summary>
/// Seeded weeks of bad weather: throttled calls, lost answers before and after the change, late and failing readings. 200 seeds
/// in the test run, 10,000 with <c>SALLYPORT_SOAK=1</c>.
/// </summary>
public sealed class FaultSoakTests
{
    private static readonly ulong Seeds = Environment.GetEnvironmentVariable("SALLYPORT_SOAK") == "1" ? 10_000UL : 200UL;

    [Fact]
    public void Whatever_fails_the_bound_holds_and_going_on_ends_as_declared_and_undo_ends_as_it_was()
    {
        var (stopped, states) = (0, 0);
        for (ulong seed = 1; seed <= Seeds; seed++)
        {
            try
            {
                Run(seed, ref stopped, ref states);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                throw new InvalidOperationException($"Fault schedule {seed} failed.", e);
            }
        }

        // A soak in which nothing ever went wrong would prove nothing.
        Assert.True(stopped > (int)Seeds / 10, $"only {stopped} stops");
        Assert.True(states > (int)Seeds, $"only {states} states");
    }

    private static void Run(ulong seed, ref int stopped, ref int states)
    {
        var (estate, desired) = DesiredRulesGenerator.Pair.Sample(30, new Rnd(seed), 1).First();
        var plan = new Planner().Plan(estate, desired).Value!;
        var faults = new FaultSchedule(seed, refusePercent: 8, lostBeforePercent: 10, lostAfterPercent: 15, latePercent: 40, readFailPercent: 5);
        var target = new SimulatedTarget(estate, faults: faults);
        var watch = new BoundWatch(estate, BoundWatch.EndOf(estate, desired), withOracle: seed % 10 == 0);
        target.Changed = watch.Check;
        var journal = new MemoryJournal();
        var halfWay = seed % 3 == 0;
        stopped += Persist(() => Apply(plan, target, journal), halfWay ? 1 : 500);
        AssertForeignRulesAreUntouched(plan, target);
        if (!halfWay) AssertIsAsDeclared(estate, desired, target);

        // Finished or given up half-way: undo brings back every rule with all its text.
        if (Journal.Read(journal.Bytes, "j").Value is { Header: not null }) Undone(target, journal, ref stopped);
        Assert.Equal(ContentOf(estate.SecurityGroups), ContentOf(target.Groups.Values));
        states += watch.States;
    }

    private static void Undone(SimulatedTarget target, MemoryJournal journal, ref int stopped)
    {
        var own = new MemoryJournal();
        stopped += Persist(
            () =>
            {
                var plan = PlanUndo(target, journal, own);
                if (!plan.IsOk && plan.Diagnostics.Any(d => d.Code == "SPD4016")) return new ApplyResult(ApplyOutcome.Unavailable, plan.Diagnostics, [], []);
                Assert.True(plan.IsOk, string.Join("\n", plan.Diagnostics));
                return Apply(plan.Value, target, own);
            },
            500);
    }

    /// <summary>Runs the same command again until it is done, as a person would; gives the number of runs that were not.</summary>
    private static int Persist(Func<ApplyResult> run, int most)
    {
        for (var runs = 0; ; runs++)
        {
            var result = run();
            if (result.Outcome is ApplyOutcome.Done or ApplyOutcome.AlreadyDone) return runs;
            Assert.True(result.Outcome is ApplyOutcome.Stopped or ApplyOutcome.Unavailable, $"{result.Outcome}: {string.Join("\n", result.Diagnostics)}");
            if (runs + 1 >= most)
            {
                Assert.True(most == 1, $"not done after {most} runs: {string.Join("\n", result.Diagnostics)}");
                return 1;
            }
        }
    }
}
