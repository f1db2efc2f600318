using System.Text.Json;

namespace Sallyport.Cli.Tests;

/// <summary><c>drift CODE SOURCE</c> and <c>fix --to terraform</c> on files, with the patches applied by git itself.</summary>
public sealed class DriftFromCodeTests
{
    private const string Main = """
        resource "aws_security_group" "web" {
          name   = "web"
          vpc_id = "vpc-0123456789abcdef0"

          ingress {
            from_port   = 443
            to_port     = 443
            protocol    = "tcp"
            cidr_blocks = ["10.0.0.0/8", "192.168.0.0/16"]
          }
        }

        resource "aws_security_group" "db" {
          name   = "db"
          vpc_id = "vpc-0123456789abcdef0"
        }

        resource "aws_vpc_security_group_ingress_rule" "old" {
          security_group_id = aws_security_group.db.id
          cidr_ipv4         = "10.9.0.0/16"
          ip_protocol       = "tcp"
          from_port         = 5432
          to_port           = 5432
        }
        """;

    private const string Template = """
        Resources:
          Web:
            Type: AWS::EC2::SecurityGroup
            Properties:
              GroupDescription: web
              GroupName: web
              VpcId: vpc-0123456789abcdef0
              SecurityGroupIngress:
                - IpProtocol: tcp
                  FromPort: 443
                  ToPort: 443
                  CidrIp: 10.0.0.0/8
          Db:
            Type: AWS::EC2::SecurityGroup
            Properties:
              GroupDescription: db
              GroupName: db
              VpcId: vpc-0123456789abcdef0
        """;

    private const string Live = """
        {"SecurityGroups":[
         {"GroupId":"sg-0aaaaaaaaaaaaaaa1","GroupName":"web","OwnerId":"111122223333","VpcId":"vpc-0123456789abcdef0","Description":"x",
          "IpPermissions":[{"IpProtocol":"tcp","FromPort":443,"ToPort":443,"IpRanges":[{"CidrIp":"10.0.0.0/8"}]},
           {"IpProtocol":"tcp","FromPort":22,"ToPort":22,"IpRanges":[{"CidrIp":"0.0.0.0/0","Description":"temp ${x}"}]}],
          "IpPermissionsEgress":[{"IpProtocol":"tcp","FromPort":5432,"ToPort":5432,"UserIdGroupPairs":[{"GroupId":"sg-0aaaaaaaaaaaaaaa2","UserId":"111122223333"}]}]},
         {"GroupId":"sg-0aaaaaaaaaaaaaaa2","GroupName":"db","OwnerId":"111122223333","VpcId":"vpc-0123456789abcdef0","Description":"x",
          "IpPermissions":[{"IpProtocol":"tcp","FromPort":5432,"ToPort":5432,"UserIdGroupPairs":[{"GroupId":"sg-0aaaaaaaaaaaaaaa1","UserId":"111122223333"}]}],
          "IpPermissionsEgress":[{"IpProtocol":"-1","IpRanges":[{"CidrIp":"0.0.0.0/0"}]}]}]}
        """;

    [Theory]
    [InlineData("infra/main.tf", Main, "git apply p.diff")]
    [InlineData("infra/main.tf", Main, "patch -s -p1 < p.diff")]
    [InlineData("infra/net.yaml", Template, "git apply p.diff")]
    [InlineData("infra dir/net work.yaml", Template, "git apply p.diff")]
    public async Task An_applied_patch_leaves_no_drift(string name, string text, string apply)
    {
        using var folder = new CodeFolder();
        var code = Path.GetDirectoryName(folder.Write(name, text))!;
        var live = folder.Write("live.json", Live);
        var before = await folder.Sallyport("drift", code, live);
        Assert.Equal(ExitCode.Different, before.Code);
        Assert.Contains("undeclared \"temp ${x}\"", before.Out, StringComparison.Ordinal);

        var patch = await folder.Sallyport("drift", code, live, "-o", $"patch={Path.Combine(folder.Path, "p.diff")}");
        Assert.Equal(ExitCode.Different, patch.Code);
        Assert.DoesNotContain("SPD7202", patch.Error, StringComparison.Ordinal);
        var (exit, said) = await folder.ShellAsync($"git init -q . && git add -A && git apply --check p.diff && {apply}");
        Assert.True(exit == 0, said + folder.Read("p.diff"));

        var after = await folder.Sallyport("drift", code, live);
        Assert.True(after.Code == ExitCode.Done, after.Out + folder.Read(name));
        Assert.Equal("No drift in 2 groups\n", after.Out);
    }

    [Fact]
    public async Task The_plan_is_an_ordinary_one()
    {
        using var folder = new CodeFolder();
        var code = Path.GetDirectoryName(folder.Write("infra/main.tf", Main))!;
        var run = await folder.Sallyport("drift", code, folder.Write("live.json", Live), "--region", "eu-west-1", "-o", "plan");
        Assert.Equal(ExitCode.Different, run.Code);
        using var plan = JsonDocument.Parse(run.Out);
        Assert.Equal((2, 4), (plan.RootElement.GetProperty("summary").GetProperty("add").GetInt32(), plan.RootElement.GetProperty("summary").GetProperty("remove").GetInt32()));
    }

