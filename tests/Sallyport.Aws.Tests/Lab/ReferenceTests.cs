using System.Xml.Linq;

namespace Sallyport.Aws.Tests.Lab;

/// <summary>References between groups of different VPCs and accounts, over a peering that comes and goes.</summary>
public sealed class ReferenceTests(LabFixture lab) : IClassFixture<LabFixture>
{
    private const string Us = "111122223333";
    private const string Them = "444455556666";
    private const string P = "IpPermissions.1.";

    [Fact]
    public async Task A_peered_group_is_referenced_while_the_peering_works_and_turns_stale_after()
    {
        var them = lab.Client.As(Them);
        var ours = await lab.Client.IdAsync("vpcId", "CreateVpc", "CidrBlock=10.1.0.0/16");
        var theirs = await them.IdAsync("vpcId", "CreateVpc", "CidrBlock=10.2.0.0/16");
        var (web, db) = (await lab.Client.GroupAsync(ours), await them.GroupAsync(theirs, "db"));
        Assert.Equal("You have specified two resources that belong to different networks.", (await AllowAsync(web, db, Them)).Message);

        var peering = await PeerAsync(lab.Client, ours, them, theirs);
        Assert.Equal("InvalidGroup.NotFound", (await AllowAsync(web, db, null)).Code);
        Assert.Null((await AllowAsync(web, db, Them)).Code);
        var rule = await RuleAsync(web);
        Assert.Equal([db, Them, theirs, peering, "active"], ReferenceOf(rule));
        Assert.Equal(ours, (await them.CallAsync("DescribeSecurityGroupReferences", $"GroupId.1={db}")).Descendants("referencingVpcId").Single().Value);
        Assert.Empty((await lab.Client.CallAsync("DescribeStaleSecurityGroups", $"VpcId={ours}")).Element("staleSecurityGroupSet")!.Elements());

        await lab.Client.CallAsync("DeleteVpcPeeringConnection", $"VpcPeeringConnectionId={peering}");
        Assert.Equal([db, Them, theirs, peering, "deleted"], ReferenceOf(await RuleAsync(web)));
        Assert.Equal(web, (await lab.Client.CallAsync("DescribeStaleSecurityGroups", $"VpcId={ours}")).Element("staleSecurityGroupSet")!.Element("item")!.Element("groupId")!.Value);

        var again = await PeerAsync(lab.Client, ours, them, theirs);
        Assert.Equal([db, Them, theirs, again, "active"], ReferenceOf(await RuleAsync(web)));

        await them.CallAsync("DeleteSecurityGroup", $"GroupId={db}");
        Assert.Equal([db, theirs, again, "active"], ReferenceOf(await RuleAsync(web)));
        await lab.Client.CallAsync("RevokeSecurityGroupIngress", $"GroupId={web}", $"{P}IpProtocol=tcp", $"{P}FromPort=1", $"{P}ToPort=1", $"{P}Groups.1.GroupId={db}", $"{P}Groups.1.UserId={Them}");
    }

    [Fact]
    public async Task A_group_of_another_region_cannot_be_referenced()
    {
        var there = lab.Client.As(Us, "eu-west-1");
        var (a, b) = (await lab.Client.IdAsync("vpcId", "CreateVpc", "CidrBlock=10.3.0.0/16"), await there.IdAsync("vpcId", "CreateVpc", "CidrBlock=10.4.0.0/16"));
        var (near, far) = (await lab.Client.GroupAsync(a), await there.GroupAsync(b));
        await PeerAsync(lab.Client, a, there, b, "eu-west-1");
        Assert.Equal("InvalidGroup.NotFound", (await AllowAsync(near, far, null)).Code);
    }

