namespace Sallyport.Packets;

/// <summary>
/// Protocol, port and ICMP type/code on one integer axis of 262,396 points, so that every EC2 rule is one interval:
/// TCP, UDP, ICMP (type*256+code), ICMPv6 take 65,536 points each, every other protocol number one.
/// (reference: reachability-and-synthesis §1.2)
/// </summary>
public static class ServiceLine
{
    /// <summary>Points of one ported or typed protocol.</summary>
    public const int BlockSize = 65_536;

    /// <summary>First point of the protocols that have neither ports nor types.</summary>
    public const int OthersStart = 4 * BlockSize;

    /// <summary>Number of points; the last one is <c>Length - 1</c>.</summary>
    public const int Length = OthersStart + 252;

    /// <summary>First point of a protocol's block; <see cref="Protocol.All"/> starts at 0.</summary>
    public static int StartOf(Protocol protocol) => protocol.Number switch
    {
        -1 => 0,
        6 => 0,
        17 => BlockSize,
        1 => 2 * BlockSize,
        58 => 3 * BlockSize,
        var n => OthersStart + n - (n > 1 ? 1 : 0) - (n > 6 ? 1 : 0) - (n > 17 ? 1 : 0) - (n > 58 ? 1 : 0),
    };

    /// <summary>Last point of a protocol's block, inclusive.</summary>
    public static int EndOf(Protocol protocol)
    {
        if (protocol == Protocol.All) return Length - 1;
        var start = StartOf(protocol);
        return protocol.HasPorts || protocol.HasTypes ? start + BlockSize - 1 : start;
    }

    /// <summary>The protocol a point belongs to.</summary>
    public static Protocol ProtocolAt(int point)
    {
        if (point < BlockSize) return Protocol.Tcp;
        if (point < 2 * BlockSize) return Protocol.Udp;
        if (point < 3 * BlockSize) return Protocol.Icmp;
        if (point < OthersStart) return Protocol.IcmpV6;
        var n = point - OthersStart;
        if (n >= 1) n++;
        if (n >= 6) n++;
        if (n >= 17) n++;
        if (n >= 58) n++;
        return Protocol.Of(n);
    }
}
