using Sallyport.Connectivity.Networks;
using Sallyport.Packets;

namespace Sallyport.Tests.Connectivity.Networks;

public sealed class NetworkCutsTests
{
    [Fact]
    public void Cuts_are_the_edges_of_what_decides()
    {
        var draft = new NetworkDraft().Internet("a1").Route("a1", "198.51.100.0/24 vgw-1").Acl("a1", "egress 100 allow any 203.0.113.0/24");
        var cuts = new NetworkLayers(draft.Build()).CutsFor(draft.Interface("a1"), IpFamily.V4).ToList();
        Assert.Equal(cuts.Distinct().Order(), cuts);
        foreach (var edge in new[] { "10.1.0.0", "10.2.0.0", "198.51.100.0", "198.51.101.0", "203.0.113.0", "203.0.114.0", "10.1.0.2", "10.1.0.3", "169.254.169.254" })
        {
            Assert.Contains(Address.Parse(edge).Bits, cuts);
        }

        Assert.DoesNotContain(Address.Parse("198.51.100.128").Bits, cuts);
    }

    [Fact]
    public void What_stands_behind_a_nat_gateway_cuts_as_well()
    {
        var draft = new NetworkDraft().Internet("a9").NatGateway("available", isPublic: true, "a1").Acl("a9", "egress 100 allow any 198.51.100.64/26");
        var cuts = new NetworkLayers(draft.Build()).CutsFor(draft.Interface("a1"), IpFamily.V4).ToList();
        Assert.Contains(Address.Parse("198.51.100.64").Bits, cuts);
        Assert.Contains(Address.Parse("198.51.100.128").Bits, cuts);
        Assert.Contains(Address.Parse("203.0.113.99").Bits, cuts);
    }
}
