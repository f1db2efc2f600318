using Sallyport.Drift;
using Sallyport.Estates;
using Sallyport.Planning;
using Sallyport.Tests.Patching;

namespace Sallyport.Tests.Drift;

public sealed class CodeDriftDetectorTests
{
    private const string Web = """
        resource "aws_security_group" "web" {
          name   = "web"
          vpc_id = "vpc-0123456789abcdef0"
          tags   = { Name = "the web" }
          ingress {
            from_port   = 443
            to_port     = 443
            protocol    = "tcp"
            cidr_blocks = ["10.0.0.0/8"]
            description = "https"
          }
        }

        """;

    [Fact]
    public void Equal_rules_are_no_drift() => Assert.Equal("No drift in 1 groups\n", Text(Detect(Web, "sg-0000000a web\ningress tcp/443 10.0.0.0/8 https")));

    [Fact]
    public void Missing_undeclared_and_text_are_told_with_their_places() => Assert.Equal(
        """
        sg-0000000a aws_security_group.web 111122223333/eu-west-1
          - ingress tcp/22 from 0.0.0.0/0   undeclared "temp"
          ~ ingress tcp/443 from 10.0.0.0/8   "other" is declared "https"
        sg-0000000b aws_security_group.db 111122223333/eu-west-1
          + ingress tcp/5432 from sg-0000000a   missing, declared at main.tf:16
        Drift: 1 missing, 1 undeclared, 1 with other text, in 2 groups
        Other text changes no traffic: the description differs, or the connections that the rule is tagged with

        """.ReplaceLineEndings("\n"),
        Text(Detect(
            Web + """
                resource "aws_security_group" "db" {
                  name = "db"
                }
                resource "aws_vpc_security_group_ingress_rule" "db" {
                  security_group_id            = aws_security_group.db.id
                  referenced_security_group_id = aws_security_group.web.id
                  ip_protocol                  = "tcp"
                  from_port                    = 5432
                  to_port                      = 5432
                }
                """,
            """
            sg-0000000a web
            ingress tcp/443 10.0.0.0/8 other
            ingress tcp/22 0.0.0.0/0 temp
            sg-0000000b db
            """)));

    [Theory]
    [InlineData("sg-0000000a other\ningress tcp/443 10.0.0.0/8 https\nsg-0000000b web Name=x\ningress tcp/443 10.0.0.0/8 https", "sg-0000000b")]
    [InlineData("sg-0000000a other\ningress tcp/443 10.0.0.0/8 https\nsg-0000000b another Name=the\ningress tcp/443 10.0.0.0/8 https", null)]
    public void A_group_is_found_by_its_name(string live, string? expected)
    {
        var drift = Detect(Web, live);
        Assert.Equal(expected, drift.Matches.Live.Values.Select(g => g.Id.Value).SingleOrDefault());
        Assert.Equal(expected is null ? ["aws_security_group.web"] : [], drift.Report.AbsentGroups.Select(g => g.Value));
    }

    [Fact]
    public void Of_two_groups_with_the_name_none_is_taken()
    {
        var drift = Detect(Web, "sg-0000000a web\nsg-0000000b web");
        Assert.False(drift.Report.HasDrift);
        Assert.Equal("aws_security_group.web may be any of 2 groups with the name web: sg-0000000a, sg-0000000b.", Assert.Single(drift.Report.Doubts).Why);
    }

    [Fact]
    public void A_group_without_a_known_name_is_found_by_its_tag_or_not_at_all()
    {
        var code = Web.Replace("name   = \"web\"", "name_prefix = \"web-\"", StringComparison.Ordinal);
        var live = LiveEstate.Of("sg-0000000a web-2026\ningress tcp/443 10.0.0.0/8 https");
        Assert.Contains("neither an id nor a name", Assert.Single(CodeDriftDetector.Detect(CodeBench.Read("main.tf", code), live).Report.Doubts).Why, StringComparison.Ordinal);
        var tagged = new EstateBuilder();
        foreach (var group in live.SecurityGroups) tagged.Add(group with { Tags = Tags.None.With("Name", "the web") });
        Assert.Equal("No drift in 1 groups\n", Text(CodeDriftDetector.Detect(CodeBench.Read("main.tf", code), tagged.Build())));
    }

    [Fact]
    public void A_far_end_that_only_a_run_tells_is_a_doubt_while_a_live_rule_may_be_it()
    {
        const string Code = """
            variable "alb" { type = string }
            resource "aws_security_group" "web" {
              name = "web"
            }
            resource "aws_vpc_security_group_ingress_rule" "alb" {
              security_group_id            = aws_security_group.web.id
              referenced_security_group_id = var.alb
              ip_protocol                  = "tcp"
              from_port                    = 80
              to_port                      = 80
            }
            """;
        var possible = Detect(Code, "sg-0000000a web\ningress tcp/80 sg-0000000c\ningress tcp/80 10.0.0.0/8");
        var doubt = Assert.Single(possible.Report.Doubts);
        Assert.Equal("sg-0000000c", Assert.Single(doubt.Live).Peer.ToString());
        Assert.Equal("10.0.0.0/8", Assert.Single(possible.Report.Entries).Rule.Peer.ToString());

        var impossible = Detect(Code, "sg-0000000a web\ningress tcp/81 sg-0000000c");
        Assert.Empty(impossible.Report.Doubts);
        Assert.Equal([DriftKind.Missing, DriftKind.Undeclared], impossible.Report.Entries.Select(e => e.Kind));
    }

    [Fact]
    public void What_the_code_leaves_open_hides_undeclared_rules_and_not_missing_ones()
    {
        const string Code = """
            variable "ports" { type = list(number) }
            resource "aws_security_group" "web" {
              name = "web"
              ingress {
                from_port   = 443
                to_port     = 443
                protocol    = "tcp"
                cidr_blocks = ["10.0.0.0/8"]
              }
              dynamic "ingress" {
                for_each = var.ports
                content {
                  from_port   = ingress.value
                  to_port     = ingress.value
                  protocol    = "tcp"
                  cidr_blocks = ["10.0.0.0/8"]
                }
              }
            }
            """;
        var drift = Detect(Code, "sg-0000000a web\ningress tcp/8080 10.0.0.0/8");
        Assert.Equal(DriftKind.Missing, Assert.Single(drift.Report.Entries).Kind);
        Assert.Equal("tcp/8080", Assert.Single(Assert.Single(drift.Report.Doubts).Live).Service.ToString());
    }

    [Fact]
    public void The_plan_backs_the_drift_out_and_leaves_what_is_in_doubt()
    {
        var live = LiveEstate.Of("sg-0000000a web\ningress tcp/22 0.0.0.0/0 temp");
        var drift = CodeDriftDetector.Detect(CodeBench.Read("main.tf", Web), live);
        var plan = new Planner().Plan(live, drift.Desired).Value!;
        Assert.Equal((1, 1), (plan.Summary.Add, plan.Summary.Remove));
        Assert.All(plan.Steps, s => Assert.True(s.Tags.IsEmpty));
        Assert.False(CodeDriftDetector.Detect(CodeBench.Read("main.tf", Web), PlannedEstate.After(live, plan)).Report.HasDrift);
    }

    private static CodeDrift Detect(string code, string live) => CodeDriftDetector.Detect(CodeBench.Read("main.tf", code), LiveEstate.Of(live));

    private static string Text(CodeDrift drift)
    {
        var output = new StringWriter();
        DriftWriter.WriteText(drift.Report, output);
        return output.ToString();
    }
}
