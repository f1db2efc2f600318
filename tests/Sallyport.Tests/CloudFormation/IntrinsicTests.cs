using Sallyport.Estates;

namespace Sallyport.Tests.CloudFormation;

/// <summary>Every function that a template may be written with, seen through the rule it makes.</summary>
public sealed class IntrinsicTests
{
    private const string Sections = """
        Parameters:
          Office: {Type: String, Default: 203.0.113.0/24}
          Blocks: {Type: CommaDelimitedList, Default: '10.1.0.0/16, 10.2.0.0/16'}
          Ports: {Type: List<Number>, Default: '80,443'}
          Missing: {Type: String}
          MissingList: {Type: CommaDelimitedList}
          Stored: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /office/cidr}
          Secret: {Type: String, NoEcho: true, Default: 192.0.2.77/32}
        Mappings:
          Sites:
            eu-west-1: {office: 198.51.100.0/24, list: [10.5.0.0/16, 10.6.0.0/16], same: 10.8.0.0/16}
            us-east-1: {office: 198.51.101.0/24, list: [10.7.0.0/16], same: 10.8.0.0/16}
        Conditions:
          Yes: !Equals [a, a]
          No: !Not [!Condition Yes]
          Both: !And [!Condition Yes, !Not [!Condition No]]
          Either: !Or [!Condition No, !Equals [!Ref Office, 203.0.113.0/24]]
        """;

    [Theory]
    [InlineData("10.0.0.0/8", "10.0.0.0/8")]
    [InlineData("!Ref Office", "203.0.113.0/24")]
    [InlineData("{Ref: Office}", "203.0.113.0/24")]
    [InlineData("!Sub '${Office}'", "203.0.113.0/24")]
    [InlineData("!Sub ['${A}.0.0.0/${B}', {A: 10, B: 8}]", "10.0.0.0/8")]
    [InlineData("!Sub 10.0.0.0/8", "10.0.0.0/8")]
    [InlineData("!Sub [10.0.0.0/8]", "10.0.0.0/8")]
    [InlineData("{'Fn::Sub': '${Office}'}", "203.0.113.0/24")]
    [InlineData("!Join ['', [10.0., 0.0/8]]", "10.0.0.0/8")]
    [InlineData("!Join [/, [!Select [0, !Split [/, !Ref Office]], '25']]", "203.0.113.0/25")]
    [InlineData("!Select [1, !Ref Blocks]", "10.2.0.0/16")]
    [InlineData("!Select ['0', [10.3.0.0/16]]", "10.3.0.0/16")]
    [InlineData("!FindInMap [Sites, eu-west-1, office]", "198.51.100.0/24")]
    [InlineData("!FindInMap [Sites, !Ref 'AWS::Region', office]", "198.51.100.0/24")]
    [InlineData("!Select [1, !FindInMap [Sites, eu-west-1, list]]", "10.6.0.0/16")]
    [InlineData("!FindInMap [Sites, nowhere, office, {DefaultValue: 10.9.0.0/16}]", "10.9.0.0/16")]
    [InlineData("!FindInMap [Sites, !Ref Missing, same]", "10.8.0.0/16")]
    [InlineData("!If [Yes, 10.0.0.0/8, 11.0.0.0/8]", "10.0.0.0/8")]
    [InlineData("!If [No, 10.0.0.0/8, 11.0.0.0/8]", "11.0.0.0/8")]
    [InlineData("!If [Both, 10.0.0.0/8, 11.0.0.0/8]", "10.0.0.0/8")]
    [InlineData("!If [Either, 10.0.0.0/8, 11.0.0.0/8]", "10.0.0.0/8")]
    [InlineData("!GetAtt Vpc.CidrBlock", "10.0.0.0/16")]
    [InlineData("!GetAtt [Vpc, CidrBlock]", "10.0.0.0/16")]
    [InlineData("{'Fn::GetAtt': [Vpc, CidrBlock]}", "10.0.0.0/16")]
    [InlineData("{'Fn::GetAtt': Vpc.CidrBlock}", "10.0.0.0/16")]
    [InlineData("!Sub '${Vpc.CidrBlock}'", "10.0.0.0/16")]
    [InlineData("!Select [3, !Cidr [10.0.0.0/16, 4, 8]]", "10.0.3.0/24")]
    [InlineData("!Select [1, !Cidr [!GetAtt Vpc.CidrBlock, 2, 12]]", "10.0.16.0/20")]
    public void A_value_is_worked_out(string written, string expected)
    {
        var read = TemplateRead.Group($"      SecurityGroupIngress: [{{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: {written}}}]", Sections, scope: new Scope("111122223333", "eu-west-1"));
        Assert.Equal([$"tcp/22 {expected}"], read.Ingress);
        Assert.Empty(read.Rules);
    }

