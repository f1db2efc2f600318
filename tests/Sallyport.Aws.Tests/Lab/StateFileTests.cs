using Sallyport.Lab;
using Sallyport.Lab.Estates;

namespace Sallyport.Aws.Tests.Lab;

/// <summary>A lab that is started again from its state file is the same lab.</summary>
public sealed class StateFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sallyport-lab-").FullName;

    private string File => Path.Combine(_folder, "state.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Everything_survives_a_restart_and_ids_go_on()
    {
        string before, group;
        await using (var server = await StartAsync())
        {
            var client = new LabClient(server, "111122223333", server.Regions[0]);
            var vpc = await client.IdAsync("vpcId", "CreateVpc", "CidrBlock=10.200.0.0/16");
            group = await client.GroupAsync(vpc);
            await client.CallAsync("CreateTags", $"ResourceId.1={group}", "Tag.1.Key=k", "Tag.1.Value=v");
            before = await EverythingAsync(server);
        }

        var bytes = await System.IO.File.ReadAllBytesAsync(File);
        await using (var server = await StartAsync())
        {
            Assert.Equal(before, await EverythingAsync(server));
            Assert.Equal(bytes, await System.IO.File.ReadAllBytesAsync(File));
            var client = new LabClient(server, "111122223333", server.Regions[0]);
            Assert.NotEqual(group, await client.GroupAsync());
        }

        Assert.Equal([File], Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task Every_change_is_on_disk_before_it_is_answered()
    {
        await using var server = await StartAsync();
        var client = new LabClient(server, "111122223333", server.Regions[0]);
        var group = await client.GroupAsync();
        Assert.Contains(group, await System.IO.File.ReadAllTextAsync(File), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"schemaVersion\":1")]
    [InlineData("not json")]
    public Task What_is_no_state_is_said_so(string text) => RefusedAsync(text);

    [Theory]
    [InlineData("\"schemaVersion\":1", "\"schemaVersion\":2")]
    [InlineData("\"scopes\":[", "\"nonsense\":[],\"scopes\":[")]
    [InlineData("\"scopes\":[", "\"scopes\":null,\"x\":[")]
    [InlineData("\"service\":\"tcp/443\"", "\"service\":\"tcp/99999\"")]
    [InlineData("\"service\":\"tcp/443\"", "\"service\":null")]
    [InlineData("\"cidrs\":[\"10", "\"cidrs\":[\"300")]
    [InlineData("\"peer\":[\"0.0.0.0/0\"]", "\"peer\":[]")]
    [InlineData("\"vpcs\":[", "\"vpcs\":null,\"v\":[")]
    public async Task A_damaged_state_is_said_so(string found, string replaced)
    {
        await (await StartAsync()).DisposeAsync();
        var text = await System.IO.File.ReadAllTextAsync(File);
        Assert.Contains(found, text, StringComparison.Ordinal);
        await RefusedAsync(text.Replace(found, replaced, StringComparison.Ordinal));
    }

    private async Task RefusedAsync(string text)
    {
        await System.IO.File.WriteAllTextAsync(File, text);
        var refused = await Assert.ThrowsAsync<LabStateException>(StartAsync);
        Assert.Equal(("SPD2901", File), (refused.Diagnostic.Code, refused.Diagnostic.At!.File));
        Assert.Equal(text, await System.IO.File.ReadAllTextAsync(File));
    }

    private Task<LabServer> StartAsync() =>
        LabServer.StartAsync(new LabOptions { Estate = AcmeEstate.Create(), StateFile = File }, TestContext.Current.CancellationToken);

    private static async Task<string> EverythingAsync(LabServer server)
    {
        var text = new System.Text.StringBuilder();
        foreach (var credentials in server.Credentials)
        {
            foreach (var region in server.Regions)
            {
                var client = new LabClient(server, credentials.Account, region);
                foreach (var action in DescribeNames)
                {
                    var answer = await client.CallAsync(action);
                    answer.Element("requestId")!.Remove();
                    text.Append(answer).Append('\n');
                }
            }
        }

        return text.ToString();
    }

    private static readonly string[] DescribeNames =
    [
        "DescribeSecurityGroups", "DescribeSecurityGroupRules", "DescribeNetworkInterfaces", "DescribeVpcs", "DescribeSubnets", "DescribeRouteTables",
        "DescribeNetworkAcls", "DescribeManagedPrefixLists", "DescribeVpcPeeringConnections", "DescribeVpcEndpoints", "DescribeInternetGateways",
        "DescribeNatGateways", "DescribeInstances", "DescribeFlowLogs", "DescribeTags", "DescribeAddresses", "DescribeTransitGatewayAttachments",
        "DescribeTransitGatewayRouteTables", "DescribeSecurityGroupVpcAssociations", "DescribeRegions", "DescribeEgressOnlyInternetGateways",
    ];
}