    [Fact]
    public async Task What_cannot_be_compared_is_no_clean_result()
    {
        using var folder = new CodeFolder();
        var code = Path.GetDirectoryName(folder.Write("infra/main.tf", "resource \"aws_security_group\" \"web\" {\n  name_prefix = \"web-\"\n}\n"))!;
        var live = folder.Write("live.json", Live);
        var run = await folder.Sallyport("drift", code, live);
        Assert.Equal(ExitCode.Incomplete, run.Code);
        Assert.Contains("main.tf:1", run.Out, StringComparison.Ordinal);
        Assert.Contains("SPD7204", run.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, (await folder.Sallyport("drift", code, live, "--allow-partial")).Code);
    }

    [Fact]
    public async Task A_connections_file_takes_no_patch_and_code_needs_a_group()
    {
        using var folder = new CodeFolder();
        var live = folder.Write("live.json", Live);
        var run = await folder.Sallyport("drift", folder.Write("connections.yaml", "version: 1\ngroups: {}\nconnections: []\n"), live, "-o", "patch");
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains("SPD7201", run.Error, StringComparison.Ordinal);
        Assert.Contains("SPD7205", (await folder.Sallyport("drift", Path.GetDirectoryName(folder.Write("empty/x.tf", "locals {\n  a = 1\n}\n"))!, live)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drift_from_code_is_a_finding_of_an_audit_with_code()
    {
        using var folder = new CodeFolder();
        var code = Path.GetDirectoryName(folder.Write("infra/main.tf", Main))!;
        var run = await folder.Sallyport("audit", folder.Write("live.json", Live), "--code", code, "--rule", "SP-DRF-01", "-o", "json");
        using var report = JsonDocument.Parse(run.Out);
        Assert.Equal(2, report.RootElement.GetProperty("findings").GetArrayLength());
    }

    [Fact]
    public async Task Fix_changes_the_files_that_declare_the_groups()
    {
        using var folder = new CodeFolder();
        folder.Write("infra/main.tf", "resource \"aws_security_group\" \"bad\" {\n  name = \"bad\"\n\n  egress {\n    from_port   = 0\n    to_port     = 0\n    protocol    = \"-1\"\n    cidr_blocks = [\"0.0.0.0/0\"]\n  }\n}\n");
        var run = await folder.Sallyport("fix", Path.Combine(folder.Path, "infra"), "--rule", "SP-EGR-01", "--to", "terraform", "--out", Path.Combine(folder.Path, "fix.diff"));
        Assert.Equal(ExitCode.Different, run.Code);
        var (exit, said) = await folder.ShellAsync("git init -q . && git apply fix.diff");
        Assert.True(exit == 0, said + folder.Read("fix.diff"));
        Assert.Equal("resource \"aws_security_group\" \"bad\" {\n  name = \"bad\"\n\n  egress = []\n}\n", folder.Read("infra/main.tf"));
    }

    [Theory]
    [InlineData("package.json", "{\"name\":\"x\",\"version\":\"1.0.0\"}", ExitCode.Done)]
    [InlineData("sallyport.sarif", "{\"version\":\"2.1.0\",\"runs\":[]}", ExitCode.Done)]
    [InlineData("broken.tf", "resource {", ExitCode.BadInput)]
    public async Task Beside_code_other_JSON_is_passed_over_and_broken_code_is_not(string name, string text, ExitCode expected)
    {
        using var folder = new CodeFolder();
        folder.Write("infra/main.tf", Main);
        folder.Write($"infra/{name}", text);
        Assert.Equal(expected, (await folder.Sallyport("audit", Path.Combine(folder.Path, "infra"), "--fail-on", "none")).Code);
    }

    [Theory]
    [InlineData("infra/main.tf", "resource \"aws_security_group\" \"bad\" {\n  name = \"bad\"\n  egress {\n    from_port   = 0\n    to_port     = 0\n    protocol    = \"-1\"\n    cidr_blocks = [\"0.0.0.0/0\"]\n  }\n}\n", 3)]
    [InlineData("infra/net.yaml", "Resources:\n  Bad:\n    Type: AWS::EC2::SecurityGroup\n    Properties:\n      GroupDescription: x\n      SecurityGroupEgress:\n        - IpProtocol: '-1'\n          CidrIp: 0.0.0.0/0\n", 7)]
    public async Task Sarif_names_a_relative_file_and_a_line(string name, string text, int line)
    {
        using var folder = new CodeFolder();
        folder.Write(name, text);
        var (exit, said) = await folder.ShellAsync("sallyport audit infra --rule SP-EGR-01 -o sarif=out.sarif");
        Assert.True(exit == 1, said);
        using var sarif = JsonDocument.Parse(folder.Read("out.sarif"));
        var place = sarif.RootElement.GetProperty("runs")[0].GetProperty("results")[0].GetProperty("locations")[0].GetProperty("physicalLocation");
        Assert.Equal(name, place.GetProperty("artifactLocation").GetProperty("uri").GetString());
        Assert.Equal(line, place.GetProperty("region").GetProperty("startLine").GetInt32());
    }
}
