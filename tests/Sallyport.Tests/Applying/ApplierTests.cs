using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Sallyport.Applying;
using Sallyport.Connections.Compiling;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Planning;
using Sallyport.Tests.Generators;
using Sallyport.Tests.Planning;
using static Sallyport.Tests.Applying.ApplyBench;

namespace Sallyport.Tests.Applying;

public sealed class ApplierTests
{
    private static readonly SecurityGroupId Web = new("sg-0000000a");
    private static readonly SecurityGroupId Db = new("sg-0000000b");

    [Fact]
    public void Applied_plans_leave_nothing_to_plan_and_hold_the_bound_at_every_state() => Prop.ForAll(DesiredRulesGenerator.Pair.ToArbitrary(), pair =>
    {
        var (estate, desired) = pair;
        var plan = new Planner().Plan(estate, desired).Value!;
        var target = new SimulatedTarget(estate);
        var watch = new BoundWatch(estate, BoundWatch.EndOf(estate, desired));
        target.Changed = watch.Check;
        var result = Apply(plan, target, new MemoryJournal());
        Assert.Equal(ApplyOutcome.Done, result.Outcome);
        Assert.Empty(result.Left);
        AssertIsAsDeclared(estate, desired, target);
        AssertForeignRulesAreUntouched(plan, target);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Undo_restores_exactly_and_holds_the_bound_on_the_way_back() => Prop.ForAll(DesiredRulesGenerator.Pair.ToArbitrary(), pair =>
    {
        var (estate, desired) = pair;
        var target = new SimulatedTarget(estate);
        var journal = new MemoryJournal();
        Apply(new Planner().Plan(estate, desired).Value!, target, journal);
        target.Changed = new BoundWatch(estate, BoundWatch.EndOf(estate, desired)).Check;
        var own = new MemoryJournal();
        Assert.Equal(ApplyOutcome.Done, Undo(target, journal, own).Outcome);
        Assert.Equal(ContentOf(estate.SecurityGroups), ContentOf(target.Groups.Values));

        // And the undo can be undone in its turn.
        Undo(target, own, new MemoryJournal());
        AssertIsAsDeclared(estate, desired, target);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Sixty_rules_cost_one_authorize_call()
    {
        var estate = PlannerTests.Estate(PlannerTests.Group(Web));
        var desired = PlannerTests.Declare(60, Enumerable.Range(0, 60).Select(p => PlannerTests.Rule(Web, $"tcp/{1000 + p}", "10.0.0.0/8")), Web);
        var target = new SimulatedTarget(estate);
        Apply(new Planner().Plan(estate, desired).Value!, target, new MemoryJournal());
        Assert.Equal([("authorize", Web, 60)], target.Calls);
        Assert.All(target.Groups[Web].Rules, r => Assert.Equal("c1", r.Tags![OwnershipTag.Key]));
    }

    [Fact]
    public void A_plan_for_another_state_is_refused_before_the_first_call()
    {
        var (estate, plan) = TwoGroups();
        var target = new SimulatedTarget(estate);
        target.Interfere(Web, g => g with { Rules = g.Rules.Add(PlannerTests.Existing("ingress", "tcp/22", "0.0.0.0/0")) });
        var journal = new MemoryJournal();
        var result = Apply(plan, target, journal);
        Assert.Equal(ApplyOutcome.Refused, result.Outcome);
        Assert.Equal("SPD4001", Assert.Single(result.Diagnostics).Code);
        Assert.Empty(target.Calls);
        Assert.Empty(journal.Bytes);
    }

    [Fact]
    public void A_changed_description_is_another_state_too()
    {
        var (estate, plan) = TwoGroups();
        var target = new SimulatedTarget(estate);
        target.Interfere(Web, g => g with { Rules = [.. g.Rules.Select(r => r with { Description = "edited" })] });
        Assert.Equal(ApplyOutcome.Refused, Apply(plan, target, new MemoryJournal()).Outcome);
    }

    [Fact]
    public void A_plan_made_without_rule_tags_applies_to_the_live_state_it_shows()
    {
        var (estate, _) = TwoGroups();
        var untagged = EstateGenerator.Assemble(estate.SecurityGroups.Select(g => g with { Rules = [.. g.Rules.Select(r => r with { Tags = null, Id = null })] }), []);
        var plan = new Planner().Plan(untagged, Tightened()).Value!;
        Assert.Equal(ApplyOutcome.Done, Apply(plan, new SimulatedTarget(estate), new MemoryJournal()).Outcome);
    }

    [Fact]
    public void What_is_not_permitted_stops_before_the_first_change()
    {
        var (estate, plan) = TwoGroups();
        var target = new SimulatedTarget(estate);
        target.Denied.Add(TargetChange.RevokeEgress);
        var result = Apply(plan, target, new MemoryJournal());
        Assert.Equal(ApplyOutcome.Unavailable, result.Outcome);
        Assert.All(result.Diagnostics, d => Assert.Equal("SPD4003", d.Code));
        Assert.Equal(2, result.Diagnostics.Length);
        Assert.Contains("UnauthorizedOperation", result.Diagnostics[0].Message, StringComparison.Ordinal);
        Assert.Empty(target.Calls);
    }

    [Fact]
    public void A_refusal_in_the_middle_stops_cleanly_and_resumes()
    {
        var (estate, plan) = TwoGroups();
        var target = new SimulatedTarget(estate, limit: 1);
        var journal = new MemoryJournal();
        var stopped = Apply(plan, target, journal);
        Assert.Equal(ApplyOutcome.Stopped, stopped.Outcome);
        Assert.Equal("SPD4009", Assert.Single(stopped.Diagnostics).Code);
        Assert.Contains("RulesPerSecurityGroupLimitExceeded", stopped.Diagnostics[0].Message, StringComparison.Ordinal);
        Assert.Equal(plan.Steps.Length, stopped.Done.Length + stopped.Left.Length);
        Assert.NotEmpty(stopped.Left);

        // The quota has been raised: the same plan and journal go on.
        var roomier = new SimulatedTarget(EstateOf(target, estate));
        Assert.Equal(ApplyOutcome.Done, Apply(plan, roomier, journal).Outcome);
        AssertIsAsDeclared(estate, Tightened(), roomier);
    }

    [Fact]
    public void A_finished_journal_says_so_and_does_nothing()
    {
        var (estate, plan) = TwoGroups();
        var target = new SimulatedTarget(estate);
        var journal = new MemoryJournal();
        Apply(plan, target, journal);
        var calls = target.Calls.Count;
        var again = Apply(plan, target, journal);
        Assert.Equal(ApplyOutcome.AlreadyDone, again.Outcome);
        Assert.Equal(calls, target.Calls.Count);
    }

    [Fact]
    public void A_journal_of_another_plan_is_refused()
    {
        var (estate, plan) = TwoGroups();
        var journal = new MemoryJournal();
        Apply(plan, new SimulatedTarget(estate), journal);
        var result = Apply(plan with { RulesPerGroup = 61 }, new SimulatedTarget(estate), journal);
        Assert.Equal(ApplyOutcome.BadInput, result.Outcome);
        Assert.Equal("SPD4004", Assert.Single(result.Diagnostics).Code);
    }

    [Fact]
    public void Somebody_elses_file_is_never_overwritten()
    {
        var (estate, plan) = TwoGroups();
        var journal = new MemoryJournal("Dear diary,\n"u8.ToArray());
        var result = Apply(plan, new SimulatedTarget(estate), journal);
        Assert.Equal("SPD4007", Assert.Single(result.Diagnostics).Code);
        Assert.Equal("Dear diary,\n", Encoding.UTF8.GetString(journal.Bytes));
    }

    [Fact]
    public void Interruption_stops_between_two_calls_and_resumes()
    {
        var (estate, plan) = TwoGroups();
        for (var after = 0; after < plan.Steps.Length - 1; after++)
        {
            using var interrupt = new CancellationTokenSource();
            var target = new SimulatedTarget(estate);
            var journal = new MemoryJournal();
            var at = after;
            var first = Apply(plan, target, journal, p =>
            {
                if (p.Stage == ApplyStage.StepBegins && p.Step!.Id == at + 1) interrupt.Cancel();
            }, interrupt.Token);
            Assert.Equal(ApplyOutcome.Interrupted, first.Outcome);
            Assert.Equal(at + 1, first.Done.Length);
            Assert.Null(Journal.Read(journal.Bytes, "j").Value!.Unsettled);
            Assert.Equal(ApplyOutcome.Done, Apply(plan, target, journal).Outcome);
            AssertIsAsDeclared(estate, Tightened(), target);
        }
    }

    [Fact]
    public void A_rule_added_by_others_meanwhile_counts_as_done_and_survives_undo()
    {
        var (estate, plan) = TwoGroups();
        var target = new SimulatedTarget(estate);
        var journal = new MemoryJournal();
        var theirs = plan.Steps[0].Rules[0];
        var result = Apply(plan, target, journal, progress: p =>
        {
            if (p.Stage == ApplyStage.AskingPermission) target.Interfere(plan.Steps[0].Group, g => g with { Rules = g.Rules.Add(theirs.ToRule() with { Description = "theirs", Id = new SecurityGroupRuleId("sgr-0000000000000beef"), Tags = Tags.None }) });
        });
        Assert.Equal(ApplyOutcome.Done, result.Outcome);
        Undo(target, journal, new MemoryJournal());
        Assert.Equal("theirs", Assert.Single(target.Groups[plan.Steps[0].Group].Rules, r => r.Key == theirs.Key).Description);
    }

    [Fact]
    public void A_rule_taken_away_by_others_after_it_was_added_stops_the_apply_before_anything_is_revoked()
    {
        var (estate, plan) = TwoGroups();
        var target = new SimulatedTarget(estate);
        var firstRevoke = plan.Steps.First(s => s.Action == PlanAction.Revoke);
        var result = Apply(plan, target, new MemoryJournal(), progress: p =>
        {
            // When the last group has been verified, before the revokes begin, somebody removes what was added to the first.
            if (p.Stage == ApplyStage.GroupVerified && p.Step!.Id == firstRevoke.Id - 1) target.Interfere(firstRevoke.Group, g => g with { Rules = [.. g.Rules.Where(r => r.Tags![OwnershipTag.Key] is null)] });
        });
        Assert.Equal(ApplyOutcome.Stopped, result.Outcome);
        Assert.Equal("SPD4011", Assert.Single(result.Diagnostics).Code);
        Assert.DoesNotContain(target.Calls, c => c.Call == "revoke");
    }

    [Fact]
    public void Undo_refuses_when_a_rule_it_is_about_was_changed_and_ignores_all_others()
    {
        var (estate, plan) = TwoGroups();
        var target = new SimulatedTarget(estate);
        var journal = new MemoryJournal();
        Apply(plan, target, journal);
        var stranger = PlannerTests.Existing("ingress", "tcp/8443", "10.9.0.0/16");
        target.Interfere(Web, g => g with { Rules = g.Rules.Add(stranger) });
        Assert.True(PlanUndo(target, journal, new MemoryJournal()).IsOk);

        target.Interfere(Web, g => g with { Rules = [.. g.Rules.Select(r => r == stranger ? r : r with { Description = "edited" })] });
        var refused = PlanUndo(target, journal, new MemoryJournal());
        Assert.Contains(refused.Diagnostics, d => d.Code == "SPD4014");

        target.Interfere(Web, g => g with { Rules = [.. g.Rules.Where(r => r == stranger)] });
        Assert.Equal(ApplyOutcome.Done, Undo(target, journal, new MemoryJournal()).Outcome);
        Assert.Equal(ContentOf(estate.SecurityGroups).Length + 1, ContentOf(target.Groups.Values).Length);
    }

    [Fact]
    public void Undo_of_an_empty_journal_says_there_is_nothing()
    {
        var target = new SimulatedTarget(TwoGroups().Estate);
        Assert.Equal("SPD4008", Assert.Single(PlanUndo(target, new MemoryJournal(), new MemoryJournal()).Diagnostics).Code);
    }

    [Fact]
    public void A_group_that_is_gone_is_named()
    {
        var (_, plan) = TwoGroups();
        var result = Apply(plan, new SimulatedTarget(PlannerTests.Estate(PlannerTests.Group(Web))), new MemoryJournal());
        Assert.Equal(ApplyOutcome.Refused, result.Outcome);
        Assert.Equal("SPD4002", Assert.Single(result.Diagnostics).Code);
    }

    [Fact]
    public void Ids_that_EC2_would_not_take_are_refused()
    {
        var symbolic = new SecurityGroupId("web");
        var estate = PlannerTests.Estate(PlannerTests.Group(symbolic));
        var plan = new Planner(new PlannerOptions { ForApply = false }).Plan(estate, PlannerTests.Declare(60, [PlannerTests.Rule(symbolic, "tcp/1", "10.0.0.0/8")], symbolic)).Value!;
        Assert.Equal("SPD4015", Assert.Single(Apply(plan, new SimulatedTarget(estate), new MemoryJournal()).Diagnostics).Code);
    }

    internal static (Estate Estate, Plan Plan) TwoGroups()
    {
        var estate = PlannerTests.Estate(
            PlannerTests.Group(Web, PlannerTests.Existing("egress", "any", "0.0.0.0/0") with { Description = "default", Tags = Tags.None.With("Name", "open") }),
            PlannerTests.Group(Db, PlannerTests.Existing("egress", "any", "0.0.0.0/0"), PlannerTests.Existing("ingress", "tcp/3306", "10.0.0.0/8")));
        return (estate, new Planner().Plan(estate, Tightened()).Value!);
    }

    internal static DesiredRules Tightened() => PlannerTests.Declare(
        60,
        [
            new DesiredRule(Web, new RuleKey(Direction.Egress, Service.Tcp(3306), new GroupPeer(Db)), "why [web-to-db]", ["web-to-db"]),
            new DesiredRule(Db, new RuleKey(Direction.Ingress, Service.Tcp(3306), new GroupPeer(Web)), "why [web-to-db]", ["web-to-db"]),
        ],
        Web, Db);
}
