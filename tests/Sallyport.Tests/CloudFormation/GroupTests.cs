using Sallyport.Estates;

namespace Sallyport.Tests.CloudFormation;

/// <summary>Groups, their rules in both forms, and what AWS adds by itself.</summary>
public sealed class GroupTests
{
    private const string Pair = """
        Resources:
          Web:
            Type: AWS::EC2::SecurityGroup
            Properties: {GroupDescription: web, VpcId: vpc-0123456789abcdef0}
          Db:
            Type: AWS::EC2::SecurityGroup
            Properties: {GroupDescription: db, GroupName: database, VpcId: vpc-0123456789abcdef0}
        """;

    [Fact]
    public void A_group_tells_its_name_place_and_tags()
    {
        var read = TemplateRead.Group("      GroupName: web-servers\n      Tags: [{Key: Name, Value: web}, {Key: env, Value: !Ref Env}]", "Parameters:\n  Env: {Type: String}");
        var group = read.Estate.SecurityGroups.Single(g => g.Id.Value == "Web");
        Assert.Equal(("web-servers", "web", "Vpc"), (group.Name, group.Description, group.Vpc?.Value));
        Assert.Equal("Name=web, env=${Env}", group.Tags.ToString());
        Assert.Equal("web.yaml:8:3", group.At?.ToString());
    }

    [Fact]
    public void A_rule_tells_its_file_and_line()
    {
        var read = TemplateRead.Group("""
                  SecurityGroupIngress:
                    - Description: people
                      IpProtocol: tcp
                      FromPort: 443
                      ToPort: 443
                      CidrIp: 0.0.0.0/0
            """);
        var rule = read.Estate.SecurityGroups.Single(g => g.Id.Value == "Web").RulesOf(Direction.Ingress).Single();
        Assert.Equal(("web.yaml", 14, "people"), (rule.File, rule.Line, rule.Description));
    }

    [Theory]
    [InlineData("IpProtocol: '-1', CidrIp: 10.0.0.0/8", "any 10.0.0.0/8")]
    [InlineData("IpProtocol: -1, CidrIp: 10.0.0.0/8", "any 10.0.0.0/8")]
    [InlineData("IpProtocol: 6, FromPort: '22', ToPort: 22, CidrIp: 10.0.0.0/8", "tcp/22 10.0.0.0/8")]
    [InlineData("IpProtocol: TCP, FromPort: 0, ToPort: 65535, CidrIpv6: '::/0'", "tcp/0-65535 ::/0")]
    [InlineData("IpProtocol: icmp, FromPort: 8, ToPort: -1, CidrIp: 10.0.0.0/8", "icmp/8/-1 10.0.0.0/8")]
    [InlineData("IpProtocol: 50, CidrIp: 10.0.0.0/8", "proto/50 10.0.0.0/8")]
    [InlineData("IpProtocol: tcp, FromPort: 443.0, ToPort: 443, CidrIp: 10.0.0.0/8", "tcp/443 10.0.0.0/8")]
    [InlineData("IpProtocol: tcp, FromPort: 1, ToPort: 2, SourcePrefixListId: pl-0123456789abcdef0", "tcp/1-2 pl-0123456789abcdef0")]
    [InlineData("IpProtocol: tcp, FromPort: 1, ToPort: 2, SourceSecurityGroupId: sg-0123456789abcdef0", "tcp/1-2 sg-0123456789abcdef0")]
    [InlineData("IpProtocol: tcp, FromPort: 1, ToPort: 2, SourceSecurityGroupId: !Ref Alb", "tcp/1-2 Parameter:Alb")]
    [InlineData("IpProtocol: tcp, FromPort: 1, ToPort: 2, SourceSecurityGroupId: !Select [1, !Ref Many]", "tcp/1-2 Parameter:Many[1]")]
    [InlineData("IpProtocol: tcp, FromPort: 1, ToPort: 2, SourceSecurityGroupId: !ImportValue net-Alb", "tcp/1-2 ImportValue:net-Alb")]
    [InlineData("IpProtocol: tcp, FromPort: 1, ToPort: 2, SourceSecurityGroupId: {'Fn::ImportValue': !Sub '${Net}-Alb'}", "tcp/1-2 ImportValue:${Net}-Alb")]
    [InlineData("IpProtocol: tcp, FromPort: 1, ToPort: 2, SourceSecurityGroupId: '{{resolve:ssm:/net/alb}}'", "tcp/1-2 resolve:ssm:/net/alb")]
    [InlineData("IpProtocol: tcp, FromPort: 1, ToPort: 2, SourceSecurityGroupId: !GetAtt Vpc.DefaultSecurityGroup", "tcp/1-2 Vpc.DefaultSecurityGroup")]
    [InlineData("IpProtocol: tcp, FromPort: 1, ToPort: 2, SourceSecurityGroupName: web-servers", "tcp/1-2 Web")]
    [InlineData("IpProtocol: tcp, FromPort: 1, ToPort: 2, SourceSecurityGroupName: others", "tcp/1-2 GroupName:others")]
    public void A_permission_is_read(string permission, string expected)
    {
        var read = TemplateRead.Group($"      GroupName: web-servers\n      SecurityGroupIngress: [{{{permission}}}]", "Parameters:\n  Alb: {Type: 'AWS::EC2::SecurityGroup::Id'}\n  Many: {Type: 'List<AWS::EC2::SecurityGroup::Id>'}\n  Net: {Type: String}");
        Assert.Equal([expected], read.Ingress);
        Assert.Empty(read.Rules);
    }

