using Sallyport.Lab;

namespace Sallyport.Aws.Tests.Lab;

/// <summary>
/// What EC2 refuses, one line a case: what is sent, and the status, code and words that come back. In arguments <c>{g}</c> is a
/// group with ingress tcp/443 from 10.0.0.0/8, <c>{o}</c> another group of its VPC, <c>{f}</c> one of an unrelated VPC, <c>{r}</c> the
/// rule, <c>{v}</c> their VPC (not a default one), <c>{d}</c> its default group.
/// </summary>
public sealed class RefusalTests(LabFixture lab) : IClassFixture<LabFixture>
{
    private static readonly SemaphoreSlim Once = new(1);
    private static (LabServer Server, Dictionary<string, string> Names)? _prepared;

    private const string Ghost = "sg-0123456789abcdef0";
    private const string Tcp443 = "IpPermissions.1.IpProtocol=tcp&IpPermissions.1.FromPort=443&IpPermissions.1.ToPort=443";
    private const string P = "IpPermissions.1.";

    public static TheoryData<string, string, int, string, string> Cases => new()
    {
        // Protocol of the API: action, version, parameters.
        { "Nonsense", "", 400, "InvalidAction", "The action Nonsense is not valid" },
        { "DescribeVpcs", "Nonsense=1", 400, "UnknownParameter", "The parameter Nonsense is not recognized" },
        { "DescribeVpcs", "VpcId=x", 400, "UnknownParameter", "VpcId" },
        { "DescribeVpcs", "VpcId.0=x", 400, "UnknownParameter", "VpcId.0" },
        { "DescribeVpcs", "MaxResults=many", 400, "InvalidParameterValue", "must be an integer" },
        { "DescribeVpcs", "MaxResults=4", 400, "InvalidParameterValue", "greater than or equal to 5" },
        { "DescribeVpcs", "MaxResults=1001", 400, "InvalidParameterValue", "less than or equal to 1000" },
        { "DescribeRouteTables", "MaxResults=101", 400, "InvalidParameterValue", "less than or equal to 100" },
        { "DescribeVpcs", "DryRun=maybe", 400, "InvalidParameterValue", "true or false" },
        { "DescribeVpcs", "NextToken=bm9uc2Vuc2Vub25zZW5zZQ==", 400, "InvalidNextToken", "token" },
        { "DescribeVpcs", "Filter.1.Name=nonsense&Filter.1.Value.1=x", 400, "InvalidParameterValue", "The filter 'nonsense' is invalid" },
        { "DescribeVpcs", "Filter.1.Value.1=x", 400, "MissingParameter", "Filter.Name" },
        { "DescribeSecurityGroups", "DryRun=true", 412, "DryRunOperation", "Request would have succeeded, but DryRun flag is set." },

        // Finding groups.
        { "DescribeSecurityGroups", $"GroupId.1={Ghost}", 400, "InvalidGroup.NotFound", $"The security group '{Ghost}' does not exist" },
        { "DescribeSecurityGroups", "GroupId.1=web", 400, "InvalidGroupId.Malformed", "Invalid id: \"web\" (expecting \"sg-...\")" },
        { "DescribeSecurityGroups", "GroupName.1=nobody", 400, "InvalidGroup.NotFound", "'nobody'" },
        { "DescribeSecurityGroupRules", "Filter.1.Name=group-id&Filter.1.Value.1=foobar", 400, "InvalidGroupId.Malformed", "The security group ID 'foobar' is malformed" },
        { "DescribeSecurityGroupRules", "SecurityGroupRuleId.1=sgr-0123456789abcdef0", 400, "InvalidSecurityGroupRuleId.NotFound", "The security group rule ID 'sgr-0123456789abcdef0' does not exist" },
        { "DescribeSecurityGroupRules", "SecurityGroupRuleId.1=sgr-1", 400, "InvalidSecurityGroupRuleId.Malformed", "malformed" },
        { "DeleteSecurityGroup", $"GroupId={Ghost}", 400, "InvalidGroup.NotFound", Ghost },
        { "DeleteSecurityGroup", "GroupName=web", 400, "InvalidParameterValue", "You may not reference Amazon VPC security groups by name" },
        { "DeleteSecurityGroup", "GroupName=nobody", 400, "InvalidGroup.NotFound", "nobody" },
        { "DeleteSecurityGroup", "", 400, "MissingParameter", "groupName or groupId" },
        { "DeleteSecurityGroup", "GroupId={d}", 400, "CannotDelete", "cannot be deleted by a user" },

        // Creating groups.
        { "CreateSecurityGroup", "GroupName=a", 400, "MissingParameter", "The request must contain the parameter GroupDescription" },
        { "CreateSecurityGroup", "GroupName=a&GroupDescription=", 400, "MissingParameter", "GroupDescription" },
        { "CreateSecurityGroup", "GroupName=WEB&GroupDescription=x&VpcId={v}", 400, "InvalidGroup.Duplicate", "already exists for VPC" },
        { "CreateSecurityGroup", "GroupName=default&GroupDescription=x&VpcId={v}", 400, "InvalidGroup.Reserved", "default" },
        { "CreateSecurityGroup", "GroupName=sg-abc&GroupDescription=x&VpcId={v}", 400, "InvalidParameterValue", "sg-*" },
        { "CreateSecurityGroup", "GroupName=grün&GroupDescription=x&VpcId={v}", 400, "InvalidParameterValue", "GroupName" },
        { "CreateSecurityGroup", "GroupName=a&GroupDescription=<b>&VpcId={v}", 400, "InvalidParameterValue", "GroupDescription" },
        { "CreateSecurityGroup", "GroupName=a&GroupDescription=x&VpcId=vpc-0123456789abcdef0", 400, "InvalidVpcID.NotFound", "The vpc ID 'vpc-0123456789abcdef0' does not exist" },
        { "CreateSecurityGroup", "GroupName=a&GroupDescription=x&VpcId={v}&TagSpecification.1.ResourceType=instance&TagSpecification.1.Tag.1.Key=k", 400, "InvalidParameterValue", "not a valid taggable resource type" },
        { "CreateSecurityGroup", "GroupName=a&GroupDescription=x&VpcId={v}&TagSpecification.1.ResourceType=security-group&TagSpecification.1.Tag.1.Key=aws:k", 400, "InvalidParameterValue", "reserved" },
        { "CreateSecurityGroup", "GroupName=a&GroupDescription=x&VpcId={v}&DryRun=true", 412, "DryRunOperation", "DryRun" },

        // Protocols and ports.
        { "AuthorizeSecurityGroupIngress", "GroupId={g}", 400, "MissingParameter", "ipPermissions" },
        { "AuthorizeSecurityGroupIngress", $"GroupId={{g}}&{Tcp443}", 400, "InvalidParameterValue", "at least one" },
        { "AuthorizeSecurityGroupIngress", $"GroupId={{g}}&{P}IpRanges.1.CidrIp=10.0.0.0/8", 400, "InvalidParameterValue", "Invalid value 'null' for protocol. VPC security group rules must specify protocols explicitly." },
        { "AuthorizeSecurityGroupIngress", $"GroupId={{g}}&{P}IpProtocol=tcp&{P}FromPort=1&{P}IpRanges.1.CidrIp=10.0.0.0/8", 400, "InvalidParameterValue", "Invalid value for portRange. Must specify both from and to ports with TCP/UDP." },
        { "AuthorizeSecurityGroupIngress", $"GroupId={{g}}&{P}IpProtocol=udp&{P}FromPort=1&{P}ToPort=65536&{P}IpRanges.1.CidrIp=10.0.0.0/8", 400, "InvalidParameterValue", "TCP/UDP port (65536) out of range" },
        { "AuthorizeSecurityGroupIngress", $"GroupId={{g}}&{P}IpProtocol=tcp&{P}FromPort=-1&{P}ToPort=-1&{P}IpRanges.1.CidrIp=10.0.0.0/8", 400, "InvalidParameterValue", "TCP/UDP port (-1) out of range" },
        { "AuthorizeSecurityGroupIngress", $"GroupId={{g}}&{P}IpProtocol=tcp&{P}FromPort=443&{P}ToPort=80&{P}IpRanges.1.CidrIp=10.0.0.0/8", 400, "InvalidParameterValue", "Invalid TCP/UDP port range (443:80)" },
        { "AuthorizeSecurityGroupIngress", $"GroupId={{g}}&{P}IpProtocol=icmp&{P}IpRanges.1.CidrIp=10.0.0.0/8", 400, "InvalidParameterValue", "with ICMP." },
        { "AuthorizeSecurityGroupIngress", $"GroupId={{g}}&{P}IpProtocol=icmp&{P}FromPort=8&{P}ToPort=65535&{P}IpRanges.1.CidrIp=10.0.0.0/8", 400, "InvalidParameterValue", "ICMP code (65535) out of range" },
        { "AuthorizeSecurityGroupIngress", $"GroupId={{g}}&{P}IpProtocol=icmp&{P}FromPort=-1&{P}ToPort=0&{P}IpRanges.1.CidrIp=10.0.0.0/8", 400, "InvalidParameterValue", "ICMP code (0)" },
        { "AuthorizeSecurityGroupIngress", $"GroupId={{g}}&{P}IpProtocol=all&{P}IpRanges.1.CidrIp=10.0.0.0/8", 400, "InvalidParameterValue", "Unknown protocol" },
        { "AuthorizeSecurityGroupIngress", $"GroupId={{g}}&{P}IpProtocol=256&{P}IpRanges.1.CidrIp=10.0.0.0/8", 400, "InvalidParameterValue", "Unknown protocol" },

        // Peers.
        { "AuthorizeSecurityGroupIngress", $"GroupId={{g}}&{Tcp443}&{P}IpRanges.1.CidrIp=10.0.0.1", 400, "InvalidParameterValue", "CIDR block 10.0.0.1 is malformed" },
        { "AuthorizeSecurityGroupIngress", $"GroupId={{g}}&{Tcp443}&{P}IpRanges.1.CidrIp=::/0", 400, "InvalidParameterValue", "malformed" },
        { "AuthorizeSecurityGroupIngress", $"GroupId={{g}}&{Tcp443}&{P}Ipv6Ranges.1.CidrIpv6=10.0.0.0/8", 400, "InvalidParameterValue", "malformed" },
        { "AuthorizeSecurityGroupIngress", $"GroupId={{g}}&{Tcp443}&{P}IpRanges.1.Description=x", 400, "MissingParameter", "CidrIp" },
        { "AuthorizeSecurityGroupIngress", $"GroupId={{g}}&{Tcp443}&{P}Groups.1.GroupId={Ghost}", 400, "InvalidGroup.NotFound", Ghost },
        { "AuthorizeSecurityGroupIngress", $"GroupId={{g}}&{Tcp443}&{P}Groups.1.GroupId=web", 400, "InvalidGroupId.Malformed", "web" },
        { "AuthorizeSecurityGroupIngress", $"GroupId={{g}}&{Tcp443}&{P}Groups.1.GroupName=web", 400, "InvalidParameterValue", "by name" },
        { "AuthorizeSecurityGroupIngress", $"GroupId={{g}}&{Tcp443}&{P}Groups.1.GroupId={{f}}", 400, "InvalidGroup.NotFound", "You have specified two resources that belong to different networks." },
        { "AuthorizeSecurityGroupIngress", $"GroupId={{g}}&{Tcp443}&{P}Groups.1.GroupId={{o}}&{P}Groups.1.UserId=444455556666", 400, "InvalidGroup.NotFound", "does not exist" },
        { "AuthorizeSecurityGroupIngress", $"GroupId={{g}}&{Tcp443}&{P}PrefixListIds.1.PrefixListId=pl-01234567", 400, "InvalidPrefixListID.NotFound", "pl-01234567" },
        { "AuthorizeSecurityGroupIngress", $"GroupId={{g}}&{Tcp443}&{P}PrefixListIds.1.PrefixListId=s3", 400, "InvalidPrefixListId.Malformed", "s3" },
        { "AuthorizeSecurityGroupIngress", $"GroupId={{g}}&{Tcp443}&{P}IpRanges.1.CidrIp=10.9.0.0/16&{P}IpRanges.1.Description=\"quoted\"", 400, "InvalidParameterValue", "Invalid rule description" },

        // Duplicates.
        { "AuthorizeSecurityGroupIngress", $"GroupId={{g}}&{Tcp443}&{P}IpRanges.1.CidrIp=10.0.0.0/8&{P}IpRanges.1.Description=other", 400, "InvalidPermission.Duplicate", "the specified rule \"peer: 10.0.0.0/8, TCP, from port: 443, to port: 443, ALLOW\" already exists" },
        { "AuthorizeSecurityGroupIngress", $"GroupId={{g}}&{Tcp443}&{P}IpRanges.1.CidrIp=10.1.2.3/8", 400, "InvalidPermission.Duplicate", "10.0.0.0/8" },
        { "AuthorizeSecurityGroupEgress", $"GroupId={{g}}&{P}IpProtocol=-1&{P}IpRanges.1.CidrIp=0.0.0.0/0", 400, "InvalidPermission.Duplicate", "\"peer: 0.0.0.0/0, ALL, ALLOW\"" },
        { "AuthorizeSecurityGroupIngress", $"GroupId={{g}}&{Tcp443}&{P}IpRanges.1.CidrIp=10.8.0.0/16&{P}IpRanges.2.CidrIp=10.8.0.1/16", 400, "InvalidParameterValue", "The same permission must not appear multiple times" },
        { "AuthorizeSecurityGroupIngress", $"GroupId={{g}}&{Tcp443}&{P}IpRanges.1.CidrIp=10.8.0.0/16&DryRun=true", 412, "DryRunOperation", "DryRun" },

        // The flat form.
        { "AuthorizeSecurityGroupEgress", "GroupId={g}&IpProtocol=tcp&FromPort=1&ToPort=1&CidrIp=10.0.0.0/8", 400, "InvalidParameterCombination", "not supported for egress" },
        { "AuthorizeSecurityGroupIngress", "GroupId={g}&IpProtocol=icmpv6&CidrIp=10.0.0.0/8", 400, "InvalidParameterValue", "ICMPv6" },
        { "AuthorizeSecurityGroupIngress", $"GroupId={{g}}&IpProtocol=tcp&{Tcp443}", 400, "InvalidParameterCombination", "ipPermissions" },
        { "AuthorizeSecurityGroupIngress", "GroupId={g}&GroupName=web&IpProtocol=tcp", 400, "InvalidParameterCombination", "groupName" },

        // Revoke.
        { "RevokeSecurityGroupIngress", $"GroupId={{g}}&{Tcp443}&{P}IpRanges.1.CidrIp=10.0.0.0/8&{P}IpRanges.2.CidrIp=10.99.0.0/16", 400, "InvalidPermission.NotFound", "The specified rule does not exist in this security group" },
        { "RevokeSecurityGroupEgress", $"GroupId={{g}}&{Tcp443}&{P}IpRanges.1.CidrIp=10.0.0.0/8", 400, "InvalidPermission.NotFound", "does not exist" },
        { "RevokeSecurityGroupIngress", "GroupId={g}&SecurityGroupRuleId.1=sgr-0123456789abcdef0", 400, "InvalidSecurityGroupRuleId.NotFound", "does not exist" },
        { "RevokeSecurityGroupIngress", "GroupId={g}&SecurityGroupRuleId.1=nonsense", 400, "InvalidSecurityGroupRuleId.Malformed", "nonsense" },
        { "RevokeSecurityGroupEgress", "GroupId={g}&SecurityGroupRuleId.1={r}", 400, "InvalidSecurityGroupRuleId.NotFound", "does not exist" },
        { "RevokeSecurityGroupIngress", "GroupId={o}&SecurityGroupRuleId.1={r}", 400, "InvalidSecurityGroupRuleId.NotFound", "does not exist" },
        { "RevokeSecurityGroupIngress", $"GroupId={{g}}&SecurityGroupRuleId.1={{r}}&{Tcp443}", 400, "InvalidParameterCombination", "securityGroupRuleIds" },

        // Modify.
        { "ModifySecurityGroupRules", $"GroupId={Ghost}&{Modify}IpProtocol=tcp", 400, "InvalidGroup.NotFound", Ghost },
        { "ModifySecurityGroupRules", "GroupId={g}&SecurityGroupRule.1.SecurityGroupRule.IpProtocol=tcp", 400, "MissingParameter", "SecurityGroupRuleId" },
        { "ModifySecurityGroupRules", $"GroupId={{g}}&{Modify}CidrIpv4=10.0.0.0/8", 400, "InvalidParameterValue", "Invalid value 'null' for protocol" },
        { "ModifySecurityGroupRules", $"GroupId={{g}}&{Modify}IpProtocol=tcp&{ModifyRule}FromPort=1&{ModifyRule}CidrIpv4=10.0.0.0/8", 400, "InvalidParameterValue", "Must specify both from and to ports" },
        { "ModifySecurityGroupRules", $"GroupId={{g}}&{Modify}IpProtocol=-1", 400, "MissingParameter", "The request must contain exactly one of: cidrIp, cidrIpv6, prefixListId, or referencedGroupId" },
        { "ModifySecurityGroupRules", $"GroupId={{g}}&{Modify}IpProtocol=-1&{ModifyRule}CidrIpv4=10.0.0.0/8&{ModifyRule}CidrIpv6=::/0", 400, "InvalidParameterCombination", "Only one of cidrIp, cidrIpv6, prefixListId, or referencedGroupId can be specified" },
        { "ModifySecurityGroupRules", $"GroupId={{g}}&{Modify}IpProtocol=-1&{ModifyRule}CidrIpv6=::/0", 400, "InvalidParameterValue", "You may not specify CidrIpv6 for an existing CidrIpv4 rule." },
        { "ModifySecurityGroupRules", $"GroupId={{g}}&{Modify}IpProtocol=-1&{ModifyRule}ReferencedGroupId={{o}}", 400, "InvalidParameterValue", "existing CidrIpv4 rule" },

        // Descriptions, tags, interfaces, prefix lists.
        { "UpdateSecurityGroupRuleDescriptionsIngress", $"GroupId={{g}}&{Tcp443}&{P}IpRanges.1.CidrIp=10.77.0.0/16", 400, "InvalidPermission.NotFound", "does not exist" },
        { "UpdateSecurityGroupRuleDescriptionsEgress", "GroupId={g}&SecurityGroupRuleDescription.1.SecurityGroupRuleId={r}", 400, "InvalidSecurityGroupRuleId.NotFound", "does not exist" },
        { "CreateTags", "ResourceId.1=nonsense&Tag.1.Key=k", 400, "InvalidID", "The ID 'nonsense' is not valid" },
        { "CreateTags", $"ResourceId.1={Ghost}&Tag.1.Key=k", 400, "InvalidGroup.NotFound", Ghost },
        { "CreateTags", "ResourceId.1={g}", 400, "MissingParameter", "Tag" },
        { "CreateTags", "ResourceId.1={g}&Tag.1.Key=k&Tag.2.Key=k", 400, "InvalidParameterValue", "Duplicate tag keys" },
        { "ModifyNetworkInterfaceAttribute", "NetworkInterfaceId=eni-0123456789abcdef0&SecurityGroupId.1={g}", 400, "InvalidNetworkInterfaceID.NotFound", "eni-0123456789abcdef0" },
        { "DescribeNetworkInterfaces", "NetworkInterfaceId.1=eni-0123456789abcdef0&MaxResults=5", 400, "InvalidParameterCombination", "maxResults" },
        { "CreateManagedPrefixList", "PrefixListName=com.amazonaws.x&MaxEntries=1&AddressFamily=IPv4", 400, "InvalidParameterValue", "com.amazonaws" },
        { "CreateManagedPrefixList", "PrefixListName=x&MaxEntries=1&AddressFamily=IPv4&Entry.1.Cidr=10.0.0.0/8&Entry.2.Cidr=11.0.0.0/8", 400, "PrefixListMaxEntriesExceeded", "1" },
        { "GetManagedPrefixListEntries", "PrefixListId=pl-01234567", 400, "InvalidPrefixListID.NotFound", "pl-01234567" },
        { "AssociateSecurityGroupVpc", "GroupId={d}&VpcId={v}", 400, "UnsupportedOperation", "default" },
    };

