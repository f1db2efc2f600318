using FsCheck;
using FsCheck.Fluent;
using Sallyport.Auditing;
using Sallyport.Auditing.Links;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Tests.Generators;

namespace Sallyport.Tests.Auditing;

/// <summary>SP-OVL-03 to SP-OVL-07.</summary>
public sealed class OverlapAcrossRuleTests
{
    [Theory]
    [InlineData("tcp/80 from 10.0.0.0/8", "tcp/81 from 10.0.0.0/8", "tcp/80-81 from 10.0.0.0/8")]
    [InlineData("tcp/80-90 from db", "tcp/85-95 from db", "tcp/80-95 from sg-db")]
    [InlineData("tcp/443 from 2600::/33", "tcp/443 from 2600:0:8000::/33", "tcp/443 from 2600::/32")]
    [InlineData("tcp/443 from 0.0.0.0/1", "tcp/443 from 128.0.0.0/1", "tcp/443 from 0.0.0.0/0")]
    public void Two_rules_that_are_one(string a, string b, string one)
    {
        var finding = Assert.Single(Audit.Findings("SP-OVL-03", $"group db\ngroup web\n  ingress {a}\n  ingress {b}"));
        Assert.Contains($"are together exactly ingress {one}", finding.Message, StringComparison.Ordinal);
        Assert.Equal(2, finding.Evidence.Length);
        Assert.Equal(FindingSeverity.Info, finding.Severity);
    }

    [Theory]
    [InlineData("tcp/80 from 10.0.0.0/8", "tcp/82 from 10.0.0.0/8")]
    [InlineData("tcp/80 from 10.0.0.0/8", "udp/81 from 10.0.0.0/8")]
    [InlineData("tcp/443 from 10.0.1.0/24", "tcp/443 from 10.0.2.0/24")] // neighbours, but no halves of one block
    [InlineData("tcp/0-65535 from 10.0.0.0/8", "udp/0-65535 from 10.0.0.0/8")] // no rule is for both
    [InlineData("tcp/80 from 10.0.0.0/9", "tcp/81 from 10.128.0.0/9")]
    public void Two_rules_that_are_not(string a, string b) => Audit.Quiet("SP-OVL-03", $"group web\n  ingress {a}\n  ingress {b}");

    [Theory]
    [InlineData(19)]
    [InlineData(300)]
    public void A_long_cycle_is_told_by_its_beginning_and_its_end(int groups)
    {
        var estate = string.Join('\n', Enumerable.Range(100, groups).Select(i => $"group g{i}\n  egress tcp/80 to g{(i + 1 - 100) % groups + 100}\n  ingress tcp/80 from g{(i - 1 - 100 + groups) % groups + 100}"));
        var finding = Assert.Single(Audit.Findings("SP-OVL-07", estate));

        Assert.StartsWith("sg-g100 -> sg-g101 -> sg-g102", finding.Message, StringComparison.Ordinal);
        Assert.EndsWith(" -> sg-g100 leads back to where it starts.", finding.Message, StringComparison.Ordinal);
        Assert.Equal(groups > 20, finding.Message.Contains($" -> sg-g118 -> ({groups + 1 - 20} more groups) -> sg-g100", StringComparison.Ordinal));
        Assert.InRange(finding.Message.Length, 1, 400);
    }

    [Fact]
    public void The_two_directions_are_never_merged() => Audit.Quiet("SP-OVL-03", "group web\n  ingress tcp/80 from 10.0.0.0/8\n  egress tcp/81 to 10.0.0.0/8");

