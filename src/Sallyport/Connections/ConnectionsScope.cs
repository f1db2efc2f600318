using System.Collections.Immutable;

namespace Sallyport.Connections;

/// <summary>The <c>scope</c> section: what the file speaks of. An empty list restricts nothing.</summary>
public sealed record ConnectionsScope
{
    /// <summary>Twelve-digit ids.</summary>
    public ImmutableArray<string> Accounts { get; init; } = [];

    /// <summary>Region names.</summary>
    public ImmutableArray<string> Regions { get; init; } = [];

    /// <summary>VPC ids or Name tags.</summary>
    public ImmutableArray<string> Vpcs { get; init; } = [];
}
