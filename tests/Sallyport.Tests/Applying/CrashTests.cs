using Sallyport.Applying;
using Sallyport.Connections.Compiling;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Planning;
using Sallyport.Tests.Planning;
using static Sallyport.Tests.Applying.ApplyBench;

namespace Sallyport.Tests.Applying;

/// <summary>The process dies at every byte that matters of a 30-step plan's journal; afterwards the work is resumed, or undone.</summary>
public sealed class CrashTests
{
    private static readonly (Estate Estate, DesiredRules Desired, Plan Plan) Thirty = ThirtySteps();

    [Fact]
    public void The_plan_has_thirty_steps_of_every_kind_that_a_plan_with_room_has()
    {
        Assert.True(Thirty.Plan.Steps.Length >= 30, $"{Thirty.Plan.Steps.Length} steps");
        Assert.Equal([PlanAction.Authorize, PlanAction.Describe, PlanAction.Tag, PlanAction.Revoke], Thirty.Plan.Steps.Select(s => s.Action).Distinct().Order());
    }

    [Fact]
    public void Killed_at_any_point_of_the_journal_and_resumed_it_ends_as_declared()
    {
        foreach (var position in Positions(Whole()))
        {
            var (target, bytes) = KilledAt(position);
            var journal = new MemoryJournal(bytes);
            var result = Apply(Thirty.Plan, target, journal);
            Assert.True(result.Outcome == ApplyOutcome.Done, $"at {position}: {result.Outcome} {string.Join("\n", result.Diagnostics)}");
            AssertIsAsDeclared(Thirty.Estate, Thirty.Desired, target);
            AssertForeignRulesAreUntouched(Thirty.Plan, target);
            Assert.True(Journal.Read(journal.Bytes, "j").Value!.IsFinished);
        }
    }

    [Fact]
    public void Killed_at_any_point_of_the_journal_and_undone_it_ends_as_it_was()
    {
        foreach (var position in Positions(Whole()))
        {
            var (target, bytes) = KilledAt(position);
            if (Journal.Read(bytes, "j").Value!.Header is not null) Assert.Equal(ApplyOutcome.Done, Undo(target, new MemoryJournal(bytes), new MemoryJournal()).Outcome);
            Assert.Equal(ContentOf(Thirty.Estate.SecurityGroups), ContentOf(target.Groups.Values));
        }
    }

    [Fact]
    public void Killed_between_journal_and_call_it_is_resumed_and_undone_alike()
    {
        foreach (var step in Thirty.Plan.Steps)
        {
            foreach (var undo in new[] { false, true })
            {
                var target = Watched();
                var journal = new MemoryJournal();
                Assert.Throws<CrashException>(() => Apply(Thirty.Plan, target, journal, progress: p =>
                {
                    if (p.Stage == ApplyStage.StepBegins && p.Step!.Id == step.Id) throw new CrashException();
                }));
                Assert.Equal(step.Id, Journal.Read(journal.Bytes, "j").Value!.Unsettled!.Step);
                if (undo)
                {
                    Undo(target, journal, new MemoryJournal());
                    Assert.Equal(ContentOf(Thirty.Estate.SecurityGroups), ContentOf(target.Groups.Values));
                }
                else
                {
                    Assert.Equal(ApplyOutcome.Done, Apply(Thirty.Plan, target, journal).Outcome);
                    AssertIsAsDeclared(Thirty.Estate, Thirty.Desired, target);
                }
            }
        }
    }

    [Fact]
    public void Undo_killed_at_any_point_is_itself_resumed()
    {
        var done = Watched();
        var journal = new MemoryJournal();
        Apply(Thirty.Plan, done, journal);
        var whole = new MemoryJournal();
        Undo(done, journal, whole);
        foreach (var position in Positions(whole.Bytes))
        {
            var target = Watched();
            var own = new MemoryJournal { CrashAt = position };
            var applied = new MemoryJournal();
            Apply(Thirty.Plan, target, applied);
            Assert.Throws<CrashException>(() => Undo(target, applied, own));
            Assert.Equal(ApplyOutcome.Done, Undo(target, applied, new MemoryJournal(own.Bytes)).Outcome);
            Assert.Equal(ContentOf(Thirty.Estate.SecurityGroups), ContentOf(target.Groups.Values));
        }
    }

    private static byte[] Whole()
    {
        var journal = new MemoryJournal();
        Assert.Equal(ApplyOutcome.Done, Apply(Thirty.Plan, new SimulatedTarget(Thirty.Estate), journal).Outcome);
        return journal.Bytes;
    }

    /// <summary>Before every line, after its first byte, in its middle, and before its newline.</summary>
    private static IEnumerable<long> Positions(byte[] journal)
    {
        for (var start = 0; start < journal.Length;)
        {
            var end = Array.IndexOf(journal, (byte)'\n', start);
            foreach (var position in new[] { start, start + 1, (start + end) / 2, end }) yield return position;
            start = end + 1;
        }
    }

    private static (SimulatedTarget Target, byte[] Journal) KilledAt(long position)
    {
        var target = Watched();
        var journal = new MemoryJournal { CrashAt = position };
        Assert.Throws<CrashException>(() => Apply(Thirty.Plan, target, journal));
        Assert.Equal(position, journal.Bytes.Length);
        return (target, journal.Bytes);
    }

    private static SimulatedTarget Watched() => new(Thirty.Estate)
    {
        Changed = new BoundWatch(Thirty.Estate, BoundWatch.EndOf(Thirty.Estate, Thirty.Desired), withOracle: false).Check,
    };

    private static (Estate Estate, DesiredRules Desired, Plan Plan) ThirtySteps()
    {
        var groups = new List<SecurityGroup>();
        var rules = new List<DesiredRule>();
        for (var n = 1; n <= 7; n++)
        {
            var id = new SecurityGroupId($"sg-{n:x8}");
            var next = new SecurityGroupId($"sg-{(n % 7) + 1:x8}");
            var ours = PlannerTests.Existing("ingress", "tcp/22", "10.1.0.0/16") with
            {
                Description = "old words [ssh]",
                Tags = Tags.None.With(OwnershipTag.Key, "ssh").With("Name", "kept"),
            };
            groups.Add(PlannerTests.Group(
                id,
                ours,
                PlannerTests.Existing("egress", "any", "0.0.0.0/0") with { Description = "default", Tags = Tags.None.With("Name", $"open {n}") },
                PlannerTests.Existing("ingress", "tcp/80-90", "10.0.0.0/8") with { Description = "by hand" }));
            rules.Add(new DesiredRule(id, new RuleKey(Direction.Egress, Service.Tcp(443), new GroupPeer(next)), "why [ring]", ["ring"]));
            rules.Add(new DesiredRule(next, new RuleKey(Direction.Ingress, Service.Tcp(443), new GroupPeer(id)), "why [ring]", n % 2 == 0 ? ["ring"] : ["other", "ring"]));
            rules.Add(new DesiredRule(id, ours.Key, "new words [ssh]", n % 2 == 0 ? ["ssh"] : ["admin", "ssh"]));
        }

        var estate = PlannerTests.Estate([.. groups]);
        var desired = PlannerTests.Declare(60, rules, [.. groups.Select(g => g.Id)]);
        return (estate, desired, new Planner().Plan(estate, desired).Value!);
    }
}
