using Sallyport.Estates;
using Sallyport.Tests.Estates.Files;

namespace Sallyport.Tests.Estates.AwsCli;

public class SecurityGroupShapesTests
{
    private const string Web = """
        {
            "Description": "web servers", "GroupName": "web",
            "IpPermissions": [
                {"FromPort": 443, "IpProtocol": "tcp", "IpRanges": [{"CidrIp": "0.0.0.0/0", "Description": "all"}], "Ipv6Ranges": [{"CidrIpv6": "::/0"}], "PrefixListIds": [], "ToPort": 443, "UserIdGroupPairs": []},
                {"IpProtocol": "icmp", "FromPort": 8, "ToPort": -1, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}
            ],
            "OwnerId": "111122223333", "GroupId": "sg-0000000a",
            "IpPermissionsEgress": [
                {"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}], "Ipv6Ranges": [], "PrefixListIds": [{"PrefixListId": "pl-00000001", "Description": "s3"}], "UserIdGroupPairs": []},
                {"IpProtocol": "tcp", "FromPort": 3306, "ToPort": 3306, "UserIdGroupPairs": [{"UserId": "444455556666", "GroupId": "sg-0000000b", "VpcId": "vpc-00000002", "VpcPeeringConnectionId": "pcx-00000001", "PeeringStatus": "active", "Description": "db"}]}
            ],
            "VpcId": "vpc-00000001", "Tags": [{"Key": "Name", "Value": "web"}],
            "SecurityGroupArn": "arn:aws:ec2:eu-west-1:111122223333:security-group/sg-0000000a"
        }
        """;

    private const string Database = """{"GroupId": "sg-0000000b", "GroupName": "db", "IpPermissions": [], "IpPermissionsEgress": [], "OwnerId": "111122223333", "VpcId": "vpc-00000001"}""";

    [Fact]
    public void A_whole_answer_gives_every_rule_with_its_peer_and_description()
    {
        var group = Assert.Single(FileRead.Quietly($$"""{"SecurityGroups": [{{Web}}]}""").SecurityGroups);

        Assert.Equal("web", group.Name);
        Assert.Equal("web servers", group.Description);
        Assert.Equal(new Scope("111122223333", "eu-west-1"), group.Scope);
        Assert.Equal(new VpcId("vpc-00000001"), group.Vpc);
        Assert.Equal("web", group.Tags["Name"]);
        Assert.Equal(
            [
                "ingress icmp/8/-1 from 10.0.0.0/8 ()", "ingress tcp/443 from 0.0.0.0/0 (all)", "ingress tcp/443 from ::/0 ()",
                "egress any to 0.0.0.0/0 ()", "egress any to pl-00000001 (s3)", "egress tcp/3306 to sg-0000000b (db)",
            ],
            group.Rules.Select(r => $"{r.Key} ({r.Description})"));
        var peer = Assert.IsType<GroupPeer>(group.Rules.Single(r => r.Peer is GroupPeer).Peer);
        Assert.Equal("444455556666", peer.Account);
        Assert.Equal(new VpcId("vpc-00000002"), peer.Vpc);
        Assert.Equal(new PeeringId("pcx-00000001"), peer.Peering);
        Assert.Equal("active", peer.PeeringStatus);
        Assert.All(group.Rules, r => Assert.Null(r.Tags));
    }

    [Theory]
    [InlineData("""{"SecurityGroups": [WEB, DB]}""")]
    [InlineData("""{"NextToken": null, "SecurityGroups": [WEB, DB], "ResponseMetadata": {"RetryAttempts": 0}}""")]
    [InlineData("""[WEB, DB]""")]
    [InlineData("""WEB DB""")]
    [InlineData("""WEB,DB""", false)]
    [InlineData("""{"SecurityGroups": [WEB]}{"SecurityGroups": [DB]}""")]
    [InlineData("""[{"SecurityGroups": [WEB]}, {"SecurityGroups": [DB]}]""")]
    [InlineData("""[[WEB], [DB]]""")]
    [InlineData("""[[WEB, DB], []]""")]
    [InlineData("""{"SecurityGroups": [WEB], "Vpcs": [], "SecurityGroupRules": [{"SecurityGroupRuleId": "sgr-1", "GroupId": "sg-0000000b", "IsEgress": true, "IpProtocol": "-1", "CidrIpv4": "10.0.0.0/8"}]}""")]
    [InlineData("""WEB {"GroupId": "sg-0000000b", "IpPermissions": [], "IpPermissionsEgress": [], "GroupName": "db"}""")]
    public void Both_groups_are_read_from_every_shape(string shape, bool isJson = true)
    {
        var read = FileRead.Of(shape.Replace("WEB", Web, StringComparison.Ordinal).Replace("DB", Database, StringComparison.Ordinal));

        if (isJson)
        {
            Assert.Empty(read.Said);
            Assert.Equal(["sg-0000000a", "sg-0000000b"], read.Estate.SecurityGroups.Select(g => g.Id.Value).Order());
            Assert.Equal(6, read.Estate.SecurityGroups.Single(g => g.Id.Value == "sg-0000000a").Rules.Length);
        }
        else
        {
            Assert.Equal(["SPD2005"], read.Codes);
            Assert.True(read.HasNoGroups);
        }
    }