    [Fact]
    public async Task A_group_lent_to_another_vpc_is_usable_there()
    {
        var (home, guest) = (await lab.Client.IdAsync("vpcId", "CreateVpc", "CidrBlock=10.5.0.0/16"), await lab.Client.IdAsync("vpcId", "CreateVpc", "CidrBlock=10.6.0.0/16"));
        var group = await lab.Client.GroupAsync(home);
        Assert.Equal("associated", (await lab.Client.CallAsync("AssociateSecurityGroupVpc", $"GroupId={group}", $"VpcId={guest}")).Element("state")!.Value);
        Assert.Contains(group, (await lab.Client.CallAsync("GetSecurityGroupsForVpc", $"VpcId={guest}")).Descendants("groupId").Select(e => e.Value));
        Assert.Equal(guest, (await lab.Client.CallAsync("DescribeSecurityGroupVpcAssociations", "Filter.1.Name=group-id", $"Filter.1.Value.1={group}")).Descendants("vpcId").Single().Value);
        Assert.Equal("DependencyViolation", (await lab.Client.SendAsync("DeleteSecurityGroup", $"GroupId={group}")).Code);
        await lab.Client.CallAsync("DisassociateSecurityGroupVpc", $"GroupId={group}", $"VpcId={guest}");
        await lab.Client.CallAsync("DeleteSecurityGroup", $"GroupId={group}");
    }

    [Fact]
    public async Task A_peering_of_overlapping_vpcs_fails_and_a_foreign_one_is_not_accepted_by_its_requester()
    {
        var (a, b) = (await lab.Client.IdAsync("vpcId", "CreateVpc", "CidrBlock=10.7.0.0/16"), await lab.Client.IdAsync("vpcId", "CreateVpc", "CidrBlock=10.7.0.0/20"));
        Assert.Equal("failed", (await lab.Client.CallAsync("CreateVpcPeeringConnection", $"VpcId={a}", $"PeerVpcId={b}")).Descendants("code").Single().Value);
        var them = lab.Client.As(Them);
        var theirs = await them.IdAsync("vpcId", "CreateVpc", "CidrBlock=10.8.0.0/16");
        var peering = await lab.Client.IdAsync("vpcPeeringConnectionId", "CreateVpcPeeringConnection", $"VpcId={a}", $"PeerVpcId={theirs}", $"PeerOwnerId={Them}");
        Assert.Equal("InvalidVpcPeeringConnectionID.NotFound", (await lab.Client.SendAsync("AcceptVpcPeeringConnection", $"VpcPeeringConnectionId={peering}")).Code);
        await them.CallAsync("AcceptVpcPeeringConnection", $"VpcPeeringConnectionId={peering}");
        Assert.Equal("InvalidStateTransition", (await them.SendAsync("AcceptVpcPeeringConnection", $"VpcPeeringConnectionId={peering}")).Code);
    }

    private static async Task<string> PeerAsync(LabClient requester, string vpc, LabClient accepter, string peerVpc, string? region = null)
    {
        var owner = (await accepter.CallAsync("DescribeVpcs", $"VpcId.1={peerVpc}")).Descendants("ownerId").Single().Value;
        List<string> arguments = [$"VpcId={vpc}", $"PeerVpcId={peerVpc}", $"PeerOwnerId={owner}"];
        if (region is not null) arguments.Add($"PeerRegion={region}");
        var id = await requester.IdAsync("vpcPeeringConnectionId", "CreateVpcPeeringConnection", [.. arguments]);
        await accepter.CallAsync("AcceptVpcPeeringConnection", $"VpcPeeringConnectionId={id}");
        return id;
    }

    private Task<LabAnswer> AllowAsync(string group, string peer, string? account) => lab.Client.SendAsync(
        "AuthorizeSecurityGroupIngress",
        [$"GroupId={group}", $"{P}IpProtocol=tcp", $"{P}FromPort=1", $"{P}ToPort=1", $"{P}Groups.1.GroupId={peer}", .. account is null ? (string[])[] : [$"{P}Groups.1.UserId={account}"]]);

    private async Task<XElement> RuleAsync(string group) => (await lab.Client.CallAsync("DescribeSecurityGroupRules", "Filter.1.Name=group-id", $"Filter.1.Value.1={group}"))
        .Element("securityGroupRuleSet")!.Elements().Single(r => r.Element("referencedGroupInfo") is not null);

    private static IEnumerable<string> ReferenceOf(XElement rule) => rule.Element("referencedGroupInfo")!.Elements().Select(e => e.Value);
}
