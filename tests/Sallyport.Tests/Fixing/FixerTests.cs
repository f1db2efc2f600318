using Sallyport.Auditing;
using Sallyport.Connections.Compiling;
using Sallyport.Estates;
using Sallyport.Fixing;
using Sallyport.Packets;
using Sallyport.Planning;
using Sallyport.Reachability;

namespace Sallyport.Tests.Fixing;

public sealed class FixerTests
{
    private const string Shop = """
        group web
          egress any to 0.0.0.0/0 "default"
          ingress tcp/443 from 0.0.0.0/0
        group db
          ingress tcp/3306 from web
        interface eni-1 web 10.1.0.5
        interface eni-2 db 10.1.0.6
        """;

    [Fact]
    public void Open_egress_gives_way_to_what_the_other_side_proves()
    {
        var report = Fix.Of(Shop, "SP-EGR-01");
        Assert.Equal(["+ web egress tcp/3306 to sg-db", "- web egress any to 0.0.0.0/0"], Fix.Lines(report));
        Assert.Empty(report.Questions);
        var remedy = Assert.Single(report.Remedies);
        Assert.Contains("Does web need anything on the internet? Its open egress was described as \"default\"; declare an external and a connection if it does.", remedy.Notes);
        var added = report.Plan.Steps[0];
        Assert.Equal(("SP-EGR-01", "SP-EGR-01"), (Assert.Single(added.Because), added.Tags[OwnershipTag.Key]));
    }

    [Fact]
    public void Groups_alone_prove_what_their_references_say()
    {
        const string Groups = """
            group web
              egress any to 0.0.0.0/0
            group db
              ingress tcp/3306 from web
            gap NetworkInterfaces 111122223333/eu-west-1 The source holds none of them.
            gap Vpcs 111122223333/eu-west-1 The source holds none of them.
            """;
        Assert.Equal(["+ web egress tcp/3306 to sg-db", "- web egress any to 0.0.0.0/0"], Fix.Lines(Fix.Of(Groups, "SP-EGR-01")));
        Assert.Equal(["- web egress any to 0.0.0.0/0"], Fix.Lines(Fix.Of(Groups.Replace("from web", "from 10.0.0.0/16", StringComparison.Ordinal), "SP-EGR-01")));
    }

    [Fact]
    public void A_rule_asked_for_that_cannot_be_judged_is_named()
    {
        Assert.Equal("SP-LRN-01", Assert.Single(Fix.Of(Shop, "SP-LRN-01").NotAssessed).Rule.Code);
        Assert.Empty(Fix.Of(Shop, "SP-EGR-01").NotAssessed);
    }

    [Fact]
    public void Open_egress_that_nobody_proves_needed_goes_and_is_named()
    {
        var report = Fix.Of("group web\n  egress tcp/443 to 0.0.0.0/0\ninterface eni-1 web 10.1.0.5", "SP-EGR-01");
        Assert.Equal(["- web egress tcp/443 to 0.0.0.0/0"], Fix.Lines(report));
        Assert.Equal("egress tcp/443 to 0.0.0.0/0 of sg-web (web) is revoked; no connections file and no other group proves that anything of it is needed.", Assert.Single(report.Remedies).What);
    }

    [Fact]
    public void A_ladder_of_blocks_goes_as_one_and_a_narrow_block_beside_it_stays()
    {
        var report = Fix.Of("group web\n  egress tcp/443 to 0.0.0.0/1\n  egress tcp/443 to 128.0.0.0/1\n  egress tcp/443 to 198.51.100.0/24", "SP-EGR-01");
        Assert.Equal(["- web egress tcp/443 to 0.0.0.0/1", "- web egress tcp/443 to 128.0.0.0/1"], Fix.Lines(report));
    }

    [Fact]
    public void What_the_world_is_admitted_to_stays_reachable_unless_need_has_to_be_proven()
    {
        const string Estate = """
            group web
              egress any to 0.0.0.0/0
            group front
              ingress tcp/443 from 0.0.0.0/0
            interface eni-1 web 10.1.0.5
            interface eni-2 front 10.1.0.6
            """;
        Assert.Equal(["+ web egress tcp/443 to sg-front", "- web egress any to 0.0.0.0/0"], Fix.Lines(Fix.Of(Estate, "SP-EGR-01")));
        Assert.Equal(["- web egress any to 0.0.0.0/0"], Fix.Lines(Fix.Of(Estate, assumes: true, "SP-EGR-01")));
        const string Question = "Does web use front on tcp/443? What admits the whole internet proves nothing about web.";
        Assert.Contains($"{Question} What interfaces that were read can use now is kept; --assume-unneeded takes it away.", Assert.Single(Fix.Of(Estate, "SP-EGR-01").Remedies).Notes);
        Assert.Contains(Question, Assert.Single(Fix.Of(Estate, assumes: true, "SP-EGR-01").Remedies).Notes);
    }

