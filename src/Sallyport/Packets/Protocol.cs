using System.Globalization;

namespace Sallyport.Packets;

/// <summary>An IP protocol number 0 to 255, or <see cref="All"/>. EC2's four names and their numbers are the same value.</summary>
public readonly record struct Protocol : IComparable<Protocol>
{
    private Protocol(short number) => Number = number;

    /// <summary>Every protocol (<c>-1</c> on the wire).</summary>
    public static Protocol All { get; } = new(-1);

    /// <summary>ICMP for IPv4 (1).</summary>
    public static Protocol Icmp { get; } = new(1);

    /// <summary>TCP (6).</summary>
    public static Protocol Tcp { get; } = new(6);

    /// <summary>UDP (17).</summary>
    public static Protocol Udp { get; } = new(17);

    /// <summary>ICMP for IPv6 (58).</summary>
    public static Protocol IcmpV6 { get; } = new(58);

    /// <summary>-1 to 255.</summary>
    public short Number { get; }

    /// <summary>True for TCP and UDP, the only protocols whose From/To are ports.</summary>
    public bool HasPorts => Number is 6 or 17;

    /// <summary>True for ICMP and ICMPv6, whose From/To are type and code.</summary>
    public bool HasTypes => Number is 1 or 58;

    /// <summary>As EC2 writes it back: a name for the four named ones, <c>-1</c>, else the decimal number.</summary>
    public string WireName => Number switch
    {
        6 => "tcp",
        17 => "udp",
        1 => "icmp",
        58 => "icmpv6",
        _ => Number.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>The protocol of that number, -1 to 255.</summary>
    public static Protocol Of(int number)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, -1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, 255);
        return new Protocol((short)number);
    }

    /// <summary>Reads a name in any letter case (<c>TCP</c>, <c>all</c>) or a number -1 to 255.</summary>
    public static bool TryParse(string text, out Protocol protocol)
    {
        switch (text.Trim().ToLowerInvariant())
        {
            case "tcp": protocol = Tcp; return true;
            case "udp": protocol = Udp; return true;
            case "icmp": protocol = Icmp; return true;
            case "icmpv6" or "icmp6": protocol = IcmpV6; return true;
            case "all" or "-1": protocol = All; return true;
            case var number when number.Length <= 3 && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n <= 255:
                protocol = new Protocol((short)n);
                return true;
            default:
                protocol = default;
                return false;
        }
    }

    /// <inheritdoc/>
    public int CompareTo(Protocol other) => Number.CompareTo(other.Number);

    /// <inheritdoc/>
    public override string ToString() => WireName;

    /// <summary>By number.</summary>
    public static bool operator <(Protocol left, Protocol right) => left.Number < right.Number;

    /// <summary>By number.</summary>
    public static bool operator >(Protocol left, Protocol right) => left.Number > right.Number;

    /// <summary>By number.</summary>
    public static bool operator <=(Protocol left, Protocol right) => left.Number <= right.Number;

    /// <summary>By number.</summary>
    public static bool operator >=(Protocol left, Protocol right) => left.Number >= right.Number;
}
