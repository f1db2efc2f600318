using FsCheck;
using FsCheck.Fluent;
using Sallyport.Anomalies;
using Sallyport.Anomalies.Overlaps;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Reachability;
using Sallyport.Tests.Auditing;
using Sallyport.Tests.Generators;

namespace Sallyport.Tests.Anomalies;

/// <summary>Kinds that compare rules of one side, held against the set algebra pair by pair.</summary>
public sealed class OverlapOracleTests
{
    private static readonly AnomalyKind[] Redundant = [AnomalyKind.Subsumed, AnomalyKind.UnionRedundant];

    // So few ports and blocks that rules cover each other in turn all the time.
    private static readonly Gen<Estate> Dense =
        from count in Gen.Choose(3, 9)
        from first in Gen.Choose(0, 10).ArrayOf(count)
        from length in Gen.Choose(0, 6).ArrayOf(count)
        from block in Gen.Elements("10.0.0.0/24", "10.0.0.0/25", "10.0.0.128/25", "10.0.0.0/24", "pl-halves").ArrayOf(count)
        select EstateText.Read("list pl-halves 10.0.0.0/25 10.0.0.128/26\ngroup web\n" + string.Join('\n', first.Select((f, i) => $"  ingress tcp/{f}-{f + length[i]} from {block[i]}")));

    [Fact]
    public void Of_rules_that_cover_each_other_in_turn_only_some_are_reported()
    {
        var report = Find(EstateText.Read("group web\n  ingress tcp/0-10 from 10.0.0.0/8\n  ingress tcp/4-14 from 10.0.0.0/8\n  ingress tcp/8-18 from 10.0.0.0/8\n  ingress tcp/12-22 from 10.0.0.0/8"), Redundant);
        Assert.Equal("ingress tcp/4-14 from 10.0.0.0/8", Assert.Single(report.Anomalies).Rule!.Key.ToString());
    }

