namespace Sallyport.Estates;

/// <summary>A flow-log setting of a VPC, subnet or interface.</summary>
/// <param name="Id"><c>fl-…</c>.</param>
/// <param name="Scope">Where.</param>
/// <param name="Resource">Id of what is logged.</param>
public sealed record FlowLog(string Id, Scope Scope, string Resource)
{
    /// <summary><c>ACCEPT</c>, <c>REJECT</c> or <c>ALL</c>.</summary>
    public string TrafficType { get; init; } = string.Empty;

    /// <summary><c>ACTIVE</c> when it works.</summary>
    public string Status { get; init; } = string.Empty;

    /// <summary><c>cloud-watch-logs</c>, <c>s3</c>, <c>kinesis-data-firehose</c>.</summary>
    public string DestinationType { get; init; } = string.Empty;

    /// <summary>ARN or log group; empty when unknown.</summary>
    public string Destination { get; init; } = string.Empty;

    /// <summary><c>${field} ${field} …</c>; empty for the default format.</summary>
    public string Format { get; init; } = string.Empty;

    /// <summary>Seconds, 60 or 600; 0 when unknown.</summary>
    public int MaxAggregationSeconds { get; init; }
}
