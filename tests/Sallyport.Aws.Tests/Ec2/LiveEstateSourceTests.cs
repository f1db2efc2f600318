using System.Collections.Concurrent;
using Sallyport.Aws.Ec2;
using Sallyport.Aws.Ec2.Query;
using Sallyport.Diagnostics;
using Sallyport.Estates;

namespace Sallyport.Aws.Tests.Ec2;

public sealed class LiveEstateSourceTests
{
    private const string Group = "<item><ownerId>111122223333</ownerId><groupId>sg-1</groupId><groupName>web</groupName><vpcId>vpc-1</vpcId>"
        + "<ipPermissions><item><ipProtocol>tcp</ipProtocol><fromPort>80</fromPort><toPort>80</toPort><ipRanges><item><cidrIp>10.0.0.0/8</cidrIp></item></ipRanges></item></ipPermissions></item>";

    [Fact]
    public async Task What_a_region_refuses_is_a_gap_with_the_code_and_the_request_id()
    {
        await using var server = Serve(r => r.Action switch
        {
            "DescribeSecurityGroups" => Reply.Ok(r.Action, $"<securityGroupInfo>{Group}</securityGroupInfo>"),
            "DescribeNetworkInterfaces" or "DescribeFlowLogs" or "DescribeSecurityGroupRules" => Reply.Error(403, "UnauthorizedOperation"),
            _ => null,
        });
        var (estate, diagnostics) = await ReadAsync(Live.Options(server.Endpoint, "eu-west-1"));
        Assert.Empty(diagnostics);
        Assert.Equal(
            [
                new EstateGap(GapKind.RuleIds, "111122223333/eu-west-1", "DescribeSecurityGroupRules: UnauthorizedOperation (request id req-UnauthorizedOperation)", IsReadFailure: true),
                new EstateGap(GapKind.NetworkInterfaces, "111122223333/eu-west-1", "DescribeNetworkInterfaces: UnauthorizedOperation (request id req-UnauthorizedOperation)", IsReadFailure: true),
                new EstateGap(GapKind.NetworkInterfaces, "", "The source holds none of them."),
                new EstateGap(GapKind.FlowLogs, "111122223333/eu-west-1", "DescribeFlowLogs: UnauthorizedOperation (request id req-UnauthorizedOperation)"),
                new EstateGap(GapKind.Monitoring, "", "The source holds none of them."),
            ],
            estate.Gaps.OrderBy(g => g.What).ThenByDescending(g => g.Where));
        var rule = Assert.Single(Assert.Single(estate.SecurityGroups).Rules);
        Assert.Equal("ingress tcp/80 from 10.0.0.0/8", rule.Key.ToString());
        Assert.Null(rule.Id);
    }

    [Fact]
    public async Task All_reads_every_region_the_account_may_use_and_one_closed_region_is_a_gap()
    {
        var seen = new ConcurrentBag<string>();
        await using var server = Serve(r =>
        {
            var region = RegionOf(r);
            seen.Add(region);
            return r.Action switch
            {
                "DescribeRegions" => Reply.Ok(r.Action, "<regionInfo><item><regionName>eu-west-1</regionName><optInStatus>opt-in-not-required</optInStatus></item>"
                    + "<item><regionName>me-south-1</regionName><optInStatus>opted-in</optInStatus></item><item><regionName>af-south-1</regionName><optInStatus>not-opted-in</optInStatus></item>"
                    + "<item><regionName>evil.example/</regionName></item></regionInfo>"),
                _ when region == "me-south-1" => Reply.Error(401, "AuthFailure"),
                "DescribeSecurityGroups" => Reply.Ok(r.Action, $"<securityGroupInfo>{Group}</securityGroupInfo>"),
                _ => null,
            };
        });
        var (estate, diagnostics) = await ReadAsync(Live.Options(server.Endpoint, "all"));
        Assert.Empty(diagnostics);
        Assert.Equal(["eu-west-1", "me-south-1"], estate.Scopes.Select(s => s.Region));
        Assert.Contains(estate.Gaps, g => g is { What: GapKind.SecurityGroups, Where: "111122223333/me-south-1", IsReadFailure: true } && g.Why.Contains("AuthFailure", StringComparison.Ordinal));
        Assert.DoesNotContain(estate.Gaps, g => g.Where == "111122223333/eu-west-1");
        Assert.Equal(["eu-west-1", "me-south-1", "us-east-1"], seen.Distinct().Order());
    }

