using FsCheck;
using FsCheck.Fluent;
using Sallyport.Applying;
using Sallyport.Connections.Compiling;
using Sallyport.Estates;
using Sallyport.Estates.Quotas;
using Sallyport.Packets;
using Sallyport.Planning;
using Sallyport.Reachability;
using Sallyport.Tests.Applying;
using Sallyport.Tests.Generators;
using static Sallyport.Tests.Planning.PlannerTests;

namespace Sallyport.Tests.Planning;

/// <summary>Plans where old and new rules together do not fit under the quota.</summary>
public sealed class HeadroomTests
{
    private static readonly SecurityGroupId Web = new("sg-0000000a");

    [Fact]
    public void However_tight_the_quota_a_plan_keeps_it_and_the_bound_or_is_refused()
    {
        var (planned, refused) = (0, 0);
        var tight = from pair in DesiredRulesGenerator.Pair
                    from slack in Gen.Choose(0, 2)
                    select (pair.Estate, pair.Desired, slack);
        Prop.ForAll(tight.ToArbitrary(), t =>
        {
            var (estate, desired, slack) = t;
            var limit = TightestLimit(estate, desired) + slack;
            var result = new Planner().Plan(estate, desired with { RulesPerGroup = limit });
            if (!result.IsOk)
            {
                Assert.All(result.Diagnostics, d => Assert.Equal("SPD3004", d.Code));
                refused++;
                return;
            }

            planned++;
            var target = new SimulatedTarget(estate, limit) { Changed = new BoundWatch(estate, BoundWatch.EndOf(estate, desired)).Check };
            var journal = new MemoryJournal();
            Assert.Equal(ApplyOutcome.Done, ApplyBench.Apply(result.Value, target, journal).Outcome);
            ApplyBench.AssertIsAsDeclared(estate, desired with { RulesPerGroup = limit }, target);
            Assert.All(result.Value.Quota, q => Assert.True(q.Peak <= q.Limit || q.Before > q.Limit || q.Peak == q.Before, q.ToString()));

            // The way back may be as narrow; it is taken whole or not at all.
            var own = new MemoryJournal();
            if (!ApplyBench.PlanUndo(target, journal, own).IsOk) return;
            Assert.Equal(ApplyOutcome.Done, ApplyBench.Undo(target, journal, own).Outcome);
            Assert.Equal(ApplyBench.ContentOf(estate.SecurityGroups), ApplyBench.ContentOf(target.Groups.Values));
        }).QuickCheckThrowOnFailure();
        Assert.True(planned > refused, $"{planned} planned, {refused} refused");
    }

    [Fact]
    public void A_plan_is_refused_only_when_no_order_exists()
    {
        var (refused, blocksOnly) = (0, 0);
        var cases = from old in Keys()
                    from @new in Keys()
                    select (old, @new);
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var estate = Estate(Group(Peers[0]), Group(Peers[1]), Group(Web, [.. c.old.Select(k => new SecurityGroupRule(k.Direction, k.Service, k.Peer) { Id = new SecurityGroupRuleId("sgr-00000000000000001"), Tags = Tags.None })]));
            var desired = Declare(60, c.@new.Select(k => new DesiredRule(Web, k, "why [c1]", ["c1"])), Web);
            var limit = TightestLimit(estate, desired);
            var result = new Planner().Plan(estate, desired with { RulesPerGroup = limit });
            if (!result.IsOk) refused++;
            if (c.old.Concat(c.@new).All(k => k.Peer is CidrPeer))
            {
                // Swaps make any change possible where only one kind of peer is about.
                blocksOnly++;
                Assert.True(result.IsOk);
            }

            Assert.Equal(OrderExists(c.old, c.@new, limit), result.IsOk);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
        Assert.True(refused > 0 && blocksOnly > 0, $"{refused} refused, {blocksOnly} of blocks only: the test proves one side only");
    }

