using Sallyport.Auditing;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Tests.CloudFormation;
using Sallyport.Tests.Terraform;
using Sallyport.Tests.Terraform.Plans;

namespace Sallyport.Tests.Auditing;

/// <summary>What code says of names, descriptions and tags without telling them, from the file to the verdict.</summary>
public sealed class HiddenInCodeTests
{
    private static readonly string[] Naming = ["SP-NAM-01", "SP-NAM-02", "SP-NAM-03", "SP-NAM-04", "SP-NAM-05"];

    [Theory]
    [InlineData("name = var.x, description = var.x, tags = var.x, text = var.x")]
    [InlineData("name = \"a-${var.x}\", description = \"d ${var.x}\", tags = merge({owner = \"net\"}, var.x), text = \"t ${var.x}\"")]
    [InlineData("name = var.x, description = var.x, tags = {owner = \"net\", app = \"shop\", env = var.x}, text = var.x")]
    public void Code_of_Terraform(string arguments)
    {
        var parts = arguments.Split(", text = ");
        var report = Judge(CodeFolders.Read($$"""
            variable "x" {}
            resource "aws_security_group" "web" {
              {{parts[0].Replace(", description", "\n  description", StringComparison.Ordinal).Replace(", tags", "\n  tags", StringComparison.Ordinal)}}
              vpc_id = "vpc-0000000a"
              ingress {
                from_port   = 443
                to_port     = 443
                protocol    = "tcp"
                cidr_blocks = ["10.0.0.0/8"]
                description = {{parts[1]}}
              }
            }
            """).Estate);
        IsUnknown(report, "x");
    }

