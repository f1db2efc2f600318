using FsCheck;
using FsCheck.Fluent;
using Sallyport.Auditing;
using Sallyport.Auditing.Parameters;
using Sallyport.Auditing.Strategy;
using Sallyport.Estates;
using Sallyport.Reachability;
using Sallyport.Tests.Generators;

namespace Sallyport.Tests.Auditing;

public sealed class StrategyRuleTests
{
    private const string Tiers = "group app tag tier=app\ngroup web tag tier=Web\n";

    [Theory]
    [InlineData("egress tcp/3306 to db", "ingress tcp/3306 from web", true)]
    [InlineData("egress tcp/3306 to db", "ingress tcp/3306 from app", false)]
    [InlineData("egress tcp/3307 to db", "ingress tcp/3306 from web", false)] // egress lets nothing through
    [InlineData("egress any to 0.0.0.0/0", "ingress tcp/3306 from web", true)]
    [InlineData("egress tcp/3306 to 10.1.2.9/32", "ingress tcp/3306 from web", true)] // an address of the database
    [InlineData("egress tcp/3306 to 10.1.2.8/32", "ingress tcp/3306 from web", false)]
    [InlineData("egress tcp/3306 to db", "ingress tcp/3306 from 10.1.0.0/24", true)] // holds a web server
    [InlineData("egress tcp/3306 to db", "ingress tcp/3306 from 10.1.3.0/24", false)]
    [InlineData("egress tcp/3306 to db", "ingress tcp/3306 from 2600:1f18::/56", false)] // web servers have IPv4 alone
    public void An_outer_tier_that_skips_one(string egress, string ingress, bool fires) => Assert.Equal(
        fires ? 1 : 0,
        Audit.Findings("SP-SEM-04", $"{Tiers}  {egress}\ngroup db tag tier=data\n  {ingress}\ninterface eni-1 web 10.1.0.5\ninterface eni-2 db 10.1.2.9").Count);

