namespace Sallyport.Applying;

/// <summary>A change or read that the target did not carry out.</summary>
public sealed class TargetException : Exception
{
    /// <summary>Describes a failure with the target's own words.</summary>
    public TargetException(TargetOutcome outcome, string code, string message, string? requestId = null, Exception? inner = null)
        : base(message, inner)
    {
        Outcome = outcome;
        Code = code;
        RequestId = requestId;
    }

    /// <summary>Whether the change may have been made all the same.</summary>
    public TargetOutcome Outcome { get; }

    /// <summary>AWS's error code, such as <c>InvalidPermission.Duplicate</c>; a word of ours for network failures.</summary>
    public string Code { get; }

    /// <summary>AWS's request id; null when no answer came.</summary>
    public string? RequestId { get; }
}
