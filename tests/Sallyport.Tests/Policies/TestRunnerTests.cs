using System.Collections.Immutable;
using Sallyport.Connectivity;
using Sallyport.Connectivity.Questions;
using Sallyport.Policies;
using TestResult = Sallyport.Policies.TestResult;

namespace Sallyport.Tests.Policies;

public sealed class TestRunnerTests
{
    private const string Tiers = """
        web egress tcp/3306 db
        db ingress tcp/3306 web
        nic web 10.1.1.4
        nic web 10.1.1.5
        nic db 10.1.2.4
        """;

    [Fact]
    public void Must_holds_when_every_pair_reaches_on_every_service() =>
        Pass(Tiers, "{id: t, must: {from: web, to: db, services: [mysql]}}");

    [Fact]
    public void Must_fails_with_the_packet_that_is_stopped_and_the_rule_that_lacks()
    {
        var failure = Fails(Tiers, "{id: t, must: {from: web, to: db, services: [mysql, tcp/22]}}");
        Assert.Equal("eni-00000002 (10.1.1.4) -> eni-00000004 (10.1.2.4) tcp/22", failure.Witness!.ToString());
        Assert.Equal([Layer.Egress, Layer.Ingress], failure.Blockers);
        Assert.Equal(["sg-0000000a tcp/22 sg-0000000b", "sg-0000000b tcp/22 sg-0000000a"], failure.Missing.Select(m => $"{m.Group} {m.Services} {m.Peer}"));
        Assert.Equal("tcp/22", failure.Services.ToString());
        Assert.Equal(AnswerBasis.Snapshot, failure.Basis);
    }

    [Fact]
    public void Must_fails_when_a_single_member_is_left_out()
    {
        var failure = Fails(
            """
            web egress tcp/3306 db
            db ingress tcp/3306 10.1.1.4/32
            nic web 10.1.1.4
            nic web 10.1.1.5
            nic db 10.1.2.4
            """,
            "{id: t, must: {from: web, to: db, services: [mysql]}}");
        Assert.Equal("10.1.1.5", failure.Witness!.From.Address.ToString());
        Assert.Equal([Layer.Ingress], failure.Blockers);
    }

    [Fact]
    public void Must_fails_when_a_group_has_no_member()
    {
        var failure = Fails("web egress tcp/3306 db\ndb ingress tcp/3306 web\nnic web 10.1.1.4", "{id: t, must: {from: web, to: db, services: [mysql]}}");
        Assert.Equal("db (sg-0000000b) has no member", failure.Reason);
    }

    [Fact]
    public void A_selector_that_finds_a_group_without_members_is_no_better() =>
        Assert.Contains("has no member", Fails(Tiers, "{id: t, must: {from: net, to: both, services: [mysql]}}").Reason, StringComparison.Ordinal);

    [Fact]
    public void AllowEmpty_judges_a_group_without_members_by_its_rules()
    {
        const string Test = "{id: t, must: {from: web, to: db, services: [mysql]}, allowEmpty: true}";
        Pass("web egress tcp/3306 db\ndb ingress tcp/3306 web\nnic web 10.1.1.4", Test);
        Pass("web egress tcp/3306 10.1.0.0/16\ndb ingress tcp/3306 web", Test);
        var failure = Fails("web egress tcp/3306 10.1.0.0/17\ndb ingress tcp/3306 web", Test);
        Assert.Equal(AnswerBasis.Symbolic, failure.Basis);
        Assert.Equal("sg-0000000a", Assert.Single(failure.Missing, m => m.Group.Value == "sg-0000000a").Group.Value);
    }

    [Fact]
    public void A_single_member_must_reach_the_next_one_of_its_own_group()
    {
        const string Test = "{id: t, must: {from: db, to: db, services: [mysql]}}";
        Fails("nic db 10.1.2.4", Test);
        Pass("db egress tcp/3306 db\ndb ingress tcp/3306 db\nnic db 10.1.2.4", Test);
    }

    [Fact]
    public void Never_holds_when_no_pair_reaches() => Pass(Tiers, "{id: t, never: {from: db, to: web}}");

