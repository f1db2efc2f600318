using Sallyport.Connections.Compiling;

namespace Sallyport.Connections;

/// <summary>The <c>settings</c> section.</summary>
public sealed record ConnectionsSettings
{
    /// <summary>What happens to rules on managed groups that nothing declares.</summary>
    public UnmanagedRules UnmanagedRules { get; init; } = UnmanagedRules.Revoke;

    /// <summary><c>maxWiden</c>: <c>none</c> refuses any minimisation or plan that would allow more than declared.</summary>
    public string MaxWiden { get; init; } = "none";

    /// <summary><c>quotas.rulesPerSg</c>: rules per group, direction and family.</summary>
    public int RulesPerGroup { get; init; } = 60;
}
