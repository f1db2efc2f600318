using System.Collections.Immutable;
using Sallyport.Estates;

namespace Sallyport.Connectivity.Questions;

/// <summary>Everything that reaches a set of ends, or that it reaches.</summary>
public sealed record ReachList
{
    /// <summary><see cref="Direction.Ingress"/> for who reaches it, <see cref="Direction.Egress"/> for whom it reaches.</summary>
    public required Direction Direction { get; init; }

    /// <summary>The set asked about.</summary>
    public required EndpointSet Of { get; init; }

    /// <summary>Interfaces with something allowed or unknown, by hop, then in the estate's order.</summary>
    public ImmutableArray<ReachedInterface> Interfaces { get; init; } = [];

    /// <summary>Groups without a known interface where interfaces were not read, by id: by their rules alone.</summary>
    public ImmutableArray<ReachedGroup> Groups { get; init; } = [];

    /// <summary>Addresses outside, by family and address.</summary>
    public ImmutableArray<ReachedBlocks> Outside { get; init; } = [];
}