    [Fact]
    public void Default_tags_of_a_provider_may_be_any()
    {
        const string group = "resource \"aws_security_group\" \"web\" {\n  name = \"web\"\n  description = \"front\"\n  tags = {app = \"shop\"}\n}\n";
        string Gap(string tags) => Assert.Single(Judge(CodeFolders.Read($"variable \"x\" {{}}\nprovider \"aws\" {{\n  default_tags {{\n    tags = {tags}\n  }}\n}}\n{group}").Estate).Unknown, u => u.Rule == "SP-NAM-05").Gap;
        Assert.Contains("not all tags are known", Gap("var.x"), StringComparison.Ordinal);
        Assert.Contains("the tag env is not known", Gap("{owner = \"net\", env = var.x}"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_resource_of_Terraform()
    {
        var estate = CodeFolders.Read("""
            variable "x" {}
            resource "aws_security_group" "web" {
              name        = "web"
              description = "front"
            }
            resource "aws_vpc_security_group_ingress_rule" "a" {
              security_group_id = aws_security_group.web.id
              cidr_ipv4         = "10.0.0.0/8"
              ip_protocol       = "-1"
              description       = var.x
              tags              = {until = var.x}
            }
            """).Estate;
        var rule = Assert.Single(Assert.Single(estate.SecurityGroups).Rules);
        Assert.NotNull(rule.UnknownDescription);
        Assert.NotNull(rule.Tags!.DoubtOf("until"));
        Assert.Null(rule.Tags.DoubtOf("other"));
        Assert.Contains(Audit.Of(estate).Unknown, u => u.Rule == "SP-SPR-05");
    }

    [Theory]
    [InlineData("true")]
    [InlineData("""{"name":true,"description":true,"tags":true,"ingress":[{"description":true}]}""")]
    [InlineData("""{"name":true,"description":true,"tags":{"owner":true},"ingress":[{"description":true}]}""")]
    public void What_a_plan_or_state_marks(string marks)
    {
        const string values = """{"id":"sg-0000000a","vpc_id":"vpc-0000000a","name":"n","description":"d","tags":{"owner":"net","app":"a","env":"e"},"tags_all":{"owner":"net","app":"a","env":"e"},"egress":[],"ingress":[{"cidr_blocks":["10.0.0.0/8"],"description":"r","from_port":22,"to_port":22,"protocol":"tcp","self":false}]}""";
        var state = $$$"""{"format_version":"1.0","terraform_version":"1.11.4","values":{"root_module":{"resources":[{"address":"aws_security_group.a","mode":"managed","type":"aws_security_group","name":"a","values":{{{values}}},"sensitive_values":{{{marks}}} }]} } }""";
        IsUnknown(Judge(PlanText.Read(state)), "sensitive", isWhole: marks != "true");
        var plan = PlanText.Plan(PlanText.Change("aws_security_group.a", """["update"]""", values, values).Replace("\"after_sensitive\":{}", $"\"after_sensitive\":{marks}", StringComparison.Ordinal));
        IsUnknown(Judge(PlanText.Read(plan)), "sensitive", isWhole: marks != "true");
    }

    [Theory]
    [InlineData(""","description":true,"tags":true,"tags_all":true""", """{"references":["var.t"]}""")]
    [InlineData(""","description":true,"tags":{"owner":true},"tags_all":true""", """{"references":["random_id.r.hex"]}""")]
    public void What_a_plan_knows_after_apply(string unknown, string tags)
    {
        var change = PlanText.Change("aws_security_group.a", """["create"]""", "null", """{"vpc_id":"vpc-0000000a","tags":{},"ingress":[],"egress":[]}""", $$"""{"id":true,"arn":true,"owner_id":true,"name":true{{unknown}} }""");
        var configuration = $$"""{"resources":[{"address":"aws_security_group.a","mode":"managed","type":"aws_security_group","name":"a","provider_config_key":"aws","expressions":{"name":{"references":["random_id.r.hex","random_id.r"]},"description":{"references":["random_id.r.hex","random_id.r"]},"tags":{{tags}} } }]}""";
        var report = Judge(PlanText.Read(PlanText.Plan(change, configuration)));
        Assert.Empty(report.Findings);
        Assert.Equal(["SP-NAM-01", "SP-NAM-02", "SP-NAM-03", "SP-NAM-05"], report.Unknown.Select(u => u.Rule).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_name_that_nobody_gives_is_no_secret()
    {
        var change = PlanText.Change("aws_security_group.a", """["create"]""", "null", """{"vpc_id":"vpc-0000000a","description":"d","tags":null}""", """{"id":true,"arn":true,"owner_id":true,"name":true,"name_prefix":true,"tags_all":true,"ingress":true,"egress":true}""");
        var group = Assert.Single(PlanText.Read(PlanText.Plan(change, """{"resources":[{"address":"aws_security_group.a","mode":"managed","type":"aws_security_group","name":"a","expressions":{"description":{"constant_value":"d"}}}]}""")).SecurityGroups);
        Assert.Null(group.UnknownName);
        Assert.True(group.Tags.IsEmpty);
    }

    [Fact]
    public void A_stand_in_for_a_name_is_held_against_no_convention()
    {
        var template = TemplateRead.Of("Resources:\n  Web:\n    Type: AWS::EC2::SecurityGroup\n    Properties: {GroupDescription: front, VpcId: vpc-0000000a}\n").Estate;
        var code = CodeFolders.Read("resource \"aws_security_group\" \"web\" {\n  name_prefix = \"web-\"\n}").Estate;
        Assert.All(new[] { template, code }, estate =>
        {
            var report = Judge(estate);
            Assert.DoesNotContain(report.Findings, f => f.Rule == "SP-NAM-02");
            Assert.Contains("gets one when it is made", Assert.Single(report.Unknown, u => u.Rule == "SP-NAM-02").Gap, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Code_that_names_no_VPC_means_the_default_one()
    {
        var code = CodeFolders.Read("resource \"aws_security_group\" \"web\" {\n  name = \"web\"\n}").Estate;
        Assert.Contains("the default VPC", Assert.Single(Judge(code, "SP-NAM-07").Findings, f => f.Rule == "SP-NAM-07").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_group_elsewhere_is_called_and_tagged_is_not_known()
    {
        var report = Judge(TemplateRead.Of("""
            Resources:
              In:
                Type: AWS::EC2::SecurityGroupIngress
                Properties: {GroupId: !ImportValue shared, IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 10.0.0.0/8, Description: shell}
            """).Estate, "SP-NAM-07");
        Assert.Empty(report.Findings);
        Assert.Equal(["SP-NAM-01", "SP-NAM-02", "SP-NAM-03", "SP-NAM-05", "SP-NAM-07"], report.Unknown.Select(u => u.Rule).Distinct().Order(StringComparer.Ordinal).Where(r => r != "SP-NAM-04"));
    }

    [Fact]
    public void A_group_called_default_in_the_code_is_not_the_default_group()
    {
        var estate = CodeFolders.Read("variable \"x\" {}\nresource \"aws_security_group\" \"default\" {\n  name = var.x\n}\nresource \"aws_default_security_group\" \"d\" {}").Estate;
        Assert.Equal(["aws_default_security_group.d"], estate.SecurityGroups.Where(g => g.IsDefault).Select(g => g.Id.Value));
    }

    [Theory]
    [InlineData("X: {Type: String, NoEcho: true, Default: SECRET}", "!Ref X")]
    [InlineData("X: {Type: String}", "!Ref X")]
    [InlineData("X: {Type: String}", "!Sub '${X}'")]
    [InlineData("X: {Type: 'AWS::SSM::Parameter::Value<String>'}", "!Ref X")]
    [InlineData("X: {Type: String}", "!ImportValue net-name")]
    [InlineData("X: {Type: String}\nConditions: {C: !Equals [!Ref X, a]}", "!If [C, one, two]")]
    public void Templates(string parameter, string value)
    {
        var read = TemplateRead.Of($$"""
            Parameters:
              {{parameter}}
            Resources:
              Vpc:
                Type: AWS::EC2::VPC
                Properties: {CidrBlock: 10.0.0.0/16}
              Web:
                Type: AWS::EC2::SecurityGroup
                Properties:
                  GroupName: {{value}}
                  GroupDescription: {{value}}
                  VpcId: !Ref Vpc
                  Tags: [{Key: owner, Value: {{value}}}, {Key: app, Value: shop}, {Key: env, Value: prod}, {Key: Name, Value: {{value}}}]
                  SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 10.0.0.0/8, Description: {{value}}}]
                  SecurityGroupEgress: [{IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 10.0.0.0/8, Description: mirrors}]
            """);
        Assert.DoesNotContain(read.Said, d => d.Severity == Severity.Error);
        var report = Judge(read.Estate, "SP-NAM-06");
        IsUnknown(report, string.Empty, also: "SP-NAM-06");
        Assert.DoesNotContain("SECRET", string.Join('\n', report.Unknown.Select(u => u.Gap)) + read.Estate.SecurityGroups[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Tags_of_a_template_that_a_condition_decides()
    {
        var tags = TemplateRead.Group(
            "      Tags: !If [C, [{Key: a, Value: x}, {Key: b, Value: x}, {Key: c, Value: x}], [{Key: a, Value: x}, {Key: b, Value: y}]]",
            "Parameters:\n  X: {Type: String}\nConditions: {C: !Equals [!Ref X, a]}").Estate.SecurityGroups.Single(g => g.Id.Value == "Web").Tags;
        Assert.Equal("a=x", tags.ToString());
        Assert.Equal(["b", "c"], tags.Unknown.Select(u => u.Key));
    }

    private static AuditReport Judge(Estate estate, params string[] also) => Audit.Of(estate, AuditOptions.Default with { Rules = [.. Naming, .. also], Parameters = Convention() });

    // A convention that no stand-in follows, so that every one would be a finding.
    private static Sallyport.Auditing.Parameters.ParameterValues Convention() => EstateText.Options("set name.regex ^sg-[a-z]+-prod$").Parameters;

    private static void IsUnknown(AuditReport report, string why, string? also = null, bool isWhole = true)
    {
        Assert.Empty(report.Findings);
        var wanted = (also is null ? Naming : [.. Naming, also]).Where(r => isWhole || r != "SP-NAM-04");
        Assert.Equal(wanted, report.Unknown.Select(u => u.Rule).Distinct().Order(StringComparer.Ordinal).Where(r => isWhole || r != "SP-NAM-04"));
        Assert.All(report.Unknown, u => Assert.Contains(why, u.Gap, StringComparison.Ordinal));
    }
}
