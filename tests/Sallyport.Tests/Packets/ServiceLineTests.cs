using Sallyport.Packets;

namespace Sallyport.Tests.Packets;

public sealed class ServiceLineTests
{
    [Fact]
    public void There_are_262396_points() => Assert.Equal(262_396, ServiceLine.Length);

    [Fact]
    public void Blocks_of_the_256_protocols_tile_the_line()
    {
        var next = 0;
        foreach (var protocol in Enumerable.Range(0, 256).Select(Protocol.Of).OrderBy(ServiceLine.StartOf))
        {
            Assert.Equal(next, ServiceLine.StartOf(protocol));
            var size = protocol.Number is 1 or 6 or 17 or 58 ? 65_536 : 1;
            Assert.Equal(next + size - 1, ServiceLine.EndOf(protocol));
            next += size;
        }

        Assert.Equal(ServiceLine.Length, next);
        Assert.Equal((0, ServiceLine.Length - 1), (ServiceLine.StartOf(Protocol.All), ServiceLine.EndOf(Protocol.All)));
    }

    [Fact]
    public void Every_point_belongs_to_the_protocol_whose_block_holds_it()
    {
        for (var point = 0; point < ServiceLine.Length; point++)
        {
            var protocol = ServiceLine.ProtocolAt(point);
            if (point < ServiceLine.StartOf(protocol) || point > ServiceLine.EndOf(protocol)) Assert.Fail($"Point {point} is not in the block of {protocol}.");
        }
    }

    [Fact]
    public void Single_services_and_points_are_one_to_one()
    {
        var seen = new bool[ServiceLine.Length];
        var singles = new[] { Protocol.Tcp, Protocol.Udp }.SelectMany(p => Enumerable.Range(0, 65_536).Select(n => Service.Create(p, n, n)))
            .Concat(new[] { Protocol.Icmp, Protocol.IcmpV6 }.SelectMany(p => Enumerable.Range(0, 65_536).Select(n => Service.Create(p, n / 256, n % 256))))
            .Concat(Enumerable.Range(0, 256).Select(Protocol.Of).Where(p => p is { HasPorts: false, HasTypes: false }).Select(p => Service.Create(p, null, null)));
        foreach (var service in singles)
        {
            var interval = service.Interval;
            if (interval.First != interval.Last || seen[interval.First]) Assert.Fail($"{service} is not a point of its own.");
            seen[interval.First] = true;
            if (ServiceSet.Of(service).ToServices() is not [var back] || back != service) Assert.Fail($"{service} does not read back.");
        }

        Assert.DoesNotContain(false, seen);
    }
}
