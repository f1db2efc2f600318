namespace Sallyport.Estates;

/// <summary>A CloudWatch metric.</summary>
/// <param name="Namespace">Such as <c>LogMetrics</c>.</param>
/// <param name="Name">Such as <c>SecurityGroupChanges</c>.</param>
public readonly record struct MetricName(string Namespace, string Name)
{
    /// <summary><c>namespace/name</c>.</summary>
    public override string ToString() => $"{Namespace}/{Name}";
}
