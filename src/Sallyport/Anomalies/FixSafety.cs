namespace Sallyport.Anomalies;

/// <summary>Whether a program may carry out the fix of an anomaly.</summary>
public enum FixSafety
{
    /// <summary>No traffic changes, whoever carries the groups.</summary>
    Yes,

    /// <summary>No traffic changes as things were read; a person approves.</summary>
    Propose,

    /// <summary>Only a person knows which way is meant.</summary>
    Ask,

    /// <summary>Traffic would change, or there is nothing to mend.</summary>
    Never,
}
