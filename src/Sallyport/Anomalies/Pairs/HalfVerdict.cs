using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Anomalies.Pairs;

/// <summary>How much of one rule the far interfaces' own rules answer.</summary>
/// <param name="Kind">The verdict; null when the rule stands for no pair of interfaces.</param>
/// <param name="Near">An interface of the group for which it holds.</param>
/// <param name="Far">A far interface for which it holds.</param>
/// <param name="Missing">Services that the far interface does not answer.</param>
/// <param name="FarCount">How many far interfaces there are.</param>
/// <param name="Gap">What decides, when the verdict is unknown.</param>
internal sealed record HalfVerdict(PairKind? Kind, NetworkInterfaceId Near, NetworkInterfaceId Far, ServiceSet Missing, int FarCount, string? Gap)
{
    /// <summary>For <see cref="PairKind.Unknown"/>: some of it is certainly answered.</summary>
    public bool IsPartlyAnswered { get; init; }

    /// <summary>The rule stands for no pair of interfaces.</summary>
    public static HalfVerdict NoPairs { get; } = new(null, default, default, ServiceSet.Empty, 0, null);
}
