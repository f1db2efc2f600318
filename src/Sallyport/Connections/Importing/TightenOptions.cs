namespace Sallyport.Connections.Importing;

/// <summary>Settings of <see cref="Tightener"/>.</summary>
public sealed record TightenOptions
{
    /// <summary>
    /// True keeps what open egress on one group and ingress from the whole internet on another allow between the two. Default
    /// false: an ingress rule for everybody proves nothing about one group, so such pairs are asked about instead.
    /// </summary>
    public bool KeepsPairsOpenToTheWorld { get; init; }

    /// <summary>
    /// True words reasons as descriptions of rules: groups are called as in EC2, and where a rule was read is left out. Default
    /// false: a connections file calls them as it declares them.
    /// </summary>
    public bool SpeaksOfEstate { get; init; }
}
