namespace Sallyport.Lab.Throttling;

/// <summary>A token bucket: full at first, refilled steadily, one token a call (EC2 API: request throttling).</summary>
internal sealed class TokenBucket(BucketSize size, DateTimeOffset now)
{
    private double _tokens = size.Capacity;
    private DateTimeOffset _at = now;

    /// <summary>Takes a token; false when there is none.</summary>
    public bool TryTake(DateTimeOffset now)
    {
        if (now > _at)
        {
            _tokens = Math.Min(size.Capacity, _tokens + ((now - _at).TotalSeconds * size.RefillPerSecond));
            _at = now;
        }

        if (_tokens < 1) return false;
        _tokens--;
        return true;
    }
}
