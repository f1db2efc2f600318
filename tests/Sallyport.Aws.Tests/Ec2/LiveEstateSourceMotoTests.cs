using Sallyport.Aws.Ec2;
using Sallyport.Diagnostics;
using Sallyport.Estates;

namespace Sallyport.Aws.Tests.Ec2;

public sealed class LiveEstateSourceMotoTests(MotoServer moto) : IClassFixture<MotoServer>
{
    [Fact]
    public async Task A_region_is_read_whole()
    {
        var (estate, diagnostics) = await ReadAsync(Options("eu-west-1"));
        Assert.Empty(diagnostics);
        Assert.DoesNotContain(estate.Gaps, g => g.IsReadFailure);
        var group = Assert.Single(estate.SecurityGroups);
        Assert.Equal(("default", new Scope("123456789012", "eu-west-1")), (group.Name, group.Scope));
        Assert.All(group.Rules, r => Assert.NotNull(r.Id));
        var vpc = Assert.Single(estate.Vpcs);
        Assert.Equal(("172.31.0.0/16", true), (Assert.Single(vpc.Cidrs).ToString(), vpc.IsDefault));
        Assert.Equal(3, estate.Subnets.Length);
        Assert.True(Assert.Single(estate.RouteTables).IsMain);
        Assert.True(Assert.Single(estate.NetworkAcls).IsDefault);
    }

    [Fact]
    public async Task Interfaces_instances_lists_peerings_and_gateways_are_read()
    {
        const string region = "eu-west-2";
        var options = Options(region);
        var raw = new RawEc2(moto.Endpoint!, "AKIAEXAMPLE000000001", "secret", region);
        var vpc = await raw.VpcAsync();
        var group = await raw.GroupAsync(vpc, "web");
        var subnet = await raw.IdAsync("subnetId", "DescribeSubnets");
        var nic = await raw.IdAsync("networkInterfaceId", "CreateNetworkInterface", $"SubnetId={subnet}", $"SecurityGroupId.1={group}", "PrivateIpAddress=172.31.0.77", "Description=mine");
        var other = await raw.IdAsync("vpcId", "CreateVpc", "CidrBlock=10.99.0.0/16");
        var peering = await raw.IdAsync("vpcPeeringConnectionId", "CreateVpcPeeringConnection", $"VpcId={vpc}", $"PeerVpcId={other}");
        await raw.CallAsync("AcceptVpcPeeringConnection", $"VpcPeeringConnectionId={peering}");
        var list = await raw.IdAsync("prefixListId", "CreateManagedPrefixList", "PrefixListName=offices", "MaxEntries=5", "AddressFamily=IPv4", "Entry.1.Cidr=192.0.2.0/24", "Entry.1.Description=head office");
        var instance = await raw.IdAsync("instanceId", "RunInstances", "ImageId=ami-12c6146b", "MinCount=1", "MaxCount=1", $"SubnetId={subnet}", $"SecurityGroupId.1={group}");

        var (estate, _) = await ReadAsync(options);

        var read = estate.NetworkInterfaces.Single(i => i.Id.Value == nic);
        Assert.Equal((vpc, subnet, "mine"), (read.Vpc!.Value.Value, read.Subnet!.Value.Value, read.Description));
        Assert.Equal([group], read.Groups.Select(g => g.Value));
        Assert.Equal(["172.31.0.77"], read.Addresses.Select(a => a.ToString()));
        Assert.Equal([group], estate.Instances.Single(i => i.Id == instance).Groups.Select(g => g.Value));
        Assert.Contains(estate.NetworkInterfaces, i => i.Instance == instance);
        var found = Assert.Single(estate.Peerings);
        Assert.Equal((peering, "active", other), (found.Id.Value, found.Status, found.Accepter.Vpc.Value));
        Assert.Equal(["192.0.2.0/24"], estate.Index.EntriesOf(new(list))!.Value.Select(e => e.Cidr.ToString()));
        Assert.Equal((5, "head office"), (estate.Index.PrefixLists[new(list)].MaxEntries, estate.Index.EntriesOf(new(list))!.Value[0].Description));
    }

    [Fact]
    public async Task An_assumed_role_reads_its_own_account()
    {
        var (estate, diagnostics) = await ReadAsync(Options("eu-west-3") with { RoleArn = "arn:aws:iam::222233334444:role/audit" });
        Assert.Empty(diagnostics);
        Assert.Equal([new Scope("222233334444", "eu-west-3")], estate.Scopes);
    }

    [Fact]
    public async Task All_regions_are_read_at_once()
    {
        var (estate, diagnostics) = await ReadAsync(Options("all"));
        Assert.Empty(diagnostics);
        Assert.True(estate.Scopes.Length > 10);
        Assert.DoesNotContain(estate.Gaps, g => g.IsReadFailure);
    }

    private LiveOptions Options(params string[] regions)
    {
        Assert.SkipWhen(moto.Endpoint is null, moto.Missing);
        return Live.Options(moto.Endpoint!, regions);
    }

    private static async Task<(Estate Estate, IReadOnlyList<Diagnostic> Diagnostics)> ReadAsync(LiveOptions options)
    {
        var builder = new EstateBuilder();
        var diagnostics = await LiveEstateSource.Create(options).ReadAsync(builder, TestContext.Current.CancellationToken);
        return (builder.Build(), diagnostics);
    }
}
