namespace Sallyport.Applying;

/// <summary>How patient an <see cref="Applier"/> is with an estate that shows changes late. (reference: ec2-semantics §1.8)</summary>
public sealed record ApplierOptions
{
    /// <summary>Wait before the second reading; each further wait is twice as long. Default 250 ms.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Longest single wait. Default 5 s.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Readings until a change counts as not made. Default 8, some 18 s together.</summary>
    public int Readings { get; init; } = 8;

    /// <summary>Calls for one step, each after reading again. Default 4.</summary>
    public int Attempts { get; init; } = 4;
}
