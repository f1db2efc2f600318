namespace Sallyport.Auditing;

/// <summary>How much a finding matters, least first, so that severities compare.</summary>
public enum FindingSeverity
{
    /// <summary>Worth knowing.</summary>
    Info,

    /// <summary>Untidy, or a small exposure.</summary>
    Low,

    /// <summary>Wider than it should be.</summary>
    Medium,

    /// <summary>Exposed to people who should have no access.</summary>
    High,

    /// <summary>Open to everybody.</summary>
    Critical,
}
