using System.Xml.Linq;

namespace Sallyport.Aws.Tests.Lab;

/// <summary>What happens to rules when a call succeeds.</summary>
public sealed class RuleTests(LabFixture lab) : IClassFixture<LabFixture>
{
    private const string P = "IpPermissions.1.";

    [Fact]
    public async Task One_permission_with_several_peers_makes_one_rule_each_in_canonical_form()
    {
        var group = await lab.Client.GroupAsync();
        var made = await lab.Client.CallAsync(
            "AuthorizeSecurityGroupIngress", $"GroupId={group}", $"{P}IpProtocol=6", $"{P}FromPort=0", $"{P}ToPort=65535",
            $"{P}IpRanges.1.CidrIp=100.68.0.18/18", $"{P}Ipv6Ranges.1.CidrIpv6=2001:DB8:0:0::1/32", $"{P}Groups.1.GroupId={group}",
            "TagSpecification.1.ResourceType=security-group-rule", "TagSpecification.1.Tag.1.Key=k", "TagSpecification.1.Tag.1.Value=v");

        var rules = made.Element("securityGroupRuleSet")!.Elements().ToList();
        Assert.Equal(["100.68.0.0/18", "2001:db8::/32", group], rules.Select(r => Text(r, "cidrIpv4") ?? Text(r, "cidrIpv6") ?? r.Descendants("groupId").Last().Value));
        Assert.All(rules, r => Assert.Equal(("tcp", "0", "65535", "false"), (Text(r, "ipProtocol"), Text(r, "fromPort"), Text(r, "toPort"), Text(r, "isEgress"))));
        Assert.All(rules, r => Assert.Equal("k", r.Descendants("key").Single().Value));
        Assert.All(rules, r => Assert.Matches("^sgr-[0-9a-f]{17}$", Text(r, "securityGroupRuleId")!));
        Assert.Equal(["groupId", "userId"], rules[2].Element("referencedGroupInfo")!.Elements().Select(e => e.Name.LocalName));

        var grouped = (await lab.Client.CallAsync("DescribeSecurityGroups", $"GroupId.1={group}")).Descendants("ipPermissions").Single();
        Assert.Single(grouped.Elements());
        Assert.Equal(["userId", "groupId"], grouped.Descendants("groups").Single().Element("item")!.Elements().Select(e => e.Name.LocalName));
    }

    [Theory]
    [InlineData("-1", "5", "6", "-1", "-1", "-1")]
    [InlineData("TCP", "80", "80", "tcp", "80", "80")]
    [InlineData("17", "53", "53", "udp", "53", "53")]
    [InlineData("1", "8", "-1", "icmp", "8", "-1")]
    [InlineData("icmpv6", null, null, "icmpv6", "-1", "-1")]
    [InlineData("58", "128", "0", "icmpv6", "128", "0")]
    [InlineData("50", "1", "2", "50", "-1", "-1")]
    [InlineData("0", null, null, "0", "-1", "-1")]
    public async Task Protocols_are_normalised(string sent, string? from, string? to, string protocol, string readFrom, string readTo)
    {
        var group = await lab.Client.GroupAsync();
        List<string> arguments = [$"GroupId={group}", $"{P}IpProtocol={sent}", $"{P}IpRanges.1.CidrIp=10.0.0.0/8"];
        if (from is not null) arguments.Add($"{P}FromPort={from}");
        if (to is not null) arguments.Add($"{P}ToPort={to}");
        var rule = (await lab.Client.CallAsync("AuthorizeSecurityGroupIngress", [.. arguments])).Descendants("item").First();
        Assert.Equal((protocol, readFrom, readTo), (Text(rule, "ipProtocol"), Text(rule, "fromPort"), Text(rule, "toPort")));

        var grouped = (await lab.Client.CallAsync("DescribeSecurityGroups", $"GroupId.1={group}")).Descendants("ipPermissions").Single().Element("item")!;
        var hasPorts = protocol is "tcp" or "udp" or "icmp" or "icmpv6";
        Assert.Equal(hasPorts ? readFrom : null, Text(grouped, "fromPort"));
    }

    [Fact]
    public async Task Authorize_is_all_or_nothing()
    {
        var group = await lab.Client.GroupAsync();
        var answer = await lab.Client.SendAsync(
            "AuthorizeSecurityGroupIngress", $"GroupId={group}",
            $"{P}IpProtocol=tcp", $"{P}FromPort=1", $"{P}ToPort=1", $"{P}IpRanges.1.CidrIp=10.0.0.0/8",
            "IpPermissions.2.IpProtocol=tcp", "IpPermissions.2.FromPort=2", "IpPermissions.2.ToPort=2", "IpPermissions.2.Groups.1.GroupId=sg-0123456789abcdef0");
        Assert.Equal("InvalidGroup.NotFound", answer.Code);
        Assert.Empty(await IngressAsync(group));
    }

