using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Sallyport.Auditing;
using Sallyport.Auditing.Exposure;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Tests.Generators;

namespace Sallyport.Tests.Auditing;

public sealed class AuditLawTests
{
    // Blocks that often make up the world or nearly do; addresses at their edges stand for all addresses.
    private static readonly string[] Blocks =
    [
        "0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1", "0.0.0.0/2", "64.0.0.0/2", "128.0.0.0/2", "192.0.0.0/2", "192.0.0.0/3", "0.0.0.0/5",
        "8.0.0.0/7", "10.0.0.0/8", "11.0.0.0/8", "12.0.0.0/6", "16.0.0.0/4", "32.0.0.0/3", "8.8.8.0/24",
    ];

    // What the world may do: an unread list may make every one of them fire.
    private static readonly string[] Exposed =
    [
        "SP-DEF-02", "SP-EGR-01", "SP-EGR-02", "SP-EGR-06", "SP-EGR-07", "SP-EGR-08", "SP-EGR-09", "SP-EGR-10", "SP-ING-01", "SP-ING-02", "SP-ING-06",
        "SP-ING-09", "SP-VAL-03", .. RuleCatalogue.All.Where(r => r.PartOf == "SP-ING-07").Select(r => r.Code),
    ];

    // What is wrong with a rule whoever its peer is: more rules never make it right.
    private static readonly string[] MoreWhenMore =
        ["SP-EGR-04", "SP-EGR-13", "SP-ING-08", "SP-ING-10", "SP-ING-11", "SP-ING-12", "SP-ING-13", "SP-ING-14", "SP-ING-15", "SP-VAL-05"];

    private static readonly Gen<ImmutableArray<SecurityGroupRule>> WorldlyRules =
        from count in Gen.Choose(1, 9)
        from services in Gen.Elements("any", "tcp/443", "tcp/1-65535", "tcp/400-500", "tcp/443-444", "udp/53", "icmp").ArrayOf(count)
        from blocks in Gen.Elements(Blocks).ArrayOf(count)
        select services.Zip(blocks, (s, b) => new SecurityGroupRule(Direction.Egress, Service.Parse(s), new CidrPeer(Cidr.Parse(b))))
            .DistinctBy(r => r.Key).ToImmutableArray();