    [Fact]
    public void Never_fails_with_a_packet_that_gets_through_and_the_rules_that_let_it()
    {
        var failure = Fails(Tiers, "{id: t, never: {from: web, to: db}}");
        Assert.Equal("web reaches db on tcp/3306: eni-00000002 (10.1.1.4) -> eni-00000004 (10.1.2.4) tcp/3306", failure.Sentence);
        Assert.Equal("sg-0000000a egress tcp/3306 to sg-0000000b", Assert.Single(failure.Egress) is var e ? $"{e.Group.Id} {e.Rule.Key}" : "");
        Assert.Equal("sg-0000000b ingress tcp/3306 from sg-0000000a", Assert.Single(failure.Ingress) is var i ? $"{i.Group.Id} {i.Rule.Key}" : "");
    }

    [Fact]
    public void Never_looks_at_the_named_services_only()
    {
        Pass(Tiers, "{id: t, never: {from: web, to: db, services: [tcp/3305, tcp/3307]}}");
        Fails(Tiers, "{id: t, never: {from: web, to: db, services: [tcp/3300-3306]}}");
    }

    [Fact]
    public void The_internet_is_public_space_and_no_interface()
    {
        Pass(Tiers, "{id: t, never: {from: internet, to: db}}");
        var open = Fails($"{Tiers}\ndb ingress tcp/0-65535 0.0.0.0/0", "{id: t, never: {from: internet, to: db}}");
        Assert.Equal("tcp/22", open.Witness!.Service.ToString());
        Assert.Null(open.Witness.From.Interface);
        Pass($"{Tiers}\ndb ingress tcp/22 10.0.0.0/8", "{id: t, never: {from: internet, to: db}}");
        Fails($"{Tiers}\ndb ingress tcp/22 10.0.0.0/8", "{id: t, never: {from: net, to: db, services: [tcp/22]}}");
    }

    [Fact]
    public void Never_fails_for_members_to_come_of_a_group_without_any()
    {
        const string Test = "{id: t, never: {from: internet, to: spare}}";
        Pass("", Test);
        var failure = Fails("spare ingress tcp/22 0.0.0.0/0", Test);
        Assert.Equal(AnswerBasis.Symbolic, failure.Basis);
        Assert.Equal("sg-0000000c", failure.Witness!.To.Group!.Value.Value);
        Assert.Equal("sgr-00000000", Assert.Single(failure.Ingress).Rule.Id!.Value.Value);
    }

    [Fact]
    public void Never_fails_for_a_reference_that_matches_nobody_yet()
    {
        const string Rules = "spare egress tcp/22 db\ndb ingress tcp/22 spare\nnic db 10.1.2.4";
        var failure = Fails(Rules, "{id: t, never: {from: spare, to: db}}");
        Assert.Equal("sg-0000000c", failure.Witness!.From.Group!.Value.Value);
        Assert.Equal("eni-00000002", failure.Witness.To.Interface!.Value.Value);
        Pass("db ingress tcp/22 spare\nnic db 10.1.2.4", "{id: t, never: {from: spare, to: db}}");
        Fails("spare egress tcp/22 db\ndb ingress tcp/22 spare", "{id: t, never: {from: spare, to: db}}");
    }

    [Fact]
    public void Never_fails_for_a_block_in_which_members_to_come_may_be()
    {
        const string Test = "{id: t, never: {from: web, to: db}}";
        var members = "\nnic web 10.1.1.4\nnic db 10.1.2.4";
        Assert.Equal(AnswerBasis.Symbolic, Fails("web egress tcp/22 10.1.9.0/24\ndb ingress tcp/22 10.1.0.0/16" + members, Test).Basis);
        Pass("web egress tcp/22 10.2.9.0/24\ndb ingress tcp/22 10.1.0.0/16" + members, Test);
        Pass("web egress tcp/22 10.1.1.4/32\ndb ingress tcp/22 10.1.0.0/16" + members, Test);
        Pass("web egress tcp/22 10.1.9.0/24\ndb ingress tcp/23 10.1.0.0/16" + members, Test);
    }

