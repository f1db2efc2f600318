namespace Sallyport.Connectivity.Questions;

/// <summary>Whether what the groups let in can get there. (reference: reachability-and-synthesis §4.2)</summary>
public enum Exposure
{
    /// <summary>Every layer lets it through.</summary>
    Exposed,

    /// <summary>The groups let it through, the network does not: one route or address away from exposed.</summary>
    Latent,

    /// <summary>A layer was not read.</summary>
    Unknown,
}