    [Fact]
    public async Task Groups_and_rules_of_all_pages_come_together()
    {
        await using var server = Serve(r => r.Action switch
        {
            "DescribeSecurityGroups" => Reply.Ok(r.Action, $"<securityGroupInfo>{Group}</securityGroupInfo>"),
            "DescribeSecurityGroupRules" when !r.Form.ContainsKey("NextToken") => Reply.Ok(r.Action, $"<securityGroupRuleSet>{Rule("sgr-1", 80)}</securityGroupRuleSet><nextToken>two</nextToken>"),
            "DescribeSecurityGroupRules" => Reply.Ok(r.Action, $"<securityGroupRuleSet>{Rule("sgr-2", 81)}</securityGroupRuleSet>"),
            _ => null,
        });
        var (estate, _) = await ReadAsync(Live.Options(server.Endpoint, "eu-west-1"));
        Assert.Equal(["sgr-1", "sgr-2"], Assert.Single(estate.SecurityGroups).Rules.Select(r => r.Id!.Value.Value));
        Assert.Equal("a tag", estate.SecurityGroups[0].Rules[0].Tags!["t"]);
    }

    [Fact]
    public async Task Entries_are_read_for_own_lists_and_for_AWSs_lists_that_something_names()
    {
        var asked = new ConcurrentBag<string>();
        await using var server = Serve(r =>
        {
            if (r.Action == "GetManagedPrefixListEntries") asked.Add(r.Form["PrefixListId"]);
            return r.Action switch
            {
                "DescribeRouteTables" => Reply.Ok(r.Action, "<routeTableSet><item><routeTableId>rtb-1</routeTableId><vpcId>vpc-1</vpcId><routeSet><item><destinationPrefixListId>pl-s3</destinationPrefixListId><gatewayId>vpce-1</gatewayId></item></routeSet></item></routeTableSet>"),
                "DescribeManagedPrefixLists" => Reply.Ok(r.Action, "<prefixListSet>" + List("pl-own", "111122223333", "mine") + List("pl-s3", "AWS", "com.amazonaws.eu-west-1.s3") + List("pl-ddb", "AWS", "com.amazonaws.eu-west-1.dynamodb") + "</prefixListSet>"),
                "GetManagedPrefixListEntries" when r.Form["PrefixListId"] == "pl-own" => Reply.Error(403, "UnauthorizedOperation"),
                "GetManagedPrefixListEntries" => Reply.Ok(r.Action, "<entrySet><item><cidr>52.1.0.0/16</cidr></item></entrySet>"),
                _ => null,
            };
        });
        var (estate, _) = await ReadAsync(Live.Options(server.Endpoint, "eu-west-1"));
        Assert.Equal(["pl-own", "pl-s3"], asked.Order());
        Assert.Equal("52.1.0.0/16", Assert.Single(estate.Index.PrefixLists[new("pl-s3")].Entries!.Value).Cidr.ToString());
        Assert.Null(estate.Index.PrefixLists[new("pl-own")].Entries);
        Assert.Contains(estate.Gaps, g => g is { What: GapKind.PrefixLists, Where: "pl-own", IsReadFailure: true });
    }

