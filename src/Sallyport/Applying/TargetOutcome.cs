namespace Sallyport.Applying;

/// <summary>What is known about a change that did not succeed.</summary>
public enum TargetOutcome
{
    /// <summary>Certainly not made: the target answered that it refuses, or was never reached.</summary>
    Refused,

    /// <summary>May or may not have been made: time-out, dropped connection, server error. Re-read before going on.</summary>
    Unknown,
}