    [Fact]
    public void The_rule_view_alone_makes_groups_of_their_rules()
    {
        var group = Assert.Single(FileRead.Quietly(Rules).SecurityGroups);

        Assert.Equal(new SecurityGroupId("sg-0000000a"), group.Id);
        Assert.Equal(new Scope("111122223333", "eu-west-1"), group.Scope);
        Assert.Equal(["sgr-1", "sgr-2", "sgr-3"], group.Rules.Select(r => r.Id!.Value.Value).Order());
        Assert.Equal("platform", group.Rules.Single(r => r.Id!.Value.Value == "sgr-1").Tags!["team"]);
        Assert.Same(Tags.None, group.Rules.Single(r => r.Id!.Value.Value == "sgr-2").Tags);
    }

    [Fact]
    public void Both_views_together_are_one_estate_with_rule_ids()
    {
        var groups = $$"""{"SecurityGroups": [{{Web}}]}""";
        foreach (var files in new[] { new[] { groups, Rules }, [Rules, groups] })
        {
            var read = FileRead.OfAll([.. files.Select((f, i) => ($"{i}.json", f))]);

            Assert.Empty(read.Said);
            var group = Assert.Single(read.Estate.SecurityGroups);
            Assert.Equal("web", group.Name);
            Assert.Equal(6, group.Rules.Length);
            Assert.Equal("sgr-1", group.Rules.Single(r => r.Key.ToString() == "ingress tcp/443 from 0.0.0.0/0").Id!.Value.Value);
            Assert.Equal("sgr-3", group.Rules.Single(r => r.Key.ToString() == "egress tcp/3306 to sg-0000000b").Id!.Value.Value);
            Assert.Equal(new VpcId("vpc-00000002"), ((GroupPeer)group.Rules.Single(r => r.Peer is GroupPeer).Peer).Vpc);
        }
    }

    [Fact]
    public void Rules_and_groups_know_their_line()
    {
        var read = FileRead.Of("{\n  \"SecurityGroups\": [\n    {\n      \"GroupId\": \"sg-1\",\n      \"IpPermissions\": [\n        {\"IpProtocol\": \"-1\",\n         \"IpRanges\": [\n           {\"CidrIp\": \"10.0.0.0/8\"},\n           {\"CidrIp\": \"10.9.0.0/16\"}]}],\n      \"IpPermissionsEgress\": []\n    },\n {\"GroupId\": \"sg-2\", \"IpPermissions\": [], \"IpPermissionsEgress\": []}\n]}", "a/b.json");

        Assert.Equal("a/b.json:3:5", read.Estate.SecurityGroups[0].At!.ToString());
        Assert.Equal("a/b.json:12:2", read.Estate.SecurityGroups[1].At!.ToString());
        Assert.Equal([8, 9], read.Estate.SecurityGroups[0].Rules.Select(r => r.Line));
        Assert.All(read.Estate.SecurityGroups[0].Rules, r => Assert.Equal("a/b.json", r.File));
    }

    [Fact]
    public void Repeated_groups_are_merged()
    {
        var read = FileRead.Of("""
            {"SecurityGroups": [
              {"GroupId": "sg-1", "GroupName": "a", "IpPermissions": [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}], "IpPermissionsEgress": []},
              {"GroupId": "sg-1", "GroupName": "a", "IpPermissions": [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "10.0.0.0/8", "Description": "d"}, {"CidrIp": "10.1.0.0/16"}]}], "IpPermissionsEgress": []}]}
            """);

        Assert.Empty(read.Said);
        Assert.Equal(["10.0.0.0/8 d", "10.1.0.0/16 "], Assert.Single(read.Estate.SecurityGroups).Rules.Select(r => $"{r.Peer} {r.Description}"));
    }

    [Theory]
    [InlineData("""[{"GroupId": "sg-1", "GroupName": "a", "VpcId": "vpc-1"}]""", "its rules")]
    [InlineData("""{"GroupId": "sg-1", "IpPermissions": []}""", "its egress rules")]
    [InlineData("""[{"GroupId": "sg-1", "IpPermissionsEgress": []}]""", "its ingress rules")]
    public void A_group_that_query_left_without_rules_is_a_gap(string text, string missing)
    {
        var read = FileRead.Of(text);

        Assert.Equal(["SPD2054"], read.Codes);
        Assert.Contains(read.Estate.Gaps, g => g.What == GapKind.Rules && g.Where == "sg-1" && g.Why.Contains(missing, StringComparison.Ordinal));
    }