    [Theory]
    [InlineData("eni-1 web,admin 10.1.0.5", true)]
    [InlineData("eni-1 web,admin 10.1.0.5\ninterface eni-2 web,admin 10.1.0.6", true)]
    [InlineData("eni-1 web,admin 10.1.0.5\ninterface eni-2 web 10.1.0.6", false)]
    [InlineData("eni-1 web 10.1.0.5\ninterface eni-2 admin 10.1.0.6", false)]
    [InlineData("eni-1 web,admin,half1,half2 10.1.0.5\ninterface eni-2 web,half1,half2 10.1.0.6", true)] // put together on the second
    [InlineData("eni-1 web,admin 10.1.0.5\ninterface eni-2 web,half1 10.1.0.6", false)]
    public void A_rule_that_other_groups_repeat_on_every_interface(string interfaces, bool fires)
    {
        var estate = "group web\n  ingress tcp/22 from 10.0.1.0/24\n  ingress tcp/80 from 10.0.0.0/8\ngroup admin\n  ingress tcp/22 from 10.0.0.0/16\n"
            + $"group half1\n  ingress tcp/22 from 10.0.1.0/25\ngroup half2\n  ingress tcp/22 from 10.0.1.128/25\ninterface {interfaces}";
        var findings = Audit.Findings("SP-OVL-04", estate).Where(f => f.Resource.Id == "sg-web").ToList();
        Assert.Equal(fires ? ["ingress tcp/22 from 10.0.1.0/24"] : [], findings.SelectMany(f => f.Evidence).Select(e => e.Key.ToString()));
        Assert.All(findings, f => Assert.Equal(FindingBasis.Snapshot, f.Basis));
    }

    [Fact]
    public void A_group_that_nobody_carries_is_no_shadow() => Audit.Quiet("SP-OVL-04", "group web\n  ingress tcp/22 from 10.0.1.0/24\ngroup admin\n  ingress tcp/22 from 10.0.0.0/16");

    [Theory]
    [InlineData("SP-OVL-04")]
    [InlineData("SP-OVL-06")]
    [InlineData("SP-EGR-14")]
    public void Interfaces_that_were_not_read_are_told_once_an_account(string rule)
    {
        var report = Audit.Of("group a\n  ingress tcp/1 from 10.0.0.0/8\ngroup b\n  ingress tcp/1 from 10.0.0.0/8\ngap NetworkInterfaces");
        var unknown = Assert.Single(report.Unknown, u => u.Rule == rule);
        Assert.Equal(FindingResource.AccountType, unknown.Resource.Type);
        Assert.Equal($"interfaces of {EstateText.Home} were not read", unknown.Gap);
    }

