using System.Collections.Concurrent;

namespace Sallyport.Aws.Ec2.Query;

/// <summary>
/// One limiter for each (account, Region, API), since that is how EC2 counts. Share one instance among everything in a process that
/// talks to the same accounts.
/// </summary>
public sealed class RequestLimiters
{
    private readonly ConcurrentDictionary<(string Account, string Region, string Operation), RequestLimiter> _limiters = new();
    private readonly TimeProvider _time;

    /// <summary>Limiters on a clock.</summary>
    public RequestLimiters(TimeProvider time) => _time = time;

    internal RequestLimiter For(string account, string region, Operation operation) =>
        _limiters.GetOrAdd((account, region, operation.Name), static (_, state) => new RequestLimiter(state.operation, state._time), (operation, _time));
}
