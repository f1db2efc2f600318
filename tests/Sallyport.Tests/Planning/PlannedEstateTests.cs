using System.Collections;
using FsCheck;
using FsCheck.Fluent;
using Sallyport.Estates;
using Sallyport.Planning;
using Sallyport.Tests.Applying;
using Sallyport.Tests.Generators;

namespace Sallyport.Tests.Planning;

public sealed class PlannedEstateTests
{
    private static readonly Planner Planner = new();

    [Fact]
    public void The_planned_estate_is_what_applying_the_plan_leaves() => Prop.ForAll(Tight.ToArbitrary(), t =>
    {
        if (Planner.Plan(t.Before, t.Desired).Value is not { } plan) return;
        var target = new SimulatedTarget(t.Before);
        ApplyBench.Apply(plan, target, new MemoryJournal());
        Assert.Equal(ApplyBench.ContentOf(target.Groups.Values), ApplyBench.ContentOf(PlannedEstate.After(t.Before, plan).SecurityGroups));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Managed_groups_have_exactly_the_declared_rules_and_planning_again_is_empty() => Prop.ForAll(Tight.ToArbitrary(), t =>
    {
        if (Planner.Plan(t.Before, t.Desired).Value is not { } plan) return;
        var after = PlannedEstate.After(t.Before, plan);
        var end = BoundWatch.EndOf(t.Before, t.Desired);
        Assert.All(after.SecurityGroups, g => Assert.Equal(end[g.Id].Order(), g.Rules.Select(r => r.Key)));
        Assert.Empty(Planner.Plan(after, t.Desired).Value!.Steps);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Part_way_through_a_plan_the_end_is_the_same() => Prop.ForAll(Tight.ToArbitrary(), Gen.Choose(0, 6).ToArbitrary(), (t, done) =>
    {
        if (Planner.Plan(t.Before, t.Desired).Value is not { } plan) return;
        var partWay = PlannedEstate.After(t.Before, plan with { Steps = [.. plan.Steps.Take(done)] });
        Assert.Equal(RulesOf(PlannedEstate.After(t.Before, plan)), RulesOf(PlannedEstate.After(partWay, plan)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_rule_swapped_in_place_keeps_its_id()
    {
        var web = new SecurityGroupId("sg-0000000a");
        var estate = PlannerTests.Estate(PlannerTests.Group(web, PlannerTests.Existing("ingress", "tcp/22", "10.0.0.0/8")));
        var plan = Planner.Plan(estate, PlannerTests.Declare(1, [PlannerTests.Rule(web, "tcp/22", "10.1.0.0/16")], web)).Value!;
        Assert.Contains(plan.Steps, s => s.Action == PlanAction.Modify);
        var rule = Assert.Single(PlannedEstate.After(estate, plan).Index.Groups[web].Rules);
        Assert.Equal(estate.Index.Groups[web].Rules[0].Id, rule.Id);
        Assert.Equal("10.1.0.0/16", rule.Peer.ToString());
    }

    [Fact]
    public void A_plan_without_steps_gives_the_estate_itself()
    {
        var estate = PlannerTests.Estate(PlannerTests.Group(new SecurityGroupId("sg-0000000a")));
        Assert.Same(estate, PlannedEstate.After(estate, new Plan { EstateDigest = string.Empty }));
    }

    [Fact]
    public void Everything_but_the_touched_groups_is_shared()
    {
        var (web, db) = (new SecurityGroupId("sg-0000000a"), new SecurityGroupId("sg-0000000b"));
        var full = new EstateBuilder()
            .Add(PlannerTests.Group(web)).Add(PlannerTests.Group(db))
            .Add(new NetworkInterface(new NetworkInterfaceId("eni-00000001"), EstateGenerator.Home))
            .Add(new Vpc(EstateGenerator.VpcA, EstateGenerator.Home))
            .Add(new Subnet(new SubnetId("subnet-00000001"), EstateGenerator.Home, EstateGenerator.VpcA))
            .Add(new RouteTable("rtb-00000001", EstateGenerator.Home, EstateGenerator.VpcA))
            .Add(new NetworkAcl("acl-00000001", EstateGenerator.Home, EstateGenerator.VpcA))
            .Add(new PrefixList(EstateGenerator.ListV4, EstateGenerator.Home))
            .Add(new Peering(EstateGenerator.Peering, new PeeringEnd(EstateGenerator.VpcA, EstateGenerator.Home), new PeeringEnd(EstateGenerator.VpcB, EstateGenerator.Home)))
            .Add(new VpcEndpoint("vpce-00000001", EstateGenerator.Home, EstateGenerator.VpcA))
            .Add(new Gateway("igw-00000001", EstateGenerator.Home, GatewayKind.Internet))
            .Add(new TransitGatewayAttachment("tgw-attach-00000001", EstateGenerator.Home, "tgw-00000001", EstateGenerator.VpcA))
            .Add(new TransitGatewayRouteTable("tgw-rtb-00000001", EstateGenerator.Home, "tgw-00000001"))
            .Add(new VpcAssociation(web, EstateGenerator.VpcB, "associated"))
            .Add(new Instance("i-00000001", EstateGenerator.Home))
            .Add(new FlowLog("fl-00000001", EstateGenerator.Home, "vpc-0000000a"))
            .Add(new PublicAccessBlock(EstateGenerator.Home, "off"))
            .Add(new PublicAccessExclusion("vpcbpa-exclude-00000001", EstateGenerator.Home, "vpc-0000000a"))
            .Add(new MetricFilter("changes", EstateGenerator.Home, "trail"))
            .Add(new MetricAlarm("changes", EstateGenerator.Home))
            .Add(new EventRule("changes", EstateGenerator.Home))
            .Add(new Trail("trail", EstateGenerator.Home))
            .Add(new EstateGap(GapKind.Gateways, "here", "refused"))
            .Build();
        var plan = Planner.Plan(full, PlannerTests.Declare(60, [PlannerTests.Rule(web, "tcp/443", "10.0.0.0/8")], web, db)).Value!;
        var after = PlannedEstate.After(full, plan);
        Assert.NotEqual(full.Index.Groups[web], after.Index.Groups[web]);
        Assert.Same(full.Index.Groups[db], after.Index.Groups[db]);
        foreach (var list in typeof(Estate).GetProperties().Where(p => p.Name != nameof(Estate.SecurityGroups) && p.PropertyType.IsAssignableTo(typeof(IEnumerable))))
        {
            var before = ((IEnumerable)list.GetValue(full)!).Cast<object>().ToList();
            Assert.True(before.Count > 0, $"The sample has no {list.Name}.");
            Assert.Equal(before, ((IEnumerable)list.GetValue(after)!).Cast<object>());
        }
    }

    // A quota just above what is used forces swaps in place and early revokes.
    private static Gen<(Estate Before, Sallyport.Connections.Compiling.DesiredRules Desired)> Tight =>
        from pair in DesiredRulesGenerator.Pair
        from slack in Gen.Elements(0, 1, 60)
        select (pair.Estate, pair.Desired with { RulesPerGroup = HeadroomTests.TightestLimit(pair.Estate, pair.Desired) + slack });

    private static IEnumerable<string> RulesOf(Estate estate) => estate.SecurityGroups.SelectMany(g => g.Rules.Select(r => $"{g.Id} {r.Key} {r.Description}"));
}
