using FsCheck;
using FsCheck.Fluent;
using Sallyport.Anomalies;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Tests.Auditing;
using Sallyport.Tests.Generators;

namespace Sallyport.Tests.Anomalies;

public sealed class FamilyAsymmetryTests
{
    private static readonly AnomalyOptions Alone = new() { Kinds = [AnomalyKind.FamilyAsymmetry] };

    [Fact]
    public void Asymmetric_rules_are_those_found_interface_by_interface_and_packet_by_packet() => Prop.ForAll(EstateGenerator.Estate.ToArbitrary(), estate =>
    {
        var report = AnomalyFinder.Find(estate, Alone);
        foreach (var group in estate.SecurityGroups)
        {
            foreach (var rule in group.Rules)
            {
                var expected = new[] { IpFamily.V4, IpFamily.V6 }.Any(f => estate.NetworkInterfaces.Any(n => n.Groups.Contains(group.Id) && n.Addresses.Any(a => a.Family == IpFamily.V6) && IsAlone(estate, n, rule, f)));
                Assert.Equal(expected, report.Anomalies.Any(a => a.Group == group.Id && a.Rule!.Key == rule.Key));
            }
        }
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("ingress tcp/443 from 0.0.0.0/0", "ingress tcp/443 from ::/0", false)]
    [InlineData("ingress tcp/443 from 0.0.0.0/0", "ingress tcp/443 from 2000::/3", false)] // 2000::/3 is the world of IPv6
    [InlineData("ingress tcp/443 from 0.0.0.0/0", "ingress tcp/443 from 2000::/4", true)]
    [InlineData("ingress tcp/443 from 0.0.0.0/1", "ingress tcp/443 from 2000::/4", false)] // some and some
    [InlineData("ingress tcp/443 from 0.0.0.0/1", "ingress tcp/442 from 2000::/4", true)]
    [InlineData("ingress tcp/443 from 198.51.100.0/24", "ingress any from web", false)] // a reference opens both families
    [InlineData("ingress icmp from 0.0.0.0/0", "ingress tcp/1 from web", false)]
    public void The_world_some_and_nobody_are_told_apart(string first, string second, bool fires) => Assert.Equal(
        fires, !AnomalyFinder.Find(EstateText.Read($"group web\n  {first}\n  {second}\ninterface eni-1 web 10.1.0.5 2600:1f18::5"), Alone).Anomalies.IsEmpty);

    [Theory]
    [InlineData("interface eni-1 web 10.1.0.5", 0)]
    [InlineData("interface eni-1 web 2600:1f18::5", 0)]
    [InlineData("interface eni-1 web 10.1.0.5 2600:1f18::/80", 1)] // a delegated prefix is addresses too
    [InlineData("interface eni-1 web,six 10.1.0.5 2600:1f18::5", 0)] // its other group holds the twin
    [InlineData("interface eni-1 web,six 10.1.0.5 2600:1f18::5\ninterface eni-2 web 10.1.0.6 2600:1f18::6", 1)]
    public void Only_interfaces_with_both_families_count_with_all_their_groups(string interfaces, int expected) => Assert.Equal(
        expected,
        AnomalyFinder.Find(EstateText.Read($"group six\n  ingress tcp/443 from 2001:db8::/32\ngroup web\n  ingress tcp/443 from 198.51.100.0/24\n{interfaces}"), Alone)
            .Anomalies.Count(a => a.Group!.Value.Value == "sg-web"));

    [Theory]
    [InlineData("  ingress tcp/1-500 from pl-x\ninterface eni-1 web 10.1.0.5 2600:1f18::5", "pl-x")]
    [InlineData("interface eni-1 web,elsewhere 10.1.0.5 2600:1f18::5", "sg-elsewhere")]
    [InlineData("gap NetworkInterfaces", "interfaces of")]
    public void What_was_not_read_leaves_a_doubt(string more, string gap)
    {
        var report = AnomalyFinder.Find(EstateText.Read($"group web\n  ingress tcp/443 from 198.51.100.0/24\n{more}"), Alone);
        Assert.Empty(report.Anomalies);
        Assert.Contains(gap, Assert.Single(report.Doubts).Gap, StringComparison.Ordinal);
    }

    /// <summary>Some packet of the rule is open to the world, or to somebody, in its family, and certainly not as widely in the other.</summary>
    private static bool IsAlone(Estate estate, NetworkInterface nic, SecurityGroupRule rule, IpFamily family)
    {
        var other = family == IpFamily.V4 ? IpFamily.V6 : IpFamily.V4;
        var own = AddressesOf(estate, rule, family);
        if (rule.Peer is GroupPeer || own.IsEmpty) return false;
        var rules = estate.SecurityGroups.Where(g => nic.Groups.Contains(g.Id)).SelectMany(g => g.Rules).Where(r => r.Direction == rule.Direction).ToList();
        foreach (var (protocol, a, b) in PacketPool.Headers.Where(h => h.Protocol is not (1 or 58) && RuleOracle.MatchesService(rule.Service, h.Protocol, h.A, h.B)))
        {
            var matching = rules.Where(r => RuleOracle.MatchesService(r.Service, protocol, a, b)).ToList();
            if (matching.Exists(r => r.Peer is PrefixListPeer list && estate.Index.EntriesOf(list.PrefixList) is null)) continue;
            var isOpen = matching.Exists(r => r.Peer is GroupPeer || !AddressesOf(estate, r, other).IsEmpty);
            var isWorldly = own.Overlaps(PublicSpace.WorldOf(family)) && IsWorld(family) && !IsWorld(other);
            if (!isOpen || isWorldly) return true;

            bool IsWorld(IpFamily f) => PublicSpace.WorldOf(f).IsSubsetOf(matching.Select(r => AddressesOf(estate, r, f)).Aggregate(AddressSet.Empty(f), (x, y) => x.Union(y)));
        }

        return false;
    }

    private static AddressSet AddressesOf(Estate estate, SecurityGroupRule rule, IpFamily family) => rule.Peer switch
    {
        CidrPeer cidr => AddressSet.Of(family, [cidr.Cidr]),
        PrefixListPeer list => AddressSet.Of(family, (estate.Index.EntriesOf(list.PrefixList) ?? []).Select(e => e.Cidr)),
        _ => AddressSet.Empty(family),
    };
}