    [Fact]
    public void Other_groups_of_an_interface_count_now()
    {
        const string Test = "{id: t, never: {from: web, to: db}}";
        Pass("spare egress tcp/22 10.1.2.4/32\ndb ingress tcp/22 web\nnic web 10.1.1.4\nnic db 10.1.2.4", Test);
        Assert.Equal(AnswerBasis.Snapshot, Fails("spare egress tcp/22 10.1.2.4/32\ndb ingress tcp/22 web\nnic web+spare 10.1.1.4\nnic db 10.1.2.4", Test).Basis);
    }

    [Fact]
    public void Everybody_is_every_interface_every_address_and_every_member_to_come()
    {
        Fails(Tiers, """{id: t, never: {from: "*", to: db}}""");
        Fails("spare egress tcp/25 0.0.0.0/0", """{id: t, never: {from: "*", to: internet, services: [tcp/25]}}""");
        Pass(Tiers, """{id: t, never: {from: "*", to: "*", services: [tcp/22]}}""");
    }

    [Fact]
    public void Everybody_leaves_out_pairs_that_no_group_filters_and_a_name_does_not()
    {
        Pass("nic - 10.1.3.3", """{id: t, never: {from: "*", to: internet, services: [tcp/25]}}""");
        Pass("nic - 10.1.3.3", """{id: t, never: {from: internet, to: "*", services: [tcp/22]}}""");
        Fails("nic - 10.1.3.3", """{id: t, never: {from: internet, to: net, services: [tcp/22]}}""");
        Fails("nic - 10.1.3.3\nnic db 10.1.2.4\ndb ingress tcp/22 10.1.3.3/32", """{id: t, never: {from: "*", to: db, services: [tcp/22]}}""");
        Fails("nic - 10.1.3.3\nnic db 10.1.2.4\ndb egress tcp/22 10.1.3.3/32", """{id: t, never: {from: db, to: "*", services: [tcp/22]}}""");
    }

