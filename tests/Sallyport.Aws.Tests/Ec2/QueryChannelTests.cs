using System.Net.Sockets;
using Sallyport.Applying;
using Sallyport.Aws.Ec2.Query;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Aws.Tests.Ec2;

public sealed class QueryChannelTests
{
    private const string Empty = "<vpcSet/>";
    private static readonly Scope Scope = new(Scripted.Account, "eu-west-1");
    private static readonly SecurityGroupId Group = new("sg-0aa0aa0aa0aa0aa0a");
    private static readonly SecurityGroupRule Rule = new(Direction.Egress, Service.Tcp(443), new CidrPeer(Cidr.Parse("10.0.0.0/8")));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(503, "RequestLimitExceeded")]
    [InlineData(503, "EC2ThrottledException")]
    [InlineData(400, "Throttling")]
    [InlineData(500, "InternalError")]
    [InlineData(503, "Unavailable")]
    public async Task A_read_is_repeated_until_it_is_answered(int status, string code)
    {
        await using var server = ScriptedServer.InTurn(Reply.Error(status, code), Reply.Error(status, code), Reply.Ok("DescribeVpcs", Empty));
        using var scripted = new Scripted(server.Endpoint);
        Assert.Empty(await scripted.Client.DescribeVpcsAsync(Token));
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task Waits_grow_with_each_attempt_and_are_longer_after_throttling()
    {
        await using var slow = ScriptedServer.InTurn(Reply.Error(503, "RequestLimitExceeded"));
        await using var broken = ScriptedServer.InTurn(Reply.Error(500, "InternalError"));
        using var throttled = new Scripted(slow.Endpoint);
        using var failing = new Scripted(broken.Endpoint);
        await Assert.ThrowsAsync<Ec2Exception>(() => throttled.Client.DescribeVpcsAsync(Token));
        await Assert.ThrowsAsync<Ec2Exception>(() => failing.Client.DescribeVpcsAsync(Token));
        Assert.Equal([0.1, 0.2, 0.4], failing.Time.Waits.Select(w => w.TotalSeconds));
        Assert.Equal([0.5, 1, 2], throttled.Time.Waits.Select(w => w.TotalSeconds).Where(w => w >= 0.5));
        Assert.Equal(4, slow.Requests.Count);
    }

    [Fact]
    public async Task A_refusal_is_not_repeated_and_carries_the_code_and_the_request_id()
    {
        await using var server = ScriptedServer.InTurn(Reply.Error(403, "UnauthorizedOperation", "You are not authorized."));
        using var scripted = new Scripted(server.Endpoint);
        var e = await Assert.ThrowsAsync<Ec2Exception>(() => scripted.Client.DescribeVpcsAsync(Token));
        Assert.Equal((FailureKind.Refused, "UnauthorizedOperation", "req-UnauthorizedOperation", 403), (e.Kind, e.Code, e.RequestId, e.HttpStatus));
        Assert.Equal("DescribeVpcs in 111122223333/eu-west-1: UnauthorizedOperation: You are not authorized. (request id req-UnauthorizedOperation)", e.Message);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_throttled_change_is_repeated_since_it_was_not_made()
    {
        await using var server = ScriptedServer.InTurn(Reply.Error(503, "RequestLimitExceeded"), Reply.Ok("RevokeSecurityGroupEgress", "<return>true</return>"));
        using var scripted = new Scripted(server.Endpoint);
        await scripted.Target.RevokeAsync(Scope, Group, Direction.Egress, [Rule with { Id = new("sgr-1") }], Token);
        Assert.Equal(2, server.Requests.Count);
    }

    public static TheoryData<string> Ambiguous => ["500", "503", "drop", "cut", "html", "truncated", "false"];

    [Theory]
    [MemberData(nameof(Ambiguous))]
    public async Task A_change_whose_outcome_is_unknown_is_sent_once_and_reported_as_unknown(string how)
    {
        await using var server = ScriptedServer.InTurn(how switch
        {
            "500" => Reply.Error(500, "InternalError"),
            "503" => Reply.Error(503, "Unavailable"),
            "drop" => Reply.Drop,
            "cut" => Reply.CutOff("RevokeSecurityGroupEgress"),
            "html" => Reply.Http(200, "<html>sign in to the network</html>"),
            "truncated" => Reply.Http(200, "<ModifySecurityGroupRulesResponse><return>tr"),
            _ => Reply.Ok("ModifySecurityGroupRules", "<return>false</return>"),
        });
        using var scripted = new Scripted(server.Endpoint);
        var e = await Assert.ThrowsAsync<TargetException>(() => scripted.Target.ModifyAsync(Scope, Group, [Rule with { Id = new("sgr-1") }], Token));
        Assert.Equal(TargetOutcome.Unknown, e.Outcome);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_change_on_a_kept_connection_that_closes_is_not_sent_again_by_the_http_client()
    {
        var n = 0;
        await using var server = new ScriptedServer(r => Interlocked.Increment(ref n) == 1 ? Reply.Ok("DescribeVpcs", Empty) : Reply.Drop);
        using var scripted = new Scripted(server.Endpoint);
        await scripted.Client.DescribeVpcsAsync(Token);
        var e = await Assert.ThrowsAsync<TargetException>(() => scripted.Target.ModifyAsync(Scope, Group, [Rule with { Id = new("sgr-1") }], Token));
        Assert.Equal(TargetOutcome.Unknown, e.Outcome);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_change_that_times_out_is_unknown_and_sent_once_while_a_read_is_repeated()
    {
        await using var server = ScriptedServer.InTurn(Reply.Silence);
        using var scripted = new Scripted(server.Endpoint, attempts: 2, timeout: TimeSpan.FromMilliseconds(150), time: TimeProvider.System);
        var e = await Assert.ThrowsAsync<TargetException>(() => scripted.Target.ModifyAsync(Scope, Group, [Rule with { Id = new("sgr-1") }], Token));
        Assert.Equal((TargetOutcome.Unknown, "RequestTimeout"), (e.Outcome, e.Code));
        Assert.Single(server.Requests);
        var read = await Assert.ThrowsAsync<Ec2Exception>(() => scripted.Client.DescribeVpcsAsync(Token));
        Assert.Equal(FailureKind.TimedOut, read.Kind);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task A_change_that_never_left_is_refused()
    {
        using var scripted = new Scripted(new Uri($"http://127.0.0.1:{MotoServer.FreePort()}/"));
        var e = await Assert.ThrowsAsync<TargetException>(() => scripted.Target.ModifyAsync(Scope, Group, [Rule with { Id = new("sgr-1") }], Token));
        Assert.Equal((TargetOutcome.Refused, "ConnectionFailed"), (e.Outcome, e.Code));
        Assert.IsType<SocketException>(e.InnerException!.InnerException!.InnerException);
    }

    [Fact]
    public async Task A_read_cut_off_in_the_middle_is_repeated_and_nothing_is_taken_twice()
    {
        await using var server = ScriptedServer.InTurn(Reply.CutOff("DescribeVpcs"), Reply.Drop, Reply.Ok("DescribeVpcs", "<vpcSet><item><vpcId>vpc-1</vpcId></item></vpcSet>"));
        using var scripted = new Scripted(server.Endpoint);
        Assert.Single(await scripted.Client.DescribeVpcsAsync(Token));
    }

    [Fact]
    public async Task Every_page_is_asked_for_with_the_largest_size_and_the_token()
    {
        await using var server = ScriptedServer.InTurn(
            Reply.Ok("DescribeRouteTables", "<routeTableSet><item><routeTableId>rtb-1</routeTableId><vpcId>vpc-1</vpcId></item></routeTableSet><nextToken>a+/=&amp;</nextToken>"),
            Reply.Ok("DescribeRouteTables", "<routeTableSet><item><routeTableId>rtb-2</routeTableId><vpcId>vpc-1</vpcId></item></routeTableSet><nextToken/>"));
        using var scripted = new Scripted(server.Endpoint);
        Assert.Equal(["rtb-1", "rtb-2"], (await scripted.Client.DescribeRouteTablesAsync(Token)).Select(t => t.Id));
        var sent = server.Requests.ToArray();
        Assert.Equal(["100", "100"], sent.Select(r => r.Form["MaxResults"]));
        Assert.False(sent[0].Form.ContainsKey("NextToken"));
        Assert.Equal("a+/=&", sent[1].Form["NextToken"]);
    }

    [Fact]
    public async Task A_token_that_comes_back_ends_in_an_error_and_not_in_a_loop()
    {
        await using var server = ScriptedServer.InTurn(Reply.Ok("DescribeVpcs", "<vpcSet/><nextToken>again</nextToken>"));
        using var scripted = new Scripted(server.Endpoint);
        var e = await Assert.ThrowsAsync<Ec2Exception>(() => scripted.Client.DescribeVpcsAsync(Token));
        Assert.Equal("RepeatedNextToken", e.Code);
    }

    [Theory]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"aaaa\">]><DescribeVpcsResponse>&a;</DescribeVpcsResponse>")]
    [InlineData("<DescribeVpcsResponse>")]
    [InlineData("<OtherResponse/>")]
    [InlineData("")]
    [InlineData("{\"json\":true}")]
    public async Task An_answer_that_is_not_EC2s_is_an_error_and_not_a_crash(string body)
    {
        await using var server = ScriptedServer.InTurn(Reply.Http(200, body));
        using var scripted = new Scripted(server.Endpoint);
        var e = await Assert.ThrowsAsync<Ec2Exception>(() => scripted.Client.DescribeVpcsAsync(Token));
        Assert.Equal((FailureKind.BadAnswer, "MalformedAnswer"), (e.Kind, e.Code));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task An_answer_nested_too_deep_is_an_error()
    {
        var deep = string.Concat(Enumerable.Repeat("<a>", 100_000)) + string.Concat(Enumerable.Repeat("</a>", 100_000));
        await using var server = ScriptedServer.InTurn(Reply.Ok("DescribeVpcs", deep));
        using var scripted = new Scripted(server.Endpoint);
        Assert.Equal("MalformedAnswer", (await Assert.ThrowsAsync<Ec2Exception>(() => scripted.Client.DescribeVpcsAsync(Token))).Code);
    }

    [Fact]
    public async Task An_answer_too_large_is_not_read_to_its_end()
    {
        await using var server = ScriptedServer.InTurn(new Reply("HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n<"u8.ToArray()));
        using var scripted = new Scripted(server.Endpoint);
        Assert.Equal("AnswerTooLarge", (await Assert.ThrowsAsync<Ec2Exception>(() => scripted.Client.DescribeVpcsAsync(Token))).Code);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var elsewhere = ScriptedServer.InTurn(Reply.Ok("DescribeVpcs", Empty));
        await using var server = ScriptedServer.InTurn(Reply.Http(307, "", $"Location: {elsewhere.Endpoint}\r\n"));
        using var scripted = new Scripted(server.Endpoint);
        Assert.Equal("Http307", (await Assert.ThrowsAsync<Ec2Exception>(() => scripted.Client.DescribeVpcsAsync(Token))).Code);
        Assert.Empty(elsewhere.Requests);
    }

    [Theory]
    [InlineData("AuthFailure")]
    [InlineData("SignatureDoesNotMatch")]
    public async Task No_error_or_debug_line_repeats_a_secret(string code)
    {
        await using var server = ScriptedServer.InTurn(Reply.Error(403, code, $"canonical: {Scripted.Token} string: {Scripted.Secret}"));
        using var scripted = new Scripted(server.Endpoint);
        var e = await Assert.ThrowsAsync<Ec2Exception>(() => scripted.Client.DescribeVpcsAsync(Token));
        var said = string.Join('\n', [e.ToString(), e.AwsMessage, .. scripted.Lines]);
        Assert.DoesNotContain(Scripted.Secret, said, StringComparison.Ordinal);
        Assert.DoesNotContain(Scripted.Token, said, StringComparison.Ordinal);
        Assert.Contains(scripted.Lines, l => l.Contains($"DescribeVpcs eu-west-1 attempt 1: {code}, request id req-{code}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Cancelling_ends_a_read_in_flight()
    {
        await using var server = ScriptedServer.InTurn(Reply.Silence);
        using var scripted = new Scripted(server.Endpoint);
        using var stop = new CancellationTokenSource();
        var reading = scripted.Client.DescribeVpcsAsync(stop.Token);
        while (server.Requests.IsEmpty) await Task.Delay(5, Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }
}
