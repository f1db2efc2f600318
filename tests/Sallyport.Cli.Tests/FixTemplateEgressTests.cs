using Sallyport.Tests.Templates;

namespace Sallyport.Cli.Tests;

/// <summary><c>fix TEMPLATE --rule SP-EGR-01 --to cloudformation</c> as a user runs it: apply the patch, check, audit, fix again.</summary>
public sealed class FixTemplateEgressTests
{
    private const string OpenJson = """
        {
        	"AWSTemplateFormatVersion":"2010-09-09",
        	"Description":"Allow outbound access",
        	"Resources":{
        		"CustomSecurityGroup" : {
        			"Type" : "AWS::EC2::SecurityGroup",
        			"Properties" : {
        				"GroupDescription" : "HTTPS-based access security group",
        				"GroupName" : "https-only-security-group",
        				"VpcId" : "vpc-0123456789abcdef0",
        				"SecurityGroupIngress" : [{
        					"IpProtocol" : "tcp",
        					"FromPort" : 443,
        					"ToPort" : 443,
        					"CidrIp" : "10.0.15.0/24"
        				}]EGRESS
        			}
        		}
        	}
        }
        """;

    private const string OpenYaml = """
        AWSTemplateFormatVersion: '2010-09-09'
        Description: Allow outbound access
        Resources:
          CustomSecurityGroup:
            Type: AWS::EC2::SecurityGroup
            Properties:
              GroupDescription: HTTPS-based access security group
              VpcId: vpc-0123456789abcdef0
              SecurityGroupIngress:
                - IpProtocol: tcp
                  FromPort: 443
                  ToPort: 443
                  CidrIp: 10.0.15.0/24
        EGRESS
        """;

    private const string TwoGroups = """
        Resources:
          Web:
            Type: AWS::EC2::SecurityGroup
            Properties:
              GroupDescription: web
              GroupName: web
              VpcId: vpc-0123456789abcdef0
              SecurityGroupEgress:  # for now
                - IpProtocol: "-1"
                  CidrIp: 0.0.0.0/0
          Db:
            Type: AWS::EC2::SecurityGroup
            Properties:
              GroupDescription: db
              GroupName: db
              VpcId: vpc-0123456789abcdef0
              SecurityGroupIngress:
                - IpProtocol: tcp
                  FromPort: 5432
                  ToPort: 5432
                  SourceSecurityGroupId: !Ref Web

        """;

    private static readonly (string Name, string Text)[] Open =
    [
        ("t0.json", OpenJson.Replace("EGRESS", "", StringComparison.Ordinal)),
        ("t1.json", OpenJson.Replace("EGRESS", ",\n\t\t\t\t\"SecurityGroupEgress\" : [{\n\t\t\t\t\t\"IpProtocol\" : \"-1\",\n\t\t\t\t\t\"CidrIp\" : \"0.0.0.0/0\"\n\t\t\t\t}]", StringComparison.Ordinal)),
        ("t2.json", OpenJson.Replace("EGRESS", ", \"SecurityGroupEgress\" : [{ \"IpProtocol\" : \"-1\", \"CidrIp\" : \"0.0.0.0/0\" }, { \"IpProtocol\" : \"-1\", \"CidrIpv6\" : \"::/0\" }]", StringComparison.Ordinal)),
        ("t3.yaml", OpenYaml.Replace("EGRESS", "", StringComparison.Ordinal)),
        ("t4.yaml", OpenYaml.Replace("EGRESS", "      # everything\n      SecurityGroupEgress:\n        - IpProtocol: \"-1\" # kept\n          CidrIp: 0.0.0.0/0\n        - Description: v6\n          IpProtocol: \"-1\"\n          CidrIpv6: ::/0\n", StringComparison.Ordinal)),
        ("t5.yaml", OpenYaml.Replace("EGRESS", "      SecurityGroupEgress: [{IpProtocol: tcp, FromPort: 0, ToPort: 65535, CidrIp: 0.0.0.0/0}] # kept\n", StringComparison.Ordinal)),
        ("t6.yaml", OpenYaml.Replace("EGRESS", "  Out:\n    Type: AWS::EC2::SecurityGroupEgress\n    Properties:\n      GroupId: !Ref CustomSecurityGroup\n      IpProtocol: \"-1\"\n      CidrIp: 0.0.0.0/0\n", StringComparison.Ordinal)),
    ];

    [Fact]
    public async Task Open_egress_of_a_template_is_gone_after_the_patch()
    {
        using var folder = new CodeFolder();
        foreach (var (name, text) in Open)
        {
            folder.Write(name, text);
            await PatchAsync(folder, name);
            var after = folder.Read(name);
            Assert.Contains("127.0.0.1/32", after, StringComparison.Ordinal);
            Assert.Equal(text.Split("# kept").Length, after.Split("# kept").Length);
        }

        Assert.SkipUnless(ChildProcess.OnPath("cfn-lint"), "cfn-lint is not here.");
        var (exit, said) = await folder.ShellAsync("cfn-lint t*.json t*.yaml");
        Assert.True(exit == 0, said);
    }

    [Fact]
    public async Task What_the_other_side_admits_takes_the_place_of_the_open_rule()
    {
        using var folder = new CodeFolder();
        folder.Write("t.yaml", TwoGroups);
        await PatchAsync(folder, "t.yaml");
        var after = folder.Read("t.yaml");
        Assert.Contains("      GroupId: !GetAtt Web.GroupId\n      IpProtocol: \"tcp\"\n      FromPort: 5432\n      ToPort: 5432\n      DestinationSecurityGroupId: !GetAtt Db.GroupId\n      Description: \"admitted by db\"\n", after, StringComparison.Ordinal);
        Assert.Contains("      GroupName: web\n      VpcId: vpc-0123456789abcdef0\n  Db:\n", after, StringComparison.Ordinal);
    }

    private static async Task PatchAsync(CodeFolder folder, string name)
    {
        var (exit, said) = await folder.ShellAsync($"git init -q .; rc=0; sallyport fix {name} --rule SP-EGR-01 --to cloudformation --out p.diff || rc=$?; test $rc = 1; git apply p.diff; sallyport fix {name} --rule SP-EGR-01 --to cloudformation > again.diff");
        Assert.True(exit == 0, said);
        Assert.Equal("# There is nothing to fix.\n", folder.Read("again.diff"));
        var run = await folder.Sallyport("audit", Path.Combine(folder.Path, name), "--rule", "SP-EGR-01", "-o", "json");
        Assert.DoesNotContain("\"SP-EGR-01\"", run.Out[..Math.Max(0, run.Out.IndexOf("\"unknown\"", StringComparison.Ordinal))], StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, run.Code);
    }
}
