using Sallyport.Packets;

namespace Sallyport.Connectivity.Networks;

/// <summary>Services by how much of their answers gets back.</summary>
/// <param name="Wholly">To every port a client may send from, or no answer is due.</param>
/// <param name="AtAll">To at least one such port.</param>
internal sealed record Answered(ServiceSet Wholly, ServiceSet AtAll)
{
    /// <summary>Nothing stands in the way back.</summary>
    public static Answered Everything { get; } = new(ServiceSet.Any, ServiceSet.Any);

    /// <summary>What both let back.</summary>
    public Answered And(Answered other) => new(Wholly.Intersect(other.Wholly), AtAll.Intersect(other.AtAll));
}