    private const string ModifyRule = "SecurityGroupRule.1.SecurityGroupRule.";
    private const string Modify = "SecurityGroupRule.1.SecurityGroupRuleId={r}&" + ModifyRule;

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Refuses_as_EC2_does_and_changes_nothing(string action, string arguments, int status, string code, string words)
    {
        var names = await PrepareAsync();
        var before = await StateAsync();
        foreach (var (name, value) in names) arguments = arguments.Replace($"{{{name}}}", value, StringComparison.Ordinal);

        var answer = await lab.Client.SendAsync(action, arguments.Split('&', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal((status, code), (answer.Status, answer.Code));
        Assert.Contains(words, answer.Message!, StringComparison.Ordinal);
        Assert.Equal("Response", answer.Document.Name.LocalName);
        Assert.NotEmpty(answer.Document.Element("RequestID")!.Value);
        Assert.Equal(before, await StateAsync());
    }

    private async Task<string> StateAsync() => string.Concat(
        (await lab.Client.CallAsync("DescribeSecurityGroups")).Element("securityGroupInfo"),
        (await lab.Client.CallAsync("DescribeSecurityGroupRules")).Element("securityGroupRuleSet"),
        (await lab.Client.CallAsync("DescribeManagedPrefixLists")).Element("prefixListSet"));

    private async Task<Dictionary<string, string>> PrepareAsync()
    {
        await Once.WaitAsync();
        try
        {
            if (_prepared is { } done && done.Server == lab.Server) return done.Names;
            var client = lab.Client;
            var vpc = await client.IdAsync("vpcId", "CreateVpc", "CidrBlock=10.60.0.0/16");
            var group = await client.GroupAsync(vpc);
            var names = new Dictionary<string, string>
            {
                ["v"] = vpc,
                ["g"] = group,
                ["o"] = await client.GroupAsync(vpc, "other"),
                ["f"] = await client.GroupAsync(null, "far"),
                ["d"] = await client.IdAsync("groupId", "DescribeSecurityGroups", "Filter.1.Name=group-name", "Filter.1.Value.1=default", "Filter.2.Name=vpc-id", $"Filter.2.Value.1={vpc}"),
                ["r"] = await client.IdAsync(
                    "securityGroupRuleId", "AuthorizeSecurityGroupIngress", $"GroupId={group}", "IpPermissions.1.IpProtocol=tcp",
                    "IpPermissions.1.FromPort=443", "IpPermissions.1.ToPort=443", "IpPermissions.1.IpRanges.1.CidrIp=10.0.0.0/8"),
            };
            _prepared = (lab.Server, names);
            return names;
        }
        finally
        {
            Once.Release();
        }
    }
}