    [Fact]
    public void Revoking_everything_that_is_reported_as_redundant_loses_nothing_and_leaves_nothing_redundant() => Prop.ForAll(Gen.OneOf(Dense, EstateGenerator.Estate).ToArbitrary(), estate =>
    {
        var report = Find(estate, Redundant);
        foreach (var (_, rules, found) in Sides(estate, report))
        {
            var gone = found.Select(a => a.Rule!.Key).ToHashSet();
            var left = rules.Where(r => !gone.Contains(r)).ToList();
            Assert.Equal(Traffic(estate, rules), Traffic(estate, left));
            Assert.All(left, r => Assert.False(Traffic(estate, [r]).IsSubsetOf(Traffic(estate, left.Where(o => o != r))), $"{r} is redundant still."));
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Each_redundant_rule_is_held_by_the_others_that_are_named_and_by_one_alone_when_it_is_RED1() => Prop.ForAll(Gen.OneOf(Dense, EstateGenerator.Estate).ToArbitrary(), estate =>
    {
        foreach (var anomaly in Find(estate, Redundant).Anomalies)
        {
            Assert.Equal(anomaly.Kind == AnomalyKind.Subsumed, anomaly.Others.Length == 1);
            var others = anomaly.Others.Select(o => o.Rule.Key).ToList();
            Assert.True(Traffic(estate, [anomaly.Rule!.Key]).IsSubsetOf(Traffic(estate, others)));
            Assert.True(others.Count == 1 || others.TrueForAll(o => !Traffic(estate, [anomaly.Rule.Key]).IsSubsetOf(Traffic(estate, others.Where(x => x != o)))), "One of the others is to spare.");
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Few_rules_compared_two_by_two_cast_the_shadows_that_the_table_finds()
    {
        var compared = 0;
        Prop.ForAll(Gen.OneOf(Dense, EstateGenerator.Estate).ToArbitrary(), estate =>
        {
            var facts = new EstateFacts(estate);
            foreach (var rules in estate.SecurityGroups.SelectMany(g => new[] { g.RulesOf(Direction.Ingress), g.RulesOf(Direction.Egress) }))
            {
                var expected = RuleOverlaps.OfMany(rules, facts).Shadows;
                Assert.Equal(expected.AsEnumerable(), RuleOverlaps.Of(rules, facts).Shadows);
                if (PairwiseShadows.Find(rules, facts) is not { } found) continue;
                Assert.Equal(expected.AsEnumerable(), found);
                compared += found.Count;
            }
        }).QuickCheckThrowOnFailure();
        Assert.True(compared > 0);
    }

    [Fact]
    public void Generalising_and_overlapping_are_what_the_set_algebra_says_of_each_pair() => Prop.ForAll(Gen.OneOf(Dense, EstateGenerator.Estate).ToArbitrary(), estate =>
    {
        foreach (var (_, rules, found) in Sides(estate, Find(estate, AnomalyKind.Generalising, AnomalyKind.Overlapping)))
        {
            var traffic = rules.Select(r => Traffic(estate, [r])).ToList();
            for (var i = 0; i < rules.Count; i++)
            {
                var all = Enumerable.Range(0, rules.Count).Where(j => j != i).ToList();
                var inside = all.Where(j => traffic[j].IsSubsetOf(traffic[i]) && !traffic[i].IsSubsetOf(traffic[j]));
                var crossing = all.Where(j => j > i && !traffic[i].Intersect(traffic[j]).IsEmpty && !traffic[i].IsSubsetOf(traffic[j]) && !traffic[j].IsSubsetOf(traffic[i]));
                Assert.Equal(inside.Select(j => rules[j]), Others(AnomalyKind.Generalising, rules[i]));
                Assert.Equal(crossing.Select(j => rules[j]), Others(AnomalyKind.Overlapping, rules[i]));
            }

            IEnumerable<RuleKey> Others(AnomalyKind kind, RuleKey rule) => found.Where(a => a.Kind == kind && a.Rule!.Key == rule).SelectMany(a => a.Others).Select(o => o.Rule.Key);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Mergeable_pairs_are_those_whose_union_some_single_rule_allows_exactly() => Prop.ForAll(Gen.OneOf(Dense, EstateGenerator.Estate).ToArbitrary(), estate =>
    {
        foreach (var (_, rules, found) in Sides(estate, Find(estate, AnomalyKind.Mergeable)))
        {
            for (var i = 0; i < rules.Count; i++)
            {
                var expected = rules.Skip(i + 1).Where(other => IsMergeable(estate, rules[i], other));
                Assert.Equal(expected, found.Where(a => a.Rule!.Key == rules[i]).SelectMany(a => a.Others).Select(o => o.Rule.Key).Order());
            }
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_an_unread_list_holds_a_rule_that_it_makes_redundant_was_in_doubt()
    {
        var filled = from estate in EstateGenerator.Estate
                     from content in Gen.Elements("0.0.0.0/0", "10.1.0.0/16", "10.1.1.5/32", "::/0", "2001:db8:a::5/128")
                     select (estate, content);
        Prop.ForAll(filled.ToArbitrary(), pair =>
        {
            var before = Find(pair.estate, Redundant);
            var gone = before.Anomalies.Select(a => (a.Group, a.Rule!.Key)).ToHashSet();
            var left = pair.estate.SecurityGroups.Select(g => g with { Rules = [.. g.Rules.Where(r => !gone.Contains((g.Id, r.Key)))] });
            var builder = new EstateBuilder();
            foreach (var group in left) builder.Add(group);
            foreach (var list in pair.estate.PrefixLists.Where(l => l.Id != EstateGenerator.UnreadList)) builder.Add(list);
            builder.Add(new PrefixList(EstateGenerator.UnreadList, EstateGenerator.Home) { Entries = [new(Cidr.Parse(pair.content), "")] });
            var doubted = before.Doubts.Select(d => (d.Group, d.Rule?.Key)).ToHashSet();
            Assert.All(Find(builder.Build(), Redundant).Anomalies, a => Assert.Contains((a.Group!.Value, (RuleKey?)a.Rule!.Key), doubted));
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("pl-x", "10.0.0.0/8", AnomalyBasis.Snapshot, FixSafety.Propose)] // the list may grow
    [InlineData("10.0.0.0/16", "pl-x", AnomalyBasis.Snapshot, FixSafety.Propose)] // the list may shrink
    [InlineData("pl-x", "pl-x", AnomalyBasis.Symbolic, FixSafety.Yes)]
    [InlineData("10.0.0.0/16", "10.0.0.0/8", AnomalyBasis.Symbolic, FixSafety.Yes)]
    public void What_rests_on_the_entries_of_a_list_is_never_mended_unasked(string narrow, string broad, AnomalyBasis basis, FixSafety safety)
    {
        var found = Assert.Single(Find(EstateText.Read($"list pl-x 10.0.0.0/16 10.2.0.0/16\ngroup web\n  ingress tcp/80 from {narrow}\n  ingress tcp/80-90 from {broad}"), AnomalyKind.Subsumed).Anomalies);
        Assert.Equal((basis, safety), (found.Basis, found.Fix.Safety));
    }

    private static bool IsMergeable(Estate estate, RuleKey a, RuleKey b)
    {
        var (one, other) = (Traffic(estate, [a]), Traffic(estate, [b]));
        if (one.IsSubsetOf(other) || other.IsSubsetOf(one)) return false;
        if (a.Peer != b.Peer && (a.Peer is not CidrPeer || b.Peer is not CidrPeer)) return false;
        var union = Traffic(estate, [a, b]);
        List<Peer> peers = [a.Peer, b.Peer];
        foreach (var peer in peers.OfType<CidrPeer>().ToList())
        {
            if (peer.Cidr.PrefixLength > 0) peers.Add(new CidrPeer(Cidr.Containing(peer.Cidr.First, peer.Cidr.PrefixLength - 1)));
        }

        var services = new List<Service> { a.Service, b.Service };
        if (a.Service.Protocol == b.Service.Protocol && a.Service.Protocol.HasPorts)
        {
            services.Add(Service.Create(a.Service.Protocol, Math.Min(a.Service.From, b.Service.From), Math.Max(a.Service.To, b.Service.To)));
        }

        return peers.Exists(p => services.Exists(s => Traffic(estate, [new RuleKey(a.Direction, s, p)]).Equals(union)));
    }

    private static AnomalyReport Find(Estate estate, params AnomalyKind[] kinds) => AnomalyFinder.Find(estate, new AnomalyOptions { Kinds = [.. kinds] });

    private static AllowedTraffic Traffic(Estate estate, IEnumerable<RuleKey> rules) => AllowedTraffic.Of(rules, estate.Index.EntriesOf);

    private static IEnumerable<(SecurityGroup Group, List<RuleKey> Rules, List<Anomaly> Found)> Sides(Estate estate, AnomalyReport report)
    {
        foreach (var group in estate.SecurityGroups)
        {
            foreach (var direction in new[] { Direction.Ingress, Direction.Egress })
            {
                yield return (group, [.. group.RulesOf(direction).Select(r => r.Key)], [.. report.Anomalies.Where(a => a.Group == group.Id && a.Rule!.Direction == direction)]);
            }
        }
    }
}