    [Theory]
    [InlineData("", "+ a egress icmp/8/-1 to sg-db")]
    [InlineData("interface eni-3 a 10.1.0.7", "+ b egress icmp/8/-1 to sg-db")]
    public void Egress_that_another_group_of_the_interface_is_named_for_is_not_lost(string more, string expected)
    {
        // db admits a, whose own egress is by IPv6 only; b's open egress lets the members of both out. Who carries a alone gains nothing.
        var report = Fix.Of(
            $"""
            group a
              egress icmp/8/-1 to ::/0
            group b
              egress any to 0.0.0.0/0
            group db
              ingress icmp/8/-1 from a
            interface eni-1 a,b 10.1.0.5
            interface eni-2 db 10.1.0.6
            {more}
            """,
            "SP-EGR-01");
        Assert.Equal([expected, "- b egress any to 0.0.0.0/0"], Fix.Lines(report));
    }

    [Fact]
    public void Open_egress_on_one_port_gives_way_on_that_port_only()
    {
        var report = Fix.Of(
            """
            group a
              egress tcp/443 to 0.0.0.0/0
            group b
              egress any to 0.0.0.0/0
            group db
              ingress tcp/443 from a
              ingress icmp from b
              ingress udp/53 from a
            interface eni-1 a,b 10.1.0.5
            interface eni-2 db 10.1.0.6
            interface eni-3 b 10.1.0.7
            """,
            "SP-EGR-03");
        Assert.Equal(["- b egress any to 0.0.0.0/0"], Fix.Lines(report).Where(l => l.StartsWith('-')));
        Assert.Equal(["+ a egress udp/53 to sg-db", "+ b egress icmp to sg-db"], Fix.Lines(report).Where(l => l.StartsWith('+')));
    }

    [Theory]
    [InlineData("ingress tcp/3306 from ::/0", "2600:1f18::5", "2600:1f19::6", "2600:1f19::6/128")]
    [InlineData("ingress tcp/3306 from 2600:1f19::/32", "2600:1f18::5", "2600:1f19::6", null)]
    [InlineData("ingress tcp/3306 from ::/0", "fd00::5", "2600:1f19::6", null)]
    [InlineData("ingress tcp/3306 from 198.51.100.7/32", "10.1.0.5 public 198.51.100.7", "10.2.0.6 public 203.0.113.9", "203.0.113.9/32")]
    [InlineData("ingress tcp/3306 from 198.51.100.8/32", "10.1.0.5 public 198.51.100.7", "10.2.0.6 public 203.0.113.9", null)]
    [InlineData("ingress tcp/3306 from 0.0.0.0/0", "10.1.0.5 public 198.51.100.7", "10.2.0.6", null)]
    public void What_meets_over_the_internet_alone_stays_at_its_addresses(string ingress, string web, string db, string? kept)
    {
        var report = Fix.Of($"group web\n  egress any to 0.0.0.0/0\n  egress any to ::/0\ngroup db in vpc-b\n  {ingress}\ninterface eni-1 web {web}\ninterface eni-2 db {db} vpc vpc-b", "SP-EGR-01");
        const string question = "Does sg-web (web) use sg-db (db) on tcp/3306 over the internet? Their VPCs have no other way to each other; what they can use now is kept at the addresses they have now.";
        Assert.Equal(kept is not null, Assert.Single(report.Remedies).Notes.Contains(question));
        Assert.Equal(kept is null ? [] : [$"+ web egress tcp/3306 to {kept}"], Fix.Lines(report).Where(l => l.StartsWith('+')));
        Assert.All(report.After.SecurityGroups[1].Rules.Where(r => r.Direction == Direction.Egress), r => Assert.Equal("admitted by db over the internet, was open egress [SP-EGR-01]", r.Description));
    }

