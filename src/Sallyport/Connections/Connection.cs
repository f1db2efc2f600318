using System.Collections.Immutable;
using Sallyport.Diagnostics;
using Sallyport.Packets;

namespace Sallyport.Connections;

/// <summary>"From may open these services to To, because": the unit of declaration.</summary>
/// <param name="Id">Stable id: the ownership tag of both rules.</param>
/// <param name="From">Names of groups or externals that open the connection; at least one.</param>
/// <param name="To">Names of groups or externals that accept it; at least one.</param>
/// <param name="Services">Never empty.</param>
/// <param name="Reason">Why; ends up in the rules' description. Never empty.</param>
public sealed record Connection(
    string Id, ImmutableArray<string> From, ImmutableArray<string> To, ImmutableArray<Service> Services, string Reason)
{
    /// <summary>Which halves are written.</summary>
    public ConnectionSides Sides { get; init; } = ConnectionSides.Both;

    /// <summary>How a group is named on the other side.</summary>
    public PeerForm PeerAs { get; init; } = PeerForm.Auto;

    /// <summary>Who answers for it; null when not said.</summary>
    public string? Owner { get; init; }

    /// <summary>Written by import on a half: which broader rule of the other side makes it work. For people only.</summary>
    public string? CoveredBy { get; init; }

    /// <summary>Where it is declared.</summary>
    public SourceSpan? At { get; init; }
}
