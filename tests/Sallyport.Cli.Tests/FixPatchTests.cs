namespace Sallyport.Cli.Tests;

/// <summary><c>fix CODE --to LANGUAGE</c> answers with a patch of the code, also where there is nothing to patch.</summary>
public sealed class FixPatchTests
{
    private const string OpenSsh = """
        resource "aws_security_group" "web" {
          name = "web"

          ingress {
            from_port   = 22
            to_port     = 22
            protocol    = "tcp"
            cidr_blocks = ["0.0.0.0/0"]
          }
        }

        """;

    private const string OpenEgress = """
        resource "aws_security_group" "bad" {
          name = "bad"

          egress {
            from_port   = 0
            to_port     = 0
            protocol    = "-1"
            cidr_blocks = ["0.0.0.0/0"]
          }
        }

        """;

    private const string Web = """
        resource "aws_security_group" "web" {
          name   = "web"
          vpc_id = var.vpc_id

          ingress {
            from_port   = 443
            to_port     = 443
            protocol    = "tcp"
            cidr_blocks = ["10.0.15.0/24"]
          }

          egress {
            from_port   = 0
            to_port     = 0
            protocol    = "-1"
            cidr_blocks = ["0.0.0.0/0"]
          }
        }

        """;

    private const string Template = """
        Resources:
          Db:
            Type: AWS::EC2::SecurityGroup
            Properties:
              GroupDescription: db
              VpcId: vpc-0123456789abcdef0
              SecurityGroupEgress:
                - IpProtocol: "-1"
                  CidrIp: 0.0.0.0/0

        """;

    [Theory]
    [InlineData("terraform")]
    [InlineData("cloudformation")]
    public async Task Questions_alone_are_a_patch_of_comments(string language)
    {
        using var folder = new CodeFolder();
        folder.Write("net/main.tf", OpenSsh);
        var (exit, said) = await folder.ShellAsync($"rc=0; sallyport fix net --rule SP-ING-06 --to {language} --out p.diff 2> said.txt || rc=$?; test $rc = 1; git init -q .; git apply --allow-empty p.diff; git status --short net");
        Assert.True(exit == 0, said);
        Assert.Equal(
            "# No rule is changed: what is left is for people to decide.\n"
            + "# net/main.tf:4: SP-ING-06: Who needs ingress tcp/22 from 0.0.0.0/0 on aws_security_group.web (web)? Nothing that was given says what is meant.\n",
            folder.Read("p.diff"));
        Assert.Contains("SPD6213", folder.Read("said.txt"), StringComparison.Ordinal);
        Assert.Equal(OpenSsh.ReplaceLineEndings("\n"), folder.Read("net/main.tf"));
    }

