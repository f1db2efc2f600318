using System.Collections.Immutable;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connections;

/// <summary>A half-rule that import keeps exactly and every plan shows.</summary>
/// <param name="Group">Name of the managed group that owns it.</param>
/// <param name="Direction">On which side of the group.</param>
/// <param name="Peer">A CIDR, a group id or group name of the file, a prefix-list id, or an external's name.</param>
/// <param name="Services">Never empty.</param>
public sealed record Residual(string Group, Direction Direction, string Peer, ImmutableArray<Service> Services)
{
    /// <summary>When it was imported; null when not said.</summary>
    public DateOnly? Imported { get; init; }

    /// <summary>When somebody shall look again; null when not said.</summary>
    public DateOnly? Review { get; init; }

    /// <summary>Why it is kept; null when not said.</summary>
    public string? Reason { get; init; }

    /// <summary>Where it is declared.</summary>
    public SourceSpan? At { get; init; }
}
