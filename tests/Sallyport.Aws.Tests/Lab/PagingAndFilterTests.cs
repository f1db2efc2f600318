using Sallyport.Lab.Wire;

namespace Sallyport.Aws.Tests.Lab;

/// <summary>Pages, tokens and filters.</summary>
public sealed class PagingAndFilterTests(LabFixture lab) : IClassFixture<LabFixture>
{
    [Fact]
    public async Task Pages_cover_everything_once_while_the_listing_changes()
    {
        var vpc = await lab.Client.IdAsync("vpcId", "CreateVpc", "CidrBlock=10.90.0.0/16");
        var groups = new List<string>();
        for (var i = 0; i < 12; i++) groups.Add(await lab.Client.GroupAsync(vpc, $"page-{i}"));
        groups.Sort(StringComparer.Ordinal);
        string[] filter = ["Filter.1.Name=group-name", "Filter.1.Value.1=page-*", "MaxResults=5"];
        var first = await lab.Client.CallAsync("DescribeSecurityGroups", filter);
        Assert.Equal(groups.Take(5), first.Descendants("groupId").Select(e => e.Value));
        await lab.Client.CallAsync("DeleteSecurityGroup", $"GroupId={groups[4]}");
        await lab.Client.CallAsync("DeleteSecurityGroup", $"GroupId={groups[7]}");
        var token = first.Element("nextToken")!.Value;
        var second = await lab.Client.CallAsync("DescribeSecurityGroups", [.. filter, $"NextToken={token}"]);
        Assert.Equal([groups[5], groups[6], groups[8], groups[9], groups[10]], second.Descendants("groupId").Select(e => e.Value));
        var third = await lab.Client.CallAsync("DescribeSecurityGroups", [.. filter, $"NextToken={second.Element("nextToken")!.Value}"]);
        Assert.Equal([groups[11]], third.Descendants("groupId").Select(e => e.Value));
        Assert.Null(third.Element("nextToken"));

        Assert.Equal("InvalidNextToken", (await lab.Client.SendAsync("DescribeSecurityGroups", "MaxResults=5", $"NextToken={token}")).Code);
        Assert.Equal("InvalidNextToken", (await lab.Client.SendAsync("DescribeVpcs", $"NextToken={token}")).Code);
    }

    [Fact]
    public async Task Rules_page_across_groups()
    {
        var seen = new List<string>();
        var vpc = await lab.Client.IdAsync("vpcId", "CreateVpc", "CidrBlock=10.91.0.0/16");
        for (var i = 0; i < 7; i++) await lab.Client.GroupAsync(vpc, $"rules-{i}");
        string? token = null;
        do
        {
            var page = await lab.Client.CallAsync("DescribeSecurityGroupRules", ["MaxResults=5", .. token is null ? (string[])[] : [$"NextToken={token}"]]);
            seen.AddRange(page.Element("securityGroupRuleSet")!.Elements().Select(r => r.Element("securityGroupRuleId")!.Value));
            token = page.Element("nextToken")?.Value;
        }
        while (token is not null);
        var all = (await lab.Client.CallAsync("DescribeSecurityGroupRules")).Element("securityGroupRuleSet")!.Elements().Select(r => r.Element("securityGroupRuleId")!.Value);
        Assert.Equal(all, seen);
    }

    [Theory]
    [InlineData("group-name", "a*", "apple,avocado")]
    [InlineData("group-name", "?????", "apple")]
    [InlineData("group-name", "Apple", "")]
    [InlineData("group-name", "*", "apple,avocado,b*d,default")]
    [InlineData("group-name", "b\\*d", "b*d")]
    [InlineData("tag:kind", "fruit", "apple,avocado")]
    [InlineData("tag:Kind", "fruit", "")]
    [InlineData("tag-key", "ki*", "apple,avocado")]
    [InlineData("ip-permission.from-port", "80", "apple")]
    [InlineData("ip-permission.cidr", "10.0.0.0/8", "apple")]
    [InlineData("ip-permission.protocol", "6", "apple")]
    [InlineData("egress.ip-permission.cidr", "0.0.0.0/0", "apple,avocado,b*d,default")]
    [InlineData("description", "test", "apple,avocado,b*d")]
    public async Task Filters_match_as_EC2_says(string name, string value, string expected)
    {
        var vpc = await lab.Client.IdAsync("vpcId", "CreateVpc", "CidrBlock=10.92.0.0/16");
        var (apple, avocado) = (await lab.Client.GroupAsync(vpc, "apple"), await lab.Client.GroupAsync(vpc, "avocado"));
        await lab.Client.GroupAsync(vpc, "b*d");
        await lab.Client.CallAsync("CreateTags", $"ResourceId.1={apple}", $"ResourceId.2={avocado}", "Tag.1.Key=kind", "Tag.1.Value=fruit");
        await lab.Client.CallAsync("AuthorizeSecurityGroupIngress", $"GroupId={apple}", "IpProtocol=tcp", "FromPort=80", "ToPort=81", "CidrIp=10.0.0.0/8");
        var found = await lab.Client.CallAsync("DescribeSecurityGroups", "Filter.1.Name=vpc-id", $"Filter.1.Value.1={vpc}", $"Filter.2.Name={name}", "Filter.2.Value.1=nothing like it", $"Filter.2.Value.2={value}");
        Assert.Equal(expected, string.Join(',', found.Descendants("groupName").Select(e => e.Value).Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("", "", true)]
    [InlineData("*", "", true)]
    [InlineData("?", "", false)]
    [InlineData("a*b*c", "aXXbYYc", true)]
    [InlineData("a*b*c", "acb", false)]
    [InlineData("\\?", "?", true)]
    [InlineData("\\?", "x", false)]
    [InlineData("\\\\", "\\", true)]
    [InlineData("x\\", "x\\", true)]
    public void Wildcards(string pattern, string value, bool matches) => Assert.Equal(matches, new WildcardPattern(pattern).Matches(value));

    [Fact]
    public void A_hostile_pattern_is_no_slower_than_its_product()
    {
        var pattern = new WildcardPattern(string.Concat(Enumerable.Repeat("a*", 200)) + "b");
        Assert.False(pattern.Matches(new string('a', 2000)));
    }

    [Fact]
    public async Task Tags_are_listed_deleted_by_value_and_limited()
    {
        var group = await lab.Client.GroupAsync();
        await lab.Client.CallAsync("CreateTags", $"ResourceId.1={group}", "Tag.1.Key=a", "Tag.1.Value=1", "Tag.2.Key=b");
        await lab.Client.CallAsync("DeleteTags", $"ResourceId.1={group}", "Tag.1.Key=a", "Tag.1.Value=2", "Tag.2.Key=b");
        var left = await lab.Client.CallAsync("DescribeTags", "Filter.1.Name=resource-id", $"Filter.1.Value.1={group}");
        Assert.Equal(("a", "security-group"), (left.Descendants("key").Single().Value, left.Descendants("resourceType").Single().Value));
        var many = Enumerable.Range(1, 50).Select(i => $"Tag.{i}.Key=k{i}");
        Assert.Equal("TagLimitExceeded", (await lab.Client.SendAsync("CreateTags", [$"ResourceId.1={group}", .. many])).Code);
    }
}
