using FsCheck;
using FsCheck.Fluent;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Reachability;
using Sallyport.Tests.Generators;

namespace Sallyport.Tests.Reachability;

public sealed class AllowedTrafficTests
{
    [Fact]
    public void Agrees_with_the_oracle_on_boundary_packets() => Prop.ForAll(EstateGenerator.Estate.ToArbitrary(), estate =>
    {
        foreach (var group in estate.SecurityGroups)
        {
            foreach (var direction in new[] { Direction.Ingress, Direction.Egress })
            {
                var keys = group.RulesOf(direction).Select(r => r.Key).ToList();
                var traffic = AllowedTraffic.Of(keys, estate.Index.EntriesOf);
                foreach (var address in PacketPool.Addresses)
                {
                    var services = (address.Family == IpFamily.V4 ? traffic.V4 : traffic.V6).At(address.Bits);
                    foreach (var (protocol, a, b) in PacketPool.Headers)
                    {
                        Assert.Equal(RuleOracle.Allows(keys, estate, address, [], protocol, a, b), services.Contains(PointOf(protocol, a, b)));
                    }
                }

                foreach (var other in estate.SecurityGroups)
                {
                    var services = traffic.Symbols.GetValueOrDefault(new GroupPeer(other.Id), ServiceSet.Empty);
                    var references = keys.Where(k => k.Peer is GroupPeer).ToList();
                    foreach (var (protocol, a, b) in PacketPool.Headers)
                    {
                        Assert.Equal(RuleOracle.Allows(references, estate, default, [other.Id], protocol, a, b), services.Contains(PointOf(protocol, a, b)));
                    }
                }
            }
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Set_verbs_obey_their_laws()
    {
        var pair = from estate in EstateGenerator.Estate
                   from changed in EstateGenerator.Changed(estate)
                   select (Traffic(estate), Traffic(changed));
        Prop.ForAll(pair.ToArbitrary(), p =>
        {
            var (a, b) = p;
            Assert.Equal(a.Union(b), b.Union(a));
            Assert.Equal(a.Intersect(b), b.Intersect(a));
            Assert.Equal(a, a.Intersect(b).Union(a.Subtract(b)));
            Assert.True(a.Subtract(b).Intersect(b).IsEmpty);
            Assert.True(a.IsSubsetOf(a.Union(b)));
            Assert.Equal(a.IsSubsetOf(b), a.Union(b).Equals(b));
        }).QuickCheckThrowOnFailure();

        static AllowedTraffic Traffic(Estate estate) =>
            AllowedTraffic.Of(estate.SecurityGroups[0].Rules.Select(r => r.Key), estate.Index.EntriesOf);
    }

    private static int PointOf(int protocol, int a, int b) => Service.Create(Protocol.Of(protocol), a, protocol is 6 or 17 ? a : b).Interval.First;
}
