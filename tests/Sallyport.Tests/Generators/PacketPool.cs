using System.Collections.Immutable;
using Sallyport.Packets;

namespace Sallyport.Tests.Generators;

/// <summary>Packets at the edges of everything <see cref="EstateGenerator"/> can put into a rule: first, last, one before, one after.</summary>
internal static class PacketPool
{
    public static ImmutableArray<(int Protocol, int A, int B)> Headers { get; } =
    [
        .. new[] { 0, 21, 22, 23, 79, 80, 84, 85, 86, 90, 91, 92, 442, 443, 444, 3305, 3306, 3307, 65_535 }.Select(p => (6, p, 0)),
        .. new[] { 0, 52, 53, 54, 443, 65_535 }.Select(p => (17, p, 0)),
        (1, 8, 0), (1, 8, 1), (1, 3, 4), (1, 3, 3), (1, 0, 0), (1, 255, 255),
        (58, 128, 0), (58, 129, 0), (58, 2, 0),
        (0, 0, 0), (46, 0, 0), (47, 0, 0), (48, 0, 0), (50, 0, 0), (132, 0, 0), (255, 0, 0),
    ];

    public static ImmutableArray<Address> Addresses { get; } = [.. EstateGenerator.CidrPool.Append("203.0.113.0/24").Append("2001:db8:a::/64")
        .SelectMany(Edges).Distinct().Order()];

    private static IEnumerable<Address> Edges(string text)
    {
        var cidr = Cidr.Parse(text);
        yield return cidr.First;
        yield return cidr.Last;
        if (cidr.First.Bits > 0) yield return cidr.First with { Bits = cidr.First.Bits - 1 };
        if (cidr.Last.Bits < Address.Max(cidr.Family)) yield return cidr.Last with { Bits = cidr.Last.Bits + 1 };
    }
}
