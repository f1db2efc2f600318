using System.Text.Json;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Patching;

namespace Sallyport.Tests.Patching;

/// <summary>A template's group that loses its last egress rule says in its place that it has none, or what takes the place.</summary>
public sealed class LastEgressTests
{
    private const string Head = "Resources:\n  Web:\n    Type: AWS::EC2::SecurityGroup\n    Properties:\n      GroupDescription: web\n      VpcId: vpc-0123456789abcdef0\n";

    [Theory]
    [InlineData(
        "      SecurityGroupEgress:\n        # out\n        - IpProtocol: -1  # all of it\n          CidrIp: 0.0.0.0/0 # anywhere\n",
        "      SecurityGroupEgress:\n        # out\n        - IpProtocol: -1  # all of it\n          CidrIp: \"127.0.0.1/32\" # anywhere\n")]
    [InlineData(
        "      SecurityGroupEgress:\n      - Description: all\n        CidrIpv6: ::/0\n        # kept\n        IpProtocol: tcp\n        FromPort: 0\n        ToPort: 65535\n",
        "      SecurityGroupEgress:\n      - CidrIp: \"127.0.0.1/32\"\n        # kept\n        IpProtocol: \"-1\"\n")]
    [InlineData(
        "      SecurityGroupEgress:\n        - Description: all\n          FromPort: 0\n          ToPort: 65535\n          IpProtocol: tcp\n          CidrIp: 0.0.0.0/0\n",
        "      SecurityGroupEgress:\n        - IpProtocol: \"-1\"\n          CidrIp: \"127.0.0.1/32\"\n")]
    [InlineData(
        "      SecurityGroupEgress:\n        - CidrIp: 0.0.0.0/0\n          IpProtocol: \"-1\"\n        - CidrIpv6: ::/0\n          IpProtocol: \"-1\"\n      Tags: [{Key: a, Value: b}]\n",
        "      SecurityGroupEgress:\n        - CidrIp: \"127.0.0.1/32\"\n          IpProtocol: \"-1\"\n      Tags: [{Key: a, Value: b}]\n")]
    [InlineData(
        "      SecurityGroupEgress: [{IpProtocol: tcp, FromPort: 0, ToPort: 65535, CidrIp: 0.0.0.0/0}] # x\n",
        "      SecurityGroupEgress: [{IpProtocol: \"-1\", CidrIp: \"127.0.0.1/32\"}] # x\n")]
    [InlineData(
        "      SecurityGroupEgress:\n        - {IpProtocol: \"-1\", CidrIp: 0.0.0.0/0, Description: all}\n",
        "      SecurityGroupEgress:\n        - {IpProtocol: \"-1\", CidrIp: \"127.0.0.1/32\"}\n")]
    [InlineData("", "      SecurityGroupEgress:\n        - IpProtocol: \"-1\"\n          CidrIp: \"127.0.0.1/32\"\n")]
    [InlineData("      SecurityGroupEgress: []\n", "      SecurityGroupEgress: [{\"IpProtocol\": \"-1\", \"CidrIp\": \"127.0.0.1/32\"}]\n")]
    [InlineData(
        "      SecurityGroupIngress:\n      - IpProtocol: tcp\n        FromPort: 22\n        ToPort: 22\n        CidrIp: 10.0.0.0/8 # office\n      Tags:\n      - Key: a\n        Value: b\n  # the last\n  Other:\n    Type: AWS::SNS::Topic\n",
        "      SecurityGroupIngress:\n      - IpProtocol: tcp\n        FromPort: 22\n        ToPort: 22\n        CidrIp: 10.0.0.0/8 # office\n      SecurityGroupEgress:\n      - IpProtocol: \"-1\"\n        CidrIp: \"127.0.0.1/32\"\n      Tags:\n      - Key: a\n        Value: b\n  # the last\n  Other:\n    Type: AWS::SNS::Topic\n")]
    [InlineData(
        "  Out:\n    Type: AWS::EC2::SecurityGroupEgress\n    Properties:\n      GroupId: !GetAtt Web.GroupId\n      IpProtocol: tcp\n      FromPort: 0\n      ToPort: 65535\n      CidrIp: 0.0.0.0/0\n",
        "  Out:\n    Type: AWS::EC2::SecurityGroupEgress\n    Properties:\n      GroupId: !GetAtt Web.GroupId\n      IpProtocol: \"-1\"\n      CidrIp: \"127.0.0.1/32\"\n")]
    public void Yaml_says_that_nothing_goes_out(string before, string after)
    {
        foreach (var newLine in (string[])["\n", "\r\n"])
        {
            foreach (var mark in (string[])["", "\uFEFF"])
            {
                Holds(mark + (Head + before).ReplaceLineEndings(newLine), mark + (Head + after).ReplaceLineEndings(newLine));
            }
        }
    }

