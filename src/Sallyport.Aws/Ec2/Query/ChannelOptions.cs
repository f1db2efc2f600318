namespace Sallyport.Aws.Ec2.Query;

/// <summary>Settings of a <see cref="QueryChannel"/>.</summary>
/// <param name="Credentials">
/// Current credentials, refreshed when they are about to expire. Throws <see cref="Ec2Exception"/> of kind
/// <see cref="FailureKind.NotSent"/> when there are none.
/// </param>
/// <param name="Retry">When to try again.</param>
/// <param name="Limiters">Limiters shared by every channel of the process.</param>
/// <param name="Time">Clock of signatures, time-outs and waits.</param>
/// <param name="Timeout">Of one attempt.</param>
/// <param name="UserAgent">Sent with each request.</param>
/// <param name="Debug">One line a request, without secrets; null for silence.</param>
internal sealed record ChannelOptions(
    Func<CancellationToken, ValueTask<SigningKey>> Credentials,
    RetryPolicy Retry,
    RequestLimiters Limiters,
    TimeProvider Time,
    TimeSpan Timeout,
    string UserAgent,
    Action<string>? Debug);