    [Theory]
    [InlineData("IpProtocol: tcp, FromPort: 70000, ToPort: 70000, CidrIp: 10.0.0.0/8", "outside 0-65535")]
    [InlineData("IpProtocol: tcp, FromPort: 90, ToPort: 80, CidrIp: 10.0.0.0/8", "upside down")]
    [InlineData("IpProtocol: tcp, FromPort: ssh, ToPort: 22, CidrIp: 10.0.0.0/8", "\"ssh\" is not a number for FromPort")]
    [InlineData("IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 10.0.0.0/33", "is not a CIDR block")]
    [InlineData("IpProtocol: tcp, FromPort: 22, ToPort: 22", "it names no peer")]
    [InlineData("IpProtocol: tpc, FromPort: 22, ToPort: 22, CidrIp: 10.0.0.0/8", "\"tpc\" is not a protocol")]
    [InlineData("FromPort: 22, ToPort: 22, CidrIp: 10.0.0.0/8", "it names no protocol")]
    [InlineData("IpProtocol: tcp, FromPort: 22, ToPort: 22, DestinationSecurityGroupId: sg-0123456789abcdef0", "it names no peer")]
    public void A_malformed_permission_is_said_and_the_rest_is_read(string permission, string problem)
    {
        var read = TemplateRead.Group($"      SecurityGroupIngress: [{{{permission}}}, {{IpProtocol: tcp, FromPort: 1, ToPort: 1, CidrIp: 10.0.0.0/8}}]");
        Assert.Equal(["tcp/1 10.0.0.0/8"], read.Ingress);
        Assert.Contains(problem, Assert.Single(read.Estate.SecurityGroups.Single(g => g.Id.Value == "Web").Malformed).Problem, StringComparison.Ordinal);
        Assert.Contains("SPD2050", read.Codes);
    }

    [Fact]
    public void Slips_are_said_once_and_read()
    {
        var read = TemplateRead.Group("      SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 1, ToPort: 1, CidrIp: 10.1.2.3/8}, {IpProtocol: tcp, FromPort: 2, ToPort: 2, CidrIp: '::/0'}, {IpProtocol: tcp, FromPort: 3, ToPort: 3, CidrIp: 10.0.0.0/8, SourceSecurityGroupId: !Ref Vpc}]");
        Assert.Equal(["tcp/1 10.0.0.0/8", "tcp/2 ::/0", "tcp/3 10.0.0.0/8", "tcp/3 Vpc"], read.Ingress);
        Assert.Equal(["SPD2051", "SPD2053"], read.Codes);
        Assert.Equal(4, read.Estate.SecurityGroups.Single(g => g.Id.Value == "Web").Rules.Count(r => r.Slip is not null));
    }

    [Fact]
    public void A_single_permission_may_stand_in_place_of_a_list() =>
        Assert.Equal(["tcp/1 10.0.0.0/8"], TemplateRead.Group("      SecurityGroupIngress: {IpProtocol: tcp, FromPort: 1, ToPort: 1, CidrIp: 10.0.0.0/8}").Ingress);

    [Theory]
    [InlineData("")]
    [InlineData(", SecurityGroupEgress: []")]
    [InlineData(", SecurityGroupEgress: [!Ref 'AWS::NoValue']")]
    [InlineData(", SecurityGroupEgress: !Ref AWS::NoValue")]
    [InlineData(", SecurityGroupEgress: ~")]
    public void A_group_without_egress_gets_the_rule_that_AWS_adds(string egress)
    {
        var read = TemplateRead.Of($"Resources:\n  Web:\n    Type: AWS::EC2::SecurityGroup\n    Properties: {{GroupDescription: web{egress}}}");
        Assert.Equal(["egress any 0.0.0.0/0"], read.RulesOf("Web"));
        Assert.Equal(["SPD2277"], read.Codes);
        Assert.Equal(2, read.Estate.SecurityGroups[0].Rules[0].Line);
    }

