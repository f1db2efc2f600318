using System.Collections.Immutable;
using Sallyport.Connectivity.Tables;
using Sallyport.Diagnostics;

namespace Sallyport.Connectivity.Batches;

/// <summary>One end of packets, resolved once for all lines that name it.</summary>
/// <param name="Text">As written.</param>
internal sealed record PacketEnd(string Text)
{
    /// <summary>Why it is none; null when it is right.</summary>
    public Diagnostic? Error { get; init; }

    /// <summary>The set behind it; there when <see cref="Members"/> are not all of it.</summary>
    public EndpointSet? Set { get; init; }

    /// <summary>The set's members, when they are few single addresses; empty when the set has delegated prefixes, or nothing.</summary>
    public ImmutableArray<Endpoint> Members { get; init; } = [];

    /// <summary><see cref="Members"/> by index.</summary>
    public ImmutableArray<End> Ends { get; init; } = [];
}
