namespace Sallyport.Estates;

/// <summary>The current entries of a managed prefix list.</summary>
public sealed record PrefixListPeer(PrefixListId PrefixList) : Peer
{
    /// <inheritdoc/>
    public override string ToString() => PrefixList.Value;
}
