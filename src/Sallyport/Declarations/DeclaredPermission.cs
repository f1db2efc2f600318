using System.Collections.Immutable;
using Sallyport.Diagnostics;
using Sallyport.Estates;

namespace Sallyport.Declarations;

/// <summary>A permission as code writes it: one service, one or several peers. Each peer makes one rule.</summary>
/// <param name="Direction">Which side it stands on.</param>
/// <param name="At">Where it stands; null when the source has no places.</param>
internal sealed record DeclaredPermission(Direction Direction, SourceSpan? At)
{
    /// <summary>Name or number; null when the code has none.</summary>
    public string? Protocol { get; init; }

    /// <summary>First port, or ICMP type.</summary>
    public int? From { get; init; }

    /// <summary>Last port, or ICMP code.</summary>
    public int? To { get; init; }

    /// <summary>Who is let through.</summary>
    public ImmutableArray<Peer> Peers { get; init; } = [];

    /// <summary>Empty when there is none.</summary>
    public string Description { get; init; } = string.Empty;

    /// <summary>A clause: why the description is not known; null when it is known.</summary>
    public string? UnknownDescription { get; init; }

    /// <summary>Tags of the rules; null where rules of this kind have none to tell.</summary>
    public Tags? Tags { get; init; }

    /// <summary>Known from a state; null for what only code says, and never set with several peers.</summary>
    public SecurityGroupRuleId? Id { get; init; }

    /// <summary>A clause: in what it was not written as EC2 writes it.</summary>
    public string? Slip { get; init; }

    /// <summary>A clause: why EC2 would not take it, found while its parts were read.</summary>
    public string? Problem { get; init; }
}