    [Fact]
    public async Task A_reference_across_a_transit_gateway_needs_the_gateway_and_the_attachment()
    {
        await using var server = Serve(r => r.Action switch
        {
            "DescribeTransitGateways" => Reply.Ok(r.Action, "<transitGatewaySet><item><transitGatewayId>tgw-1</transitGatewayId><ownerId>111122223333</ownerId><options><securityGroupReferencingSupport>disable</securityGroupReferencingSupport></options></item></transitGatewaySet>"),
            "DescribeTransitGatewayVpcAttachments" => Reply.Ok(r.Action, "<transitGatewayVpcAttachments>" + Attachment("a", "tgw-1") + Attachment("b", "tgw-2") + "</transitGatewayVpcAttachments>"),
            "DescribeTransitGatewayRouteTables" => Reply.Ok(r.Action, "<transitGatewayRouteTables><item><transitGatewayRouteTableId>tgw-rtb-1</transitGatewayRouteTableId><transitGatewayId>tgw-1</transitGatewayId></item></transitGatewayRouteTables>"),
            "SearchTransitGatewayRoutes" => Reply.Ok(r.Action, "<routeSet><item><destinationCidrBlock>10.0.0.0/8</destinationCidrBlock><transitGatewayAttachments><item><transitGatewayAttachmentId>a</transitGatewayAttachmentId></item></transitGatewayAttachments><state>active</state></item></routeSet>"),
            _ => null,
        });
        var (estate, _) = await ReadAsync(Live.Options(server.Endpoint, "eu-west-1"));
        Assert.Equal([false, null], estate.TransitGatewayAttachments.Select(a => a.SecurityGroupReferencing));
        Assert.Equal("a", Assert.Single(Assert.Single(estate.TransitGatewayRouteTables).Routes!.Value).Target);
        Assert.Contains(estate.Gaps, g => g is { What: GapKind.TransitGateways, Where: "tgw-2", IsReadFailure: false });
    }

    [Fact]
    public async Task A_throttled_region_is_read_in_the_end()
    {
        var refusals = 0;
        await using var server = Serve(r => r.Action == "DescribeVpcs" && Interlocked.Increment(ref refusals) <= 3 ? Reply.Error(503, "RequestLimitExceeded") : null);
        var (estate, _) = await ReadAsync(Live.Options(server.Endpoint, "eu-west-1") with { Time = new ManualTime() });
        Assert.DoesNotContain(estate.Gaps, g => g.What == GapKind.Vpcs);
    }

    [Fact]
    public async Task An_account_that_STS_will_not_tell_is_told_by_its_groups()
    {
        await using var server = Serve(r => r.Action switch
        {
            "GetCallerIdentity" => Reply.Error(403, "AccessDenied"),
            "DescribeSecurityGroups" => Reply.Ok(r.Action, $"<securityGroupInfo>{Group}</securityGroupInfo>"),
            _ => null,
        });
        var (estate, diagnostics) = await ReadAsync(Live.Options(server.Endpoint, "eu-west-1"));
        Assert.Empty(diagnostics);
        Assert.Equal([new Scope("111122223333", "eu-west-1")], estate.Scopes);
    }

    [Theory]
    [InlineData("InvalidClientTokenId", "SPD5005")]
    [InlineData("SignatureDoesNotMatch", "SPD5005")]
    [InlineData("ExpiredToken", "SPD5005")]
    public async Task Credentials_that_are_refused_are_an_error(string code, string expected)
    {
        await using var server = ScriptedServer.InTurn(Reply.Error(403, code));
        var (_, diagnostics) = await ReadAsync(Live.Options(server.Endpoint, "eu-west-1"));
        Assert.Equal(expected, Assert.Single(diagnostics).Code);
    }

    [Fact]
    public async Task An_endpoint_nobody_listens_at_is_an_error()
    {
        var nowhere = new Uri($"http://127.0.0.1:{MotoServer.FreePort()}/");
        var (_, diagnostics) = await ReadAsync(Live.Options(nowhere, "eu-west-1") with { MaxAttempts = 1 });
        Assert.Equal("SPD5004", Assert.Single(diagnostics).Code);
    }

    [Fact]
    public async Task An_account_in_which_every_region_breaks_is_an_error()
    {
        await using var server = new ScriptedServer(r => r.Action == "GetCallerIdentity" ? Reply.Identity("111122223333") : Reply.Error(500, "InternalError"));
        var (_, diagnostics) = await ReadAsync(Live.Options(server.Endpoint, "eu-west-1", "eu-west-2") with { MaxAttempts = 1 });
        Assert.Equal("SPD5011", Assert.Single(diagnostics).Code);
    }

