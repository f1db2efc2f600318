using System.Globalization;
using System.Text;
using Sallyport.Aws.Ec2.Query;
using Sallyport.Lab;

namespace Sallyport.Aws.Tests.Lab;

/// <summary>Who may call and in what form.</summary>
public sealed class LabProtocolTests(LabFixture lab) : IClassFixture<LabFixture>
{
    [Fact]
    public async Task An_unsigned_request_is_refused()
    {
        var answer = await lab.Client.PostAsync("Action=DescribeVpcs&Version=2016-11-15");
        Assert.Equal((401, "MissingAuthenticationToken"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task A_stale_request_is_refused()
    {
        var date = DateTimeOffset.UtcNow.AddMinutes(-16).ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        Assert.Equal("RequestExpired", (await lab.Client.PostAsync("Action=DescribeVpcs&Version=2016-11-15", lab.Client.Signed(), date)).Code);
    }

    [Theory]
    [InlineData("Version=2016-11-15", "MissingAction")]
    [InlineData("Action=DescribeVpcs", "MissingParameter")]
    [InlineData("Action=DescribeVpcs&Version=2010-01-01", "NoSuchVersion")]
    [InlineData("Action=DescribeVpcs&Version=2016-11-15&A=%zz", "MalformedQueryString")]
    [InlineData("Action=DescribeVpcs&Version=2016-11-15&A=%ff", "MalformedQueryString")]
    [InlineData("Action=DescribeVpcs&Version=2016-11-15&DryRun=true&DryRun=false", "InvalidQueryParameter")]
    public async Task A_malformed_request_gets_EC2s_error(string body, string code)
    {
        var answer = await lab.Client.PostAsync(body, lab.Client.Signed());
        Assert.Equal((400, code), (answer.Status, answer.Code));
    }

    [Theory]
    [InlineData("AWS4-HMAC-SHA256 Credential=AKIAUNKNOWN/20260101/us-east-1/ec2/aws4_request, SignedHeaders=host, Signature=0", 401, "AuthFailure")]
    [InlineData("AWS4-HMAC-SHA256 Credential=AKIA/20260101/us-east-1, SignedHeaders=host, Signature=0", 400, "IncompleteSignature")]
    [InlineData("AWS4-HMAC-SHA256 SignedHeaders=host, Signature=0", 400, "IncompleteSignature")]
    [InlineData("Basic abc", 401, "MissingAuthenticationToken")]
    public async Task A_broken_signature_header_is_refused(string header, int status, string code)
    {
        var answer = await lab.Client.PostAsync("Action=DescribeVpcs&Version=2016-11-15", header);
        Assert.Equal((status, code), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task A_region_the_lab_does_not_serve_is_refused_and_each_sees_its_own()
    {
        Assert.Equal("AuthFailure", (await lab.Client.As("111122223333", "mars-north-1").SendAsync("DescribeVpcs")).Code);
        Assert.NotEmpty((await lab.Client.CallAsync("DescribeVpcs")).Descendants("vpcId"));
        Assert.Empty((await lab.Client.As("111122223333", "eu-west-1").CallAsync("DescribeVpcs")).Descendants("vpcId"));
    }

    [Fact]
    public async Task A_role_of_another_account_is_assumed()
    {
        var answer = await lab.Client.SendAsync("AssumeRole", "2011-06-15", ["RoleArn=arn:aws:iam::444455556666:role/path/Auditor", "RoleSessionName=tests"]);
        Assert.Equal(200, answer.Status);
        Assert.Equal("arn:aws:sts::444455556666:assumed-role/Auditor/tests", answer.Document.Descendants("Arn").Single().Value);
        var denied = await lab.Client.SendAsync("AssumeRole", "2011-06-15", ["RoleArn=arn:aws:iam::999999999999:role/Auditor", "RoleSessionName=tests"]);
        Assert.Equal((403, "AccessDenied", "ErrorResponse"), (denied.Status, denied.Code, denied.Document.Name.LocalName));
    }

    [Fact]
    public async Task Signatures_are_verified_when_asked()
    {
        await using var server = await LabServer.StartAsync(new LabOptions { VerifySignatures = true }, TestContext.Current.CancellationToken);
        var key = server.Credentials[0];
        Assert.Equal(200, await SendSignedAsync(server, key.SecretAccessKey, body => body));
        Assert.Equal(403, await SendSignedAsync(server, key.SecretAccessKey + "x", body => body));
        Assert.Equal(403, await SendSignedAsync(server, key.SecretAccessKey, body => body + "&DryRun=false"));
        Assert.Equal(403, (await new LabClient(server).SendAsync("DescribeVpcs")).Status);
    }

    private static async Task<int> SendSignedAsync(LabServer server, string secret, Func<string, string> tamper)
    {
        const string type = "application/x-www-form-urlencoded";
        const string body = "Action=DescribeVpcs&Version=2016-11-15";
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Endpoint) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(tamper(body))) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        var signing = new SigningRequest("POST", server.Endpoint, "us-east-1", "ec2", type, Encoding.UTF8.GetBytes(body));
        foreach (var (name, value) in SignatureV4.Sign(signing, new SigningKey(server.Credentials[0].AccessKeyId, secret, null), DateTimeOffset.UtcNow))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await http.SendAsync(request);
        return (int)response.StatusCode;
    }
}
