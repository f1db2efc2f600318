using FsCheck;
using FsCheck.Fluent;
using Sallyport.Connections.Compiling;
using Sallyport.Connections.Importing;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Reachability;
using Sallyport.Tests.Generators;

namespace Sallyport.Tests.Connections.Importing;

public sealed class TightenLawsTests
{
    private static readonly ImportOptions Today = new(new DateOnly(2026, 11, 21));

    /// <summary>Generated estates with the default egress on some groups, as every real estate has, and some groups that others manage.</summary>
    private static readonly Gen<Estate> Estates =
        from estate in EstateGenerator.Estate
        from open in Gen.Elements(true, true, false).ArrayOf(estate.SecurityGroups.Length)
        from foreign in Gen.Elements(true, false, false, false, false, false).ArrayOf(estate.SecurityGroups.Length)
        from wideIngress in Gen.Elements("", "10.1.0.0/16", "10.0.0.0/8", "10.1.1.5/32").ArrayOf(estate.SecurityGroups.Length)
        select EstateGenerator.Assemble(
            estate.SecurityGroups.Select((g, i) => g with
            {
                Tags = foreign[i] ? Tags.Of([new("aws:eks:cluster-name", "x")]) : Tags.None,
                Rules = [.. g.Rules, .. Extra(open[i], wideIngress[i])],
            }),
            estate.NetworkInterfaces);

    /// <summary>As above, each interface with one group only: what two groups do is then what their own rules say.</summary>
    private static readonly Gen<Estate> Simple = Estates.Select(e =>
        EstateGenerator.Assemble(e.SecurityGroups, e.NetworkInterfaces.Select(n => n with { Groups = n.Groups[..1] })));

    [Fact]
    public void What_both_sides_allowed_between_members_stays_allowed() => Check(Estates, new TightenOptions { KeepsPairsOpenToTheWorld = true }, exceptWorldPairs: false);

    [Fact]
    public void By_default_only_pairs_that_only_the_world_rules_of_both_sides_explain_are_closed() => Check(Estates, new TightenOptions(), exceptWorldPairs: true);

