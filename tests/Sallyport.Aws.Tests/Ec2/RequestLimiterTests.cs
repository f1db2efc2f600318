using Sallyport.Aws.Ec2.Query;

namespace Sallyport.Aws.Tests.Ec2;

public sealed class RequestLimiterTests
{
    private static readonly Operation Authorize = Operations.AuthorizeSecurityGroupIngress;

    [Fact]
    public async Task A_burst_of_seventy_percent_of_the_bucket_passes_and_then_the_rate_holds()
    {
        var time = new ManualTime();
        var limiter = new RequestLimiter(Authorize, time);
        var start = time.GetUtcNow();
        for (var i = 0; i < 35; i++) await limiter.AcquireAsync(default);
        Assert.Equal(start, time.GetUtcNow());
        for (var i = 0; i < 35; i++) await limiter.AcquireAsync(default);
        Assert.Equal(10, (time.GetUtcNow() - start).TotalSeconds, 0.05); // 35 at 3.5 a second
    }

    [Fact]
    public async Task Never_more_requests_than_EC2s_own_bucket_holds()
    {
        var time = new ManualTime();
        var limiter = new RequestLimiter(Operations.DescribeVpcs, time);
        var start = time.GetUtcNow();
        for (var sent = 1; sent <= 2000; sent++)
        {
            await limiter.AcquireAsync(default);
            Assert.True(sent <= 100 + (20 * (time.GetUtcNow() - start).TotalSeconds), $"request {sent} would be throttled");
        }
    }

    [Fact]
    public async Task Throttling_halves_the_rate_and_success_brings_it_back()
    {
        var time = new ManualTime();
        var limiter = new RequestLimiter(Authorize, time);
        var nominal = limiter.Rate;
        limiter.Throttled();
        limiter.Throttled();
        Assert.Equal(nominal / 4, limiter.Rate, 6);
        var before = time.GetUtcNow();
        await limiter.AcquireAsync(default);
        Assert.Equal(4 / nominal, (time.GetUtcNow() - before).TotalSeconds, 0.01);
        for (var i = 0; i < 100; i++) limiter.Answered();
        Assert.Equal(nominal, limiter.Rate, 6);
    }

    [Fact]
    public void Throttling_never_stops_a_limiter_for_good()
    {
        var limiter = new RequestLimiter(Authorize, new ManualTime());
        for (var i = 0; i < 1000; i++) limiter.Throttled();
        Assert.True(limiter.Rate > 0.1);
    }

    [Fact]
    public void Accounts_regions_and_operations_have_limiters_of_their_own()
    {
        var limiters = new RequestLimiters(new ManualTime());
        var one = limiters.For("1", "eu-west-1", Authorize);
        Assert.Same(one, limiters.For("1", "eu-west-1", Authorize));
        Assert.NotSame(one, limiters.For("2", "eu-west-1", Authorize));
        Assert.NotSame(one, limiters.For("1", "eu-west-2", Authorize));
        Assert.NotSame(one, limiters.For("1", "eu-west-1", Operations.AuthorizeSecurityGroupEgress));
    }
}