    [Theory]
    [InlineData("\t")]
    [InlineData("    ")]
    public void Json_says_that_nothing_goes_out(string step)
    {
        const string Before = """
            {
            	"Resources": {
            		"Web": {
            			"Type": "AWS::EC2::SecurityGroup",
            			"Properties": {
            				"GroupDescription": "web",
            				"VpcId": "vpc-0123456789abcdef0"EGRESS
            			}
            		}
            	}
            }
            """;
        const string Open = """
            ,
            				"SecurityGroupEgress" : [{
            					"IpProtocol" : "tcp",
            					"FromPort" : 0,
            					"ToPort" : 65535,
            					"CidrIp" : "0.0.0.0/0"
            				}]
            """;
        const string Closed = """
            ,
            				"SecurityGroupEgress" : [{
            					"IpProtocol" : "-1",
            					"CidrIp" : "127.0.0.1/32"
            				}]
            """;
        const string Written = """
            ,
            				"SecurityGroupEgress": [
            					{
            						"IpProtocol": "-1",
            						"CidrIp": "127.0.0.1/32"
            					}
            				]
            """;
        Holds(With(Open), With(Closed));
        Holds(With(string.Empty), With(Written));
        Holds("""{"Resources":{"Web":{"Type":"AWS::EC2::SecurityGroup","Properties":{"VpcId":"vpc-0123456789abcdef0"}}}}""", """{"Resources":{"Web":{"Type":"AWS::EC2::SecurityGroup","Properties":{"VpcId":"vpc-0123456789abcdef0", "SecurityGroupEgress": [{"IpProtocol": "-1", "CidrIp": "127.0.0.1/32"}]}}}}""");
        Holds(
            """{"Resources":{"Web":{"Type":"AWS::EC2::SecurityGroup","Properties":{"SecurityGroupIngress":[{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"CidrIp":"10.0.0.0/8"}],"SecurityGroupEgress":[{"CidrIp":"0.0.0.0/0","IpProtocol":"-1"}]}}}}""",
            """{"Resources":{"Web":{"Type":"AWS::EC2::SecurityGroup","Properties":{"SecurityGroupIngress":[{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"CidrIp":"10.0.0.0/8"}],"SecurityGroupEgress":[{"CidrIp":"127.0.0.1/32","IpProtocol":"-1"}]}}}}""");

        Holds(
            """{"Resources":{"Web":{"Type":"AWS::EC2::SecurityGroup","Properties":{"SecurityGroupEgress":[{"CidrIp":"0.0.0.0/0","IpProtocol":"-1"},{"CidrIpv6":"::/0","IpProtocol":"-1"}]}}}}""",
            """{"Resources":{"Web":{"Type":"AWS::EC2::SecurityGroup","Properties":{"SecurityGroupEgress":[{"CidrIp":"127.0.0.1/32","IpProtocol":"-1"}]}}}}""");
        Holds(
            With(Open.Replace("}]", "},{\n\t\t\t\t\t\"IpProtocol\" : \"-1\",\n\t\t\t\t\t\"CidrIpv6\" : \"::/0\"\n\t\t\t\t}]", StringComparison.Ordinal)),
            With(Closed));

        string With(string egress) => Before.Replace("EGRESS", egress, StringComparison.Ordinal).Replace("\t", step, StringComparison.Ordinal).ReplaceLineEndings("\n");
    }

