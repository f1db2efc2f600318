namespace Sallyport.Aws.Ec2.Query;

/// <summary>
/// When and how long after a failure to try again: exponential back-off with full jitter. A change is repeated only when it
/// certainly was not made.
/// </summary>
/// <param name="MaxAttempts">Attempts in all, 1 or more.</param>
/// <param name="Jitter">Random numbers from 0 (inclusive) to 1 (exclusive).</param>
internal sealed record RetryPolicy(int MaxAttempts, Func<double> Jitter)
{
    /// <summary>Longest wait between two attempts.</summary>
    public static TimeSpan MaxDelay { get; } = TimeSpan.FromSeconds(20);

    /// <summary>True when an attempt that failed so may be followed by another.</summary>
    /// <param name="operation">What was asked for.</param>
    /// <param name="kind">How it failed.</param>
    /// <param name="isDryRun">True for a question that changes nothing, whatever the operation.</param>
    public static bool MayRepeat(Operation operation, FailureKind kind, bool isDryRun) => kind switch
    {
        FailureKind.Throttled or FailureKind.NotSent => true,
        FailureKind.ServerError or FailureKind.TimedOut or FailureKind.Dropped => isDryRun || !operation.Changes,
        _ => false,
    };

    /// <summary>The wait after the given attempt (1-based): throttling starts from a second, other failures from a fifth of one.</summary>
    public TimeSpan DelayAfter(int attempt, FailureKind kind)
    {
        var first = kind == FailureKind.Throttled ? 1.0 : 0.2;
        var ceiling = Math.Min(MaxDelay.TotalSeconds, first * Math.Pow(2, attempt - 1));
        return TimeSpan.FromSeconds(ceiling * Jitter());
    }
}
