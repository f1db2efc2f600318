using Sallyport.CloudFormation;
using Sallyport.Estates.Files;

namespace Sallyport.Tests.CloudFormation;

/// <summary>What is a template and what only looks like one, and what is said about broken ones.</summary>
public sealed class RecognitionTests
{
    [Theory]
    [InlineData("AWSTemplateFormatVersion: '2010-09-09'\nResources: {}")]
    [InlineData("# net\n---\nAWSTemplateFormatVersion: 2010-09-09\n")]
    [InlineData("\"AWSTemplateFormatVersion\": '2010-09-09'\n")]
    [InlineData("Transform: AWS::Serverless-2016-10-31\nResources: {}")]
    [InlineData("Transform:\n  - AWS::LanguageExtensions\n")]
    [InlineData("Resources:\n  Web:\n    Type: AWS::EC2::SecurityGroup\n")]
    [InlineData("Resources:\r\n  Web:\r\n    Type: 'Custom::Thing'\r\n")]
    [InlineData("Resources:\n  Web: {Type: AWS::EC2::SecurityGroup, Properties: {}}\n")]
    [InlineData("Resources: {Web: {Properties: {}, \"Type\": 'AWS::EC2::SecurityGroup'}}\n")]
    [InlineData("""{"AWSTemplateFormatVersion": "2010-09-09"}""")]
    [InlineData("""{"Description": "x", "Resources": {"Web": {"Type": "AWS::EC2::SecurityGroup"}}}""")]
    [InlineData("""{"TemplateBody": {"Resources": {"Web": {"Type": "AWS::EC2::SecurityGroup"}}}}""")]
    public void A_template_is_recognised(string text) => Assert.True(Recognises(text));

    [Theory]
    [InlineData("apiVersion: v1\nkind: Pod\nspec:\n  Resources:\n    Type: AWS::EC2::SecurityGroup\n")]
    [InlineData("version: 1\ngroups: {web: {sg: web}}\nconnections: {}\n")]
    [InlineData("Resources:\n  - one\n")]
    [InlineData("resource \"aws_security_group\" \"web\" {}")]
    [InlineData("""{"SecurityGroups": []}""")]
    [InlineData("""{"Resources": [{"ResourceType": "x"}]}""")]
    [InlineData("""[{"Resources": {"Web": {"Type": "AWS::EC2::SecurityGroup"}}}]""")]
    [InlineData("")]
    public void Anything_else_is_not(string text) => Assert.False(Recognises(text));

