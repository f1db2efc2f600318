namespace Sallyport.Aws.Tests.Lab;

/// <summary>Quotas with AWS's weights, and what may not be deleted.</summary>
public sealed class QuotaAndDependencyTests(LabFixture lab) : IClassFixture<LabFixture>
{
    private const string P = "IpPermissions.1.";

    [Fact]
    public async Task Sixty_rules_of_each_family_and_direction_fit_and_not_one_more()
    {
        var group = await lab.Client.GroupAsync();
        Assert.Null((await AllowAsync("Ingress", group, V4(0, 60))).Code);
        Assert.Null((await AllowAsync("Ingress", group, V6(60))).Code);
        Assert.Null((await AllowAsync("Egress", group, V4(0, 59))).Code);
        Assert.Equal("RulesPerSecurityGroupLimitExceeded", (await AllowAsync("Ingress", group, V4(60, 1))).Code);
        Assert.Equal("RulesPerSecurityGroupLimitExceeded", (await AllowAsync("Egress", group, V4(59, 1))).Code);
        Assert.Equal("RulesPerSecurityGroupLimitExceeded", (await AllowAsync("Ingress", group, $"{P}Groups.1.GroupId={group}")).Code);
    }

    [Fact]
    public async Task A_group_counts_in_both_families()
    {
        var group = await lab.Client.GroupAsync();
        Assert.Null((await AllowAsync("Ingress", group, [.. V6(59), $"{P}Groups.1.GroupId={group}"])).Code);
        Assert.Equal("RulesPerSecurityGroupLimitExceeded", (await AllowAsync("Ingress", group, "IpPermissions.1.Ipv6Ranges.1.CidrIpv6=2001:db8:ffff::/48")).Code);
        Assert.Null((await AllowAsync("Ingress", group, V4(0, 59))).Code);
    }

    [Fact]
    public async Task A_customer_prefix_list_counts_its_size_and_an_aws_list_its_weight()
    {
        var group = await lab.Client.GroupAsync();
        var list = await lab.Client.IdAsync("prefixListId", "CreateManagedPrefixList", "PrefixListName=a", "MaxEntries=5", "AddressFamily=IPv4");
        var cloudFront = await lab.Client.IdAsync("prefixListId", "DescribeManagedPrefixLists", "Filter.1.Name=prefix-list-name", "Filter.1.Value.1=*cloudfront*");
        Assert.Null((await AllowAsync("Ingress", group, $"{P}PrefixListIds.1.PrefixListId={cloudFront}", $"{P}PrefixListIds.2.PrefixListId={list}")).Code);
        Assert.Equal("RulesPerSecurityGroupLimitExceeded", (await AllowAsync("Ingress", group, V4(0, 1))).Code);

        var failed = await lab.Client.CallAsync("ModifyManagedPrefixList", $"PrefixListId={list}", "MaxEntries=6");
        Assert.Equal(("modify-failed", "5", "1"), (Text(failed, "state"), Text(failed, "maxEntries"), Text(failed, "version")));
        Assert.Contains(group, Text(failed, "stateMessage"), StringComparison.Ordinal);
        var smaller = await lab.Client.CallAsync("ModifyManagedPrefixList", $"PrefixListId={list}", "MaxEntries=4");
        Assert.Equal(("modify-complete", "4"), (Text(smaller, "state"), Text(smaller, "maxEntries")));
        Assert.Null((await AllowAsync("Ingress", group, V4(0, 1))).Code);
        Assert.Equal("DependencyViolation", (await lab.Client.SendAsync("DeleteManagedPrefixList", $"PrefixListId={list}")).Code);
    }

    [Fact]
    public async Task Entries_change_by_version_and_old_versions_stay_readable()
    {
        var list = await lab.Client.IdAsync("prefixListId", "CreateManagedPrefixList", "PrefixListName=b", "MaxEntries=5", "AddressFamily=IPv4", "Entry.1.Cidr=10.1.2.3/16");
        Assert.Equal("PrefixListVersionMismatch", (await lab.Client.SendAsync("ModifyManagedPrefixList", $"PrefixListId={list}", "CurrentVersion=7", "AddEntry.1.Cidr=10.2.0.0/16")).Code);
        var changed = await lab.Client.CallAsync("ModifyManagedPrefixList", $"PrefixListId={list}", "CurrentVersion=1", "AddEntry.1.Cidr=10.2.0.0/16", "RemoveEntry.1.Cidr=10.1.0.0/16");
        Assert.Equal("2", Text(changed, "version"));
        Assert.Equal("10.2.0.0/16", await lab.Client.IdAsync("cidr", "GetManagedPrefixListEntries", $"PrefixListId={list}"));
        Assert.Equal("10.1.0.0/16", await lab.Client.IdAsync("cidr", "GetManagedPrefixListEntries", $"PrefixListId={list}", "TargetVersion=1"));
    }