    [Fact]
    public void Addresses_that_do_not_fit_the_quota_are_joined_into_small_blocks()
    {
        var targets = Enumerable.Range(0, 70).Select(i => $"203.0.113.{2 * i}").ToList();
        var report = Fix.Of(
            $"""
            group web
              egress any to 0.0.0.0/0
            group db in vpc-b
              ingress tcp/3306 from 198.51.100.7/32
            interface eni-0 web 10.1.0.5 public 198.51.100.7
            {string.Join('\n', targets.Select((t, i) => $"interface eni-{i + 1} db 10.2.0.{i + 4} public {t} vpc vpc-b"))}
            """,
            "SP-EGR-01");
        Assert.Single(report.Remedies);
        var blocks = report.After.SecurityGroups.Single(g => g.Name == "web").Rules.Select(r => (CidrPeer)r.Peer).Select(p => p.Cidr).ToList();
        Assert.Equal(59, blocks.Count);
        Assert.All(blocks, b => Assert.InRange(b.PrefixLength, 30, 32));
        Assert.All(targets, t => Assert.Single(blocks, b => b.Contains(Address.Parse(t))));
    }

    [Fact]
    public void What_only_the_whole_internet_is_admitted_to_is_no_proof_when_nobodys_need_is_presumed()
    {
        const string Estate = "group web\n  egress any to ::/0\ngroup db in vpc-b\n  ingress tcp/3306 from ::/0\n  ingress tcp/22 from 2600:1f18::/64\ninterface eni-1 web 2600:1f18::5\ninterface eni-2 db 2600:1f19::6 vpc vpc-b";
        var report = Fix.Of(Estate, assumes: true, "SP-EGR-01");
        Assert.Equal(["+ web egress tcp/22 to 2600:1f19::6/128", "- web egress any to ::/0"], Fix.Lines(report));
        Assert.Contains("Does sg-web (web) use sg-db (db) on tcp/3306 over the internet? Their VPCs have no other way to each other; declare a connection if it does, for this takes it away.", Assert.Single(report.Remedies).Notes);
    }

    [Fact]
    public void What_carries_no_group_is_asked_about()
    {
        var report = Fix.Of("group web\n  egress any to 0.0.0.0/0\ninterface eni-1 web 10.1.0.5\ninterface eni-2 - 10.1.0.6 described \"ELB net/orders\"\ninterface eni-3 - 10.1.0.7 type nat_gateway", "SP-EGR-01");
        Assert.Contains("Does sg-web (web) use eni-2 (ELB net/orders)? What carries no group admits everything and proves nothing; declare a connection if it does.", Assert.Single(report.Remedies).Notes);
    }

    [Fact]
    public void The_connections_file_says_what_else_is_needed()
    {
        var report = Fix.Of(
            $$"""
            {{Shop}}
            connections
            version: 1
            groups:
              web: {sg: sg-web}
              db: {sg: sg-db}
            externals:
              partner: {cidrs: [198.51.100.0/24]}
            connections:
              web-to-partner: {from: web, to: partner, services: [tcp/443], reason: payments}
            """,
            "SP-EGR-01");
        Assert.Equal(["+ web egress tcp/443 to 198.51.100.0/24", "+ web egress tcp/3306 to sg-db", "- web egress any to 0.0.0.0/0"], Fix.Lines(report));
        Assert.Equal(["SP-EGR-01", "web-to-partner"], report.Plan.Steps.SelectMany(s => s.Because).Distinct().Order(StringComparer.Ordinal));
        Assert.Contains(report.After.SecurityGroups.SelectMany(g => g.Rules), r => r.Description == "payments [web-to-partner]");
    }

    [Fact]
    public void What_the_connections_file_declares_is_asked_about_and_stays()
    {
        var report = Fix.Of(
            """
            group web
              egress tcp/443 to 0.0.0.0/0
            connections
            version: 1
            groups:
              web: {sg: sg-web}
            externals:
              world: {cidrs: [0.0.0.0/0], public: true}
            connections:
              web-out: {from: web, to: world, services: [tcp/443], reason: updates}
            """,
            "SP-EGR-01");
        Assert.Empty(report.Plan.Steps);
        Assert.Equal("The connections file declares egress tcp/443 to 0.0.0.0/0 on sg-web (web) (web-out): is that meant?", Assert.Single(report.Questions).Question);
    }

    [Fact]
    public void A_public_port_is_a_question_until_connections_decide()
    {
        const string Estate = "group web\n  ingress tcp/22 from 0.0.0.0/0\n  ingress tcp/80 from 0.0.0.0/0";
        var asked = Fix.Of(Estate, "SP-ING-06");
        Assert.Empty(asked.Plan.Steps);
        Assert.StartsWith("Who needs ingress tcp/22 from 0.0.0.0/0 on sg-web (web)?", Assert.Single(asked.Questions).Question, StringComparison.Ordinal);

        var decided = Fix.Of(
            $$"""
            {{Estate}}
            connections
            version: 1
            groups:
              web: {sg: sg-web}
            externals:
              office: {cidrs: [198.51.100.0/24]}
            connections:
              ssh: {from: office, to: web, services: [tcp/22], reason: admins}
            """,
            "SP-ING-06");
        Assert.Equal(["+ web ingress tcp/22 from 198.51.100.0/24", "- web ingress tcp/22 from 0.0.0.0/0"], Fix.Lines(decided));

        Assert.Equal(["- web ingress tcp/22 from 0.0.0.0/0"], Fix.Lines(Fix.Of(Estate, assumes: true, "SP-ING-06")));
    }

