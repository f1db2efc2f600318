using System.Collections.Immutable;

namespace Sallyport.Estates;

/// <summary>A metric filter of a log group: counts the log lines that match its pattern (CloudWatch Logs API: MetricFilter).</summary>
/// <param name="Name">Unique within its log group. Untrusted text.</param>
/// <param name="Scope">Where.</param>
/// <param name="LogGroup">Name of the log group; empty when unknown.</param>
public sealed record MetricFilter(string Name, Scope Scope, string LogGroup)
{
    /// <summary>What it counts: <c>{ ($.eventName = DeleteSecurityGroup) }</c>.</summary>
    public string Pattern { get; init; } = string.Empty;

    /// <summary>Metrics it counts into.</summary>
    public ImmutableArray<MetricName> Metrics { get; init; } = [];
}
