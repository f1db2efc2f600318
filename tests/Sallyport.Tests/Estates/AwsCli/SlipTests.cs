using System.Text;
using Sallyport.Estates;
using Sallyport.Estates.Snapshots;
using Sallyport.Tests.Estates.Files;

namespace Sallyport.Tests.Estates.AwsCli;

/// <summary>What could be read though EC2 does not write it so is kept on the rule, on both paths of the reader and in a snapshot.</summary>
public sealed class SlipTests
{
    [Theory]
    [InlineData("""{"IpProtocol":"-1","FromPort":22,"ToPort":22,"IpRanges":[{"CidrIp":"10.0.0.0/8"}]}""", "ports 22-22 stand beside protocol -1, which means every protocol and port")]
    [InlineData("""{"IpProtocol":"-1","FromPort":0,"ToPort":0,"IpRanges":[{"CidrIp":"10.0.0.0/8"}]}""", null)]
    [InlineData("""{"IpProtocol":"-1","IpRanges":[{"CidrIp":"10.0.0.0/8"}]}""", null)]
    [InlineData("""{"IpProtocol":"tcp","IpRanges":[{"CidrIp":"10.0.0.0/8"}]}""", "tcp without ports means every port")]
    [InlineData("""{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"IpRanges":[{"CidrIp":"10.1.2.3/8"}]}""", "\"10.1.2.3/8\" has host bits set and means 10.0.0.0/8")]
    [InlineData("""{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"Ipv6Ranges":[{"CidrIpv6":"fd00::1/8"}]}""", "\"fd00::1/8\" has host bits set and means fd00::/8")]
    [InlineData("""{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"Ipv6Ranges":[{"CidrIpv6":"10.0.0.0/8"}]}""", "\"10.0.0.0/8\" stands under CidrIpv6, where it is of the wrong family")]
    [InlineData("""{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"UserIdGroupPairs":[{"GroupId":"sg-0123456789abcdef1","UserId":"111122223333"}]}""", null)]
    [InlineData("""{"IpProtocol":"icmp","FromPort":8,"ToPort":-1,"IpRanges":[{"CidrIp":"10.0.0.0/8"}]}""", null)]
    public void A_slip_of_the_grouped_view(string permission, string? slip)
    {
        var text = $$"""{"SecurityGroups":[{"GroupId":"sg-0123456789abcdef0","GroupName":"web","OwnerId":"111122223333","IpPermissions":[{{permission}}],"IpPermissionsEgress":[]}]}""";
        foreach (var useScanner in new[] { true, false })
        {
            var estate = FileRead.Of(new MemoryStream(Encoding.UTF8.GetBytes(text)), useScanner: useScanner).Estate;
            Assert.Equal(slip, Assert.Single(Assert.Single(estate.SecurityGroups).Rules).Slip);
            Assert.Equal(slip, Assert.Single(Assert.Single(Again(estate).SecurityGroups).Rules).Slip);
        }
    }

    [Theory]
    [InlineData("\"IpProtocol\":\"-1\",\"FromPort\":-1,\"ToPort\":-1,\"CidrIpv4\":\"10.0.0.0/8\"", null)]
    [InlineData("\"IpProtocol\":\"-1\",\"FromPort\":443,\"ToPort\":443,\"CidrIpv4\":\"10.0.0.0/8\"", "ports 443-443 stand beside protocol -1, which means every protocol and port")]
    [InlineData("\"IpProtocol\":\"udp\",\"FromPort\":-1,\"ToPort\":-1,\"CidrIpv4\":\"10.0.0.0/8\"", "udp without ports means every port")]
    [InlineData("\"IpProtocol\":\"udp\",\"FromPort\":53,\"ToPort\":53,\"CidrIpv4\":\"10.0.0.1/8\"", "\"10.0.0.1/8\" has host bits set and means 10.0.0.0/8")]
    public void A_slip_of_the_rule_view(string fields, string? slip)
    {
        var estate = FileRead.Of($$"""{"SecurityGroupRules":[{"SecurityGroupRuleId":"sgr-0123456789abcdef0","GroupId":"sg-0123456789abcdef0","GroupOwnerId":"111122223333","IsEgress":false,{{fields}},"Tags":[]}]}""").Estate;
        Assert.Equal(slip, Assert.Single(Assert.Single(estate.SecurityGroups).Rules).Slip);
    }

    [Fact]
    public void A_slip_is_no_part_of_a_rules_identity()
    {
        const string Sloppy = """{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"IpRanges":[{"CidrIp":"10.1.2.3/8"}]}""";
        const string Neat = """{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"IpRanges":[{"CidrIp":"10.0.0.0/8"}]}""";
        Assert.NotNull(Assert.Single(Of($"{Neat},{Sloppy}").SecurityGroups[0].Rules).Slip);
        Assert.Equal(EstateDigest.Of(Of(Neat)), EstateDigest.Of(Of(Sloppy)));

        static Estate Of(string permissions) => FileRead.Of(
            $$"""{"SecurityGroups":[{"GroupId":"sg-0123456789abcdef0","GroupName":"web","OwnerId":"111122223333","IpPermissions":[{{permissions}}],"IpPermissionsEgress":[]}]}""").Estate;
    }

    private static Estate Again(Estate estate)
    {
        using var stream = new MemoryStream();
        SnapshotWriter.Write(estate, stream);
        return FileRead.Of(stream.ToArray()).Estate;
    }
}