    [Fact]
    public void A_shadowed_rule_goes() => Assert.Equal(
        ["- web ingress tcp/443 from 10.0.1.0/24"],
        Fix.Lines(Fix.Of("group web\n  ingress tcp/443 from 10.0.1.0/24\n  ingress tcp/400-500 from 10.0.0.0/16", "SP-OVL-01")));

    [Fact]
    public void A_shadowed_rule_stays_when_what_covers_it_goes()
    {
        var report = Fix.Of("group web\n  egress tcp/443 to 10.0.1.0/24\n  egress any to 0.0.0.0/0\ninterface eni-1 web 10.1.0.5", "SP-EGR-01", "SP-OVL-01");
        Assert.Equal(["- web egress any to 0.0.0.0/0"], Fix.Lines(report));
        Assert.Equal("egress tcp/443 to 10.0.1.0/24 of sg-web (web) stays: with the other changes made, nothing else allows it.", report.Remedies.Single(r => r.Finding.Rule == "SP-OVL-01").What);
    }

    [Fact]
    public void Of_rules_that_cover_each_other_in_turn_as_many_stay_as_are_needed()
    {
        const string Estate = """
            group web
              ingress tcp/1-20 from 10.0.0.0/24
              ingress tcp/10-30 from 10.0.0.0/24
              ingress tcp/15-40 from 10.0.0.0/24
              ingress tcp/25-50 from 10.0.0.0/24
            """;
        var found = Auditing.Audit.Findings("SP-OVL-02", Estate).Count;
        var report = Fix.Of(Estate, "SP-OVL-02");
        Assert.Equal((2, 2, 1), (found, report.Remedies.Length, report.Plan.Summary.Remove));
        Assert.Equal(TrafficOf(Auditing.EstateText.Read(Estate)), TrafficOf(report.After));

        static AllowedTraffic TrafficOf(Estate estate) => AllowedTraffic.Of(estate.SecurityGroups[0].Rules.Select(r => r.Key));
    }

    [Fact]
    public void A_default_group_is_closed_when_nothing_carries_it()
    {
        var closed = Fix.Of("group default\n  ingress any from default", "SP-DEF-01");
        Assert.Equal(["- default ingress any from sg-default"], Fix.Lines(closed));
        var asked = Fix.Of("group default\n  ingress any from default\ninterface eni-1 default 10.1.0.5", "SP-DEF-01");
        Assert.Empty(asked.Plan.Steps);
        Assert.Contains("It is carried by eni-1.", Assert.Single(asked.Questions).Question, StringComparison.Ordinal);
        Assert.Single(Fix.Of("group default\n  ingress any from default\ngap NetworkInterfaces", "SP-DEF-01").Questions);
    }

    [Fact]
    public void The_missing_half_of_a_pair_is_named_where_wide_egress_is_the_half()
    {
        const string Estate = "group web\n  egress any to 0.0.0.0/0\ngroup db\n  ingress tcp/3306 from web\ninterface eni-1 web 10.1.0.5\ninterface eni-2 db 10.1.0.6";
        Assert.Equal(["+ web egress tcp/3306 to sg-db"], Fix.Lines(Fix.Of(Estate, "SP-PAIR-02")));
        var asked = Fix.Of("group web\ngroup db\n  ingress tcp/3306 from web\ninterface eni-1 web 10.1.0.5\ninterface eni-2 db 10.1.0.6", "SP-PAIR-02");
        Assert.Empty(asked.Plan.Steps);
        Assert.Equal("add the other side to sg-web (web)", Assert.Single(asked.Questions).Options[0]);
    }

    [Theory]
    [InlineData("web-to-db: {from: web, to: db, services: [tcp/3306], reason: orders}", "+ db ingress tcp/3306 from sg-web")]
    [InlineData("db-to-web: {from: db, to: web, services: [tcp/1], reason: other}", "- web egress tcp/3306 to sg-db")]
    public void Connections_decide_whether_a_half_is_completed_or_goes(string connection, string expected)
    {
        var report = Fix.Of($"group web\n  egress tcp/3306 to db\ngroup db\nconnections\nversion: 1\ngroups:\n  web: {{sg: sg-web}}\n  db: {{sg: sg-db}}\nconnections:\n  {connection}\n", "SP-PAIR-01");
        Assert.Equal([expected], Fix.Lines(report));
    }

