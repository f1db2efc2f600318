using System.Collections.Immutable;

namespace Sallyport.Anomalies;

/// <summary>What was found, by group, rule and kind; declarations last.</summary>
public sealed record AnomalyReport(ImmutableArray<Anomaly> Anomalies, ImmutableArray<AnomalyDoubt> Doubts);
