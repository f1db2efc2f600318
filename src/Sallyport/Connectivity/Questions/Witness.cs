using Sallyport.Packets;

namespace Sallyport.Connectivity.Questions;

/// <summary>One concrete packet that shows an answer.</summary>
/// <param name="From">Who sends.</param>
/// <param name="To">Who is asked.</param>
/// <param name="Point">The packet's point of the <see cref="ServiceLine"/>.</param>
public sealed record Witness(Endpoint From, Endpoint To, int Point)
{
    // What an attacker tries first, and a reader knows without looking it up.
    private static readonly int[] TellingPorts = [22, 3389, 3306, 5432, 6379, 9200, 27017];

    /// <summary>Protocol of the packet.</summary>
    public Protocol Protocol => ServiceLine.ProtocolAt(Point);

    /// <summary>Destination port; null for protocols without ports.</summary>
    public int? Port => Protocol.HasPorts ? Point - ServiceLine.StartOf(Protocol) : null;

    /// <summary>ICMP type; null for other protocols.</summary>
    public int? Type => Protocol.HasTypes ? (Point - ServiceLine.StartOf(Protocol)) >> 8 : null;

    /// <summary>ICMP code; null for other protocols.</summary>
    public int? Code => Protocol.HasTypes ? (Point - ServiceLine.StartOf(Protocol)) & 255 : null;

    /// <summary>The packet's service.</summary>
    public Service Service => Port is { } port ? Service.Create(Protocol, port, port) : Type is { } type ? Service.Create(Protocol, type, Code) : Service.Create(Protocol, null, null);

    /// <summary>The point of a set that tells most: a well-known risky TCP port, else the lowest point.</summary>
    public static int TellingPoint(ServiceSet services)
    {
        foreach (var port in TellingPorts)
        {
            if (services.Contains(ServiceLine.StartOf(Protocol.Tcp) + port)) return ServiceLine.StartOf(Protocol.Tcp) + port;
        }

        return services.Intervals[0].First;
    }

    /// <summary>The address of a range that tells most: a documentation address, else the lowest public one, else the lowest.</summary>
    public static Address TellingAddress(IpFamily family, AddressRange range)
    {
        foreach (var block in PublicSpace.SpecialPurpose)
        {
            if (block.Cidr.Family == family && block.Name.StartsWith("Documentation", StringComparison.Ordinal) && Within(block.Cidr.Bits, block.Cidr.Last.Bits) is { } documented) return documented;
        }

        foreach (var open in PublicSpace.Of(family).Ranges)
        {
            if (Within(open.First, open.Last) is { } found) return found;
        }

        return new Address(family, range.First);

        Address? Within(AddressNumber first, AddressNumber last)
        {
            var low = AddressNumber.Max(first, range.First);
            return low <= AddressNumber.Min(last, range.Last) ? new Address(family, low) : null;
        }
    }

    /// <summary><c>eni-… (10.0.1.5) -> 10.0.2.7 tcp/22</c>.</summary>
    public override string ToString() => $"{From} -> {To} {Service}";
}