    [Fact]
    public async Task What_takes_the_place_of_an_open_rule_reads_as_people_write_it()
    {
        const string Rule = "\nresource \"aws_vpc_security_group_ingress_rule\" \"db\" {\n  security_group_id            = aws_security_group.db.id\n  referenced_security_group_id = aws_security_group.web.id\n  ip_protocol                  = \"tcp\"\n  from_port                    = 5432\n  to_port                      = 5432\n}\n";
        using var folder = new CodeFolder();
        folder.Write("main.tf", Web + Group("db", "web", "var.vpc_id") + Group("far", "web", "var.other") + Rule);
        var run = await folder.Sallyport("fix", Path.Combine(folder.Path, "main.tf"), "--rule", "SP-EGR-01", "--to", "terraform");
        Assert.Contains(
            """
               }
             
               egress {
            -    from_port   = 0
            -    to_port     = 0
            -    protocol    = "-1"
            -    cidr_blocks = ["0.0.0.0/0"]
            +    description     = "admitted by web"
            +    from_port       = 5432
            +    to_port         = 5432
            +    protocol        = "tcp"
            +    security_groups = [aws_security_group.db.id]
               }
             }

            """.ReplaceLineEndings("\n"),
            run.Out,
            StringComparison.Ordinal);
        Assert.Contains("? Does web (aws_security_group.web) need anything on the internet?", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("web-", run.Out + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_open_rule_stays_where_what_takes_its_place_cannot_be_written()
    {
        var code = Web + Group("db", "db", "var.vpc_id").Replace("\n}\n", "\n\n  ingress {\n    from_port       = 5432\n    to_port         = 5432\n    protocol        = \"tcp\"\n    security_groups = [aws_security_group.web.id]\n  }\n}\n", StringComparison.Ordinal);
        using var folder = new CodeFolder();
        folder.Write("main.tf", code);
        var run = await folder.Sallyport("fix", Path.Combine(folder.Path, "main.tf"), "--rule", "SP-EGR-01", "--to", "terraform");
        Assert.Equal(
            "# main.tf:1: Add \"egress tcp/5432 to aws_security_group.db\" to aws_security_group.web: the other group's own block names this group, and each would need the other first.\n"
            + "# main.tf:12: Remove \"egress any to 0.0.0.0/0\" from aws_security_group.web: what takes its place cannot be written here.\n",
            run.Out);
    }

    [Fact]
    public async Task A_fix_in_another_language_is_named_with_its_file()
    {
        using var folder = new CodeFolder();
        folder.Write("net/t.yaml", Template);
        var run = await folder.Sallyport("fix", Path.Combine(folder.Path, "net/t.yaml"), "--rule", "SP-EGR-01", "--to", "terraform");
        Assert.Equal(ExitCode.Different, run.Code);
        Assert.Equal("# net/t.yaml:2: 1 change(s) of Db are in another language: --to cloudformation writes them.\n# No file of this language is changed.\n", run.Out);
    }

    [Fact]
    public async Task Nothing_to_fix_is_an_empty_patch_and_done()
    {
        using var folder = new CodeFolder();
        folder.Write("net/main.tf", "resource \"aws_security_group\" \"web\" {\n  name = \"web\"\n}\n");
        var run = await folder.Sallyport("fix", Path.Combine(folder.Path, "net"), "--rule", "SP-EGR-01", "--to", "terraform");
        Assert.Equal((ExitCode.Done, "# There is nothing to fix.\n"), (run.Code, run.Out));
    }

    [Fact]
    public async Task Beside_a_change_the_other_language_is_a_comment()
    {
        using var folder = new CodeFolder();
        folder.Write("net/main.tf", OpenEgress);
        folder.Write("net/t.yaml", Template);
        var (exit, said) = await folder.ShellAsync("rc=0; sallyport fix net --rule SP-EGR-01 --to terraform --out p.diff || rc=$?; test $rc = 1; git init -q .; git apply p.diff");
        Assert.True(exit == 0, said);
        Assert.StartsWith("# net/t.yaml:2: 1 change(s) of ", folder.Read("p.diff"), StringComparison.Ordinal);
        Assert.Contains("egress = []", folder.Read("net/main.tf"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Beside_what_nobody_declares_code_of_another_language_is_left_out_and_said()
    {
        using var folder = new CodeFolder();
        folder.Write("t.yaml", Template);
        folder.Write("live.json", """
            {"SecurityGroups":[{"GroupId":"sg-0aaaaaaaaaaaaaaa1","GroupName":"old","OwnerId":"111122223333","VpcId":"vpc-0123456789abcdef0","Description":"x",
             "IpPermissions":[],"IpPermissionsEgress":[{"IpProtocol":"-1","IpRanges":[{"CidrIp":"0.0.0.0/0"}]}]}]}
            """);
        var run = await folder.Sallyport("fix", Path.Combine(folder.Path, "t.yaml"), Path.Combine(folder.Path, "live.json"), "--region", "eu-west-1", "--rule", "SP-EGR-01", "--to", "terraform");
        Assert.Equal(ExitCode.Different, run.Code);
        Assert.Contains("# aws ec2 revoke-security-group-egress", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("t.yaml", run.Out, StringComparison.Ordinal);
        Assert.Contains("SPD6215", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Comments_name_files_as_the_patch_does_and_never_by_where_they_lie()
    {
        using var code = new CodeFolder();
        using var elsewhere = new CodeFolder();
        code.Write("a/net.tf", OpenEgress + "resource \"aws_security_group\" \"many\" {\n  count = 2\n  name  = \"many-${count.index}\"\n  egress {\n    from_port = 0\n    to_port = 0\n    protocol = \"-1\"\n    cidr_blocks = [\"0.0.0.0/0\"]\n  }\n}\n");
        code.Write("b/t.yaml", Template);
        foreach (var from in new[] { code, elsewhere })
        {
            var run = await from.Sallyport("fix", Path.Combine(code.Path, "a"), Path.Combine(code.Path, "b/t.yaml"), "--rule", "SP-EGR-01", "--to", "cloudformation");
            Assert.Contains("# a/net.tf:", run.Out, StringComparison.Ordinal);
            Assert.Contains(" of a#aws_security_group.bad ", run.Out, StringComparison.Ordinal);
            Assert.DoesNotContain(code.Path, run.Out, StringComparison.Ordinal);
        }

        var moved = await elsewhere.Sallyport("fix", Path.Combine(code.Path, "a"), "--rule", "SP-EGR-01", "--to", "terraform");
        Assert.Contains("--- a/net.tf\n", moved.Out, StringComparison.Ordinal);
        Assert.Contains($"SPD6214: The paths in the patch start at {Path.Combine(code.Path, "a")}: apply it there.", moved.Error, StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(code.Path, "p.diff"), moved.Out);
        var (exit, said) = await code.ShellAsync("cd a && git init -q . && git apply ../p.diff");
        Assert.True(exit == 0, said);
    }

    [Fact]
    public async Task Sarif_names_files_of_an_absolute_source_from_the_working_directory()
    {
        using var folder = new CodeFolder();
        using var elsewhere = new CodeFolder();
        var source = Path.GetDirectoryName(folder.Write("net dir/main.tf", OpenSsh))!;
        string[] audit = ["audit", source, "--rule", "SP-ING-06", "-o"];
        Assert.Contains("\"uri\": \"net%20dir/main.tf\"", (await folder.Sallyport([.. audit, "sarif"])).Out, StringComparison.Ordinal);
        Assert.Contains($"\"uri\": \"file://{folder.Path}/net%20dir/main.tf\"", (await elsewhere.Sallyport([.. audit, "sarif"])).Out, StringComparison.Ordinal);
        Assert.Contains("file=net dir/main.tf,line=4", (await folder.Sallyport([.. audit, "github"])).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_connection_is_one_row_of_a_comment()
    {
        using var folder = new CodeFolder();
        const string Groups = "resource \"aws_security_group\" \"web\" {\n  name = \"web\"\n}\nresource \"aws_security_group\" \"db\" {\n  name = \"db\"\n}\n";
        const string Rules = """
            resource "aws_vpc_security_group_egress_rule" "web" {
              security_group_id            = aws_security_group.web.id
              referenced_security_group_id = aws_security_group.db.id
              ip_protocol                  = "tcp"
              from_port                    = 3306
              to_port                      = 3306
            }
            resource "aws_vpc_security_group_ingress_rule" "db" {
              security_group_id            = aws_security_group.db.id
              referenced_security_group_id = aws_security_group.web.id
              ip_protocol                  = "tcp"
              from_port                    = 3306
              to_port                      = 3306
            }

            """;
        folder.Write("old/main.tf", Groups);
        folder.Write("new/main.tf", Groups + Rules);
        var run = await folder.Sallyport("diff", Path.Combine(folder.Path, "old"), Path.Combine(folder.Path, "new"), "-o", "markdown");
        var row = Assert.Single(run.Out.Split('\n'), l => l.StartsWith("| ", StringComparison.Ordinal) && l.Contains("tcp/3306", StringComparison.Ordinal));
        Assert.Contains("egress tcp/3306 to", row, StringComparison.Ordinal);
        Assert.Contains("<br>", row, StringComparison.Ordinal);
        Assert.Contains("ingress tcp/3306 from", row, StringComparison.Ordinal);
    }

    private static string Group(string label, string name, string vpc) => $"\nresource \"aws_security_group\" \"{label}\" {{\n  name   = \"{name}\"\n  vpc_id = {vpc}\n}}\n";
}
