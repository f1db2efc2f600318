using System.Collections.Immutable;

namespace Sallyport.Estates;

/// <summary>A CloudWatch alarm on metrics, or on other alarms (CloudWatch API: MetricAlarm, CompositeAlarm).</summary>
/// <param name="Name">Unique within account and Region. Untrusted text.</param>
/// <param name="Scope">Where.</param>
public sealed record MetricAlarm(string Name, Scope Scope)
{
    /// <summary>Metrics it watches, those of a metric expression too.</summary>
    public ImmutableArray<MetricName> Metrics { get; init; } = [];

    /// <summary>Names of the alarms that a composite alarm rings with, sorted.</summary>
    public ImmutableArray<string> Combines { get; init; } = [];

    /// <summary>True when it does something on alarm: its actions are enabled and there is one.</summary>
    public bool HasActions { get; init; }
}
