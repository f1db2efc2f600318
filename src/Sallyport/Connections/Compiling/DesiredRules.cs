using System.Collections.Immutable;

namespace Sallyport.Connections.Compiling;

/// <summary>Both sides' rules compiled from connections: the declared state of the managed groups.</summary>
public sealed record DesiredRules
{
    /// <summary>Sorted by group, then key; one entry a (group, key), however many connections own it.</summary>
    public ImmutableArray<DesiredRule> Rules { get; init; } = [];

    /// <summary>Every group the file names, sorted by id.</summary>
    public ImmutableArray<ManagedGroup> Groups { get; init; } = [];

    /// <summary>What happens to rules on managed groups that nothing declares.</summary>
    public UnmanagedRules Unmanaged { get; init; } = UnmanagedRules.Revoke;

    /// <summary>Rules per group, direction and family that EC2 permits (<c>settings.quotas.rulesPerSg</c>).</summary>
    public int RulesPerGroup { get; init; } = 60;
}
