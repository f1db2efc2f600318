namespace Sallyport.Anomalies;

/// <summary>What an automatic fix would do.</summary>
/// <param name="Safety">Whether a program may do it.</param>
/// <param name="Text">A sentence for people.</param>
public sealed record AnomalyFix(FixSafety Safety, string Text);
