using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Reachability;
using Sallyport.Tests.Generators;

namespace Sallyport.Tests.Reachability;

public sealed class RuleMinimiserTests
{
    private static readonly Gen<RuleKey[]> Rules =
        from count in Gen.Choose(0, 14)
        from keys in Key.ArrayOf(count)
        select keys;

    private static Gen<RuleKey> Key =>
        from service in EstateGenerator.Service
        from block in EstateGenerator.Cidr.Select(c => (Peer)new CidrPeer(c))
        from named in Gen.Choose(1, 2).Select(n => (Peer)new GroupPeer(EstateGenerator.GroupId(n)))
        from list in Gen.Elements(EstateGenerator.ListV4, EstateGenerator.ListV6).Select(l => (Peer)new PrefixListPeer(l))
        from peer in Gen.Frequency((4, Gen.Constant(block)), (1, Gen.Constant(named)), (1, Gen.Constant(list)))
        select new RuleKey(Direction.Egress, service, peer);

    [Fact]
    public void Minimised_rules_allow_the_same_and_are_not_more() => Prop.ForAll(Rules.ToArbitrary(), rules =>
    {
        var fewer = RuleMinimiser.Minimise([.. rules]);
        Assert.Equal(AllowedTraffic.Of(rules), AllowedTraffic.Of(fewer));
        Assert.True(fewer.Length <= rules.Distinct().Count());
        Assert.Equal(fewer.Order(), fewer);
        Assert.Equal(fewer.Length, RuleMinimiser.Minimise(fewer).Length);
        Assert.Equal(fewer, RuleMinimiser.Minimise([.. rules.Reverse()]));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Minimised_rules_agree_with_the_oracle_on_boundary_packets() => Prop.ForAll(Rules.ToArbitrary(), rules =>
    {
        var estate = EstateGenerator.Assemble([], []);
        var fewer = RuleMinimiser.Minimise([.. rules]);
        foreach (var address in PacketPool.Addresses)
        {
            foreach (var (protocol, a, b) in PacketPool.Headers)
            {
                Assert.Equal(RuleOracle.Allows(rules, estate, address, [], protocol, a, b), RuleOracle.Allows(fewer, estate, address, [], protocol, a, b));
            }
        }
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("tcp/80 0.0.0.0/1, tcp/80 128.0.0.0/1", "tcp/80 0.0.0.0/0")]
    [InlineData("tcp/80 10.0.0.0/8, tcp/81 10.0.0.0/8, tcp/82-90 10.0.0.0/8", "tcp/80-90 10.0.0.0/8")]
    [InlineData("tcp/80 10.1.0.0/16, any 10.0.0.0/8", "any 10.0.0.0/8")]
    [InlineData("tcp/0-65535 10.0.0.0/8, udp/0-65535 10.0.0.0/8, icmp 10.0.0.0/8", "tcp/0-65535 10.0.0.0/8, udp/0-65535 10.0.0.0/8, icmp 10.0.0.0/8")]
    [InlineData("tcp/1-9 10.0.0.0/24, tcp/5-15 10.0.0.0/23, tcp/1-9 10.0.1.0/24", "tcp/1-15 10.0.0.0/23")]
    [InlineData("tcp/1 ::/1, tcp/1 8000::/1, tcp/1 0.0.0.0/0", "tcp/1 0.0.0.0/0, tcp/1 ::/0")]
    [InlineData("tcp/1 10.0.0.0/32, tcp/1 10.0.0.1/32, tcp/1 10.0.0.2/32, tcp/1 10.0.0.3/32, tcp/1 10.0.0.4/32", "tcp/1 10.0.0.0/30, tcp/1 10.0.0.4/32")]
    public void Boxes_are_joined_where_the_union_is_a_box(string before, string after)
    {
        Assert.Equal(Parse(after).Order(), RuleMinimiser.Minimise(Parse(before)));

        static ImmutableArray<RuleKey> Parse(string text) =>
            [.. text.Split(", ").Select(r => r.Split(' ')).Select(r => new RuleKey(Direction.Ingress, Service.Parse(r[0]), new CidrPeer(Cidr.Parse(r[1]))))];
    }

    [Fact]
    public void A_thousand_rules_end_soon_and_stay_the_same()
    {
        ImmutableArray<RuleKey> rules = [.. Enumerable.Range(0, 1000).Select(n =>
            new RuleKey(Direction.Ingress, Service.Tcp(n * 37 % 900, (n * 37 % 900) + (n % 13)), new CidrPeer(Cidr.Containing(new Address(IpFamily.V4, (AddressNumber)(0x0a000000 + (n * 7919 % 4096))), 20 + (n % 13)))))];
        Assert.Equal(AllowedTraffic.Of(rules), AllowedTraffic.Of(RuleMinimiser.Minimise(rules)));
    }
}
