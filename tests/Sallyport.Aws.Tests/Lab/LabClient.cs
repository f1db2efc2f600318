using System.Globalization;
using System.Net.Http.Headers;
using System.Xml.Linq;
using Sallyport.Lab;

namespace Sallyport.Aws.Tests.Lab;

/// <summary>
/// Sends raw requests to a lab and keeps the answer, whatever it is. The signature is a placeholder: labs of tests that do not
/// check signatures only look at the credential scope.
/// </summary>
internal sealed class LabClient(LabServer server, string account = "111122223333", string region = "us-east-1", TimeProvider? time = null)
{
    private static readonly HttpClient Http = new();

    public LabServer Server { get; } = server;

    /// <summary>The same lab seen from elsewhere.</summary>
    public LabClient As(string otherAccount, string? otherRegion = null) => new(Server, otherAccount, otherRegion ?? region, time);

    /// <summary>Sends an action with <c>Name=value</c> arguments.</summary>
    public Task<LabAnswer> SendAsync(string action, params string[] arguments) => SendAsync(action, "2016-11-15", arguments);

    public async Task<LabAnswer> SendAsync(string action, string version, string[] arguments)
    {
        var pairs = arguments.Select(a => a.Split('=', 2)).Select(p => new KeyValuePair<string, string>(p[0], p[1]));
        var form = await new FormUrlEncodedContent([new("Action", action), new("Version", version), .. pairs]).ReadAsStringAsync();
        return await PostAsync(form, Signed(version == "2011-06-15" ? "sts" : "ec2"));
    }

    /// <summary>Sends an action that must succeed; its document.</summary>
    public async Task<XElement> CallAsync(string action, params string[] arguments)
    {
        var answer = await SendAsync(action, arguments);
        Assert.True(answer.Status == 200, $"{action}: {answer.Status} {answer.Code}: {answer.Message}");
        return answer.Document;
    }

    /// <summary>Sends an action that must succeed; the text of the first element of a name.</summary>
    public async Task<string> IdAsync(string element, string action, params string[] arguments) =>
        (await CallAsync(action, arguments)).Descendants(element).First().Value;

    /// <summary>Sends a body as it is.</summary>
    public async Task<LabAnswer> PostAsync(string body, string? authorization = null, string? date = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Server.Endpoint) { Content = new StringContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        if (authorization is { Length: > 0 }) request.Headers.TryAddWithoutValidation("Authorization", authorization);
        request.Headers.TryAddWithoutValidation("X-Amz-Date", date ?? Now().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture));
        using var response = await Http.SendAsync(request);
        return new LabAnswer((int)response.StatusCode, Parse(await response.Content.ReadAsStringAsync()));
    }

    /// <summary>An authorization header of this client's account and Region.</summary>
    public string Signed(string service = "ec2")
    {
        var key = Server.Credentials.First(c => c.Account == account).AccessKeyId;
        return $"AWS4-HMAC-SHA256 Credential={key}/{Now():yyyyMMdd}/{region}/{service}/aws4_request, SignedHeaders=host;x-amz-date, Signature=00";
    }

    /// <summary>The default VPC, or the first.</summary>
    public Task<string> VpcAsync() => IdAsync("vpcId", "DescribeVpcs");

    /// <summary>A new group; in a new VPC with IPv4 only when none is given.</summary>
    public async Task<string> GroupAsync(string? vpc = null, string name = "web")
    {
        vpc ??= await IdAsync("vpcId", "CreateVpc", "CidrBlock=10.50.0.0/16");
        return await IdAsync("groupId", "CreateSecurityGroup", $"GroupName={name}", "GroupDescription=test", $"VpcId={vpc}");
    }

    private DateTimeOffset Now() => (time ?? TimeProvider.System).GetUtcNow();

    private static XElement Parse(string text)
    {
        var root = XElement.Parse(text);
        foreach (var element in root.DescendantsAndSelf())
        {
            element.RemoveAttributes();
            element.Name = element.Name.LocalName;
        }

        return root;
    }
}
