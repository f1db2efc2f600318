namespace Sallyport.Estates;

/// <summary>Answers that only together tell which changes raise an alarm: without one of them <see cref="GapKind.Monitoring"/> is missing.</summary>
public enum MonitoringPart
{
    /// <summary><see cref="MetricFilter"/>.</summary>
    MetricFilters,

    /// <summary><see cref="MetricAlarm"/>.</summary>
    MetricAlarms,

    /// <summary><see cref="EventRule"/>.</summary>
    EventRules,
}