    [Theory]
    [InlineData("!Ref Missing", "the parameter Missing has no value")]
    [InlineData("!Sub '${Missing}/32'", "the parameter Missing has no value")]
    [InlineData("!Select [0, !Ref MissingList]", "the parameter MissingList has no value")]
    [InlineData("!Select [2, !Ref Blocks]", "item 2 of a list of 2")]
    [InlineData("!Ref Stored", "in the Parameter Store")]
    [InlineData("!Ref Secret", "hidden (NoEcho)")]
    [InlineData("!Ref Nothing", "declares no Nothing")]
    [InlineData("!ImportValue office-cidr", "another stack")]
    [InlineData("!FindInMap [Sites, eu-west-1, nothing]", "has no eu-west-1, nothing")]
    [InlineData("!FindInMap [Sites, !Ref Missing, office]", "the parameter Missing has no value")]
    [InlineData("'{{resolve:ssm:/office}}'", "resolved when the stack is deployed")]
    [InlineData("{'Fn::Transform': {Name: Macro}}", "a macro makes it")]
    [InlineData("{'Fn::Invented': 1}", "Fn::Invented is not worked out")]
    [InlineData("!GetAtt Nothing.CidrBlock", "declares no Nothing")]
    [InlineData("!Cidr [10.0.0.0/30, 9, 1]", "Fn::Cidr is not written")]
    [InlineData("!Base64 abc", "\"YWJj\" is not a CIDR block")]
    public void What_cannot_be_worked_out_is_a_gap_that_says_why(string written, string why)
    {
        var read = TemplateRead.Group($"      SecurityGroupIngress: [{{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: {written}}}]", Sections);
        Assert.Empty(read.Ingress);
        var gap = Assert.Single(read.Rules);
        Assert.Equal("Web", gap.Where);
        Assert.Contains(why, gap.Why + string.Join(' ', read.Said), StringComparison.Ordinal);
        Assert.DoesNotContain("192.0.2.77", gap.Why + string.Join(' ', read.Said), StringComparison.Ordinal);
    }

    [Fact]
    public void A_parameter_is_given_on_the_command_line()
    {
        var read = TemplateRead.Group("      SecurityGroupIngress: [{IpProtocol: tcp, FromPort: !Select [1, !Ref Ports], ToPort: !Select [1, !Ref Ports], CidrIp: !Ref Missing}]", Sections, "Missing=10.4.0.0/16;Ports=1, 2");
        Assert.Equal(["tcp/2 10.4.0.0/16"], read.Ingress);
    }

    [Fact]
    public void A_value_that_is_not_allowed_is_said()
    {
        const string sections = "Parameters:\n  Env: {Type: String, AllowedValues: [dev, prod]}";
        Assert.Contains("SPD2284", TemplateRead.Group("", sections, "Env=test").Codes);
        Assert.DoesNotContain("SPD2284", TemplateRead.Group("", sections, "Env=dev").Codes);
    }

    [Fact]
    public void Pseudo_parameters_come_from_the_scope()
    {
        var read = TemplateRead.Group("      GroupName: !Sub '${AWS::AccountId}-${AWS::Region}-${AWS::Partition}-${AWS::URLSuffix}'", scope: new Scope("111122223333", "cn-north-1"));
        Assert.Equal("111122223333-cn-north-1-aws-cn-amazonaws.com.cn", read.Estate.SecurityGroups.Single(g => g.Id.Value == "Web").Name);
        var open = TemplateRead.Group("      GroupName: !Sub '${AWS::Region}-web'");
        Assert.Equal("Web", open.Estate.SecurityGroups.Single(g => g.Id.Value == "Web").Name);
    }

    [Fact]
    public void NoValue_takes_a_rule_or_a_property_away()
    {
        var read = TemplateRead.Group("""
                  SecurityGroupIngress:
                    - !Ref AWS::NoValue
                    - {IpProtocol: tcp, FromPort: 1, ToPort: 1, CidrIp: 10.0.0.0/8, CidrIpv6: !Ref AWS::NoValue}
            """);
        Assert.Equal(["tcp/1 10.0.0.0/8"], read.Ingress);
    }

    [Fact]
    public void Literals_in_a_substitution_stay()
    {
        var read = TemplateRead.Group("      GroupName: !Sub '${!Office}-${Office}-$x-${'", Sections);
        Assert.Equal("${Office}-203.0.113.0/24-$x-${", read.Estate.SecurityGroups.Single(g => g.Id.Value == "Web").Name);
    }

    [Fact]
    public void Loops_are_written_out()
    {
        var read = TemplateRead.Of("""
            AWSTemplateFormatVersion: '2010-09-09'
            Transform: AWS::LanguageExtensions
            Parameters:
              Names: {Type: CommaDelimitedList, Default: 'Web,Api'}
            Resources:
              Fn::ForEach::Groups:
                - Name
                - !Ref Names
                - 'Group${Name}':
                    Type: AWS::EC2::SecurityGroup
                    Properties:
                      GroupDescription: !Sub 'for ${Name}'
                      VpcId: vpc-0123456789abcdef0
                      SecurityGroupEgress: [{IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 10.0.0.0/8}]
                  Fn::ForEach::Rules:
                    - Block
                    - [10.1.0.0/16, 10.2.0.0/16]
                    - 'Rule${Name}&{Block}':
                        Type: AWS::EC2::SecurityGroupIngress
                        Properties: {GroupId: !Ref 'Group${Name}', IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: !Ref Block}
            """);
        Assert.Empty(read.Said);
        Assert.Equal(["ingress tcp/22 10.1.0.0/16", "ingress tcp/22 10.2.0.0/16", "egress tcp/443 10.0.0.0/8"], read.RulesOf("GroupWeb"));
        Assert.Equal(read.RulesOf("GroupWeb"), read.RulesOf("GroupApi"));
    }

    [Fact]
    public void A_loop_over_something_unknown_is_a_gap()
    {
        var read = TemplateRead.Of("""
            Transform: [AWS::LanguageExtensions]
            Parameters:
              Names: {Type: CommaDelimitedList}
            Resources:
              Fn::ForEach::Groups:
                - Name
                - !Ref Names
                - 'Group${Name}': {Type: AWS::EC2::SecurityGroup}
            """);
        Assert.Equal(["SPD2281"], read.Codes);
        Assert.Contains(read.Estate.Gaps, g => g.What == GapKind.SecurityGroups && g.Why.Contains("the parameter Names has no value", StringComparison.Ordinal));
    }
}
