using FsCheck;
using FsCheck.Fluent;
using Sallyport.Connections.Compiling;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Estates.Quotas;
using Sallyport.Packets;
using Sallyport.Planning;
using Sallyport.Tests.Generators;

namespace Sallyport.Tests.Planning;

public sealed class PlannerTests
{
    private static readonly SecurityGroupId Web = new("sg-0000000a");
    private static readonly SecurityGroupId Db = new("sg-0000000b");
    private static readonly Planner Planner = new();

    [Fact]
    public void An_estate_that_is_as_declared_needs_nothing() => Prop.ForAll(EstateGenerator.Estate.ToArbitrary(), estate =>
    {
        var plan = Planner.Plan(estate, DesiredRulesGenerator.Exactly(estate)).Value!;
        Assert.Empty(plan.Steps);
        Assert.Equal(new PlanSummary(0, 0, 0), plan.Summary);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_revoke_precedes_an_authorize_while_there_is_room() => Prop.ForAll(DesiredRulesGenerator.Pair.ToArbitrary(), pair =>
    {
        var plan = Planner.Plan(pair.Estate, pair.Desired).Value!;
        var lastAdd = plan.Steps.LastOrDefault(s => s.Action == PlanAction.Authorize)?.Id ?? 0;
        Assert.All(plan.Steps.Where(s => s.Action == PlanAction.Revoke), s => Assert.True(s.Id > lastAdd));
        Assert.DoesNotContain(plan.Steps, s => s.Action == PlanAction.Modify);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void N_rules_of_one_group_and_direction_are_one_authorize() => Prop.ForAll(DesiredRulesGenerator.Pair.ToArbitrary(), pair =>
    {
        var plan = Planner.Plan(pair.Estate, pair.Desired).Value!;
        Assert.All(plan.Steps.Where(s => s.Action == PlanAction.Authorize).GroupBy(s => (s.Group, s.Direction)), g => Assert.Single(g));
        Assert.All(plan.Steps.Where(s => s.Action == PlanAction.Revoke).GroupBy(s => (s.Group, s.Direction)), g => Assert.Single(g));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Groups_that_are_read_only_or_not_named_are_in_no_step() => Prop.ForAll(DesiredRulesGenerator.Pair.ToArbitrary(), pair =>
    {
        var managed = pair.Desired.Groups.Where(g => !g.IsReadOnly).Select(g => g.Id).ToHashSet();
        Assert.All(Planner.Plan(pair.Estate, pair.Desired).Value!.Steps, s => Assert.Contains(s.Group, managed));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Sixty_rules_are_one_call_with_the_tag_in_it()
    {
        var estate = Estate(Group(Web), Group(Db));
        var desired = Declare(60, [.. Enumerable.Range(0, 60).Select(p => Rule(Web, $"tcp/{1000 + p}", "10.0.0.0/8"))], Web);
        var plan = Planner.Plan(estate, desired).Value!;
        var step = Assert.Single(plan.Steps);
        Assert.Equal(60, step.Rules.Length);
        Assert.Equal("c1", step.Tags[OwnershipTag.Key]);
        Assert.Equal(["c1"], step.Because);
        Assert.Equal(new QuotaUse(Web, Direction.Ingress, IpFamily.V4, 0, 60, 60, 60), Assert.Single(plan.Quota));
    }

    [Fact]
    public void Owners_that_differ_are_tagged_after_the_one_authorize()
    {
        var desired = Declare(60, [Rule(Web, "tcp/1", "10.0.0.0/8", "a"), Rule(Web, "tcp/2", "10.0.0.0/8", "b"), Rule(Web, "tcp/3", "10.0.0.0/8", "b")], Web);
        var steps = Planner.Plan(Estate(Group(Web)), desired).Value!.Steps;
        Assert.Equal([PlanAction.Authorize, PlanAction.Tag, PlanAction.Tag], steps.Select(s => s.Action));
        Assert.Equal([("a", 1), ("b", 2)], steps.Skip(1).Select(s => (s.Tags[OwnershipTag.Key]!, s.Rules.Length)));
        Assert.True(steps[0].Tags.IsEmpty);
    }

    [Fact]
    public void One_rule_more_than_the_quota_is_refused_before_the_first_call()
    {
        var desired = Declare(60, [.. Enumerable.Range(0, 61).Select(p => Rule(Web, $"tcp/{1000 + p}", "10.0.0.0/8"))], Web);
        var result = Planner.Plan(Estate(Group(Web)), desired);
        Assert.Null(result.Value);
        Assert.True(PlanningDiagnostics.IsRefusal(Assert.Single(result.Diagnostics)));
        Assert.Contains("61", result.Diagnostics[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_group_reference_counts_in_both_families()
    {
        var desired = Declare(2, [Rule(Web, "tcp/1", Db), Rule(Web, "tcp/2", Db), Rule(Web, "tcp/3", "::/0")], Web);
        var result = Planner.Plan(Estate(Group(Web), Group(Db)), desired);
        Assert.Equal("SPD3003", Assert.Single(result.Diagnostics).Code);
        Assert.Contains("IPv6", result.Diagnostics[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_prefix_list_costs_its_maximum_and_an_unread_one_is_said_to_be_unknown()
    {
        var quota = new RuleQuota(EstateGenerator.Assemble([], []));
        var five = new RuleKey(Direction.Egress, Service.Any, new PrefixListPeer(EstateGenerator.ListV4));
        var three = new RuleKey(Direction.Egress, Service.Any, new PrefixListPeer(EstateGenerator.ListV6));
        var unread = new RuleKey(Direction.Egress, Service.Any, new PrefixListPeer(EstateGenerator.UnreadList));
        Assert.Equal(new RuleWeight(5, 0), quota.WeightOf(five));
        Assert.Equal(new RuleWeight(0, 3), quota.WeightOf(three));
        Assert.Equal(new RuleWeight(1, 0), quota.WeightOf(unread, out var isKnown));
        Assert.False(isKnown);
        var desired = new DesiredRules { Groups = [Managed(Web)], Rules = [new DesiredRule(Web, unread, "x [c1]", ["c1"])] };
        Assert.Contains(Planner.Plan(Estate(Group(Web)), desired).Diagnostics, d => d.Code == "SPD3005");
    }

    [Fact]
    public void Text_is_left_alone_unless_the_rule_is_ours()
    {
        var rule = Rule(Web, "tcp/443", "10.0.0.0/8");
        var existing = new SecurityGroupRule(rule.Key.Direction, rule.Key.Service, rule.Key.Peer) { Description = "by hand", Tags = Tags.None };
        Assert.Empty(Planner.Plan(Estate(Group(Web, existing)), Declare(60, [rule], Web)).Value!.Steps);
        Assert.Empty(Planner.Plan(Estate(Group(Web, existing with { Tags = null })), Declare(60, [rule], Web)).Value!.Steps);

        var ours = existing with { Tags = Tags.None.With(OwnershipTag.Key, "gone") };
        var steps = Planner.Plan(Estate(Group(Web, ours)), Declare(60, [rule], Web)).Value!.Steps;
        Assert.Equal([PlanAction.Describe, PlanAction.Tag], steps.Select(s => s.Action));
        Assert.Equal("why [c1]", steps[0].Rules[0].Description);
        Assert.Equal("by hand", steps[0].Rules[0].Before!.Description);
        Assert.Equal("c1", steps[1].Tags[OwnershipTag.Key]);

        var fresh = ours with { Tags = Tags.None.With(OwnershipTag.Key, "c1"), Description = "why [c1]" };
        Assert.Empty(Planner.Plan(Estate(Group(Web, fresh)), Declare(60, [rule], Web)).Value!.Steps);
    }

    [Fact]
    public void Removing_one_of_two_owners_revokes_nothing()
    {
        var both = new DesiredRule(Web, Rule(Web, "tcp/443", "10.0.0.0/8").Key, "why [a, b]", ["a", "b"]);
        var existing = both.Key is var key ? new SecurityGroupRule(key.Direction, key.Service, key.Peer) { Description = "why [a, b]", Tags = Tags.None.With(OwnershipTag.Key, "a b") } : null!;
        var one = both with { Origins = ["b"], Description = "why [b]" };
        var steps = Planner.Plan(Estate(Group(Web, existing)), Declare(60, [one], Web)).Value!.Steps;
        Assert.DoesNotContain(steps, s => s.Action is PlanAction.Revoke or PlanAction.Authorize);
        Assert.Equal("b", Assert.Single(steps, s => s.Action == PlanAction.Tag).Tags[OwnershipTag.Key]);
    }

    [Fact]
    public void Unmanaged_rules_stay_and_are_listed_when_the_file_says_so()
    {
        var estate = Estate(Group(Web, Existing("egress", "any", "0.0.0.0/0")));
        var desired = Declare(60, [], Web) with { Unmanaged = UnmanagedRules.Report };
        var plan = Planner.Plan(estate, desired).Value!;
        Assert.Empty(plan.Steps);
        Assert.Equal("0.0.0.0/0", Assert.Single(plan.Unmanaged).Rule.Key.Peer.ToString());
        Assert.Equal(PlanAction.Revoke, Assert.Single(Planner.Plan(estate, desired with { Unmanaged = UnmanagedRules.Revoke }).Value!.Steps).Action);
    }

    [Fact]
    public void Revoking_open_egress_beside_open_ingress_takes_effect_immediately()
    {
        var open = Existing("egress", "any", "0.0.0.0/0");
        var https = Existing("ingress", "tcp/443", "0.0.0.0/0");
        var keepsHttps = Declare(60, [Rule(Web, "tcp/443", "0.0.0.0/0")], Web);
        var plan = Planner.Plan(Estate(Group(Web, open, https)), keepsHttps).Value!;
        Assert.Equal(TakesEffect.Immediately, Assert.Single(plan.Steps).TakesEffect);
        Assert.Contains(plan.Warnings, w => w.Code == "SPD3007");

        var narrow = Existing("ingress", "tcp/443", "10.0.0.0/8");
        var keepsNarrow = Declare(60, [Rule(Web, "tcp/443", "10.0.0.0/8")], Web);
        Assert.Equal(TakesEffect.NewConnections, Assert.Single(Planner.Plan(Estate(Group(Web, open, narrow)), keepsNarrow).Value!.Steps).TakesEffect);

        // IPv6 is another universe: an open IPv4 egress says nothing about it.
        var v6 = Existing("ingress", "tcp/443", "::/0");
        var keepsV6 = Declare(60, [Rule(Web, "tcp/443", "::/0")], Web);
        Assert.Equal(TakesEffect.NewConnections, Assert.Single(Planner.Plan(Estate(Group(Web, open, v6)), keepsV6).Value!.Steps).TakesEffect);
    }

    [Fact]
    public void Open_rules_of_another_group_on_the_same_interface_count_too()
    {
        var estate = Estate(Group(Web, Existing("egress", "any", "0.0.0.0/0")), Group(Db, Existing("ingress", "tcp/443", "0.0.0.0/0")));
        Assert.Equal(TakesEffect.NewConnections, Assert.Single(Planner.Plan(estate, Declare(60, [], Web)).Value!.Steps).TakesEffect);
        var shared = EstateGenerator.Assemble(estate.SecurityGroups, [new NetworkInterface(new NetworkInterfaceId("eni-00000001"), EstateGenerator.Home) { Groups = [Web, Db] }]);
        var plan = Planner.Plan(shared, Declare(60, [], Web)).Value!;
        Assert.Equal(TakesEffect.Immediately, Assert.Single(plan.Steps).TakesEffect);
        Assert.Contains("has open egress and another group on its interfaces open ingress:", Assert.Single(plan.Warnings, w => w.Code == "SPD3007").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_interfaces_no_open_ingress_is_claimed_that_was_not_read()
    {
        var estate = new EstateBuilder().Add(Group(Web, Existing("egress", "any", "0.0.0.0/0"), Existing("ingress", "tcp/443", "10.0.0.0/8"))).Build();
        var plan = Planner.Plan(estate, Declare(60, [Rule(Web, "tcp/443", "10.0.0.0/8")], Web)).Value!;
        Assert.Equal(TakesEffect.Immediately, Assert.Single(plan.Steps).TakesEffect);
        Assert.Contains("has open egress, and which groups stand beside it on interfaces was not read: where one has open ingress,", Assert.Single(plan.Warnings, w => w.Code == "SPD3007").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void That_code_cannot_be_applied_to_is_said_once()
    {
        SecurityGroupId[] names = [new("aws_security_group.a"), new("aws_security_group.b"), new("aws_security_group.c")];
        var estate = Estate([.. names.Select(n => Group(n) with { Code = new GroupCode(CodeLanguage.Terraform, n.Value) })]);
        var said = Assert.Single(Planner.Plan(estate, Declare(60, [], names)).Diagnostics);
        Assert.Equal("SPD3002", said.Code);
        Assert.StartsWith("The source is code: aws_security_group.a and 2 more groups have no id yet", said.Message, StringComparison.Ordinal);
        Assert.Contains("compile --to or fix --to", said.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(new Planner(new PlannerOptions { ForApply = false }).Plan(estate, Declare(60, [], names)).Diagnostics, d => d.Code == "SPD3002");
    }

    [Fact]
    public void A_group_the_estate_lacks_and_an_id_that_is_none_are_errors()
    {
        var absent = Planner.Plan(Estate(Group(Web)), Declare(60, [], Db));
        Assert.Equal(["SPD3001"], absent.Diagnostics.Select(d => d.Code));
        var symbolic = new SecurityGroupId("web");
        Assert.Equal(["SPD3002"], Planner.Plan(Estate(Group(symbolic)), Declare(60, [], symbolic)).Diagnostics.Select(d => d.Code));
        var tolerant = new Planner(new PlannerOptions { ForApply = false }).Plan(Estate(Group(symbolic)), Declare(60, [], symbolic));
        Assert.True(tolerant.IsOk);
        Assert.All(tolerant.Diagnostics, d => Assert.Equal(Severity.Warning, d.Severity));
    }

    [Fact]
    public void Missing_halves_on_read_only_groups_are_warned_about()
    {
        var desired = new DesiredRules { Groups = [Managed(Web) with { IsReadOnly = true }], Rules = [Rule(Web, "tcp/443", "10.0.0.0/8")] };
        var result = Planner.Plan(Estate(Group(Web)), desired);
        Assert.Empty(result.Value!.Steps);
        Assert.Equal("SPD3006", Assert.Single(result.Diagnostics).Code);
    }

    [Fact]
    public void The_other_half_that_stands_already_is_in_the_plan()
    {
        var egress = new DesiredRule(Web, new RuleKey(Direction.Egress, Service.Tcp(3306), new GroupPeer(Db)), "why [web-to-db]", ["web-to-db"]);
        var ingress = new DesiredRule(Db, new RuleKey(Direction.Ingress, Service.Tcp(3306), new GroupPeer(Web)), "why [web-to-db]", ["web-to-db"]);
        var standing = new SecurityGroupRule(Direction.Ingress, Service.Tcp(3306), new GroupPeer(Web)) { Id = new SecurityGroupRuleId("sgr-00000000000000001") };
        var plan = Planner.Plan(Estate(Group(Web), Group(Db, standing)), Declare(60, [egress, ingress], Web, Db)).Value!;
        Assert.Equal(ingress.Key, Assert.Single(plan.Standing).Rule.Key);
        var text = new StringWriter();
        PlanText.Write(plan, text, "sallyport apply plan.json");
        Assert.Equal(
            $$"""
            web-to-db   sg-0000000a -> sg-0000000b   tcp/3306
              + egress  sg-0000000a sg-0000000a 111122223333 eu-west-1   to sg-0000000b   tcp/3306
              = ingress sg-0000000b sg-0000000b 111122223333 eu-west-1   from sg-0000000a   tcp/3306   already there ({{plan.Standing[0].Rule.Id}})

            Plan: 1 to add, 0 to change, 0 to remove, in 1 calls
            Quota: sg-0000000a egress IPv4 0 -> 1 of 60
            Quota: sg-0000000a egress IPv6 0 -> 1 of 60
            To apply: sallyport apply plan.json

            """.ReplaceLineEndings("\n"),
            text.ToString());
    }

    [Fact]
    public void Text_from_outside_cannot_steer_a_terminal()
    {
        var evil = Existing("egress", "any", "0.0.0.0/0") with { Description = "\u001b[2J\u202Eevil\nfake line" };
        var text = new StringWriter();
        PlanText.Write(Planner.Plan(Estate(Group(Web, evil)), Declare(60, [], Web)).Value!, text);
        Assert.DoesNotContain("\u001b", text.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("\u202E", text.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("\nfake", text.ToString(), StringComparison.Ordinal);
    }

    internal static Estate Estate(params SecurityGroup[] groups) => EstateGenerator.Assemble(groups, []);

    internal static SecurityGroup Group(SecurityGroupId id, params SecurityGroupRule[] rules) =>
        new(id, EstateGenerator.Home) { Name = id.Value, Vpc = EstateGenerator.VpcA, Rules = [.. rules.Select(r => r with { Id = r.Id is null ? null : new SecurityGroupRuleId($"sgr-{(uint)HashOf(id.Value + r.Key):x17}") })] };

    internal static ManagedGroup Managed(SecurityGroupId id) => new(id.Value, id, EstateGenerator.Home, false);

    internal static DesiredRules Declare(int limit, IEnumerable<DesiredRule> rules, params SecurityGroupId[] groups) => new()
    {
        Rules = [.. rules.OrderBy(r => r.Group).ThenBy(r => r.Key)],
        Groups = [.. groups.Order().Select(Managed)],
        RulesPerGroup = limit,
    };

    internal static DesiredRule Rule(SecurityGroupId group, string service, string cidr, string origin = "c1") =>
        new(group, new RuleKey(Direction.Ingress, Service.Parse(service), new CidrPeer(Cidr.Parse(cidr))), $"why [{origin}]", [origin]);

    internal static DesiredRule Rule(SecurityGroupId group, string service, SecurityGroupId peer) =>
        new(group, new RuleKey(Direction.Ingress, Service.Parse(service), new GroupPeer(peer)), "why [c1]", ["c1"]);

    internal static SecurityGroupRule Existing(string direction, string service, string cidr) =>
        new(direction == "egress" ? Direction.Egress : Direction.Ingress, Service.Parse(service), new CidrPeer(Cidr.Parse(cidr)))
        {
            Id = new SecurityGroupRuleId("sgr-00000000000000001"),
            Tags = Tags.None,
        };

    private static int HashOf(string text) => text.Aggregate(17, (h, c) => unchecked((h * 31) + c));
}
