using System.Collections.Immutable;

namespace Sallyport.Estates;

/// <summary>An instance: a name for its interfaces.</summary>
public sealed record Instance(string Id, Scope Scope)
{
    /// <summary><c>running</c>, <c>stopped</c> …; empty when unknown.</summary>
    public string State { get; init; } = string.Empty;

    /// <summary>VPC; null when unknown.</summary>
    public VpcId? Vpc { get; init; }

    /// <summary>Groups of its primary interface, sorted.</summary>
    public ImmutableArray<SecurityGroupId> Groups { get; init; } = [];

    /// <summary>The instance's tags.</summary>
    public Tags Tags { get; init; } = Tags.None;
}
