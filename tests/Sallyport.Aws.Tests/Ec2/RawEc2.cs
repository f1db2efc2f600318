using System.Text;
using System.Xml.Linq;
using Sallyport.Aws.Ec2.Query;

namespace Sallyport.Aws.Tests.Ec2;

/// <summary>Builds the estate a test wants: any action, signed, its answer as a document without namespaces.</summary>
internal sealed class RawEc2(Uri endpoint, string accessKey, string secretKey, string region)
{
    private static readonly HttpClient Http = new();

    /// <summary>Calls with <c>Name=value</c> arguments.</summary>
    public async Task<XElement> CallAsync(string action, params string[] arguments)
    {
        var form = new QueryParameters();
        foreach (var argument in arguments)
        {
            var parts = argument.Split('=', 2);
            form.Add(parts[0], parts[1]);
        }

        const string type = "application/x-www-form-urlencoded; charset=utf-8";
        var body = Encoding.UTF8.GetBytes(form.ToBody(action, "2016-11-15"));
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        foreach (var (name, value) in SignatureV4.Sign(new SigningRequest("POST", endpoint, region, "ec2", type, body), new SigningKey(accessKey, secretKey, null), DateTimeOffset.UtcNow))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{action}: {text}");
        var root = XElement.Parse(text);
        foreach (var element in root.DescendantsAndSelf()) element.Name = element.Name.LocalName;
        return root;
    }

    /// <summary>Calls and gives the text of the first element of a name.</summary>
    public async Task<string> IdAsync(string element, string action, params string[] arguments) =>
        (await CallAsync(action, arguments)).Descendants(element).First().Value;

    /// <summary>The first VPC of the Region; made when there is none.</summary>
    public async Task<string> VpcAsync() =>
        (await CallAsync("DescribeVpcs")).Descendants("vpcId").FirstOrDefault()?.Value ?? await IdAsync("vpcId", "CreateVpc", "CidrBlock=10.20.0.0/16");

    /// <summary>A new group in a VPC.</summary>
    public Task<string> GroupAsync(string vpc, string name) =>
        IdAsync("groupId", "CreateSecurityGroup", $"VpcId={vpc}", $"GroupName={name}", "GroupDescription=test group");
}
