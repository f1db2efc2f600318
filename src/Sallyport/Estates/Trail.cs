namespace Sallyport.Estates;

/// <summary>A CloudTrail trail: which log group the API calls of an account go to (CloudTrail API: Trail).</summary>
/// <param name="Name">Unique within account and home Region. Untrusted text.</param>
/// <param name="Scope">The account that owns it and its home Region.</param>
public sealed record Trail(string Name, Scope Scope)
{
    /// <summary>True when it records every Region.</summary>
    public bool IsMultiRegion { get; init; }

    /// <summary>True when it records every account of the organization.</summary>
    public bool IsOrganization { get; init; }

    /// <summary>Name of the log group it delivers to; empty when it delivers to none.</summary>
    public string LogGroup { get; init; } = string.Empty;
}
