using Sallyport.Estates;

namespace Sallyport.Tests.CloudFormation;

/// <summary>Templates that are put together from several files.</summary>
public sealed class NestedStackTests
{
    private const string Root = """
        AWSTemplateFormatVersion: '2010-09-09'
        Parameters: {Env: {Type: String, Default: prod}}
        Conditions: {Prod: !Equals [!Ref Env, prod]}
        Resources:
          Net:
            Type: AWS::CloudFormation::Stack
            Condition: Prod
            Properties:
              TemplateURL: parts/net.yaml
              Parameters: {Block: 10.7.0.0/16, Blocks: !Join [',', [10.8.0.0/16, 10.9.0.0/16]], Env: !Ref Env}
          Web:
            Type: AWS::EC2::SecurityGroup
            Properties:
              GroupDescription: web
              VpcId: !GetAtt Net.Outputs.VpcId
              SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 80, ToPort: 80, SourceSecurityGroupId: !GetAtt Net.Outputs.AlbGroup}]
          ToAlb:
            Type: AWS::EC2::SecurityGroupEgress
            Properties: {GroupId: !GetAtt Net.Outputs.AlbGroup, IpProtocol: tcp, FromPort: 80, ToPort: 80, DestinationSecurityGroupId: !Ref Web}
        """;

    private const string Net = """
        Parameters: {Block: {Type: String}, Blocks: {Type: CommaDelimitedList}, Env: {Type: String}}
        Conditions: {Dev: !Equals [!Ref Env, dev]}
        Resources:
          Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: !Ref Block}}
          Alb:
            Type: AWS::EC2::SecurityGroup
            Properties:
              GroupDescription: alb
              VpcId: !Ref Vpc
              SecurityGroupIngress:
                - {IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: !Select [1, !Ref Blocks]}
                - !If [Dev, {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}, !Ref 'AWS::NoValue']
        Outputs:
          VpcId: {Value: !Ref Vpc}
          AlbGroup: {Value: !GetAtt Alb.GroupId}
        """;

    [Fact]
    public void A_template_beside_is_read_with_what_it_is_passed()
    {
        var read = TemplateRead.Of(Root, beside: new() { ["parts/net.yaml"] = Net });
        Assert.Equal(["ingress tcp/443 10.9.0.0/16", "egress tcp/80 Web"], read.RulesOf("Net.Alb"));
        Assert.Equal("Net.Vpc", read.Estate.SecurityGroups.Single(g => g.Id.Value == "Web").Vpc?.Value);
        Assert.Equal(["tcp/80 Net.Alb"], read.Ingress);
        Assert.Equal("parts/net.yaml:5:3", read.Estate.SecurityGroups.Single(g => g.Id.Value == "Net.Alb").At?.ToString());
        Assert.Equal("10.7.0.0/16", read.Estate.Vpcs.Single().Cidrs.Single().ToString());
        Assert.Empty(read.Rules);
    }

    [Fact]
    public void What_is_open_outside_is_open_inside()
    {
        var read = TemplateRead.Of(Root.Replace(", Default: prod", string.Empty, StringComparison.Ordinal), beside: new() { ["parts/net.yaml"] = Net });
        Assert.Equal(["ingress tcp/443 10.9.0.0/16", "egress tcp/80 Web"], read.RulesOf("Net.Alb"));
        Assert.Contains("SPD2279", read.Codes);
        Assert.DoesNotContain(read.Rules, g => g.Where == "Net.Alb");
    }

    [Fact]
    public void A_stack_whose_condition_fails_is_not_there()
    {
        var read = TemplateRead.Of(Root, "Env=dev", beside: new() { ["parts/net.yaml"] = Net });
        Assert.Equal(["Web"], read.Estate.SecurityGroups.Select(g => g.Id.Value));
        Assert.Empty(read.Estate.Vpcs);
    }

    [Theory]
    [InlineData("https://s3.amazonaws.com/bucket/net.yaml", "not a file beside this one")]
    [InlineData("s3://bucket/net.yaml", "not a file beside this one")]
    [InlineData("parts/none.yaml", "there is no file")]
    [InlineData("!Sub 'https://${Bucket}/net.yaml'", "only when it is deployed")]
    public void A_template_that_cannot_be_had_is_a_gap(string url, string why)
    {
        var read = TemplateRead.Of(Root.Replace("parts/net.yaml", url, StringComparison.Ordinal).Replace("Parameters: {Env", "Parameters: {Bucket: {Type: String}, Env", StringComparison.Ordinal), beside: []);
        Assert.Equal(["SPD2275", "SPD2277"], read.Codes.Order(StringComparer.Ordinal));
        Assert.Contains(read.Estate.Gaps, g => g.What == GapKind.SecurityGroups && g.Where == "Net" && g.Why.StartsWith("The nested stack was not read (web.yaml:", StringComparison.Ordinal) && g.Why.Contains(why, StringComparison.Ordinal));
        Assert.Equal(["tcp/80 Net.Outputs.AlbGroup"], read.Ingress);
        Assert.Equal(["egress tcp/80 Web"], read.RulesOf("Net.Outputs.AlbGroup"));
    }

    [Fact]
    public void A_nested_template_that_is_broken_is_an_error_at_its_own_place()
    {
        var read = TemplateRead.Of(Root, beside: new() { ["parts/net.yaml"] = "Resources: [" });
        Assert.Contains(read.Said, d => d.Code == "SPD1001" && d.At?.File == "parts/net.yaml");
    }

    [Fact]
    public void An_include_among_the_resources_is_said_and_leaves_a_gap()
    {
        var read = TemplateRead.Of("AWSTemplateFormatVersion: '2010-09-09'\nResources: {'Fn::Transform': {Name: 'AWS::Include', Parameters: {Location: 's3://b/k'}}, T: {Type: 'AWS::SNS::Topic'}}");
        Assert.Equal(["SPD2276"], read.Codes);
        Assert.Contains(read.Estate.Gaps, g => g.What == GapKind.SecurityGroups && g.Why.Contains("AWS::Include", StringComparison.Ordinal));
    }

    [Fact]
    public void Macros_are_said_and_leave_a_gap()
    {
        var read = TemplateRead.Of("Transform: [AWS::LanguageExtensions, Company::Macro]\nResources: {T: {Type: 'AWS::SNS::Topic'}}");
        Assert.Equal(["SPD2276"], read.Codes);
        Assert.Contains(read.Estate.Gaps, g => g.What == GapKind.SecurityGroups && g.Why.Contains("Company::Macro", StringComparison.Ordinal));
    }
}
