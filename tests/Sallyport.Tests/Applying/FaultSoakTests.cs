using FsCheck;
using FsCheck.Fluent;
using Sallyport.Applying;
using Sallyport.Planning;
using Sallyport.Tests.Generators;
using Sallyport.Tests.Planning;
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
        var (stopped, states, swaps) = (0, 0, 0);
        for (ulong seed = 1; seed <= Seeds; seed++)
        {
            try
            {
                Run(seed, ref stopped, ref states, ref swaps);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                throw new InvalidOperationException($"Fault schedule {seed} failed.", e);
            }
        }

        // A soak in which nothing ever went wrong would prove nothing.
        Assert.True(stopped > (int)Seeds / 10, $"only {stopped} stops");
        Assert.True(states > (int)Seeds, $"only {states} states");
        Assert.True(swaps > 0, "nothing was swapped in place");
    }

    private static void Run(ulong seed, ref int stopped, ref int states, ref int swaps)
    {
        var (estate, desired) = DesiredRulesGenerator.Pair.Sample(30, new Rnd(seed), 1).First();

        // Every other seed plays with a quota that old and new rules do not fit under together.
        var limit = seed % 2 == 0 ? HeadroomTests.TightestLimit(estate, desired) : 60;
        if (!new Planner().Plan(estate, desired with { RulesPerGroup = limit }).IsOk) limit = 60;
        var plan = new Planner().Plan(estate, desired with { RulesPerGroup = limit }).Value!;
        swaps += plan.Steps.Count(s => s.Action == PlanAction.Modify);
        var faults = new FaultSchedule(seed, refusePercent: 8, lostBeforePercent: 10, lostAfterPercent: 15, latePercent: 40, readFailPercent: 5);
        var target = new SimulatedTarget(estate, limit, faults);
        var watch = new BoundWatch(estate, BoundWatch.EndOf(estate, desired), withOracle: seed % 10 == 0);
        target.Changed = watch.Check;
        var journal = new MemoryJournal();
        var halfWay = seed % 3 == 0;
        stopped += Persist(() => Apply(plan, target, journal), halfWay ? 1 : 500);
        AssertForeignRulesAreUntouched(plan, target);
        if (!halfWay) AssertIsAsDeclared(estate, desired with { RulesPerGroup = limit }, target);

        // Finished or given up half-way: undo brings back every rule with all its text.
        if (Journal.Read(journal.Bytes, "j").Value is { Header: not null } && !Undone(target, journal, ref stopped)) return;
        Assert.Equal(ContentOf(estate.SecurityGroups), ContentOf(target.Groups.Values));
        states += watch.States;
    }

    /// <summary>False when the quota leaves no safe way back; then nothing was changed.</summary>
    private static bool Undone(SimulatedTarget target, MemoryJournal journal, ref int stopped)
    {
        var hasNoWay = false;
        var own = new MemoryJournal();
        stopped += Persist(
            () =>
            {
                var plan = PlanUndo(target, journal, own);
                if (!plan.IsOk && plan.Diagnostics.Any(d => d.Code == "SPD4016")) return new ApplyResult(ApplyOutcome.Unavailable, plan.Diagnostics, [], []);
                hasNoWay = plan.Diagnostics.Any(d => d.Code == "SPD3004");
                if (hasNoWay) return new ApplyResult(ApplyOutcome.Done, [], [], []);
                Assert.True(plan.IsOk, string.Join("\n", plan.Diagnostics));
                return Apply(plan.Value, target, own);
            },
            500);
        return !hasNoWay;
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
