namespace Sallyport.Aws.Ec2.Query;

/// <summary>
/// A token bucket below EC2's own for one (account, Region, API): 70 % of its capacity and refill. A throttled answer halves the
/// rate and empties the bucket; each success brings a little of the rate back.
/// </summary>
internal sealed class RequestLimiter
{
    private const double Share = 0.7;
    private const double Recovery = 0.02;
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly double _capacity;
    private readonly double _nominalRate;
    private double _rate;
    private double _tokens;
    private long _last;

    public RequestLimiter(Operation operation, TimeProvider time)
    {
        _time = time;
        _capacity = Math.Max(1, operation.Capacity * Share);
        _nominalRate = operation.RefillPerSecond * Share;
        _rate = _nominalRate;
        _tokens = _capacity;
        _last = time.GetTimestamp();
    }

    /// <summary>Requests a second allowed now.</summary>
    public double Rate
    {
        get
        {
            lock (_lock) return _rate;
        }
    }

    /// <summary>Takes one token, waiting for it when the bucket is empty; first come, first served.</summary>
    public ValueTask AcquireAsync(CancellationToken cancellationToken)
    {
        TimeSpan wait;
        lock (_lock)
        {
            Refill();
            _tokens -= 1; // below zero: a place in the queue
            wait = _tokens >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-_tokens / _rate);
        }

        return wait <= TimeSpan.Zero ? ValueTask.CompletedTask : new ValueTask(Task.Delay(wait, _time, cancellationToken));
    }

    /// <summary>EC2 answered: asked too often.</summary>
    public void Throttled()
    {
        lock (_lock)
        {
            Refill();
            _rate = Math.Max(_nominalRate / 32, _rate / 2);
            _tokens = Math.Min(_tokens, 0);
        }
    }

    /// <summary>EC2 answered without throttling.</summary>
    public void Answered()
    {
        lock (_lock)
        {
            if (_rate >= _nominalRate) return;
            Refill();
            _rate = Math.Min(_nominalRate, _rate + (_nominalRate * Recovery));
        }
    }

    private void Refill()
    {
        var now = _time.GetTimestamp();
        _tokens = Math.Min(_capacity, _tokens + (_time.GetElapsedTime(_last, now).TotalSeconds * _rate));
        _last = now;
    }
}