    [Fact]
    public void What_is_needed_takes_the_place()
    {
        CodeChange[] Needed(SecurityGroup group) =>
        [
            new(group, new RuleKey(Direction.Egress, Service.Parse("tcp/443"), new CidrPeer(Cidr.Parse("10.1.0.0/16"))), CodeChangeKind.Add) { Description = "api" },
            new(group, new RuleKey(Direction.Egress, Service.Parse("tcp/5432"), new CidrPeer(Cidr.Parse("10.2.0.0/16"))), CodeChangeKind.Add),
        ];

        const string Two = "        - IpProtocol: \"tcp\"\n          FromPort: 5432\n          ToPort: 5432\n          CidrIp: \"10.2.0.0/16\"\n";
        Holds(
            Head + "      SecurityGroupEgress:\n        # out\n        - IpProtocol: -1\n          CidrIp: 0.0.0.0/0 # x\n",
            Head + "      SecurityGroupEgress:\n        # out\n        - IpProtocol: \"tcp\"\n          CidrIp: \"10.1.0.0/16\" # x\n          FromPort: 443\n          ToPort: 443\n          Description: \"api\"\n" + Two,
            Needed);
        Holds(
            Head,
            Head + "      SecurityGroupEgress:\n        - IpProtocol: \"tcp\"\n          FromPort: 443\n          ToPort: 443\n          CidrIp: \"10.1.0.0/16\"\n          Description: \"api\"\n" + Two,
            Needed);
    }

    [Fact]
    public void Rules_that_stand_apart_take_the_place()
    {
        const string Apart = "  Dns:\n    Type: AWS::EC2::SecurityGroupEgress\n    Properties:\n      GroupId: !GetAtt Web.GroupId\n      IpProtocol: udp\n      FromPort: 53\n      ToPort: 53\n      CidrIp: 10.0.0.2/32\n";
        Holds(Head + "      SecurityGroupEgress:\n        - IpProtocol: -1\n          CidrIp: 0.0.0.0/0\n" + Apart, Head + Apart);
    }

    [Fact]
    public void A_group_of_the_default_vpc_gets_it_apart()
    {
        var head = Head.Replace("      VpcId: vpc-0123456789abcdef0\n", string.Empty, StringComparison.Ordinal);
        Holds(head, head + "\n  WebEgressNone:\n    Type: AWS::EC2::SecurityGroupEgress\n    Properties:\n      GroupId: !GetAtt Web.GroupId\n      IpProtocol: \"-1\"\n      CidrIp: \"127.0.0.1/32\"\n");
    }

    [Fact]
    public void An_item_that_may_not_be_there_does_not_stand_for_the_last_rule()
    {
        const string Maybe = "        - !If\n          - No\n          - IpProtocol: tcp\n            FromPort: 1\n            ToPort: 1\n            CidrIp: 10.0.0.0/8\n          - !Ref AWS::NoValue\n";
        const string No = "Conditions:\n  No: !Equals [a, b]\n";
        Holds(
            No + Head + "      SecurityGroupEgress:\n        - IpProtocol: -1\n          CidrIp: 0.0.0.0/0\n" + Maybe,
            No + Head + "      SecurityGroupEgress:\n        - IpProtocol: -1\n          CidrIp: \"127.0.0.1/32\"\n" + Maybe);
    }

    [Fact]
    public void What_cannot_be_written_is_asked_and_so_is_what_it_would_replace()
    {
        foreach (var egress in (string[])["", "      SecurityGroupEgress:\n        - IpProtocol: -1\n          CidrIp: 0.0.0.0/0\n"])
        {
            var bench = new CodeBench("t.yaml", Head + egress);
            var group = bench.Estate.SecurityGroups.Single(g => g.Name == "Web");
            var far = new CodeChange(group, new RuleKey(Direction.Egress, Service.Parse("tcp/443"), new GroupPeer(new SecurityGroupId("other.yaml#Db"))), CodeChangeKind.Add);
            var patch = CodePatcher.Patch(bench.Estate, [far, .. Open(group)], bench);
            Assert.Empty(patch.Files);
            Assert.Equal(["the far end has no name in this template", "it is the last egress rule, and what takes its place cannot be written here"], patch.Questions.Select(q => q.Why));
        }
    }

