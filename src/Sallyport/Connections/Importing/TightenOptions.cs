namespace Sallyport.Connections.Importing;

/// <summary>Settings of <see cref="Tightener"/>.</summary>
public sealed record TightenOptions
{
    /// <summary>
    /// True keeps what open egress on one group and ingress from the whole internet on another allow between the two. Default
    /// false: an ingress rule for everybody proves nothing about one group, so such pairs are asked about instead.
    /// </summary>
    public bool KeepsPairsOpenToTheWorld { get; init; }
}