    [Fact]
    public async Task Revoke_takes_properties_in_any_spelling_and_says_what_went()
    {
        var group = await lab.Client.GroupAsync();
        var id = await AllowAsync(group, 80);
        var answer = await lab.Client.CallAsync(
            "RevokeSecurityGroupIngress", $"GroupId={group}", $"{P}IpProtocol=TCP", $"{P}FromPort=80", $"{P}ToPort=80",
            $"{P}IpRanges.1.CidrIp=10.9.9.9/8", $"{P}IpRanges.1.Description=not looked at");
        Assert.Equal((id, "true"), (answer.Descendants("securityGroupRuleId").Single().Value, Text(answer, "return")));
        Assert.Null(answer.Element("unknownIpPermissionSet"));
        Assert.Empty(await IngressAsync(group));
    }

    [Fact]
    public async Task A_default_vpc_forgives_revoking_what_is_not_there()
    {
        var group = await lab.Client.GroupAsync(await DefaultVpcAsync(), "forgiven");
        await AllowAsync(group, 80);
        var answer = await lab.Client.CallAsync(
            "RevokeSecurityGroupIngress", "GroupName=forgiven", $"{P}IpProtocol=tcp", $"{P}FromPort=80", $"{P}ToPort=80",
            $"{P}IpRanges.1.CidrIp=10.0.0.0/8", $"{P}IpRanges.2.CidrIp=192.168.0.0/16");
        Assert.Equal("192.168.0.0/16", answer.Element("unknownIpPermissionSet")!.Descendants("cidrIp").Single().Value);
        Assert.Single(answer.Element("revokedSecurityGroupRuleSet")!.Elements());
        Assert.Empty(await IngressAsync(group));
    }

    [Fact]
    public async Task Modify_replaces_everything_but_id_and_tags()
    {
        var group = await lab.Client.GroupAsync();
        var id = await AllowAsync(group, 80, "old words");
        await lab.Client.CallAsync("CreateTags", $"ResourceId.1={id}", "Tag.1.Key=k", "Tag.1.Value=v");
        const string r = "SecurityGroupRule.1.SecurityGroupRule.";
        await lab.Client.CallAsync(
            "ModifySecurityGroupRules", $"GroupId={group}", $"SecurityGroupRule.1.SecurityGroupRuleId={id}",
            $"{r}IpProtocol=udp", $"{r}FromPort=53", $"{r}ToPort=53", $"{r}CidrIpv4=10.2.0.0/16");
        var rule = Assert.Single(await IngressAsync(group));
        Assert.Equal((id, "udp", "10.2.0.0/16", null, "v"), (Text(rule, "securityGroupRuleId"), Text(rule, "ipProtocol"), Text(rule, "cidrIpv4"), Text(rule, "description"), rule.Descendants("value").Single().Value));
    }

    [Fact]
    public async Task Modify_may_swap_two_rules_but_not_make_one_of_them()
    {
        var group = await lab.Client.GroupAsync();
        var (a, b) = (await AllowAsync(group, 80), await AllowAsync(group, 81));
        string[] Change(int n, string id, int port) =>
        [
            $"SecurityGroupRule.{n}.SecurityGroupRuleId={id}", $"SecurityGroupRule.{n}.SecurityGroupRule.IpProtocol=tcp",
            $"SecurityGroupRule.{n}.SecurityGroupRule.FromPort={port}", $"SecurityGroupRule.{n}.SecurityGroupRule.ToPort={port}",
            $"SecurityGroupRule.{n}.SecurityGroupRule.CidrIpv4=10.0.0.0/8",
        ];
        var clash = await lab.Client.SendAsync("ModifySecurityGroupRules", [$"GroupId={group}", .. Change(1, a, 81)]);
        Assert.Equal("InvalidPermission.Duplicate", clash.Code);
        await lab.Client.CallAsync("ModifySecurityGroupRules", [$"GroupId={group}", .. Change(1, a, 81), .. Change(2, b, 80)]);
        var ports = (await IngressAsync(group)).ToDictionary(r => Text(r, "securityGroupRuleId")!, r => Text(r, "fromPort")!);
        Assert.Equal(("81", "80", 2), (ports[a], ports[b], ports.Count));
    }