    [Fact]
    public void Nothing_is_allowed_that_was_not_allowed_before_unless_it_is_reported() => Prop.ForAll(Estates.ToArbitrary(), estate =>
    {
        var (result, after) = Tighten(estate, new TightenOptions());
        var widened = result.Changes.Where(c => c.Kind == TightenKind.Widened).Select(c => result.File.Groups.Single(g => g.Name == c.Group).Sg!.Value).ToHashSet();
        foreach (var (a, b) in MemberPairs(estate))
        {
            if (a.Groups.Any(widened.Contains)) continue;
            foreach (var (protocol, x, y) in PacketPool.Headers)
            {
                // A reference holds for both families, so what one family was allowed stands for the pair.
                var now = AddressPairs(a, b).Any(p => Passes(estate, after, a, p.From, b, p.To, protocol, x, y));
                var before = AddressPairs(a, b).Any(p => Passes(estate, RulesOf(estate), a, p.From, b, p.To, protocol, x, y));
                Assert.True(before || !now, $"{a.Id} to {b.Id}: {protocol}/{x}/{y} was opened.");
            }
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Ingress_never_admits_more_than_before() => Prop.ForAll(Estates.ToArbitrary(), estate =>
    {
        var (_, after) = Tighten(estate, new TightenOptions());
        var before = RulesOf(estate);
        foreach (var group in estate.SecurityGroups)
        {
            foreach (var rule in after[group.Id].Where(r => r.Direction == Direction.Ingress))
            {
                Assert.Contains(before[group.Id], r => r.Direction == Direction.Ingress && r.Peer == rule.Peer && ServiceSet.Of(rule.Service).IsSubsetOf(ServiceSet.Of(r.Service))
                    || before[group.Id].Where(o => o.Direction == Direction.Ingress && o.Peer == rule.Peer).Select(o => o.Service) is var all && ServiceSet.Of(rule.Service).IsSubsetOf(ServiceSet.Of(all)));
            }
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_managed_group_reaches_the_whole_internet_any_more() => Prop.ForAll(Estates.ToArbitrary(), estate =>
    {
        var (result, after) = Tighten(estate, new TightenOptions());
        foreach (var group in result.File.Groups.Where(g => !g.IsReadOnly))
        {
            var rules = after[group.Sg!.Value].Select(k => new SecurityGroupRule(k.Direction, k.Service, k.Peer));
            Assert.Empty(OpenEgress.Of(new SecurityGroup(group.Sg!.Value, EstateGenerator.Home) { Rules = [.. rules] }, estate));
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Where_interfaces_carry_one_group_no_reference_is_left_without_its_other_side() => Prop.ForAll(Simple.ToArbitrary(), estate =>
    {
        var (result, after) = Tighten(estate, new TightenOptions());
        var readOnly = result.File.Groups.Where(g => g.IsReadOnly).Select(g => g.Sg!.Value).ToHashSet();
        foreach (var group in estate.SecurityGroups.Where(g => !readOnly.Contains(g.Id)))
        {
            foreach (var rule in after[group.Id])
            {
                if (rule.Peer is not GroupPeer { Group: var far } || readOnly.Contains(far)) continue;
                var other = after[far].Where(r => r.Direction != rule.Direction).ToList();
                var cuts = other.Select(r => r.Service.Interval.First).Append(rule.Service.Interval.First).Where(c => ServiceSet.Of(rule.Service).Contains(c));
                foreach (var point in cuts)
                {
                    var here = other.Where(r => ServiceSet.Of(r.Service).Contains(point)).ToList();
                    var isAnswered = here.Any(r => r.Peer.Equals(new GroupPeer(group.Id))) || HoldAllOf([.. here.SelectMany(r => OpenEgress.BlocksOf(r.Peer, estate))], group, estate);
                    Assert.True(isAnswered, $"{group.Id} {rule} has no other side.\n{string.Join('\n', result.Changes)}");
                }
            }
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Where_interfaces_carry_one_group_tightening_twice_changes_nothing_more() => Prop.ForAll(Simple.ToArbitrary(), estate =>
    {
        var (result, after) = Tighten(estate, new TightenOptions());
        var applied = EstateGenerator.Assemble(
            estate.SecurityGroups.Select(g => g with { Rules = [.. after[g.Id].Select(k => new SecurityGroupRule(k.Direction, k.Service, k.Peer))] }), estate.NetworkInterfaces);
        var again = Tightener.Tighten(applied, Importer.Import(applied, Today).File);
        var (once, twice) = (PlainCompile.Compile(result.File, estate), PlainCompile.Compile(again.File, applied));
        foreach (var group in once.Keys)
        {
            // What is allowed, not how: a rule inside a wider one may come or go.
            foreach (var direction in new[] { Direction.Ingress, Direction.Egress })
            {
                Assert.Equal(
                    AllowedTraffic.Of(once[group].Where(r => r.Direction == direction), estate.Index.EntriesOf),
                    AllowedTraffic.Of(twice[group].Where(r => r.Direction == direction), estate.Index.EntriesOf));
            }
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_compiler_takes_every_tightened_file_without_an_error() => Prop.ForAll(Estates.ToArbitrary(), estate =>
    {
        var (result, after) = Tighten(estate, new TightenOptions());
        var compiled = Compiler.Compile(result.File, estate);
        Assert.True(compiled.IsOk, string.Join('\n', compiled.Diagnostics));
        foreach (var group in result.File.Groups.Where(g => !g.IsReadOnly))
        {
            Assert.Equal(after[group.Sg!.Value], compiled.Value.Rules.Where(r => r.Group == group.Sg).Select(r => r.Key));
        }
    }).QuickCheckThrowOnFailure();

    private static void Check(Gen<Estate> estates, TightenOptions options, bool exceptWorldPairs) => Prop.ForAll(estates.ToArbitrary(), estate =>
    {
        var (result, after) = Tighten(estate, options);
        var before = RulesOf(estate);
        var narrow = estate.SecurityGroups.ToDictionary(g => g.Id, g => (IReadOnlyList<RuleKey>)[.. g.Rules.Select(r => r.Key)
            .Except(OpenEgress.WorldRules(g, Direction.Ingress, estate)).Except(OpenEgress.WorldRules(g, Direction.Egress, estate))]);
        foreach (var (a, b) in MemberPairs(estate))
        {
            foreach (var (from, to) in AddressPairs(a, b))
            {
                foreach (var (protocol, x, y) in PacketPool.Headers)
                {
                    if (!Passes(estate, before, a, from, b, to, protocol, x, y)) continue;
                    var worldOnly = !Allows(estate, narrow, b, Direction.Ingress, from, a, protocol, x, y) && !Allows(estate, narrow, a, Direction.Egress, to, b, protocol, x, y);
                    if (exceptWorldPairs && worldOnly) continue;
                    Assert.True(
                        Passes(estate, after, a, from, b, to, protocol, x, y),
                        $"{a.Id} ({from}) to {b.Id} ({to}): {protocol}/{x}/{y} was closed.\n{string.Join('\n', result.Changes)}");
                }
            }
        }
    }).QuickCheckThrowOnFailure();

    private static IEnumerable<SecurityGroupRule> Extra(bool open, string ingress)
    {
        if (open) yield return new SecurityGroupRule(Direction.Egress, Service.Any, new CidrPeer(Cidr.AnyV4));
        if (open) yield return new SecurityGroupRule(Direction.Egress, Service.Any, new CidrPeer(Cidr.AnyV6));
        if (ingress.Length > 0) yield return new SecurityGroupRule(Direction.Ingress, Service.Tcp(443), new CidrPeer(Cidr.Parse(ingress)));
    }

    private static (TightenResult Result, Dictionary<SecurityGroupId, IReadOnlyList<RuleKey>> After) Tighten(Estate estate, TightenOptions options)
    {
        var result = Tightener.Tighten(estate, Importer.Import(estate, Today).File, options);
        var after = RulesOf(estate);
        foreach (var (group, rules) in PlainCompile.Compile(result.File, estate)) after[group] = [.. rules];
        return (result, after);
    }

    private static Dictionary<SecurityGroupId, IReadOnlyList<RuleKey>> RulesOf(Estate estate) =>
        estate.SecurityGroups.ToDictionary(g => g.Id, g => (IReadOnlyList<RuleKey>)[.. g.Rules.Select(r => r.Key)]);

    /// <summary>Pairs of interfaces with a way to each other: one VPC, or the peerings of the generator (A-B, A-C).</summary>
    private static IEnumerable<(NetworkInterface A, NetworkInterface B)> MemberPairs(Estate estate) =>
        from a in estate.NetworkInterfaces
        from b in estate.NetworkInterfaces
        where a.Id != b.Id && (a.Vpc == b.Vpc || a.Vpc == EstateGenerator.VpcA || b.Vpc == EstateGenerator.VpcA)
        select (a, b);

    private static IEnumerable<(Address From, Address To)> AddressPairs(NetworkInterface a, NetworkInterface b) =>
        from x in a.Addresses from y in b.Addresses where x.Family == y.Family select (x, y);

    private static bool Passes(
        Estate estate, Dictionary<SecurityGroupId, IReadOnlyList<RuleKey>> rules, NetworkInterface a, Address from, NetworkInterface b, Address to, int protocol, int x, int y) =>
        Allows(estate, rules, a, Direction.Egress, to, b, protocol, x, y) && Allows(estate, rules, b, Direction.Ingress, from, a, protocol, x, y);

    private static bool Allows(
        Estate estate, Dictionary<SecurityGroupId, IReadOnlyList<RuleKey>> rules, NetworkInterface near, Direction direction, Address far, NetworkInterface other, int protocol, int x, int y) =>
        RuleOracle.Allows(near.Groups.SelectMany(g => rules[g]).Where(r => r.Direction == direction), estate, far, other.Groups, protocol, x, y);

    /// <summary>As the audit's pair rules judge: blocks cover when they hold all the peer's addresses of a family; of a group nobody carries, its VPC.</summary>
    private static bool HoldAllOf(List<Cidr> blocks, SecurityGroup group, Estate estate)
    {
        var addresses = estate.Index.MembersOf(group.Id).SelectMany(m => m.Addresses).Select(Cidr.Host).ToList();
        var needed = addresses.Count > 0 ? addresses : [.. estate.Index.Vpcs[group.Vpc!.Value].Cidrs];
        return needed.GroupBy(c => c.Family).Any(f => AddressSet.Of(f.Key, f).IsSubsetOf(AddressSet.Of(f.Key, blocks)));
    }
}