    [Fact]
    public void Tiers_behind_the_next_one_only()
    {
        Audit.Quiet("SP-SEM-04", Tiers + "  egress any to 0.0.0.0/0\ngroup app2 tag tier=app\n  ingress tcp/80 from web"); // the next one
        Audit.Quiet("SP-SEM-04", "group web tag tier=web\n  ingress tcp/80 from db\ngroup db tag tier=data\n  egress any to 0.0.0.0/0"); // from the inside out
        Audit.Fires("SP-SEM-04", "set tier.order dmz, web, app, data\ngroup dmz tag tier=dmz\n  egress any to 0.0.0.0/0\ngroup app tag tier=app\n  ingress tcp/80 from dmz");
        Assert.Contains("tier", Assert.Single(Audit.Of("group web tag tier=batch").NotAssessed, n => n.Rule.Code == "SP-SEM-04").Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tier_is_reached_through_a_group_carried_beside_it()
    {
        const string Estate = Tiers + "group extra\n  egress tcp/3306 to db\ngroup db tag tier=data\n  ingress tcp/3306 from extra\ninterface eni-1 CARRIED 10.1.0.5\ninterface eni-2 db 10.1.2.9";
        Audit.Fires("SP-SEM-04", Estate.Replace("CARRIED", "web,extra", StringComparison.Ordinal), "ingress tcp/3306 from sg-extra");
        Audit.Quiet("SP-SEM-04", Estate.Replace("CARRIED", "app,extra", StringComparison.Ordinal));
    }

    [Fact]
    public void What_was_not_read_leaves_tiers_open()
    {
        Assert.Contains("sg-away", Audit.Unknown("SP-SEM-04", Tiers + "group db tag tier=data\n  ingress tcp/1 from away"), StringComparison.Ordinal);
        Assert.Contains("pl-x", Audit.Unknown("SP-SEM-04", Tiers + "group db tag tier=data\n  ingress tcp/1 from pl-x\nlist pl-x unread"), StringComparison.Ordinal);
        Assert.Contains("interfaces", Audit.Unknown("SP-SEM-04", Tiers + "group db tag tier=data\n  ingress tcp/1 from 10.1.0.0/24\ngap NetworkInterfaces"), StringComparison.Ordinal);
        Assert.Contains("interfaces", Audit.Unknown("SP-SEM-04", Tiers + "group extra\ngroup db tag tier=data\n  ingress tcp/1 from extra\ngap NetworkInterfaces"), StringComparison.Ordinal);
        Assert.Contains("interfaces", Audit.Unknown("SP-SEM-04", Tiers + "group extra\n  egress tcp/1 to db\ngroup db tag tier=data\n  ingress tcp/1 from web\ngap NetworkInterfaces"), StringComparison.Ordinal);
        Assert.Contains("pl-x", Audit.Unknown("SP-SEM-04", Tiers + "  egress tcp/1 to pl-x\ngroup db tag tier=data\n  ingress tcp/1 from web\nlist pl-x unread"), StringComparison.Ordinal);
        Assert.Contains("interfaces", Audit.Unknown("SP-SEM-05", "group shop tag env=prod\n  ingress tcp/1 from extra\ngroup extra\ngroup trial tag env=dev\ngap NetworkInterfaces"), StringComparison.Ordinal);
        Audit.Quiet("SP-SEM-05", "group shop tag env=prod\n  ingress tcp/1 from extra\ngroup extra\ngroup trial tag env=dev");
    }

    [Theory]
    [InlineData("group a tag env=dev", "ingress tcp/443 from a", true)]
    [InlineData("group a tag environment=Test", "ingress tcp/443 from a", true)]
    [InlineData("group a tag env=PRODUCTION", "ingress tcp/443 from a", false)]
    [InlineData("group a", "ingress tcp/443 from a", false)] // nothing is said
    [InlineData("group a in vpc-b tag env=dev", "ingress tcp/443 from a", true)] // over a peering
    [InlineData("group a in vpc-b tag env=dev", "ingress tcp/443 from a dead", false)] // which is gone
    [InlineData("group a tag env=dev", "egress tcp/443 to a", false)] // out of production
    [InlineData("group a tag env=dev\ninterface eni-1 a 10.1.0.5", "ingress tcp/443 from 10.1.0.0/24", true)]
    [InlineData("group a tag env=dev\ninterface eni-1 a 10.1.1.5", "ingress tcp/443 from 10.1.0.0/24", false)]
    [InlineData("group a tag env=dev\ngroup b\ninterface eni-1 a,b 10.1.1.5", "ingress tcp/443 from b", true)] // carried beside a
    [InlineData("vpc vpc-a 10.1.0.0/16\nvpc vpc-b 10.2.0.0/16 tag env=dev", "ingress tcp/443 from 10.2.7.0/24", true)]
    [InlineData("vpc vpc-a 10.1.0.0/16\nvpc vpc-b 10.2.0.0/16 tag env=dev", "ingress tcp/443 from 10.0.0.0/8", false)] // much else too
    [InlineData("vpc vpc-a 10.1.0.0/16\nvpc vpc-b 10.2.0.0/16 tag env=dev\nvpc vpc-c 10.2.0.0/20", "ingress tcp/443 from 10.2.7.0/24", false)] // may mean vpc-c
    [InlineData("vpc vpc-a 10.1.0.0/16\nvpc vpc-b 10.2.0.0/16 tag env=dev\ngroup a in vpc-b", "ingress tcp/443 from a", true)] // by its VPC
    [InlineData("set env.accounts 444455556666=dev\ngroup a of 444455556666", "ingress tcp/443 from a", true)]
    public void Production_admits_production_only(string more, string rule, bool fires) =>
        Assert.Equal(fires ? 1 : 0, Audit.Findings("SP-SEM-05", $"{more}\ngroup shop tag env=prod\n  {rule}").Count);

    [Fact]
    public void A_group_that_was_not_read_has_no_known_environment()
    {
        Assert.Contains("sg-away", Audit.Unknown("SP-SEM-05", "group shop tag env=prod\n  ingress tcp/443 from away"), StringComparison.Ordinal);
        Assert.Contains("env", Assert.Single(Audit.Of("group web").NotAssessed, n => n.Rule.Code == "SP-SEM-05").Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("111122223333=prod, 444455556666=dev", true)]
    [InlineData("prod=111122223333", false)]
    [InlineData("1111=prod", false)]
    public void Environments_of_accounts_are_validated(string text, bool isGood) =>
        Assert.Equal(isGood, ParameterValues.Defaults.TryWith("env.accounts", text, out _, out _));

    [Fact]
    public void A_merge_names_every_attachment_and_every_reference()
    {
        var proposal = Assert.Single(Proposals("""
            group a
              ingress tcp/80 from 10.0.0.0/8
            group b
              ingress tcp/80 from 10.0.0.0/8
            group lb
              egress tcp/80 to a
              egress tcp/80 to b
            group probe
              egress tcp/80 to a
            group old
              egress tcp/80 to b
            interface eni-1 a 10.1.0.1
            interface eni-2 a 10.1.0.2
            interface eni-3 b,lb 10.1.0.3
            interface eni-4 a,b 10.1.0.4
            interface eni-5 b 10.1.0.5 lb
            """));
        Assert.Equal(("sg-a", "sg-b"), (proposal.Keep.Value, proposal.Drop.Value)); // both carried by three, a named by two rules, b by two: the lower id
        Assert.Equal(
            ["eni-3: sg-b,sg-lb -> sg-a,sg-lb", "eni-4: sg-a,sg-b -> sg-a", "eni-5: sg-b -> sg-a by a load balancer"],
            proposal.Attachments.Select(a => $"{a.Interface}: {string.Join(',', a.Before)} -> {string.Join(',', a.After)}{(a.Service is null ? "" : $" by {a.Service}")}"));
        Assert.Equal(["sg-lb True", "sg-old False"], proposal.References.Select(r => $"{r.Group} {r.IsThere}"));
        Assert.Equal(["sg-probe"], proposal.Widened.Select(r => r.Group.Value));
        Assert.Empty(proposal.Lost);
        Assert.Empty(proposal.Gained);
        Assert.True(proposal.IsComplete);
        Assert.False(proposal.IsExact);
    }

    [Fact]
    public void A_merge_of_near_duplicates_says_what_members_lose_and_gain()
    {
        string Rules(int from, int count) => string.Join('\n', Enumerable.Range(from, count).Select(n => $"  ingress tcp/{n} from 10.0.0.0/8"));
        var estate = $"group a\n{Rules(100, 20)}\ngroup b\n{Rules(101, 20)}\ninterface eni-1 a 10.1.0.1";
        var proposal = Assert.Single(Proposals(estate));
        Assert.Equal(["ingress tcp/120 from 10.0.0.0/8"], proposal.Lost.Select(k => k.ToString()));
        Assert.Equal(["ingress tcp/100 from 10.0.0.0/8"], proposal.Gained.Select(k => k.ToString()));
        Assert.Contains("would lose ingress tcp/120", Audit.Fires("SP-SPR-02", estate).Message, StringComparison.Ordinal);
        Assert.False(Assert.Single(Proposals(estate + "\ngap NetworkInterfaces")).IsComplete);
    }

    [Fact]
    public void Redundant_groups_are_exactly_those_that_a_comparison_of_all_pairs_finds()
    {
        var estates = from estate in EstateGenerator.Estate
                      from copies in Gen.Choose(0, estate.SecurityGroups.Length - 1).ArrayOf(2)
                      select EstateGenerator.Assemble(
                          estate.SecurityGroups.Concat(copies.Distinct().Select((c, i) => estate.SecurityGroups[c] with { Id = EstateGenerator.GroupId(900 + i), Name = $"copy{i}" })),
                          estate.NetworkInterfaces);
        var isFound = false;
        Prop.ForAll(estates.ToArbitrary(), estate =>
        {
            var found = Audit.Of(estate, new AuditOptions { Rules = ["SP-USE-02"] }).Findings.Select(f => f.Resource.Id).ToHashSet();
            var groups = estate.SecurityGroups.Where(g => !g.IsDefault && !g.Rules.IsEmpty).ToList();
            foreach (var group in groups)
            {
                var same = groups.Where(o => o.Vpc == group.Vpc && o.Scope == group.Scope && Allows(estate, o, group)).ToList();
                // All but one of those that allow the same are reported.
                Assert.Equal(same.Count - 1, same.Count(o => found.Contains(o.Id.Value)));
                isFound |= same.Count > 1;
            }
        }).QuickCheckThrowOnFailure();
        Assert.True(isFound);
    }

    [Fact]
    public void An_exact_merge_changes_what_nobody_is_allowed()
    {
        var estates = from estate in EstateGenerator.Estate
                      from copy in Gen.Choose(0, estate.SecurityGroups.Length - 1)
                      select EstateGenerator.Assemble(
                          estate.SecurityGroups.Append(estate.SecurityGroups[copy] with { Id = EstateGenerator.GroupId(900), Name = "copy" }), estate.NetworkInterfaces);
        Prop.ForAll(estates.ToArbitrary(), estate =>
        {
            foreach (var proposal in MergeProposals.Of(estate, AuditOptions.Default).Where(p => p.IsExact))
            {
                var (keep, drop) = (estate.Index.Groups[proposal.Keep], estate.Index.Groups[proposal.Drop]);
                Assert.True(Allows(estate, keep, drop));
                foreach (var owner in estate.SecurityGroups)
                {
                    // Whoever names one of the two for a service names the other for it too.
                    Assert.Equal(ServicesFor(owner, keep.Id), ServicesFor(owner, drop.Id));
                }
            }
        }).QuickCheckThrowOnFailure();

        static string ServicesFor(SecurityGroup owner, SecurityGroupId peer) =>
            string.Join(' ', owner.Rules.Where(r => r.Peer is GroupPeer g && g.Group == peer).Select(r => $"{r.Direction} {r.Service}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Overlaps_on_an_interface_are_exactly_those_of_a_comparison_of_all_rules()
    {
        Prop.ForAll(EstateGenerator.Estate.ToArbitrary(), estate =>
        {
            var found = Audit.Of(estate, new AuditOptions { Rules = ["SP-USE-03"] }).Findings
                .SelectMany(f => f.Evidence.Select(e => $"{f.Resource.Id} {e.Key}")).Order(StringComparer.Ordinal);
            var expected = new SortedSet<string>(StringComparer.Ordinal);
            foreach (var (a, b) in estate.NetworkInterfaces.SelectMany(n => n.Groups.SelectMany(x => n.Groups.Select(y => (x, y)))))
            {
                if (a == b || !estate.Index.Groups.TryGetValue(a, out var group) || !estate.Index.Groups.TryGetValue(b, out var other)) continue;
                foreach (var rule in group.Rules)
                {
                    var own = AllowedTraffic.Of([rule.Key], estate.Index.EntriesOf);
                    foreach (var theirs in other.Rules.Where(r => r.Direction == rule.Direction))
                    {
                        var held = AllowedTraffic.Of([theirs.Key], estate.Index.EntriesOf);
                        if (!own.IsEmpty && own.IsSubsetOf(held) && (b < a || !held.IsSubsetOf(own))) expected.Add($"{a} {rule.Key}");
                    }
                }
            }

            Assert.Equal(expected, found);
        }).QuickCheckThrowOnFailure();
    }

    private static System.Collections.Immutable.ImmutableArray<MergeProposal> Proposals(string estate) => MergeProposals.Of(EstateText.Read(estate), EstateText.Options(estate));

    private static bool Allows(Estate estate, SecurityGroup a, SecurityGroup b) => new[] { Direction.Ingress, Direction.Egress }.All(d =>
        AllowedTraffic.Of(a.RulesOf(d).Select(r => r.Key), estate.Index.EntriesOf).Equals(AllowedTraffic.Of(b.RulesOf(d).Select(r => r.Key), estate.Index.EntriesOf)));
}