    [Fact]
    public async Task A_group_in_use_is_not_deleted()
    {
        var vpc = await lab.Client.IdAsync("vpcId", "CreateVpc", "CidrBlock=10.80.0.0/16");
        var subnet = await lab.Client.IdAsync("subnetId", "CreateSubnet", $"VpcId={vpc}", "CidrBlock=10.80.1.0/24");
        var (group, other) = (await lab.Client.GroupAsync(vpc), await lab.Client.GroupAsync(vpc, "other"));
        await AllowAsync("Ingress", group, $"{P}Groups.1.GroupId={group}");
        var nic = await lab.Client.IdAsync("networkInterfaceId", "CreateNetworkInterface", $"SubnetId={subnet}", $"SecurityGroupId.1={group}");
        var refused = await lab.Client.SendAsync("DeleteSecurityGroup", $"GroupId={group}");
        Assert.Equal(("DependencyViolation", $"resource {group} has a dependent object"), (refused.Code, refused.Message));

        await lab.Client.CallAsync("ModifyNetworkInterfaceAttribute", $"NetworkInterfaceId={nic}", $"SecurityGroupId.1={other}");
        await AllowAsync("Egress", other, $"{P}Groups.1.GroupId={group}");
        Assert.Equal("DependencyViolation", (await lab.Client.SendAsync("DeleteSecurityGroup", $"GroupId={group}")).Code);
        await lab.Client.CallAsync("RevokeSecurityGroupEgress", $"GroupId={other}", $"{P}IpProtocol=tcp", $"{P}FromPort=1", $"{P}ToPort=1", $"{P}Groups.1.GroupId={group}");
        Assert.Equal(group, await lab.Client.IdAsync("groupId", "DeleteSecurityGroup", $"GroupId={group}"));
        Assert.Equal("InvalidGroup.NotFound", (await lab.Client.SendAsync("DescribeSecurityGroups", $"GroupId.1={group}")).Code);
    }

    [Fact]
    public async Task An_interface_takes_five_groups_of_its_own_vpc()
    {
        var vpc = await lab.Client.IdAsync("vpcId", "CreateVpc", "CidrBlock=10.81.0.0/16");
        var subnet = await lab.Client.IdAsync("subnetId", "CreateSubnet", $"VpcId={vpc}", "CidrBlock=10.81.1.0/24");
        var groups = new List<string>();
        for (var i = 0; i < 6; i++) groups.Add(await lab.Client.GroupAsync(vpc, $"g{i}"));
        var nic = await lab.Client.IdAsync("networkInterfaceId", "CreateNetworkInterface", $"SubnetId={subnet}");
        string[] Carry(IEnumerable<string> ids) => [$"NetworkInterfaceId={nic}", .. ids.Select((g, i) => $"SecurityGroupId.{i + 1}={g}")];
        Assert.Equal("SecurityGroupsPerInterfaceLimitExceeded", (await lab.Client.SendAsync("ModifyNetworkInterfaceAttribute", Carry(groups))).Code);
        await lab.Client.CallAsync("ModifyNetworkInterfaceAttribute", Carry(groups.Take(5)));
        var far = await lab.Client.GroupAsync();
        var refused = await lab.Client.SendAsync("ModifyNetworkInterfaceAttribute", Carry([far]));
        Assert.Equal(("InvalidGroup.NotFound", "You have specified two resources that belong to different networks."), (refused.Code, refused.Message));
        var read = await lab.Client.CallAsync("DescribeNetworkInterfaces", "Filter.1.Name=group-id", $"Filter.1.Value.1={groups[0]}");
        Assert.Equal(nic, read.Descendants("networkInterfaceId").Single().Value);
        Assert.Equal(["g0", "g1", "g2", "g3", "g4"], read.Descendants("groupName").Select(e => e.Value).Order());
    }

    private static string Text(System.Xml.Linq.XElement answer, string name) => answer.Descendants(name).First().Value;

    private static string[] V4(int first, int count) => [.. Enumerable.Range(1, count).Select(i => $"{P}IpRanges.{i}.CidrIp=10.{first + i}.0.0/16")];

    private static string[] V6(int count) => [.. Enumerable.Range(1, count).Select(i => $"{P}Ipv6Ranges.{i}.CidrIpv6=2001:db8:{i:x}::/48")];

    private Task<LabAnswer> AllowAsync(string direction, string group, params string[] peers) => lab.Client.SendAsync(
        $"AuthorizeSecurityGroup{direction}", [$"GroupId={group}", $"{P}IpProtocol=tcp", $"{P}FromPort=1", $"{P}ToPort=1", .. peers]);
}