    [Fact]
    public void Revoking_one_group_is_not_enough_and_the_rest_is_listed()
    {
        var findings = Audit.Findings(
            "SP-OVL-05",
            "group web\n  ingress tcp/22 from 0.0.0.0/0\n  ingress tcp/443 from 0.0.0.0/0\ngroup old\n  ingress tcp/20-25 from 0.0.0.0/0\n  ingress tcp/443 from 0.0.0.0/0\ninterface eni-1 web,old 10.1.0.5\ninterface eni-2 web 10.1.0.6");
        Assert.Equal(["sg-old", "sg-web"], findings.Select(f => f.Resource.Id));
        var web = findings[1];
        Assert.Equal(["ingress tcp/22 from 0.0.0.0/0"], web.Evidence.Select(e => e.Key.ToString())); // 443 may be public
        Assert.Contains("leaves tcp/22 open to the world on 1 of 2 interfaces of sg-web", web.Message, StringComparison.Ordinal);
        Assert.EndsWith("Revoke these too: sg-old ingress tcp/20-25 from 0.0.0.0/0 (sgr-old-ingress-tcp/20-25-0.0.0.0/0).", web.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tcp/22 from ::/0")] // the other family
    [InlineData("tcp/23 from 0.0.0.0/0")] // another port
    [InlineData("tcp/22 from 10.0.0.0/8")]
    [InlineData("udp/22 from 0.0.0.0/0")]
    [InlineData("tcp/22 from 128.0.0.0/1")] // half of the world is not the world
    public void Another_group_that_does_not_open_the_same_to_the_world(string rule) =>
        Audit.Quiet("SP-OVL-05", $"group web\n  ingress tcp/22 from 0.0.0.0/0\ngroup old\n  ingress {rule}\ninterface eni-1 web,old 10.1.0.5");

    [Fact]
    public void Groups_on_different_interfaces_do_not_hold_each_other_open() => Audit.Quiet(
        "SP-OVL-05", "group web\n  ingress tcp/22 from 0.0.0.0/0\ngroup old\n  ingress tcp/22 from 0.0.0.0/0\ninterface eni-1 web 10.1.0.5\ninterface eni-2 old 10.1.0.6");

    [Fact]
    public void The_world_in_two_parts_of_another_group_counts() => Assert.Equal(
        ["sg-old", "sg-web"],
        Audit.Findings("SP-OVL-05", "list pl-x 0.0.0.0/1\ngroup web\n  ingress tcp/22 from 0.0.0.0/0\ngroup old\n  ingress tcp/22 from pl-x\n  ingress any from 128.0.0.0/1\ninterface eni-1 web,old 10.1.0.5").Select(f => f.Resource.Id));

    [Theory]
    [InlineData("list pl-x unread\ngroup web\n  ingress tcp/22 from 0.0.0.0/0\ngroup old\n  ingress tcp/22 from pl-x\ninterface eni-1 web,old 10.1.0.5", "pl-x")]
    [InlineData("group web\n  ingress tcp/22 from 0.0.0.0/0\ninterface eni-1 web,old 10.1.0.5", "sg-old")]
    [InlineData("group web\n  ingress tcp/22 from 0.0.0.0/0\ngap NetworkInterfaces", "interfaces")]
    public void What_may_hold_it_open_is_unknown(string estate, string gap) => Assert.Contains(gap, Audit.Unknown("SP-OVL-05", estate), StringComparison.Ordinal);

    /// <summary>After revoking the evidence on the group, some interface of it is still open to the world on a flagged service.</summary>
    [Fact]
    public void Revoking_the_evidence_really_has_no_effect()
    {
        var fired = 0;
        Prop.ForAll(WorldlyEstates.ToArbitrary(), estate =>
        {
            foreach (var finding in Audit.Of(estate, new AuditOptions { Rules = ["SP-OVL-05"] }).Findings)
            {
                fired++;
                var gone = finding.Evidence.Select(e => e.Key).ToHashSet();
                var own = new SecurityGroupId(finding.Resource.Id);
                var shared = estate.NetworkInterfaces.Where(n => n.Groups.Contains(own)).SelectMany(n => n.Groups).Where(g => g != own).ToHashSet();
                var rest = EstateGenerator.Assemble(
                    estate.SecurityGroups.Select(g => g.Id == own ? g with { Rules = [.. g.Rules.Where(r => !gone.Contains(r.Key))] } : g), estate.NetworkInterfaces);
                Assert.Contains(
                    Audit.Of(rest, new AuditOptions { Rules = ["SP-ING-01", "SP-ING-02", "SP-ING-06"] }).Findings, f => shared.Contains(new SecurityGroupId(f.Resource.Id)));
            }
        }).QuickCheckThrowOnFailure();
        Assert.True(fired > 0, "No estate of the generator has such a pair of groups.");
    }

    [Theory]
    [InlineData("ingress tcp/22 from 10.0.0.0/8", "ingress tcp/22 from ::/0", "ingress tcp/22 from ::/0")]
    [InlineData("ingress tcp/22 from db", "ingress tcp/20-30 from ::/0", "ingress tcp/20-30 from ::/0")]
    [InlineData("egress tcp/443 to 198.51.100.0/24", "egress any to ::/0", "egress any to ::/0")]
    [InlineData("ingress tcp/22 from 10.0.0.0/8", "ingress tcp/22 from 2000::/3", "ingress tcp/22 from 2000::/3")]
    [InlineData("ingress tcp/22 from 10.0.0.0/8", "ingress tcp/22 from 0:0:0:0:0:0:0:0/0", "ingress tcp/22 from ::/0")]
    public void Narrow_in_IPv4_and_the_world_in_IPv6(string v4, string v6, string evidence)
    {
        var finding = Audit.Fires("SP-OVL-06", $"group db\ngroup web\n  {v4}\n  {v6}", evidence);
        Assert.Equal(FindingSeverity.High, finding.Severity);
        Assert.Equal(FindingBasis.Symbolic, finding.Basis);
    }

    [Fact]
    public void The_world_in_two_halves_of_IPv6() => Audit.Fires(
        "SP-OVL-06", "group web\n  ingress tcp/22 from 10.0.0.0/8\n  ingress tcp/22 from ::/1\n  ingress tcp/22 from 8000::/1", "ingress tcp/22 from ::/1");

    [Theory]
    [InlineData("ingress tcp/22 from 0.0.0.0/0", "ingress tcp/22 from ::/0")]
    [InlineData("ingress tcp/22 from 10.0.0.0/8", "ingress tcp/23 from ::/0")] // different services, no interface with both families
    [InlineData("ingress tcp/22 from 10.0.0.0/8", "ingress tcp/22 from 2600:1f18::/56")]
    [InlineData("ingress icmp from 10.0.0.0/8", "ingress icmpv6 from ::/0")] // other protocols by nature
    [InlineData("ingress tcp/22 from 10.0.0.0/8", "egress tcp/22 to ::/0")]
    [InlineData("ingress tcp/22 from 0.0.0.0/0", "ingress tcp/22 from 2600:1f18::/56")] // open anyway: SP-ING-06
    public void Families_alike_or_apart(string v4, string v6) => Audit.Quiet("SP-OVL-06", $"group web\n  {v4}\n  {v6}");

    [Theory]
    [InlineData("ingress tcp/443 from 0.0.0.0/0", FindingSeverity.Low)] // clients that prefer IPv6 are dropped
    [InlineData("ingress tcp/443 from ::/0", FindingSeverity.High)] // closed in IPv4, open to the world in IPv6
    public void One_family_forgotten_on_an_interface_with_both(string rule, FindingSeverity severity)
    {
        Audit.Quiet("SP-OVL-06", $"group web\n  {rule}\ninterface eni-1 web 10.1.0.5");
        var finding = Audit.Fires("SP-OVL-06", $"group web\n  {rule}\ninterface eni-1 web 10.1.0.5 2600:1f18::5", rule.Replace("  ", ""));
        Assert.Equal(severity, finding.Severity);
        Assert.Equal(FindingBasis.Snapshot, finding.Basis);
    }

    [Theory]
    [InlineData("ingress tcp/443 from 10.0.0.0/8")]
    [InlineData("ingress tcp/443 from 2600:1f18::/56")]
    [InlineData("ingress icmp from 0.0.0.0/0")]
    public void A_block_of_one_family_has_no_twin_to_miss(string rule) => Audit.Quiet("SP-OVL-06", $"group web\n  {rule}\ninterface eni-1 web 10.1.0.5 2600:1f18::5");

    [Fact]
    public void The_world_in_IPv4_and_a_block_in_IPv6_on_an_interface_with_both() => Assert.Equal(
        FindingSeverity.Low,
        Audit.Fires("SP-OVL-06", "group web\n  ingress tcp/443 from 0.0.0.0/0\n  ingress tcp/443 from 2600:1f18::/56\ninterface eni-1 web 10.1.0.5 2600:1f18::5", "ingress tcp/443 from 0.0.0.0/0").Severity);

    [Fact]
    public void Another_group_of_the_interface_may_be_the_other_family() => Audit.Quiet(
        "SP-OVL-06", "group web\n  ingress tcp/443 from 0.0.0.0/0\ngroup web6\n  ingress tcp/443 from ::/0\ninterface eni-1 web,web6 10.1.0.5 2600:1f18::5");

    [Fact]
    public void A_list_that_was_not_read_may_be_the_world() => Assert.Contains(
        "pl-x", Audit.Unknown("SP-OVL-06", "list pl-x unread\ngroup web\n  ingress tcp/22 from 10.0.0.0/8\n  ingress tcp/22 from pl-x"), StringComparison.Ordinal);

    [Fact]
    public void Two_groups_that_lead_to_each_other_are_a_cycle() => Assert.Equal(
        "sg-a -> sg-b -> sg-a leads back to where it starts.",
        Audit.Fires("SP-OVL-07", "group a\n  egress tcp/1 to b\n  ingress tcp/2 from b\ngroup b\n  ingress tcp/1 from a\n  egress tcp/2 to a", "egress tcp/1 to sg-b").Message);

    [Fact]
    public void A_large_set_is_told_by_its_shortest_cycle() => Assert.Equal(
        "sg-a -> sg-b -> sg-a leads back to where it starts. 3 groups reach each other this way.",
        Audit.Fires(
            "SP-OVL-07",
            "group a\n  egress any to b\n  ingress any from b\n  ingress any from c\ngroup b\n  ingress any from a\n  egress any to a\n  egress any to c\ngroup c\n  ingress any from b\n  egress any to a",
            "egress any to sg-b").Message);

    [Theory]
    [InlineData("group a\n  egress any to a\n  ingress any from a")] // with itself
    [InlineData("group a\n  egress tcp/1 to b\ngroup b\n  ingress tcp/1 from a\n  egress tcp/2 to a")] // the way back is not admitted
    [InlineData("group a\n  egress tcp/1 to b\n  ingress tcp/2 from b\ngroup b\n  ingress tcp/3 from a\n  egress tcp/2 to a")] // the ports differ
    [InlineData("group a\n  egress tcp/1 to b\n  ingress tcp/2 from 10.0.0.0/8\ngroup b\n  ingress tcp/1 from a\n  egress tcp/2 to 10.0.0.0/8")] // by address only
    [InlineData("group a\n  egress tcp/1 to b dead\n  ingress tcp/2 from b\ngroup b in vpc-b\n  ingress tcp/1 from a\n  egress tcp/2 to a")]
    public void What_does_not_lead_back_is_no_cycle(string estate) => Audit.Quiet("SP-OVL-07", estate);

    /// <summary>Held against the transitive closure, worked out the dumb way.</summary>
    [Fact]
    public void Cycles_are_what_the_closure_says() => Prop.ForAll(Graphs.ToArbitrary(), graph =>
    {
        var ids = Enumerable.Range(0, 8).Select(EstateGenerator.GroupId).ToList();
        var edges = graph.Distinct().ToLookup(e => ids[e.From], e => ids[e.To]);
        IReadOnlyList<SecurityGroupId> Targets(SecurityGroupId id) => [.. edges[id].Order()];
        var reach = new bool[8, 8];
        foreach (var (from, to) in graph) reach[from, to] = true;
        for (var k = 0; k < 8; k++)
        {
            for (var i = 0; i < 8; i++)
            {
                for (var j = 0; j < 8; j++) reach[i, j] |= reach[i, k] && reach[k, j];
            }
        }

        var expected = Enumerable.Range(0, 8)
            .Select(i => string.Join(',', Enumerable.Range(0, 8).Where(j => j == i || (reach[i, j] && reach[j, i])).Select(j => ids[j])))
            .Where(s => s.Contains(',')).Distinct().Order(StringComparer.Ordinal);
        var cycles = CycleFinder.Find(ids, Targets);
        Assert.Equal(expected, cycles.Select(c => string.Join(',', c)).Order(StringComparer.Ordinal));
        foreach (var cycle in cycles)
        {
            var path = CycleFinder.ShortestFrom(cycle[0], cycle, Targets);
            Assert.True(path.Count > 2 && path[0] == cycle[0] && path[^1] == cycle[0]);
            Assert.All(path.Zip(path.Skip(1)), step => Assert.Contains(step.Second, Targets(step.First)));
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_chain_as_long_as_the_estate_needs_no_deep_stack()
    {
        var ids = Enumerable.Range(0, 200_000).Select(EstateGenerator.GroupId).ToList();
        var place = ids.Select((id, i) => (id, i)).ToDictionary(p => p.id, p => p.i);
        Assert.Equal(200_000, Assert.Single(CycleFinder.Find(ids, id => [ids[(place[id] + 1) % ids.Count]])).Count);
    }

    private static readonly Gen<SecurityGroupRule> WorldlyRule =
        from service in Gen.Elements("any", "tcp/22", "tcp/20-30", "tcp/3389", "tcp/443")
        from block in Gen.Elements("0.0.0.0/0", "::/0", "0.0.0.0/1", "128.0.0.0/1")
        select new SecurityGroupRule(Direction.Ingress, Service.Parse(service), new CidrPeer(Cidr.Parse(block)));

    private static readonly Gen<Estate> WorldlyEstates =
        from estate in EstateGenerator.Estate
        from more in Gen.CollectToArray(estate.SecurityGroups.Select(_ => WorldlyRule.ArrayOf(2)))
        select EstateGenerator.Assemble(
            estate.SecurityGroups.Zip(more, (g, m) => g with { Rules = [.. g.Rules.Concat(m).DistinctBy(r => r.Key)] }), estate.NetworkInterfaces);

    private static readonly Gen<(int From, int To)[]> Graphs =
        (from a in Gen.Choose(0, 7) from b in Gen.Choose(0, 7) where a != b select (a, b)).ArrayOf();
}
