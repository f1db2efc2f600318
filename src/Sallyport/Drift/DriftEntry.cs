using System.Collections.Immutable;
using Sallyport.Diagnostics;
using Sallyport.Estates;

namespace Sallyport.Drift;

/// <summary>One rule that is not as declared.</summary>
/// <param name="Kind">In what it differs.</param>
/// <param name="Group">The group that has it, or should.</param>
/// <param name="Rule">Direction, service and peer.</param>
public sealed record DriftEntry(DriftKind Kind, SecurityGroupId Group, RuleKey Rule)
{
    /// <summary>The group's name in the connections file.</summary>
    public string GroupName { get; init; } = string.Empty;

    /// <summary>Where the group lives.</summary>
    public Scope Scope { get; init; }

    /// <summary>True when others manage the group: a missing half is theirs to add.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>Id of the existing rule; null when there is none or it is not known.</summary>
    public SecurityGroupRuleId? Id { get; init; }

    /// <summary>Description the rule has; empty for a missing one.</summary>
    public string Description { get; init; } = string.Empty;

    /// <summary>Description it should have; null when that is no matter.</summary>
    public string? DeclaredDescription { get; init; }

    /// <summary>The group as code declares it; null against a connections file.</summary>
    public SecurityGroupId? Declared { get; init; }

    /// <summary>Where code declares the rule, or for an undeclared one the group; null when no file does.</summary>
    public SourceSpan? At { get; init; }

    /// <summary>Connections that declare the rule, sorted; empty for an undeclared one.</summary>
    public ImmutableArray<string> Origins { get; init; } = [];
}