    [Fact]
    public void The_first_egress_rule_that_stands_apart_takes_the_place_of_that_rule()
    {
        var read = TemplateRead.Of(Pair + """

              Out:
                Type: AWS::EC2::SecurityGroupEgress
                Properties: {GroupId: !GetAtt Web.GroupId, IpProtocol: tcp, FromPort: 3306, ToPort: 3306, DestinationSecurityGroupId: !Ref Db}
              In:
                Type: AWS::EC2::SecurityGroupIngress
                Properties: {GroupName: database, IpProtocol: tcp, FromPort: 3306, ToPort: 3306, SourceSecurityGroupId: !Ref Web}
            """);
        Assert.Equal(["egress tcp/3306 Db"], read.RulesOf("Web"));
        Assert.Equal(["ingress tcp/3306 Web", "egress any 0.0.0.0/0"], read.RulesOf("Db"));
        Assert.Equal(["SPD2278", "SPD2277"], read.Codes);
    }

    [Fact]
    public void Whether_an_egress_rule_apart_exists_decides_about_that_rule()
    {
        const string rule = """

              Out:
                Type: AWS::EC2::SecurityGroupEgress
                Condition: Prod
                Properties: {GroupId: !Ref Web, IpProtocol: tcp, FromPort: 3306, ToPort: 3306, DestinationSecurityGroupId: !Ref Db}
            Parameters: {Env: {Type: String}}
            Conditions: {Prod: !Equals [!Ref Env, prod]}
            """;
        Assert.Equal(["egress tcp/3306 Db"], TemplateRead.Of(Pair + rule, "Env=prod").RulesOf("Web"));
        Assert.Equal(["egress any 0.0.0.0/0"], TemplateRead.Of(Pair + rule, "Env=dev").RulesOf("Web"));
        var open = TemplateRead.Of(Pair + rule);
        Assert.Empty(open.RulesOf("Web"));
        Assert.Equal(2, open.Rules.Count(g => g.Where == "Web"));
        Assert.Contains(open.Rules, g => g.Why.Contains("egress any to 0.0.0.0/0", StringComparison.Ordinal) && g.Why.Contains("Env is not \"prod\"", StringComparison.Ordinal));
    }

    [Fact]
    public void A_rule_for_a_group_of_another_stack_leaves_that_group_in_doubt()
    {
        var read = TemplateRead.Of("Resources:\n  In:\n    Type: AWS::EC2::SecurityGroupIngress\n    Properties: {GroupId: sg-0123456789abcdef0, IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}");
        Assert.Equal(["ingress tcp/22 0.0.0.0/0"], read.RulesOf("sg-0123456789abcdef0"));
        Assert.Contains("without declaring it", Assert.Single(read.Rules).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_whose_group_cannot_be_worked_out_is_said()
    {
        var read = TemplateRead.Of("Resources:\n  In:\n    Type: AWS::EC2::SecurityGroupIngress\n    Properties: {GroupId: !Ref Nothing, IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}");
        Assert.Equal(["SPD2280"], read.Codes);
        Assert.Equal("In", Assert.Single(read.Rules).Where);
    }

    [Fact]
    public void The_default_group_of_a_VPC_has_the_rules_AWS_makes_it_with()
    {
        const string rule = "      SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 1, ToPort: 1, SourceSecurityGroupId: !GetAtt Vpc.DefaultSecurityGroup}]";
        var read = TemplateRead.Group(rule);
        Assert.Equal(["ingress any Vpc.DefaultSecurityGroup", "egress any 0.0.0.0/0"], read.RulesOf("Vpc.DefaultSecurityGroup"));
        Assert.True(read.Estate.SecurityGroups.Single(g => g.Id.Value == "Vpc.DefaultSecurityGroup").IsDefault);
        var restricted = TemplateRead.Group(rule + "\n  Restrict:\n    Type: Custom::VpcRestrictDefaultSG\n    Properties: {DefaultSecurityGroupId: !GetAtt Vpc.DefaultSecurityGroup}");
        Assert.Empty(restricted.RulesOf("Vpc.DefaultSecurityGroup"));
    }

    [Fact]
    public void Names_of_two_templates_never_meet()
    {
        var read = TemplateRead.Of(Pair, unit: "prod/net.yaml");
        Assert.Equal(["prod/net.yaml#Db", "prod/net.yaml#Web"], read.Estate.SecurityGroups.Select(g => g.Id.Value));
    }

    [Fact]
    public void Inline_rules_that_are_not_known_at_all_are_a_gap()
    {
        var read = TemplateRead.Group("      SecurityGroupIngress: {'Fn::Transform': {Name: Rules}}");
        Assert.Empty(read.Ingress);
        Assert.Contains("a macro makes it", Assert.Single(read.Rules).Why, StringComparison.Ordinal);
    }
}
