using FsCheck;
using FsCheck.Fluent;
using Sallyport.Packets;
using Interval = Sallyport.Packets.Interval;

namespace Sallyport.Tests.Packets;

/// <summary>
/// Sets at two scales: in a window of <see cref="Window"/> addresses that a brute-force model can hold, laid over the places
/// where arithmetic goes wrong (both ends of the space, the middle); and over the whole space, with ends that love extremes.
/// </summary>
internal static class PacketGenerators
{
    public const int Window = 16;

    /// <summary>First addresses of windows, all multiples of the window's size.</summary>
    public static Gen<(IpFamily Family, AddressNumber Base)> WindowPlace { get; } = Gen.Elements(
        (IpFamily.V4, AddressNumber.Zero), (IpFamily.V4, Address.Max(IpFamily.V4) - 15), (IpFamily.V4, (AddressNumber)0x8000_0000),
        (IpFamily.V6, AddressNumber.Zero), (IpFamily.V6, AddressNumber.MaxValue - 15), (IpFamily.V6, AddressNumber.One << 64), (IpFamily.V6, AddressNumber.One << 127));

    /// <summary>Inclusive ranges within the window, as offsets.</summary>
    public static Gen<(int First, int Last)[]> Offsets { get; } = Offset().ArrayOf().Select(r => r.Take(6).ToArray());

    public static Gen<IpFamily> Family { get; } = Gen.Elements(IpFamily.V4, IpFamily.V6);

    /// <summary>Points at and beside the borders of the protocols' blocks, and some within.</summary>
    public static Gen<int> Point { get; } = Gen.OneOf(
        Gen.Elements(Enumerable.Range(0, 5).SelectMany(b => Enumerable.Range(-3, 7).Select(d => (b * ServiceLine.BlockSize) + d)).Where(p => p >= 0).ToArray()),
        Gen.Elements(ServiceLine.Length - 1, ServiceLine.Length - 2, (2 * ServiceLine.BlockSize) + 255, (2 * ServiceLine.BlockSize) + 256, (3 * ServiceLine.BlockSize) - 256),
        Gen.Choose(0, ServiceLine.Length - 1));

    public static Gen<Interval> Interval { get; } =
        from a in Point
        from b in Gen.OneOf(Point, Gen.Constant(a), Gen.Choose(0, 600).Select(d => Math.Min(a + d, ServiceLine.Length - 1)))
        select new Interval(Math.Min(a, b), Math.Max(a, b));

    public static Gen<ServiceSet> ServiceSet { get; } = Gen.Frequency(
        (12, Interval.ArrayOf().Select(i => Sallyport.Packets.ServiceSet.FromIntervals(i.Take(6)))),
        (1, Gen.Constant(Sallyport.Packets.ServiceSet.Any)));

    /// <summary>An address anywhere, often at an extreme or beside a power of two.</summary>
    public static Gen<AddressNumber> Bits(IpFamily family)
    {
        var width = Cidr.Width(family);
        var max = Address.Max(family);
        var power = Gen.Choose(0, width - 1).Select(n => AddressNumber.One << n);
        var anywhere = from high in ArbMap.Default.GeneratorFor<ulong>() from low in ArbMap.Default.GeneratorFor<ulong>() select new AddressNumber(high, low) & max;
        return Gen.OneOf(Gen.Elements(AddressNumber.Zero, AddressNumber.One, max - 1, max), power, power.Select(p => p - 1), power.Select(p => p | 1), anywhere);
    }

    public static Gen<AddressRange> Range(IpFamily family) =>
        from a in Bits(family)
        from b in Gen.OneOf(Bits(family), Gen.Constant(a))
        select new AddressRange(AddressNumber.Min(a, b), AddressNumber.Max(a, b));

    public static Gen<AddressSet> AddressSet(IpFamily family) => Gen.Frequency(
        (12, Range(family).ArrayOf().Select(r => Sallyport.Packets.AddressSet.FromRanges(family, r.Take(6)))),
        (1, Gen.Constant(Sallyport.Packets.AddressSet.Full(family))));

    public static Gen<Cidr> Cidr4Or6 { get; } =
        from family in Family
        from bits in Bits(family)
        from length in Gen.Choose(0, Cidr.Width(family))
        select Cidr.Containing(new Address(family, bits), length);

    public static Gen<Protocol> Protocol { get; } = Gen.OneOf(
        Gen.Elements(-1, 1, 6, 17, 58).Select(Sallyport.Packets.Protocol.Of), Gen.Choose(-1, 255).Select(Sallyport.Packets.Protocol.Of));

    /// <summary>Every kind of service with its least, greatest and all-meaning fields.</summary>
    public static Gen<Service> Service { get; } =
        from protocol in Protocol
        from fields in protocol.HasPorts ? Ports() : protocol.HasTypes ? TypeAndCode() : Gen.Constant((-1, -1))
        select Sallyport.Packets.Service.Create(protocol, fields.Item1, fields.Item2);

    private static Gen<(int First, int Last)> Offset() =>
        from a in Gen.Choose(0, Window - 1)
        from b in Gen.Choose(0, Window - 1)
        select (Math.Min(a, b), Math.Max(a, b));

    private static Gen<(int From, int To)> Ports()
    {
        var port = Gen.OneOf(Gen.Elements(0, 1, 443, 1023, 1024, 65_534, 65_535), Gen.Choose(0, 65_535));
        return from a in port from b in Gen.OneOf(port, Gen.Constant(a)) select (Math.Min(a, b), Math.Max(a, b));
    }

    private static Gen<(int Type, int Code)> TypeAndCode() =>
        from type in Gen.Elements(-1, 0, 3, 8, 128, 254, 255)
        from code in type < 0 ? Gen.Constant(-1) : Gen.Elements(-1, 0, 1, 4, 254, 255)
        select (type, code);
}