    [Fact]
    public void A_rule_nobody_needs_goes_early_to_make_room()
    {
        var estate = Estate(Group(Web, Existing("ingress", "tcp/22", "10.0.0.0/8"), Existing("ingress", "tcp/443", "10.0.0.0/8")));
        var desired = Declare(2, [Rule(Web, "tcp/443", "10.0.0.0/8"), Rule(Web, "tcp/3306", "10.0.0.0/8")], Web);
        var plan = new Planner().Plan(estate, desired).Value!;
        Assert.Equal([PlanAction.Revoke, PlanAction.Authorize], plan.Steps.Select(s => s.Action));
        Assert.Equal("tcp/22", plan.Steps[0].Rules[0].Key.Service.ToString());
    }

    [Fact]
    public void A_wide_rule_is_swapped_for_a_narrow_one_in_one_call()
    {
        var estate = Estate(Group(Web, Existing("ingress", "tcp/443", "10.0.0.0/8") with { Description = "wide", Tags = Tags.None.With("Name", "wide") }));
        var desired = Declare(1, [Rule(Web, "tcp/443", "10.1.0.0/16")], Web);
        var plan = new Planner().Plan(estate, desired).Value!;
        Assert.Equal([PlanAction.Modify, PlanAction.Tag], plan.Steps.Select(s => s.Action));
        Assert.Equal("10.0.0.0/8", plan.Steps[0].Rules[0].Before!.Peer.ToString());
        Assert.Equal(new PlanSummary(0, 1, 0), plan.Summary);

        var target = new SimulatedTarget(estate, limit: 1);
        var id = target.Groups[Web].Rules[0].Id;
        var journal = new MemoryJournal();
        Assert.Equal(ApplyOutcome.Done, ApplyBench.Apply(plan, target, journal).Outcome);
        Assert.Equal(id, target.Groups[Web].Rules[0].Id);
        Assert.Equal("c1", target.Groups[Web].Rules[0].Tags![OwnershipTag.Key]);
        ApplyBench.Undo(target, journal, new MemoryJournal());
        Assert.Equal(ApplyBench.ContentOf(estate.SecurityGroups), ApplyBench.ContentOf(target.Groups.Values));
    }

    [Fact]
    public void A_block_that_may_hold_members_of_a_group_does_not_go_before_the_group_comes()
    {
        var db = new SecurityGroupId("sg-0000000b");
        var estate = Estate(Group(Web, Existing("ingress", "tcp/443", "10.0.0.0/8")), Group(db));
        var refused = new Planner().Plan(estate, Declare(1, [Rule(Web, "tcp/443", db)], Web));
        Assert.Equal("SPD3004", Assert.Single(refused.Diagnostics).Code);
        Assert.True(PlanningDiagnostics.IsRefusal(refused.Diagnostics[0]));

        // A block outside the group's VPC holds none of them.
        var elsewhere = Estate(Group(Web, Existing("ingress", "tcp/443", "198.51.100.0/24")), Group(db));
        Assert.Equal([PlanAction.Revoke, PlanAction.Authorize], new Planner().Plan(elsewhere, Declare(1, [Rule(Web, "tcp/443", db)], Web)).Value!.Steps.Select(s => s.Action));
    }

    private static readonly SecurityGroupId[] Peers = [new("sg-0000000b"), new("sg-0000000c")];

    private static readonly Gen<Peer> Blocks =
        Gen.Elements("0.0.0.0/0", "10.0.0.0/8", "10.1.0.0/16", "10.1.0.0/17", "198.51.100.0/24", "::/0", "2001:db8::/32").Select(c => (Peer)new CidrPeer(Cidr.Parse(c)));

    private static Gen<List<RuleKey>> Keys() =>
        from count in Gen.Choose(1, 3)
        from keys in Key().ArrayOf(count)
        select keys.Distinct().Order().ToList();