    [Theory]
    [InlineData("AWSTemplateForma", 1, 17)]
    [InlineData("Parameters:\n  Env:\n    Type: Str", 3, 14)]
    [InlineData("# net\nDescription: x\nResources:\n  Web:\n", 4, 7)]
    [InlineData("Mappings:\r\n  größe: {}\r\n", 2, 12)]
    public void A_template_that_is_cut_off_before_its_first_resource_is_placed_where_it_ends(string text, int line, int column)
    {
        var said = Assert.Single(TemplateRead.Of(text).Said);
        Assert.Equal(("SPD2004", line, column), (said.Code, said.At!.Line, said.At.Column));
        Assert.Contains("the beginning of a CloudFormation template", said.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_template_at_all_has_no_such_place() => Assert.Equal(0, Assert.Single(TemplateRead.Of("hello: world\n").Said).At!.Line);

    [Theory]
    [InlineData("""{"version": "36.0.0", "artifacts": {}}""")]
    [InlineData("""{"version": "tree-0.1", "tree": {}}""")]
    [InlineData("""{"version": "36.0.0", "files": {}, "dockerImages": {}}""")]
    [InlineData("""{"version": "36.0.0"}""")]
    [InlineData("""{"/Shop": [], "/Shop/Vpc": []}""")]
    public void Files_of_the_CDK_are_passed_over_within_a_folder_only(string text)
    {
        Assert.Equal(["SPD2283"], TemplateRead.Of(text, name: "manifest.json", inFolder: true).Codes);
        Assert.Equal(["SPD2004"], TemplateRead.Of(text, name: "manifest.json").Codes);
    }

    [Theory]
    [InlineData("AWSTemplateFormatVersion: '2010-09-09'\n    Description: shifted\nResources: {}", "SPD1001", 2, 5)]
    [InlineData("AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  Web:\n    Type: AWS::EC2::SecurityGroup\n  Web:\n    Type: AWS::EC2::VPC", "SPD1005", 5, 3)]
    [InlineData("AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  Web: !Invented x", "SPD1008", 3, 8)]
    [InlineData("AWSTemplateFormatVersion: '2010-09-09'\nResources: [a]", "SPD2272", 2, 12)]
    [InlineData("AWSTemplateFormatVersion: '2010-09-09'\nParameters: {A: b}\nResources: {}", "SPD2272", 2, 14)]
    [InlineData("AWSTemplateFormatVersion: '2010-09-09'\nOutputs: {}", "SPD2271", 1, 1)]
    [InlineData("AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  Web: {Properties: {}}", "SPD2273", 3, 3)]
    [InlineData("{\n  \"AWSTemplateFormatVersion\": \"2010-09-09\",\n  \"Resources\": {\"Web\": {\"Type\": }}\n}", "SPD2005", 3, 33)]
    [InlineData("{\n  \"AWSTemplateFormatVersion\": \"2010-09-09\",\n  \"Resources\": {\n", "SPD2006", 4, 1)]
    [InlineData("{\"AWSTemplateFormatVersion\": \"x\", \"Resources\": {\"A\": {\"Type\": \"AWS::X\"},\n \"A\": {\"Type\": \"AWS::X\"}}}", "SPD1005", 2, 2)]
    [InlineData("{\"AWSTemplateFormatVersion\": \"x\", \"Resources\": {\"A\": 1}}", "SPD2273", 1, 49)]
    [InlineData("{\"AWSTemplateFormatVersion\": \"x\", \"Resources\": {}} {}", "SPD2005", 1, 52)]
    public void A_broken_template_is_an_error_with_its_place(string text, string code, int line, int column)
    {
        var said = TemplateRead.Of(text, name: "t.template").Said;
        Assert.Contains(said, d => d.Code == code && d.At?.Line == line && d.At.Column == column);
    }

    [Fact]
    public void Both_forms_read_alike_with_places_of_their_own()
    {
        var yaml = TemplateRead.Of("Resources:\n  Web:\n    Type: AWS::EC2::SecurityGroup\n    Properties:\n      SecurityGroupEgress:\n        - {IpProtocol: tcp, FromPort: 1, ToPort: 1, CidrIp: !Sub '10.0.0.0/8'}");
        var json = TemplateRead.Of("{\"Resources\": {\n\"Web\": {\"Type\": \"AWS::EC2::SecurityGroup\", \"Properties\": {\"SecurityGroupEgress\": [\n {\"IpProtocol\": \"tcp\", \"FromPort\": 1, \"ToPort\": 1.0, \"CidrIp\": {\"Fn::Sub\": \"10.0.0.0\\/8\"}}]}}}}", name: "web.json");
        Assert.Equal(yaml.RulesOf("Web"), json.RulesOf("Web"));
        Assert.Equal((6, 3), (yaml.Estate.SecurityGroups[0].Rules[0].Line, json.Estate.SecurityGroups[0].Rules[0].Line));
        Assert.Equal("web.json:2:1", json.Estate.SecurityGroups[0].At?.ToString());
    }

    [Fact]
    public void Merge_keys_and_aliases_are_read_in_templates()
    {
        var read = TemplateRead.Of("""
            Resources:
              Web:
                Type: AWS::EC2::SecurityGroup
                Properties:
                  SecurityGroupEgress:
                    - &web {IpProtocol: tcp, FromPort: 1, ToPort: 1, CidrIp: 10.0.0.0/8}
                    - {<<: *web, CidrIp: 11.0.0.0/8}
                    - {<<: [{FromPort: 2, ToPort: 2}, *web]}
            """);
        Assert.Equal(["egress tcp/1 10.0.0.0/8", "egress tcp/1 11.0.0.0/8", "egress tcp/2 10.0.0.0/8"], read.RulesOf("Web"));
    }

    [Fact]
    public void The_answer_of_get_template_is_read() =>
        Assert.Single(TemplateRead.Of("""{"TemplateBody": {"Resources": {"Web": {"Type": "AWS::EC2::SecurityGroup"}}}, "StagesAvailable": ["Original"]}""").Estate.SecurityGroups);

    private static bool Recognises(string text) =>
        new CloudFormationFormat().Recognises(new EstateFileHead(new EstateFile("x"), System.Text.Encoding.UTF8.GetBytes(text)));
}