    [Fact]
    public void Groups_that_others_manage_are_asked_about()
    {
        var report = Fix.Of("group web tag aws:eks:cluster-name=x\n  egress any to 0.0.0.0/0", "SP-EGR-01");
        Assert.Empty(report.Plan.Steps);
        Assert.StartsWith("sg-web is managed by Amazon EKS, which puts its rules back.", Assert.Single(report.Questions).Question, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unused_group_is_never_deleted()
    {
        var report = Fix.Of("group old\ngroup web\ninterface eni-1 web 10.1.0.5", "SP-USE-01");
        Assert.Empty(report.Plan.Steps);
        Assert.Equal("aws ec2 delete-security-group --group-id sg-old", Assert.Single(report.Questions).Options[0]);
    }

    [Fact]
    public void What_does_not_fit_the_quota_is_asked_and_the_rest_is_fixed()
    {
        var targets = Enumerable.Range(0, 70).Select(n => $"group t{n}\n  ingress tcp/{1000 + n} from web\ninterface eni-t{n} t{n} 10.1.1.{n}");
        var report = Fix.Of($"group web\n  egress any to 0.0.0.0/0\ngroup alone\n  egress any to 0.0.0.0/0\ninterface eni-1 web 10.1.0.5\n{string.Join('\n', targets)}", "SP-EGR-01");
        Assert.Equal(["- alone egress any to 0.0.0.0/0"], Fix.Lines(report));
        Assert.Equal("What is needed in its place would make 70 rules on sg-web, and 60 are permitted: which groups could admit or be reached by fewer, broader rules?", Assert.Single(report.Questions).Question);
    }

    [Fact]
    public void What_fits_in_the_end_but_not_on_the_way_is_asked_and_the_rest_is_fixed()
    {
        // 60 rules before and after, and none can go before its successor is there: one block is not two groups.
        var kept = Enumerable.Range(0, 59).Select(n => $"  egress tcp/443 to 198.51.100.{n}/32");
        var report = Fix.Of($"group web\n  egress any to 0.0.0.0/0\n{string.Join('\n', kept)}\ngroup db\n  ingress tcp/3306 from web\ngroup alone\n  egress any to 0.0.0.0/0\ninterface eni-1 web 10.1.0.5\ninterface eni-2 db 10.1.0.6", "SP-EGR-01");
        Assert.Equal(["- alone egress any to 0.0.0.0/0"], Fix.Lines(report));
        Assert.Equal("sg-web is so close to the 60 permitted rules that what is needed cannot be added before its open rules go: which of its other rules can go first?", Assert.Single(report.Questions).Question);
    }

    [Fact]
    public void A_finding_that_other_changes_clear_is_no_question()
    {
        var report = Fix.Of("group web\n  egress any to 0.0.0.0/0\ninterface eni-1 web 10.1.0.5", "SP-EGR-01", "SP-EGR-07");
        Assert.Empty(report.Questions);
        Assert.Equal(["SP-EGR-01", "SP-EGR-07"], report.Remedies.Select(r => r.Finding.Rule).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_clean_estate_needs_nothing()
    {
        var report = Fix.Of("group web\n  ingress tcp/443 from 198.51.100.7/32\ninterface eni-1 web 10.1.0.5", "SP-EGR-01", "SP-OVL-01");
        Assert.True(report.IsClean);
        Assert.Equal(new PlanSummary(0, 0, 0), report.Plan.Summary);
    }

    [Fact]
    public void A_rule_that_does_not_exist_is_a_mistake_of_the_caller() =>
        Assert.Throws<ArgumentException>(() => Fixer.Fix(Auditing.EstateText.Read("group web"), new FixOptions { Audit = AuditOptions.Default with { Rules = ["SP-XXX-01"] } }));

    [Fact]
    public void Groups_that_only_code_knows_can_be_looked_at_but_not_applied()
    {
        var estate = Auditing.EstateText.Read("group web\n  egress any to 0.0.0.0/0");
        Assert.Equal("SPD3002", Assert.Single(Fixer.Fix(estate, new FixOptions { Audit = AuditOptions.Default with { Rules = ["SP-EGR-01"] } }).Diagnostics).Code);
    }
}