    private static Gen<RuleKey> Key() =>
        from service in Gen.Elements("any", "tcp/443", "tcp/80-90", "tcp/85")
        from peer in Gen.Frequency((4, Blocks), (1, Gen.Elements(Peers).Select(g => (Peer)new GroupPeer(g))))
        select new RuleKey(Direction.Ingress, Service.Parse(service), peer);

    internal static int TightestLimit(Estate estate, DesiredRules desired)
    {
        var quota = new RuleQuota(estate);
        var end = BoundWatch.EndOf(estate, desired);
        var weights = estate.SecurityGroups.SelectMany(g => new[] { g.Rules.Select(r => r.Key), end[g.Id] })
            .SelectMany(keys => keys.GroupBy(k => k.Direction).Select(d => quota.WeightOf(d)));
        return Math.Max(1, weights.Select(w => Math.Max(w.V4, w.V6)).DefaultIfEmpty(1).Max());
    }

    /// <summary>Every state, every call, nothing clever: is there a way at all?</summary>
    private static bool OrderExists(List<RuleKey> old, List<RuleKey> @new, int limit)
    {
        var changing = old.Except(@new).Concat(@new.Except(old)).ToList();
        var kept = old.Intersect(@new).ToList();
        var leaving = old.Except(@new).Count();
        var (before, after) = (AllowedTraffic.Of(old), AllowedTraffic.Of(@new));
        var valid = Enumerable.Range(0, 1 << changing.Count).Select(IsValid).ToArray();
        var start = (1 << leaving) - 1;
        var reached = new HashSet<int> { start };
        var open = new Queue<int>([start]);
        while (open.TryDequeue(out var state))
        {
            for (var next = 0; next < valid.Length; next++)
            {
                if (valid[next] && IsOneCall(state, next) && reached.Add(next)) open.Enqueue(next);
            }
        }

        return reached.Contains(((1 << changing.Count) - 1) & ~start);

        bool IsValid(int state)
        {
            var now = kept.Concat(changing.Where((_, i) => (state & (1 << i)) != 0)).ToList();
            if (now.Count(k => Kind(k) != 6) > limit || now.Count(k => Kind(k) != 4) > limit) return false;
            var between = AllowedTraffic.Of(now);
            return before.Intersect(after).IsSubsetOf(between) && between.IsSubsetOf(before.Union(after));
        }

        bool IsOneCall(int from, int to)
        {
            // New rules only come and old ones only go.
            if ((from & ~to & ~start) != 0 || (to & ~from & start) != 0) return false;
            var gone = changing.Where((_, i) => (from & ~to & (1 << i)) != 0).ToList();
            var come = changing.Where((_, i) => (to & ~from & (1 << i)) != 0).ToList();
            if (gone.Count > 0 && come.Count > 0 && !gone.Select(Kind).Order().SequenceEqual(come.Select(Kind).Order())) return false;

            // What a group's members and a block, or two groups, may have in common is not for sets of atoms to see: the new
            // one has to be there before the old one goes.
            var missing = changing.Where((_, i) => i >= leaving && (to & (1 << i)) == 0);
            return !missing.Any(m => gone.Exists(g => MayShare(g, m)));
        }

        static int Kind(RuleKey key) => key.Peer is CidrPeer block ? (int)block.Cidr.Family : 0;

        static bool MayShare(RuleKey a, RuleKey b)
        {
            if (a.Peer == b.Peer || (a.Peer is CidrPeer && b.Peer is CidrPeer)) return false;
            if (!ServiceSet.Of(a.Service).Overlaps(ServiceSet.Of(b.Service))) return false;
            if ((a.Peer as CidrPeer ?? b.Peer as CidrPeer) is not { } block) return true;
            return new[] { "10.1.0.0/16", "2001:db8:a::/56" }.Select(Cidr.Parse).Any(v => v.Contains(block.Cidr) || block.Cidr.Contains(v));
        }
    }
}