    [Fact]
    public async Task Settings_that_cannot_be_are_reported_together()
    {
        var (_, diagnostics) = await ReadAsync(new LiveOptions
        {
            Regions = ["eu-west-1", "nowhere"],
            RoleArn = "role/x",
            Environment = Live.Variables(("AWS_ENDPOINT_URL", "ftp://x")),
        });
        Assert.Equal(["SPD5006", "SPD5007", "SPD5010"], diagnostics.Select(d => d.Code));
    }

    [Fact]
    public async Task Without_a_region_one_is_asked_for()
    {
        var (_, diagnostics) = await ReadAsync(new LiveOptions { Environment = Live.Variables(("AWS_ACCESS_KEY_ID", "a"), ("AWS_SECRET_ACCESS_KEY", "b")) });
        Assert.Equal("SPD5003", Assert.Single(diagnostics).Code);
    }

    [Fact]
    public async Task Credentials_that_cannot_be_got_are_an_error_and_no_crash()
    {
        var options = new ChannelOptions(
            _ => throw new Ec2Exception(FailureKind.NotSent, "GetCredentials", new Scope("", ""), "CredentialsUnavailable", "the token has expired"),
            new RetryPolicy(1, () => 0), new RequestLimiters(TimeProvider.System), TimeProvider.System, TimeSpan.FromSeconds(1), "test", null);
        using var http = new HttpClient();
        var client = new Ec2Client(new QueryChannel(http, options), CallTarget.Ec2("eu-west-1", new Uri("http://127.0.0.1:1/")));
        var e = await Assert.ThrowsAsync<Ec2Exception>(() => client.DescribeVpcsAsync(TestContext.Current.CancellationToken));
        Assert.Equal("GetCredentials: CredentialsUnavailable: the token has expired", e.Message);
    }

    [Fact]
    public async Task A_profile_that_is_not_there_is_named()
    {
        var (_, diagnostics) = await ReadAsync(new LiveOptions { Profile = "no-such-profile-here", Regions = ["eu-west-1"], Environment = Live.Variables() });
        Assert.Equal("SPD5002", Assert.Single(diagnostics).Code);
        Assert.Contains("no-such-profile-here", diagnostics[0].Message, StringComparison.Ordinal);
    }

    /// <summary>Identity of account 111122223333 and empty lists, but for what the script says.</summary>
    private static ScriptedServer Serve(Func<SentRequest, Reply?> script) => new(r =>
        script(r) ?? (r.Action == "GetCallerIdentity" ? Reply.Identity("111122223333") : Reply.Ok(r.Action, string.Empty)));

    private static string RegionOf(SentRequest request) => request.Headers["Authorization"].Split('/')[2];

    private static string Rule(string id, int port) =>
        $"<item><securityGroupRuleId>{id}</securityGroupRuleId><groupId>sg-1</groupId><isEgress>false</isEgress><ipProtocol>tcp</ipProtocol><fromPort>{port}</fromPort><toPort>{port}</toPort><cidrIpv4>10.0.0.0/8</cidrIpv4><tagSet><item><key>t</key><value>a tag</value></item></tagSet></item>";

    private static string List(string id, string owner, string name) =>
        $"<item><prefixListId>{id}</prefixListId><ownerId>{owner}</ownerId><prefixListName>{name}</prefixListName><addressFamily>IPv4</addressFamily></item>";

    private static string Attachment(string id, string gateway) =>
        $"<item><transitGatewayAttachmentId>{id}</transitGatewayAttachmentId><transitGatewayId>{gateway}</transitGatewayId><vpcId>vpc-1</vpcId><options><securityGroupReferencingSupport>enable</securityGroupReferencingSupport></options></item>";

    private static async Task<(Estate Estate, IReadOnlyList<Diagnostic> Diagnostics)> ReadAsync(LiveOptions options)
    {
        var builder = new EstateBuilder();
        var diagnostics = await LiveEstateSource.Create(options).ReadAsync(builder, TestContext.Current.CancellationToken);
        return (builder.Build(), diagnostics);
    }
}
