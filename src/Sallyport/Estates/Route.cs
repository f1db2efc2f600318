using Sallyport.Packets;

namespace Sallyport.Estates;

/// <summary>One route: a destination (block or prefix list) and where it sends.</summary>
public sealed record Route
{
    /// <summary>Destination block; null when <see cref="DestinationPrefixList"/> is given.</summary>
    public Cidr? Destination { get; init; }

    /// <summary>Destination prefix list; null when <see cref="Destination"/> is given.</summary>
    public PrefixListId? DestinationPrefixList { get; init; }

    /// <summary>
    /// Id of the target, whose prefix tells its kind: <c>local</c>, <c>igw-</c>, <c>eigw-</c>, <c>nat-</c>, <c>pcx-</c>, <c>tgw-</c>,
    /// <c>vgw-</c>, <c>vpce-</c>, <c>eni-</c>, <c>i-</c>, <c>lgw-</c>, <c>cagw-</c>, or an ARN of a core network. Empty when unknown.
    /// </summary>
    public string Target { get; init; } = string.Empty;

    /// <summary>The interface of an instance route; null otherwise.</summary>
    public NetworkInterfaceId? Interface { get; init; }

    /// <summary>True when the target is gone: packets are dropped.</summary>
    public bool IsBlackhole { get; init; }
}