    [Fact]
    public void The_rule_view_fills_a_group_listed_without_rules()
    {
        var read = FileRead.OfAll(("g.json", """[{"GroupId": "sg-0000000a", "GroupName": "web"}]"""), ("r.json", Rules));

        Assert.DoesNotContain(read.Estate.Gaps, g => g.What == GapKind.Rules);
        Assert.Equal(3, Assert.Single(read.Estate.SecurityGroups).Rules.Length);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"SecurityGroups": []}""")]
    [InlineData("[[], []]")]
    public void A_query_that_matches_nothing_is_an_empty_read(string text)
    {
        var read = FileRead.Of(text);

        Assert.DoesNotContain(read.Said, d => d.Severity == Sallyport.Diagnostics.Severity.Error);
        Assert.True(read.HasNoGroups);
    }

    [Theory]
    [InlineData("""[{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]""", "SPD2012")]
    [InlineData("""[[{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}], [{"IpProtocol": "tcp"}]]""", "SPD2012")]
    [InlineData("""["sg-1", "sg-2"]""", "SPD2013")]
    [InlineData("""[["sg-1", "web"], ["sg-2", "db"]]""", "SPD2013")]
    [InlineData("\"sg-1\"", "SPD2013")]
    [InlineData("""[{"ID": "sg-1"}]""", "SPD2004")]
    [InlineData("""{"Things": {}}""", "SPD2004")]
    [InlineData("{}", "SPD2004")]
    [InlineData("""{"SecurityGroups": {"GroupId": "sg-1"}}""", "SPD2010")]
    [InlineData("""{"SecurityGroups": ["sg-1"]}""", "SPD2010")]
    [InlineData("""{"SecurityGroups": [{"IpPermissions": [], "IpPermissionsEgress": []}]}""", "SPD2011")]
    [InlineData("""{"SecurityGroupRules": [{"SecurityGroupRuleId": "sgr-1", "GroupId": "sg-1", "IpProtocol": "-1", "CidrIpv4": "0.0.0.0/0"}]}""", "SPD2011")]
    public void What_query_left_unusable_is_one_clear_error(string text, string code)
    {
        var read = FileRead.Of(text);

        Assert.Equal([code], read.Codes);
        Assert.True(read.HasNoGroups);
    }

    [Fact]
    public void A_last_page_that_names_another_is_an_incomplete_read()
    {
        var page = """{"SecurityGroups": [], "NextToken": "abc"}""";
        var last = """{"SecurityGroups": []}""";

        var broken = FileRead.Of(page).Estate.Gaps.Single(g => g.What == GapKind.SecurityGroups);
        Assert.True(broken.IsReadFailure);
        Assert.DoesNotContain(FileRead.Of(page + last).Estate.Gaps, g => g.What == GapKind.SecurityGroups);
        Assert.DoesNotContain(FileRead.OfAll(("f/1.json", page), ("f/2.json", last)).Estate.Gaps, g => g.What == GapKind.SecurityGroups);
        Assert.Contains(FileRead.OfAll(("f/1.json", page), ("g/2.json", last)).Estate.Gaps, g => g.What == GapKind.SecurityGroups);
    }

    private const string Rules = """
        {"SecurityGroupRules": [
          {"SecurityGroupRuleId": "sgr-1", "GroupId": "sg-0000000a", "GroupOwnerId": "111122223333", "IsEgress": false, "IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "CidrIpv4": "0.0.0.0/0", "Tags": [{"Key": "team", "Value": "platform"}], "SecurityGroupRuleArn": "arn:aws:ec2:eu-west-1:111122223333:security-group-rule/sgr-1"},
          {"SecurityGroupRuleId": "sgr-2", "GroupId": "sg-0000000a", "GroupOwnerId": "111122223333", "IsEgress": true, "IpProtocol": "-1", "FromPort": -1, "ToPort": -1, "PrefixListId": "pl-00000001", "Tags": []},
          {"SecurityGroupRuleId": "sgr-3", "GroupId": "sg-0000000a", "GroupOwnerId": "111122223333", "IsEgress": true, "IpProtocol": "tcp", "FromPort": 3306, "ToPort": 3306, "ReferencedGroupInfo": {"GroupId": "sg-0000000b", "UserId": "444455556666", "VpcId": "vpc-00000002"}, "Tags": []}
        ]}
        """;
}
