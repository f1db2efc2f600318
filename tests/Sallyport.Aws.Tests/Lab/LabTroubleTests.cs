using Sallyport.Aws.Tests.Ec2;
using Sallyport.Lab;

namespace Sallyport.Aws.Tests.Lab;

/// <summary>What goes wrong on purpose: throttling, faults, late reads.</summary>
public sealed class LabTroubleTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Buckets_are_per_account_region_and_api_and_refill()
    {
        var time = new ManualTime();
        await using var server = await LabServer.StartAsync(new LabOptions { Throttle = true, Time = time }, Token);
        var client = new LabClient(server, time: time);
        Assert.Equal(50, await UntilThrottledAsync(client, "DescribeSecurityGroups"));
        Assert.Equal(100, await UntilThrottledAsync(client, "DescribeSecurityGroups", "MaxResults=5"));
        Assert.Equal(100, await UntilThrottledAsync(client, "DescribeVpcs"));
        Assert.Equal(20, await UntilThrottledAsync(client, "DescribeStaleSecurityGroups", "VpcId=vpc-00000000"));
        Assert.Equal(100, await UntilThrottledAsync(client.As("444455556666"), "DescribeVpcs"));
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(40, await UntilThrottledAsync(client, "DescribeVpcs"));
        Assert.Equal(20, await UntilThrottledAsync(client, "DescribeSecurityGroups"));
    }

    [Theory]
    [InlineData("error500", 500, "InternalError")]
    [InlineData("throttle503", 503, "RequestLimitExceeded")]
    public async Task A_fault_before_the_change_changes_nothing(string kind, int status, string code)
    {
        await using var server = await StartAsync($"CreateVpc:{kind}:1");
        var client = new LabClient(server);
        var answer = await client.SendAsync("CreateVpc", "CidrBlock=10.0.0.0/16");
        Assert.Equal((status, code), (answer.Status, answer.Code));
        Assert.Single((await client.CallAsync("DescribeVpcs")).Descendants("vpcId"));
    }

    [Theory]
    [InlineData("drop", 1)]
    [InlineData("timeout-after-commit", 2)]
    public async Task A_cut_connection_tells_nothing_about_the_change(string kind, int vpcs)
    {
        await using var server = await StartAsync($"CreateVpc:{kind}:1");
        var client = new LabClient(server);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => client.SendAsync("CreateVpc", "CidrBlock=10.0.0.0/16"));
        Assert.Equal(vpcs, (await client.CallAsync("DescribeVpcs")).Descendants("vpcId").Count());
    }

    [Fact]
    public async Task A_delayed_change_is_seen_later_by_describes_but_at_once_by_changes()
    {
        var time = new ManualTime();
        var options = new LabOptions { Faults = Faults("CreateSecurityGroup:delay-visibility:1"), Time = time, VisibilityDelay = TimeSpan.FromSeconds(5) };
        await using var server = await LabServer.StartAsync(options, Token);
        var client = new LabClient(server, time: time);
        var group = await client.GroupAsync(await client.VpcAsync());
        Assert.Equal("InvalidGroup.NotFound", (await client.SendAsync("DescribeSecurityGroups", $"GroupId.1={group}")).Code);
        Assert.Single((await client.CallAsync("DescribeSecurityGroups")).Descendants("groupName"));
        Assert.Equal("InvalidGroup.Duplicate", (await client.SendAsync("CreateSecurityGroup", "GroupName=web", "GroupDescription=x")).Code);
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(2, (await client.CallAsync("DescribeSecurityGroups")).Descendants("groupName").Count());
    }

    [Fact]
    public async Task A_late_describe_sees_the_world_of_a_while_ago()
    {
        var time = new ManualTime();
        var options = new LabOptions { Faults = Faults("DescribeSecurityGroupRules:delay-visibility:1"), Time = time, VisibilityDelay = TimeSpan.FromSeconds(5) };
        await using var server = await LabServer.StartAsync(options, Token);
        var client = new LabClient(server, time: time);
        var group = await client.GroupAsync();
        time.Advance(TimeSpan.FromSeconds(10));
        await client.CallAsync("RevokeSecurityGroupEgress", $"GroupId={group}", "IpPermissions.1.IpProtocol=-1", "IpPermissions.1.IpRanges.1.CidrIp=0.0.0.0/0");
        string[] filter = ["Filter.1.Name=group-id", $"Filter.1.Value.1={group}"];
        Assert.Single((await client.CallAsync("DescribeSecurityGroupRules", filter)).Descendants("securityGroupRuleId"));
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Empty((await client.CallAsync("DescribeSecurityGroupRules", filter)).Descendants("securityGroupRuleId"));
    }

    [Fact]
    public async Task The_same_schedule_fails_the_same_calls()
    {
        var (first, second) = (await OutcomesAsync("*:error500:0.3;seed=42"), await OutcomesAsync("*:error500:0.3;seed=42"));
        Assert.Equal(first, second);
        Assert.InRange(first.Count(s => s == 500), 3, 27);
        Assert.NotEqual(first, await OutcomesAsync("*:error500:0.3;seed=43"));
    }

    [Theory]
    [InlineData("", "should be OPERATION:KIND:PROBABILITY")]
    [InlineData("CreateVpc:drop", "should be OPERATION:KIND:PROBABILITY")]
    [InlineData("CreateVcp:drop:1", "no operation of the lab")]
    [InlineData("*:explode:1", "no kind of fault")]
    [InlineData("*:drop:1.5", "probability from 0 to 1")]
    [InlineData("*:drop:NaN", "probability from 0 to 1")]
    [InlineData("*:drop:1;seed=x", "seed=N")]
    public void A_bad_schedule_is_explained(string text, string words)
    {
        Assert.False(FaultSchedule.TryParse(text, out _, out var problem));
        Assert.Contains(words, problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stages_are_awaited_in_order()
    {
        var stages = new List<string>();
        var options = new LabOptions
        {
            OnStage = (operation, stage, _) =>
            {
                stages.Add($"{operation} {stage}");
                return ValueTask.CompletedTask;
            },
        };
        await using var server = await LabServer.StartAsync(options, Token);
        await new LabClient(server).CallAsync("CreateVpc", "CidrBlock=10.0.0.0/16");
        Assert.Equal(["CreateVpc Received", "CreateVpc Committed"], stages);
    }

    private static FaultSchedule Faults(string text) => FaultSchedule.TryParse(text, out var faults, out var problem) ? faults : throw new FormatException(problem);

    private static Task<LabServer> StartAsync(string faults) =>
        LabServer.StartAsync(new LabOptions { Faults = Faults(faults), HoldDuration = TimeSpan.FromMilliseconds(50) }, Token);

    private static async Task<List<int>> OutcomesAsync(string faults)
    {
        await using var server = await StartAsync(faults);
        var outcomes = new List<int>();
        for (var i = 0; i < 40; i++) outcomes.Add((await new LabClient(server).SendAsync("DescribeVpcs")).Status);
        return outcomes;
    }

    private static async Task<int> UntilThrottledAsync(LabClient client, string action, params string[] arguments)
    {
        for (var i = 0; i < 200; i++)
        {
            var answer = await client.SendAsync(action, arguments);
            if (answer.Code == "RequestLimitExceeded") return answer.Status == 503 ? i : -1;
        }

        return 200;
    }
}