    [Fact]
    public void What_others_take_the_place_of_stays_until_they_can_be_written()
    {
        const string Dns = "      SecurityGroupEgress:\n        - IpProtocol: udp\n          FromPort: 53\n          ToPort: 53\n          CidrIp: 10.0.0.2/32\n        - IpProtocol: -1\n          CidrIp: 0.0.0.0/0\n";
        var bench = new CodeBench("t.yaml", Head + Dns);
        var group = bench.Estate.SecurityGroups.Single(g => g.Name == "Web");
        var far = new CodeChange(group, new RuleKey(Direction.Egress, Service.Parse("tcp/443"), new GroupPeer(new SecurityGroupId("other.yaml#Db"))), CodeChangeKind.Add);
        Assert.Single(CodePatcher.Patch(bench.Estate, [far, .. Open(group)], bench).Files);
        var patch = CodePatcher.Patch(bench.Estate, [far, .. Open(group).Select(c => c with { IsReplaced = true })], bench);
        Assert.Empty(patch.Files);
        Assert.Equal(["the far end has no name in this template", "what takes its place cannot be written here"], patch.Questions.Select(q => q.Why));
    }

    [Fact]
    public void Beside_keys_behind_question_marks_it_stands_apart()
    {
        const string Marked = "Resources:\n  Web:\n    Type: AWS::EC2::SecurityGroup\n    Properties:\n      ? GroupDescription\n      : web\n      ? VpcId\n      : vpc-0123456789abcdef0\n";
        Holds(Marked, Marked + "\n  WebEgressNone:\n    Type: AWS::EC2::SecurityGroupEgress\n    Properties:\n      GroupId: !GetAtt Web.GroupId\n      IpProtocol: \"-1\"\n      CidrIp: \"127.0.0.1/32\"\n");
    }

    [Fact]
    public void A_template_that_the_change_would_break_stays_and_the_change_is_asked()
    {
        const string Item = "      SecurityGroupEgress:\n        - IpProtocol: \"-1\"\n          CidrIp: 0.0.0.0/0\n          Description: &why all\n";
        const string Other = "  Topic:\n    Type: AWS::SNS::Topic\n    Properties:\n      DisplayName: *why\n";
        var bench = new CodeBench("t.yaml", Head + Item + Other);
        var group = bench.Estate.SecurityGroups.Single(g => g.Name == "Web");
        var patch = CodePatcher.Patch(bench.Estate, Open(group), bench);
        Assert.Empty(patch.Files);
        Assert.Equal("written into this template, it would leave no valid YAML", Assert.Single(patch.Questions).Why);
    }

    [Fact]
    public void A_rule_for_nothing_is_left_and_said()
    {
        var bench = new CodeBench("t.yaml", Head + "      SecurityGroupEgress:\n        - IpProtocol: \"-1\"\n          CidrIp: 127.0.0.1/32\n");
        var group = bench.Estate.SecurityGroups.Single(g => g.Name == "Web");
        var patch = CodePatcher.Patch(bench.Estate, group.RulesOf(Direction.Egress).Select(r => new CodeChange(group, r.Key, CodeChangeKind.Remove)), bench);
        Assert.Empty(patch.Files);
        Assert.Equal("it is how a template says that a group has no egress", Assert.Single(patch.Questions).Why);
    }

    private static void Holds(string before, string after, Func<SecurityGroup, CodeChange[]>? needed = null)
    {
        var isJson = before.TrimStart('\uFEFF')[0] == '{';
        var bench = new CodeBench(isJson ? "t.json" : "t.yaml", before);
        var group = bench.Estate.SecurityGroups.Single(g => g.Name == "Web");
        Assert.NotEmpty(Open(group));
        var patch = CodePatcher.Patch(bench.Estate, [.. needed?.Invoke(group) ?? [], .. Open(group)], bench);
        Assert.Empty(patch.Questions);
        var patched = bench.After(patch);
        Assert.Equal(after, patched.Text);
        if (isJson) JsonDocument.Parse(patched.Text).Dispose();
        var read = patched.Estate.SecurityGroups.Single(g => g.Name == "Web");
        Assert.NotEmpty(read.RulesOf(Direction.Egress));
        Assert.Empty(Open(read));
    }

    private static IEnumerable<CodeChange> Open(SecurityGroup group) =>
        group.RulesOf(Direction.Egress).Where(r => r.Peer is CidrPeer { Cidr.PrefixLength: 0 }).Select(r => new CodeChange(group, r.Key, CodeChangeKind.Remove));
}
