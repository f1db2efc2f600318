using Sallyport.Packets;

namespace Sallyport.Estates;

/// <summary>
/// What makes two rules of one group the same rule for EC2: direction, service and peer. Description, tags and id are not part
/// of it (EC2 API: InvalidPermission.Duplicate).
/// </summary>
public readonly record struct RuleKey(Direction Direction, Service Service, Peer Peer) : IComparable<RuleKey>
{
    /// <summary>Ingress first, then protocol, ports, peer.</summary>
    public int CompareTo(RuleKey other)
    {
        var order = Direction.CompareTo(other.Direction);
        if (order == 0) order = Service.CompareTo(other.Service);
        return order != 0 ? order : Peer.CompareTo(other.Peer);
    }

    /// <summary><c>egress tcp/443 to 10.0.0.0/8</c>.</summary>
    public override string ToString() =>
        $"{(Direction == Direction.Ingress ? "ingress" : "egress")} {Service} {(Direction == Direction.Ingress ? "from" : "to")} {Peer}";

    /// <summary>Order of <see cref="CompareTo"/>.</summary>
    public static bool operator <(RuleKey left, RuleKey right) => left.CompareTo(right) < 0;

    /// <summary>Order of <see cref="CompareTo"/>.</summary>
    public static bool operator >(RuleKey left, RuleKey right) => left.CompareTo(right) > 0;

    /// <summary>Order of <see cref="CompareTo"/>.</summary>
    public static bool operator <=(RuleKey left, RuleKey right) => left.CompareTo(right) <= 0;

    /// <summary>Order of <see cref="CompareTo"/>.</summary>
    public static bool operator >=(RuleKey left, RuleKey right) => left.CompareTo(right) >= 0;
}