    [Fact]
    public async Task Descriptions_change_by_properties_and_by_id_and_clear()
    {
        var group = await lab.Client.GroupAsync();
        var id = await AllowAsync(group, 80, "first");
        await lab.Client.CallAsync(
            "UpdateSecurityGroupRuleDescriptionsIngress", $"GroupId={group}", $"{P}IpProtocol=tcp", $"{P}FromPort=80", $"{P}ToPort=80",
            $"{P}IpRanges.1.CidrIp=10.0.0.0/8", $"{P}IpRanges.1.Description=second");
        Assert.Equal("second", Text((await IngressAsync(group)).Single(), "description"));
        await lab.Client.CallAsync("UpdateSecurityGroupRuleDescriptionsIngress", $"GroupId={group}", $"SecurityGroupRuleDescription.1.SecurityGroupRuleId={id}");
        Assert.Null(Text((await IngressAsync(group)).Single(), "description"));
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    public async Task A_new_group_is_open_outwards_in_the_families_its_vpc_has(bool ipv6, int rules)
    {
        var vpc = await lab.Client.IdAsync("vpcId", "CreateVpc", "CidrBlock=10.70.0.0/16", $"AmazonProvidedIpv6CidrBlock={ipv6}");
        var group = await lab.Client.GroupAsync(vpc);
        var described = await lab.Client.CallAsync("DescribeSecurityGroups", $"GroupId.1={group}");
        Assert.Empty(described.Descendants("ipPermissions").Single().Elements());
        Assert.Single(described.Descendants("ipPermissionsEgress").Single().Elements());
        Assert.Equal(rules, (await RulesAsync(group)).Count(r => Text(r, "isEgress") == "true"));
        var byDefault = await lab.Client.CallAsync("DescribeSecurityGroups", "Filter.1.Name=group-name", "Filter.1.Value.1=default", "Filter.2.Name=vpc-id", $"Filter.2.Value.1={vpc}");
        var self = byDefault.Descendants("groupId").First().Value;
        Assert.Equal(self, byDefault.Descendants("ipPermissions").Single().Descendants("groupId").Single().Value);
    }

    [Fact]
    public async Task Rules_of_one_call_cost_one_call()
    {
        var group = await lab.Client.GroupAsync();
        var before = lab.Server.Calls["AuthorizeSecurityGroupIngress"];
        await lab.Client.CallAsync(
            "AuthorizeSecurityGroupIngress",
            [$"GroupId={group}", $"{P}IpProtocol=tcp", $"{P}FromPort=1", $"{P}ToPort=1", .. Enumerable.Range(1, 60).Select(i => $"{P}IpRanges.{i}.CidrIp=10.{i}.0.0/16")]);
        Assert.Equal(before + 1, lab.Server.Calls["AuthorizeSecurityGroupIngress"]);
        Assert.Equal(60, (await IngressAsync(group)).Count);
    }

    [Fact]
    public async Task Rules_read_back_from_the_other_describe_by_id_and_filter()
    {
        var group = await lab.Client.GroupAsync();
        var id = await AllowAsync(group, 80);
        Assert.Equal(id, await lab.Client.IdAsync("securityGroupRuleId", "DescribeSecurityGroupRules", $"SecurityGroupRuleId.1={id}"));
        Assert.Equal(id, await lab.Client.IdAsync("securityGroupRuleId", "DescribeSecurityGroupRules", "Filter.1.Name=security-group-rule-id", $"Filter.1.Value.1={id}"));
        Assert.Empty((await lab.Client.CallAsync("DescribeSecurityGroupRules", "Filter.1.Name=group-id", "Filter.1.Value.1=sg-0123456789abcdef0")).Descendants("item"));
    }

    private static string? Text(XElement element, string name) => element.Element(name)?.Value;

    private Task<string> DefaultVpcAsync() => lab.Client.IdAsync("vpcId", "DescribeVpcs", "Filter.1.Name=is-default", "Filter.1.Value.1=true");

    private Task<string> AllowAsync(string group, int port, string description = "") => lab.Client.IdAsync(
        "securityGroupRuleId", "AuthorizeSecurityGroupIngress", $"GroupId={group}", $"{P}IpProtocol=tcp", $"{P}FromPort={port}", $"{P}ToPort={port}",
        $"{P}IpRanges.1.CidrIp=10.0.0.0/8", $"{P}IpRanges.1.Description={description}");

    private async Task<List<XElement>> RulesAsync(string group) =>
        [.. (await lab.Client.CallAsync("DescribeSecurityGroupRules", "Filter.1.Name=group-id", $"Filter.1.Value.1={group}")).Element("securityGroupRuleSet")!.Elements()];

    private async Task<List<XElement>> IngressAsync(string group) => [.. (await RulesAsync(group)).Where(r => Text(r, "isEgress") == "false")];
}