    [Fact]
    public void Between_two_externals_nothing_here_decides()
    {
        Pass(Tiers, "{id: t, never: {from: office, to: internet}}");
        Assert.Contains("no pair to judge", Fails(Tiers, "{id: t, must: {from: office, to: internet, services: [tcp/443]}}").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_fails_for_anybody_else()
    {
        Pass(Tiers, "{id: t, only: {to: db, services: [mysql], from: [web]}}");
        Pass($"{Tiers}\ndb ingress tcp/22 0.0.0.0/0", "{id: t, only: {to: db, services: [mysql], from: [web]}}");
        var failure = Fails($"{Tiers}\ndb ingress tcp/3306 203.0.113.0/24", "{id: t, only: {to: db, services: [mysql], from: [web]}}");
        Assert.Equal("203.0.113.0", failure.Witness!.From.Address.ToString());
        Assert.StartsWith("somebody other than web reaches db on tcp/3306", failure.Sentence, StringComparison.Ordinal);
        Pass($"{Tiers}\ndb ingress tcp/3306 203.0.113.0/24", "{id: t, only: {to: db, services: [mysql], from: [web, office]}}");
        Pass($"{Tiers}\ndb ingress tcp/3306 pl-00000004", "{id: t, only: {to: db, services: [mysql], from: [web, offices]}}");
    }

    [Fact]
    public void Only_nobody_is_never_everybody()
    {
        Fails(Tiers, "{id: t, only: {to: db, services: [mysql], from: []}}");
        Pass(Tiers, "{id: t, only: {to: db, services: [tcp/22], from: []}}");
    }

    [Fact]
    public void Only_sees_a_reference_to_a_group_that_nobody_carries_yet()
    {
        const string Rules = "\nspare egress tcp/3306 db\ndb ingress tcp/3306 spare";
        var failure = Fails(Tiers + Rules, "{id: t, only: {to: db, services: [mysql], from: web}}");
        Assert.Equal((AnswerBasis.Symbolic, "sg-0000000c"), (failure.Basis, failure.Witness!.From.Group!.Value.Value));
        Pass(Tiers + Rules, "{id: t, only: {to: db, services: [mysql], from: [web, spare]}}");
    }

    [Theory]
    [InlineData("2026-12-30", TestOutcome.Pass)]
    [InlineData("2026-12-31", TestOutcome.Pass)]
    [InlineData("2027-01-01", TestOutcome.Fail)]
    public void An_exception_holds_until_the_end_of_its_last_day(string today, TestOutcome outcome)
    {
        var result = PolicyBench.Run(
            Tiers, "{id: t, never: {from: web, to: db}}",
            "{id: e1, test: t, allow: {from: web, to: db, services: [mysql]}, reason: r, expires: 2026-12-31}", DateOnly.Parse(today, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(outcome, result.Outcome);
        if (outcome != TestOutcome.Fail) return;
        Assert.Equal("e1", Assert.Single(result.Failures).Expired!.Id);
        Assert.EndsWith("(exception e1 allowed this until 2026-12-31)", result.Failures[0].Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void An_exception_relaxes_its_ends_and_services_only()
    {
        var rules = $"{Tiers}\nweb egress tcp/22 db\ndb ingress tcp/22 web\nspare egress tcp/3306 db\ndb ingress tcp/3306 spare\nnic spare 10.1.3.4";
        var all = "{id: t, never: {from: [web, spare], to: db}}";
        var failures = PolicyBench.Run(rules, all, "{id: e, test: t, allow: {from: web, to: db, services: [mysql]}, reason: r, expires: 2026-12-31}").Failures;
        Assert.Equal(["web reaches db on tcp/22", "spare reaches db on tcp/3306"], failures.Select(f => f.Reason));
        Assert.Equal(
            TestOutcome.Pass,
            PolicyBench.Run(rules, all, "{id: e, test: t, allow: {from: web, to: \"*\"}, reason: r, expires: 2026-12-31}, {id: f, test: t, allow: {from: spare, to: db}, reason: r, expires: 2026-12-31}").Outcome);
        Assert.Equal(TestOutcome.Fail, PolicyBench.Run(rules, all, "{id: e, test: t, allow: {from: db, to: web}, reason: r, expires: 2026-12-31}").Outcome);
    }

    [Fact]
    public void An_exception_relaxes_must_and_only_too()
    {
        Assert.Equal(TestOutcome.Pass, PolicyBench.Run(
            Tiers, "{id: t, must: {from: web, to: db, services: [mysql, tcp/22]}}", "{id: e, test: t, allow: {from: web, to: db, services: [tcp/22]}, reason: r, expires: 2026-12-31}").Outcome);
        Assert.Equal(TestOutcome.Pass, PolicyBench.Run(
            Tiers, "{id: t, only: {to: db, services: [mysql], from: spare}}", "{id: e, test: t, allow: {from: web, to: db}, reason: r, expires: 2026-12-31}").Outcome);
    }

    [Fact]
    public void An_expired_exception_that_nothing_needs_fails_nothing() => Assert.Equal(TestOutcome.Pass, PolicyBench.Run(
        Tiers, "{id: t, never: {from: db, to: web}}", "{id: e, test: t, allow: {from: db, to: web}, reason: r, expires: 2020-01-01}").Outcome);

    [Fact]
    public void A_list_that_was_not_read_is_neither_pass_nor_fail()
    {
        const string Listed = "db ingress tcp/22 pl-000000ff\nnic db 10.1.2.4";
        Assert.Equal(["the entries of prefix list pl-000000ff were not read"], Unknown(Listed, "{id: t, never: {from: office, to: db}}"));
        Assert.Equal(["the entries of prefix list pl-000000ff were not read"], Unknown(Listed, "{id: t, must: {from: office, to: db, services: [tcp/22]}}"));
        Pass(Listed, "{id: t, never: {from: office, to: db, services: [tcp/23]}}");
        Fails(Listed + "\ndb ingress tcp/22 203.0.113.7/32", "{id: t, never: {from: office, to: db}}");
        Assert.Equal(["the entries of prefix list pl-000000ff (hidden) were not read"], Unknown("nic db 10.1.2.4", "{id: t, never: {from: hidden, to: db}}"));
        Assert.Equal(["the entries of prefix list pl-000000ff (hidden) were not read"], Unknown("nic db 10.1.2.4", "{id: t, must: {from: hidden, to: db, services: [tcp/1]}}"));
        Assert.Equal(["the entries of prefix list pl-000000ff (hidden) were not read"], Unknown("db ingress tcp/22 203.0.113.7/32\nnic db 10.1.2.4", "{id: t, only: {from: hidden, to: db, services: [tcp/22]}}"));
    }

    [Fact]
    public void Interfaces_that_were_not_read_leave_a_test_open_unless_the_rules_decide()
    {
        Assert.Contains("interfaces", Assert.Single(Unknown("unread interfaces", "{id: t, never: {from: office, to: db}}")), StringComparison.Ordinal);
        Fails("unread interfaces\ndb ingress tcp/22 0.0.0.0/0", "{id: t, never: {from: office, to: db}}");
        Unknown("unread interfaces\nweb egress tcp/3306 db\ndb ingress tcp/3306 web", "{id: t, must: {from: web, to: db, services: [mysql]}}");
        Pass("unread interfaces\nweb egress tcp/3306 db\ndb ingress tcp/3306 web", "{id: t, must: {from: web, to: db, services: [mysql]}, allowEmpty: true}");
        Unknown("unread interfaces\nweb egress tcp/3306 db", "{id: t, must: {from: web, to: db, services: [mysql]}, allowEmpty: true}");
        Fails($"unread interfaces\n{Tiers}", "{id: t, must: {from: web, to: db, services: [tcp/22]}}");
        Pass($"unread interfaces\n{Tiers}", "{id: t, must: {from: web, to: db, services: [mysql]}}");
        Unknown("unread interfaces", """{id: t, never: {from: internet, to: "*", services: [tcp/22]}}""");
    }

    [Fact]
    public void Layer_effective_is_open_where_the_network_was_not_read()
    {
        Pass(Tiers, "{id: t, never: {from: db, to: web}, layer: effective}");
        Assert.NotEmpty(Unknown(Tiers, "{id: t, never: {from: web, to: db}, layer: effective}"));
        Assert.NotEmpty(Unknown(Tiers, "{id: t, must: {from: web, to: db, services: [mysql]}, layer: effective}"));
        Fails("spare ingress tcp/22 0.0.0.0/0", "{id: t, never: {from: internet, to: spare}, layer: effective}");
    }

    [Fact]
    public void What_no_group_filters_reaches_the_one_address_that_is_named()
    {
        Fails("nic web 10.1.1.4", "{id: t, never: {from: web, to: resolver}}");
        Assert.Equal(AnswerBasis.Symbolic, Fails("", "{id: t, never: {from: web, to: resolver, services: [udp/53]}}").Basis);
        Pass("nic web 10.1.1.4", "{id: t, never: {from: web, to: net}}");
    }

    [Fact]
    public void Icmp_does_not_exist_on_ipv6()
    {
        const string DualStack = "web egress icmp 0.0.0.0/0\ndb ingress icmp web\nnic web 10.1.1.4,2001:db8:a::4\nnic db 10.1.2.4,2001:db8:a::5";
        Pass(DualStack, "{id: t, must: {from: web, to: db, services: [icmp/8/-1]}}");
        Pass(DualStack + "\nweb egress tcp/443 10.1.0.0/16\nweb egress tcp/443 2001:db8:a::/56\ndb ingress tcp/443 web", "{id: t, must: {from: web, to: db, services: [icmp/8/-1, tcp/443]}}");
    }

    private static void Pass(string estate, string test) => Assert.Equal((TestOutcome.Pass, ""), PolicyBench.Run(estate, test) is var r ? (r.Outcome, Said(r)) : default);

    private static TestFailure Fails(string estate, string test)
    {
        var result = PolicyBench.Run(estate, test);
        Assert.True(result.Outcome == TestOutcome.Fail, $"{result.Outcome} {Said(result)}");
        return result.Failures[0];
    }

    private static ImmutableArray<string> Unknown(string estate, string test)
    {
        var result = PolicyBench.Run(estate, test);
        Assert.True(result.Outcome == TestOutcome.Unknown, $"{result.Outcome} {Said(result)}");
        return result.Gaps;
    }

    private static string Said(TestResult result) => string.Join("; ", result.Failures.Select(f => f.Sentence).Concat(result.Gaps));
}