    [Fact]
    public void World_agrees_with_asking_every_address_one_by_one()
    {
        // One address of every piece that the blocks and the registry cut the space into decides for the whole piece.
        var cuts = Blocks.Select(Cidr.Parse).Concat(PublicSpace.SpecialPurpose.Select(b => b.Cidr).Where(c => c.Family == IpFamily.V4)).ToList();
        var witnesses = cuts.SelectMany(c => new[] { c.Bits, c.Last.Bits + 1 }).Where(b => b <= uint.MaxValue).Distinct()
            .Select(b => new Address(IpFamily.V4, b)).Where(PublicSpace.Of(IpFamily.V4).Contains).ToList();
        Assert.True(witnesses.Count > 20);
        Prop.ForAll(WorldlyRules.ToArbitrary(), rules =>
        {
            var boxes = rules.Select((r, i) => new ReachBox(i, r.Service.Interval, ((CidrPeer)r.Peer).Cidr));
            var coverage = WorldCoverage.Of(IpFamily.V4, boxes, 0.01);
            foreach (var (protocol, port) in new[] { (6, 0), (6, 1), (6, 399), (6, 400), (6, 442), (6, 443), (6, 444), (6, 445), (6, 65_535), (17, 52), (17, 53), (47, 0) })
            {
                var expected = witnesses.TrueForAll(w => RuleOracle.Allows(rules.Select(r => r.Key), EstateText.Read(""), w, [], protocol, port, 0));
                var point = ServiceLine.StartOf(Protocol.Of(protocol)) + (protocol == 47 ? 0 : port);
                Assert.Equal(expected, coverage.World.Contains(point));
            }

            // The evidence is enough: alone it opens the same services.
            var evidence = coverage.EvidenceOf(ServiceSet.Any).Distinct().Select(i => new ReachBox(i, rules[i].Service.Interval, ((CidrPeer)rules[i].Peer).Cidr));
            Assert.Equal(coverage.World, WorldCoverage.Of(IpFamily.V4, evidence, 0.01).World);

            // It is all of it: without it nothing of the world is left open.
            var rest = rules.Select((r, i) => new ReachBox(i, r.Service.Interval, ((CidrPeer)r.Peer).Cidr)).ExceptBy(coverage.EvidenceOf(ServiceSet.Any), b => b.Rule);
            Assert.True(WorldCoverage.Of(IpFamily.V4, rest, 0.01).World.IsEmpty);

            // The same of what is nearly the world: what is left of those services is not worth a word.
            var small = rules.Select((r, i) => new ReachBox(i, r.Service.Interval, ((CidrPeer)r.Peer).Cidr)).ExceptBy(coverage.NearEvidence(), b => b.Rule);
            var left = WorldCoverage.Of(IpFamily.V4, small, 0.01);
            Assert.False(left.Near.Services.Union(left.World).Overlaps(coverage.Near.Services));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_sweep_counts_what_the_set_algebra_counts() => Prop.ForAll(WorldlyRules.ToArbitrary(), rules =>
    {
        var universe = PublicSpace.Of(IpFamily.V4);
        var boxes = rules.Select(r => (r.Service.Interval, Range: new AddressRange(((CidrPeer)r.Peer).Cidr.Bits, ((CidrPeer)r.Peer).Cidr.Last.Bits))).ToList();
        var segments = CoverageSweep.Run(universe, boxes);
        foreach (var point in boxes.SelectMany(b => new[] { b.Interval.First, b.Interval.Last, b.Interval.First - 1, b.Interval.Last + 1 }))
        {
            var expected = AddressSet.FromRanges(IpFamily.V4, boxes.Where(b => b.Interval.First <= point && point <= b.Interval.Last).Select(b => b.Range))
                .Intersect(universe).Count;
            var actual = segments.Where(s => s.Services.First <= point && point <= s.Services.Last).Select(s => s.Covered).DefaultIfEmpty().Single();
            Assert.Equal(expected, actual);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_order_of_the_input_changes_nothing()
    {
        var pair = from estate in EstateGenerator.Estate
                   from groups in Gen.Shuffle(estate.SecurityGroups.ToArray())
                   from interfaces in Gen.Shuffle(estate.NetworkInterfaces.ToArray())
                   from reverse in Gen.Elements(true, false)
                   select (estate, Other: EstateGenerator.Assemble(
                       groups.Select(g => reverse ? g with { Rules = [.. g.Rules.Reverse()] } : g), interfaces));
        Prop.ForAll(pair.ToArbitrary(), p => Assert.Equal(Print(Audit.Of(p.estate)), Print(Audit.Of(p.Other)))).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Adding_a_rule_never_clears_an_exposure()
    {
        string[] exposures = [.. Exposed, .. MoreWhenMore];
        var grown = from estate in EstateGenerator.Estate
                    from extra in Gen.CollectToArray(estate.SecurityGroups.Select(g => EstateGenerator.Rules(estate.SecurityGroups, g, 3)))
                    select (estate, Other: EstateGenerator.Assemble(
                        estate.SecurityGroups.Zip(extra, (g, e) => g with { Rules = [.. g.Rules, .. e] }), estate.NetworkInterfaces));
        Prop.ForAll(grown.ToArbitrary(), p =>
        {
            var before = Exposures(p.estate);
            var after = Exposures(p.Other);
            Assert.Subset(after, before);
        }).QuickCheckThrowOnFailure();

        HashSet<(string, string)> Exposures(Estate estate) =>
            [.. Audit.Of(estate).Findings.Where(f => exposures.Contains(f.Rule)).Select(f => (f.Rule, f.Resource.Id))];
    }

    [Fact]
    public void Revoking_the_evidence_of_an_exposure_clears_it()
    {
        // SP-ING-03 to -05 and SP-EGR-05 are not among them: a half that is revoked leaves the other half, no longer part of the world.
        string[] exposures = [.. Exposed, .. MoreWhenMore, "SP-DEF-04", "SP-ING-16", "SP-VAL-04"];
        Prop.ForAll(EstateGenerator.Estate.ToArbitrary(), estate =>
        {
            var options = new AuditOptions { Rules = [.. exposures] };
            foreach (var finding in Audit.Of(estate, options).Findings)
            {
                var revoked = finding.Evidence.Select(e => e.Key).ToHashSet();
                var judged = estate.NetworkInterfaces.FirstOrDefault(i => i.Id.Value == finding.Resource.Id)?.Groups ?? [new(finding.Resource.Id)];
                var rest = estate.SecurityGroups.Select(g => judged.Contains(g.Id) ? g with { Rules = [.. g.Rules.Where(r => !revoked.Contains(r.Key))] } : g);
                Assert.DoesNotContain(
                    Audit.Of(EstateGenerator.Assemble(rest, estate.NetworkInterfaces), options).Findings,
                    f => f.Rule == finding.Rule && f.Resource.Id == finding.Resource.Id && FamilyOf(f) == FamilyOf(finding));
            }
        }).QuickCheckThrowOnFailure();
    }

    // SP-ING-06 speaks of one family at a time; the generator's lists are of one family each, and neither is the world.
    private static IpFamily? FamilyOf(Finding finding) =>
        finding.Rule == "SP-ING-06" ? ((CidrPeer)finding.Evidence[0].Peer).Cidr.Family : null;

    [Fact]
    public void Fingerprints_are_unique_and_ignore_messages_and_rule_ids() => Prop.ForAll(EstateGenerator.Estate.ToArbitrary(), estate =>
    {
        var findings = Audit.Of(estate).Findings;
        Assert.Equal(findings.Length, findings.Select(f => f.Fingerprint).Distinct().Count());
        var renamed = EstateGenerator.Assemble(
            estate.SecurityGroups.Select(g => g with { Rules = [.. g.Rules.Select(r => r with { Id = null })] }), estate.NetworkInterfaces);
        Assert.Equal(findings.Select(f => f.Fingerprint), Audit.Of(renamed).Findings.Select(f => f.Fingerprint));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_list_that_was_not_read_never_turns_a_rule_into_a_pass() => Prop.ForAll(EstateGenerator.Estate.ToArbitrary(), estate =>
    {
        // Whatever the unread list holds, a rule that would then fire must not have been a pass before.
        var world = new EstateBuilder().Add(new PrefixList(EstateGenerator.UnreadList, EstateGenerator.Home)
        {
            Entries = [new(Cidr.AnyV4, "")],
        });
        foreach (var group in estate.SecurityGroups) world.Add(group);
        var unread = Audit.Of(estate);
        var judged = unread.Findings.Select(f => (f.Rule, f.Resource.Id)).Concat(unread.Unknown.Select(u => (u.Rule, u.Resource.Id))).ToHashSet();
        foreach (var finding in Audit.Of(world.Build()).Findings.Where(f => Exposed.Contains(f.Rule)))
        {
            Assert.Contains((finding.Rule, finding.Resource.Id), judged);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_prefix_list_of_one_block_is_judged_as_the_block_is() => Prop.ForAll(EstateGenerator.Estate.ToArbitrary(), estate =>
    {
        var lists = new Dictionary<Cidr, PrefixListId>();
        var builder = new EstateBuilder();
        foreach (var nic in estate.NetworkInterfaces) builder.Add(nic);
        foreach (var vpc in estate.Vpcs) builder.Add(vpc);
        foreach (var table in estate.RouteTables) builder.Add(table);
        foreach (var list in estate.PrefixLists) builder.Add(list);
        foreach (var group in estate.SecurityGroups) builder.Add(group with { Rules = [.. group.Rules.Select(r => r with { Peer = Listed(r.Peer) })] });
        foreach (var (block, id) in lists) builder.Add(new PrefixList(id, EstateGenerator.Home) { Entries = [new(block, "")] });

        var options = new AuditOptions { Rules = [.. Exposed, .. MoreWhenMore, "SP-EGR-05", "SP-ING-03", "SP-ING-04", "SP-ING-05", "SP-ING-16", "SP-VAL-04"] };
        Assert.Equal(Verdicts(estate), Verdicts(builder.Build()));

        Peer Listed(Peer peer)
        {
            if (peer is not CidrPeer { Cidr: var block }) return peer;
            if (!lists.TryGetValue(block, out var id)) lists.Add(block, id = new PrefixListId($"pl-one{EstateText.Number(lists.Count)}"));
            return new PrefixListPeer(id);
        }

        // The idiom for no egress is one of blocks: a list of it says nothing of the kind.
        IEnumerable<(string, string, FindingSeverity)> Verdicts(Estate judged) => Audit.Of(judged, options).Findings
            .Where(f => !(f.Rule == "SP-VAL-04" && f.Evidence.All(e => e.Direction == Direction.Egress)))
            .Select(f => (f.Rule, f.Resource.Id, f.Severity)).Order();
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Rules_can_be_chosen_left_out_and_reweighed()
    {
        const string Estate = "group web\n  egress any to 0.0.0.0/0";
        Assert.Equal(["SP-EGR-01"], Audit.Of(Estate, new AuditOptions { Rules = ["ec2-033"] }).Findings.Select(f => f.Rule));
        Assert.DoesNotContain("SP-EGR-01", Audit.Of(Estate, new AuditOptions { Excluded = ["SP-EGR-01"] }).Findings.Select(f => f.Rule));
        var loud = Audit.Of(Estate, new AuditOptions { Rules = ["SP-EGR-01"], Severities = new Dictionary<string, FindingSeverity> { ["SP-EGR-01"] = FindingSeverity.Critical } });
        Assert.Equal(FindingSeverity.Critical, Assert.Single(loud.Findings).Severity);
        Assert.Throws<ArgumentException>(() => Audit.Of(Estate, new AuditOptions { Rules = ["SP-EGR-99"] }));
    }

    [Theory]
    [InlineData(FindingSeverity.Info, true)]
    [InlineData(FindingSeverity.Medium, true)]
    [InlineData(FindingSeverity.High, false)]
    [InlineData(null, false)]
    public void The_threshold_is_inclusive(FindingSeverity? threshold, bool fails) => Assert.Equal(
        fails, Audit.Of("group web\n  egress tcp/443 to 0.0.0.0/0", new AuditOptions { Rules = ["SP-EGR-01"] }).FailsAt(threshold));

    [Fact]
    public void A_waived_finding_does_not_fail_the_run()
    {
        var waiver = new Waiver("SP-EGR-01", "sg-web", "until the proxy is there", "net", new DateOnly(2030, 1, 1));
        var report = Audit.Of("group web\n  egress tcp/443 to 0.0.0.0/0", new AuditOptions { Rules = ["SP-EGR-01"], Waivers = [waiver] });
        Assert.Equal(waiver, Assert.Single(report.Findings).Waiver);
        Assert.False(report.FailsAt(FindingSeverity.Info));
    }

    [Fact]
    public void The_number_of_threads_changes_nothing() => Prop.ForAll(EstateGenerator.Estate.ToArbitrary(), estate =>
        Print(Audit.Of(estate, new AuditOptions { Workers = 1 })) == Print(Audit.Of(estate, new AuditOptions { Workers = 4 }))).QuickCheckThrowOnFailure();

    [Fact]
    public void Many_groups_on_many_threads_give_what_one_thread_gives()
    {
        var text = string.Concat(Enumerable.Range(0, 700).Select(i =>
            $"group g{i}\n  egress tcp/443 to 0.0.0.0/0\n  ingress tcp/{i % 50} from g{(i + 1) % 700}\n  egress tcp/{i % 50} to g{(i + 699) % 700}\ninterface eni-{i} g{i} 10.1.{i / 200}.{(i % 200) + 4}\n"));
        var one = Audit.Of(text, new AuditOptions { Workers = 1 });
        Assert.True(one.Findings.Length > 1_000);
        Assert.Equal(Print(one), Print(Audit.Of(text, new AuditOptions { Workers = 8 })));
    }

    [Fact]
    public void An_observer_gets_what_the_report_lists_and_always_in_the_same_order() => Prop.ForAll(EstateGenerator.Estate.ToArbitrary(), estate =>
    {
        var (first, second) = (new Watcher(), new Watcher());
        var report = Auditor.Audit(estate, AuditOptions.Default, first, collects: true);
        var uncollected = Auditor.Audit(estate, new AuditOptions { Workers = 3 }, second, collects: false);
        return uncollected.Findings.IsEmpty && uncollected.Summary == report.Summary
            && first.Seen.SequenceEqual(second.Seen)
            && first.Seen.Order().SequenceEqual(report.Findings.Select(f => f.Fingerprint).Order());
    }).QuickCheckThrowOnFailure();

    private sealed class Watcher : IAuditObserver
    {
        public List<string> Seen { get; } = [];

        public void Begin(AuditScope scope, ImmutableArray<EstateGap> gaps) => Assert.Empty(Seen);

        public void Add(Finding finding) => Seen.Add(finding.Fingerprint);
    }

    private static string Print(AuditReport report) => string.Join('\n', report.Findings.Select(f => $"{f.Rule} {f.Severity} {f.Resource} {f.Message} {string.Join(',', f.Evidence)} {f.Basis} {string.Join(',', f.Related)} {f.Fingerprint}"))
        + string.Join('\n', report.Unknown);
}
