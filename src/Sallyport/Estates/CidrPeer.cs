using Sallyport.Packets;

namespace Sallyport.Estates;

/// <summary>An address block, canonical.</summary>
public sealed record CidrPeer(Cidr Cidr) : Peer
{
    /// <inheritdoc/>
    public override string ToString() => Cidr.ToString();
}
