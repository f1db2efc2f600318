using System.Text.Json;
using Sallyport.Lab;

namespace Sallyport.Aws.Tests.Lab;

/// <summary>The AWS CLI works the lab as it works EC2; every signature is checked.</summary>
public sealed class AwsCliTests : IAsyncLifetime
{
    private LabServer _server = null!;
    private AwsCli _aws = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await LabServer.StartAsync(new LabOptions { VerifySignatures = true }, TestContext.Current.CancellationToken);
        _aws = new AwsCli(_server);
    }

    public async ValueTask DisposeAsync()
    {
        Assert.Null(_server.LastBug);
        await _server.DisposeAsync();
    }

    /// <summary>The commands of Trend Micro's Conformity page for EC2-033, with ids filled in.</summary>
    [Fact]
    public async Task The_commands_of_Conformitys_EC2_033_page_audit_and_remedy()
    {
        Assert.SkipWhen(AwsCli.Missing is not null, AwsCli.Missing ?? string.Empty);
        var vpc = (await _aws.RunAsync("aws ec2 create-vpc --cidr-block 10.0.0.0/16 --amazon-provided-ipv6-cidr-block --query Vpc.VpcId")).GetString();
        var group = (await _aws.RunAsync($"aws ec2 create-security-group --vpc-id {vpc} --group-name web --description 'web servers' --query GroupId")).GetString();
        var other = (await _aws.RunAsync($"aws ec2 create-security-group --vpc-id {vpc} --group-name db --description databases --query GroupId")).GetString();

        var table = await _aws.RunRawAsync("aws ec2 describe-security-groups --region us-east-1 --output table --query 'SecurityGroups[*].GroupId'");
        Assert.Contains($"|  {group}  |", table.Output, StringComparison.Ordinal);

        var audit = $"aws ec2 describe-security-groups --region us-east-1 --group-ids {group} --query 'SecurityGroups[*].IpPermissionsEgress[]'";
        var open = Assert.Single((await _aws.RunAsync(audit)).EnumerateArray());
        Assert.Equal(
            "{\"IpProtocol\":\"-1\",\"UserIdGroupPairs\":[],\"IpRanges\":[{\"CidrIp\":\"0.0.0.0/0\"}],\"Ipv6Ranges\":[{\"CidrIpv6\":\"::/0\"}],\"PrefixListIds\":[]}",
            JsonSerializer.Serialize(open));

        var revoked = await _aws.RunAsync(
            $"aws ec2 revoke-security-group-egress --region us-east-1 --group-id {group} "
            + "--ip-permissions IpProtocol=-1,IpRanges=[{CidrIp=\"0.0.0.0/0\"}],Ipv6Ranges=[{CidrIpv6=\"::/0\"}] --query 'Return'");
        Assert.True(revoked.GetBoolean());
        await _aws.RunAsync($"aws ec2 authorize-security-group-egress --region us-east-1 --group-id {group} --protocol tcp --port 443 --cidr 10.0.0.5/32");
        await _aws.RunAsync($"aws ec2 authorize-security-group-egress --region us-east-1 --group-id {group} --protocol tcp --port 443 --cidr 10.0.15.0/24");
        await _aws.RunAsync($"aws ec2 authorize-security-group-egress --region us-east-1 --group-id {group} --protocol tcp --port 443 --source-group {other}");
        var closed = Assert.Single((await _aws.RunAsync(audit)).EnumerateArray());
        Assert.Equal(
            $"{{\"IpProtocol\":\"tcp\",\"FromPort\":443,\"ToPort\":443,\"UserIdGroupPairs\":[{{\"UserId\":\"111122223333\",\"GroupId\":\"{other}\"}}],"
            + "\"IpRanges\":[{\"CidrIp\":\"10.0.0.5/32\"},{\"CidrIp\":\"10.0.15.0/24\"}],\"Ipv6Ranges\":[],\"PrefixListIds\":[]}",
            JsonSerializer.Serialize(closed));
    }

    [Fact]
    public async Task Create_describe_filter_page_and_fail()
    {
        Assert.SkipWhen(AwsCli.Missing is not null, AwsCli.Missing ?? string.Empty);
        var made = await _aws.RunAsync(
            "aws ec2 create-security-group --group-name app --description app --tag-specifications 'ResourceType=security-group,Tags=[{Key=Name,Value=app}]'");
        var group = made.GetProperty("GroupId").GetString();
        var rules = await _aws.RunAsync($"aws ec2 authorize-security-group-ingress --group-id {group} --protocol tcp --port 8000-8010 --cidr 10.1.2.3/16");
        Assert.True(rules.GetProperty("Return").GetBoolean());
        Assert.Equal("10.1.0.0/16", rules.GetProperty("SecurityGroupRules")[0].GetProperty("CidrIpv4").GetString());

        var filtered = await _aws.RunAsync("aws ec2 describe-security-groups --filters Name=tag:Name,Values='a*' Name=ip-permission.from-port,Values=8000 --query 'SecurityGroups[].GroupName'");
        Assert.Equal("[\"app\"]", JsonSerializer.Serialize(filtered));
        var paged = await _aws.RunAsync("aws ec2 describe-security-group-rules --page-size 5 --max-items 3");
        Assert.Equal(3, paged.GetProperty("SecurityGroupRules").GetArrayLength());
        var identity = await _aws.RunAsync("aws sts get-caller-identity --query Account");
        Assert.Equal("111122223333", identity.GetString());

        var duplicate = await _aws.RunRawAsync($"aws ec2 authorize-security-group-ingress --group-id {group} --protocol 6 --port 8000-8010 --cidr 10.1.0.0/16");
        Assert.NotEqual(0, duplicate.Code);
        Assert.Contains("An error occurred (InvalidPermission.Duplicate) when calling the AuthorizeSecurityGroupIngress operation", duplicate.Error, StringComparison.Ordinal);
        var dryRun = await _aws.RunRawAsync($"aws ec2 delete-security-group --group-id {group} --dry-run");
        Assert.Contains("(DryRunOperation)", dryRun.Error, StringComparison.Ordinal);
        await _aws.RunAsync($"aws ec2 revoke-security-group-ingress --group-id {group} --protocol tcp --port 8000-8010 --cidr 10.1.0.0/16");
        await _aws.RunAsync($"aws ec2 delete-security-group --group-id {group}");
    }
}
