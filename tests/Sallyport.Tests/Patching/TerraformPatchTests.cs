using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Sallyport.Drift;

namespace Sallyport.Tests.Patching;

public sealed class TerraformPatchTests
{
    private static readonly string[] Names = ["app", "db", "web"];
    private static readonly string[] Services = ["tcp/22", "tcp/8000-8080", "udp/53", "icmp/8/-1", "proto/47", "any"];
    private static readonly string[] Texts = ["", "why", "a \"quote\" and ${this}", "50% %{ off } \\"];

    [Fact]
    public void A_patched_module_says_what_is_there() => Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        var code = new CodeBench("main.tf", CodeOf(random));
        var drift = CodeDriftDetector.Detect(code.Estate, LiveEstate.Of(LiveOf(random)));
        Assert.Empty(drift.Report.Doubts);
        var patch = code.Patch(drift);
        var after = CodeDriftDetector.Detect(code.After(patch).Estate, LiveEstate.Of(LiveOf(new Random(seed), skip: true)));
        Assert.Equal(patch.Questions.Length, after.Report.Entries.Length);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_group_with_blocks_gets_a_block_beside_its_others() => Assert.Equal(
        """
        diff --git a/main.tf b/main.tf
        --- a/main.tf
        +++ b/main.tf
        @@ -6,4 +6,12 @@
             protocol    = "tcp"
             cidr_blocks = ["10.0.0.0/8"]
           }
        +
        +  ingress {
        +    description = "temp"
        +    from_port   = 22
        +    to_port     = 22
        +    protocol    = "tcp"
        +    cidr_blocks = ["0.0.0.0/0"]
        +  }
         }

        """.ReplaceLineEndings("\n"),
        DiffOf(Inline, "sg-0000000a web\ningress tcp/443 10.0.0.0/8\ningress tcp/22 0.0.0.0/0 temp"));

    [Fact]
    public void The_last_block_leaves_an_empty_list_since_Terraform_ignores_what_is_absent() => Assert.Equal(
        """
        diff --git a/main.tf b/main.tf
        --- a/main.tf
        +++ b/main.tf
        @@ -1,9 +1,4 @@
         resource "aws_security_group" "web" {
           name = "web"
        -  ingress {
        -    from_port   = 443
        -    to_port     = 443
        -    protocol    = "tcp"
        -    cidr_blocks = ["10.0.0.0/8"]
        -  }
        +  ingress = []
         }

        """.ReplaceLineEndings("\n"),
        DiffOf(Inline, "sg-0000000a web"));

    [Fact]
    public void An_empty_list_makes_room_for_a_block()
    {
        var code = new CodeBench("main.tf", "resource \"aws_security_group\" \"web\" {\n  name    = \"web\"\n  ingress = []\n}\n");
        var after = code.After(code.Patch(CodeDriftDetector.Detect(code.Estate, LiveEstate.Of("sg-0000000a web\ningress tcp/22 10.0.0.0/8"))));
        Assert.Equal("resource \"aws_security_group\" \"web\" {\n  name = \"web\"\n\n  ingress {\n    from_port   = 22\n    to_port     = 22\n    protocol    = \"tcp\"\n    cidr_blocks = [\"10.0.0.0/8\"]\n  }\n}\n", after.Text);
    }

    [Theory]
    [InlineData("\n  vpc_id = var.a\n  ingress = []\n  name = \"web\"\n}\n", "\n  vpc_id = var.a\n  name = \"web\"\n\n  BLOCK\n}\n")]
    [InlineData("\n  name = \"web\"\n\n  ingress = []\n}\n", "\n  name = \"web\"\n\n  BLOCK\n}\n")]
    [InlineData("\n  name = \"web\"\n\n  ingress {\n    from_port = 1\n    to_port = 1\n    protocol = \"tcp\"\n    cidr_blocks = [\"10.0.0.0/8\"]\n  }\n}\n", "\n  name = \"web\"\n\n  BLOCK\n}\n")]
    [InlineData("\n  name = \"web\"\n\n  ingress {\n    from_port = 1\n    to_port = 1\n    protocol = \"tcp\"\n    cidr_blocks = [\"10.0.0.0/8\"]\n  }\n\n  egress {\n    from_port = 22\n    to_port = 22\n    protocol = \"tcp\"\n    cidr_blocks = [\"10.0.0.0/8\"]\n  }\n}\n", "\n  name = \"web\"\n\n  BLOCK\n\n  egress {\n    from_port = 22\n    to_port = 22\n    protocol = \"tcp\"\n    cidr_blocks = [\"10.0.0.0/8\"]\n  }\n}\n")]
    public void A_block_stands_where_people_would_put_it(string before, string after)
    {
        foreach (var newLine in (string[])["\n", "\r\n"])
        {
            var code = new CodeBench("main.tf", ("resource \"aws_security_group\" \"web\" {" + before).ReplaceLineEndings(newLine));
            var egress = before.Contains("egress", StringComparison.Ordinal) ? "\negress tcp/22 10.0.0.0/8" : string.Empty;
            var patched = code.After(code.Patch(CodeDriftDetector.Detect(code.Estate, LiveEstate.Of("sg-0000000a web\ningress tcp/22 10.0.0.0/8" + egress))));
            const string Block = "ingress {\n    from_port   = 22\n    to_port     = 22\n    protocol    = \"tcp\"\n    cidr_blocks = [\"10.0.0.0/8\"]\n  }";
            Assert.Equal(("resource \"aws_security_group\" \"web\" {" + after.Replace("BLOCK", Block, StringComparison.Ordinal)).ReplaceLineEndings(newLine), patched.Text);
        }
    }

    [Theory]
    [InlineData("for_each = { a = 1 }", "by count or for_each")]
    [InlineData("count = 1", "by count or for_each")]
    public void A_rule_that_one_block_makes_with_others_is_left_to_people(string repetition, string why)
    {
        var code = $$"""
            resource "aws_security_group" "web" {
              name = "web"
            }
            resource "aws_vpc_security_group_ingress_rule" "x" {
              {{repetition}}
              security_group_id = aws_security_group.web.id
              ip_protocol       = "tcp"
              from_port         = 22
              to_port           = 22
              cidr_ipv4         = "10.0.0.0/8"
            }
            """;
        Assert.Equal($"# main.tf:4: Remove \"ingress tcp/22 from 10.0.0.0/8\" from aws_security_group.web: one block makes it together with others, {why}.\n", DiffOf(code, "sg-0000000a web"));
    }

    [Fact]
    public void A_dynamic_block_and_an_expression_are_left_to_people()
    {
        var dynamic = DiffOf(
            """
            resource "aws_security_group" "web" {
              name = "web"
              dynamic "ingress" {
                for_each = [22]
                content {
                  from_port   = ingress.value
                  to_port     = ingress.value
                  protocol    = "tcp"
                  cidr_blocks = ["10.0.0.0/8"]
                }
              }
            }
            """,
            "sg-0000000a web");
        Assert.StartsWith("# main.tf:", dynamic, StringComparison.Ordinal);
        Assert.EndsWith("from aws_security_group.web: a dynamic block makes it.\n", dynamic, StringComparison.Ordinal);
    }

    [Fact]
    public void Line_ends_and_a_mark_stay_as_they_are()
    {
        var code = new CodeBench("main.tf", "\uFEFF" + Inline.ReplaceLineEndings("\r\n"));
        var after = code.After(code.Patch(CodeDriftDetector.Detect(code.Estate, LiveEstate.Of("sg-0000000a web\ningress tcp/22 10.0.0.0/8")))).Text;
        Assert.StartsWith("\uFEFFresource", after, StringComparison.Ordinal);
        Assert.Equal(after.Count(c => c == '\n'), after.Split("\r\n").Length - 1);
        Assert.Contains("from_port   = 22\r\n", after, StringComparison.Ordinal);
    }

    private const string Inline = """
        resource "aws_security_group" "web" {
          name = "web"
          ingress {
            from_port   = 443
            to_port     = 443
            protocol    = "tcp"
            cidr_blocks = ["10.0.0.0/8"]
          }
        }

        """;

    private static string DiffOf(string code, string live)
    {
        var bench = new CodeBench("main.tf", code);
        return bench.Diff(bench.Patch(CodeDriftDetector.Detect(bench.Estate, LiveEstate.Of(live))));
    }

    private static string LiveOf(Random random, bool skip = false)
    {
        if (skip) CodeOf(random);
        var text = new StringBuilder();
        for (var g = 0; g < Names.Length; g++)
        {
            text.Append($"sg-0000000{g} {Names[g]}\n");
            foreach (var (direction, service, peer, why) in RulesOf(random)) text.Append($"{direction} {service} {(peer < 0 ? $"10.{-peer}.0.0/16" : peer < Names.Length ? $"sg-0000000{peer}" : peer == Names.Length ? "pl-0123456789abcdef0" : "2001:db8::/32")} {why}\n");
        }

        return text.ToString();
    }

    private static List<(string Direction, string Service, int Peer, string Why)> RulesOf(Random random) =>
        [.. Enumerable.Range(0, random.Next(5)).Select(_ => (random.Next(2) == 0 ? "ingress" : "egress", Services[random.Next(Services.Length)], random.Next(-2, Names.Length + 2), Texts[random.Next(Texts.Length)])).DistinctBy(r => (r.Item1, r.Item2, r.Item3))];

    // Of each group all rules stand inside, or all apart.
    private static string CodeOf(Random random)
    {
        var text = new StringBuilder();
        for (var g = 0; g < Names.Length; g++)
        {
            var isInline = random.Next(2) == 0;
            var rules = RulesOf(random).Where(r => !isInline || r.Peer < 0 || r.Peer == g || r.Peer >= Names.Length).ToList();
            text.Append($"resource \"aws_security_group\" \"{Names[g]}\" {{\n  name = \"{Names[g]}\"\n");
            if (isInline)
            {
                foreach (var (direction, service, peer, why) in rules)
                {
                    text.Append($"\n  # why not\n  {direction} {{\n{Ports(service, "protocol")}    {Far(peer, g)}\n    description = {Quoted(why)}\n  }}\n");
                }
            }

            text.Append("}\n\n");
            if (isInline) continue;
            for (var r = 0; r < rules.Count; r++)
            {
                var (direction, service, peer, why) = rules[r];
                text.Append($"resource \"aws_security_group_rule\" \"{Names[g]}_{r}\" {{\n  type = \"{direction}\"\n  security_group_id = aws_security_group.{Names[g]}.id\n{Ports(service, "protocol")}    {Far(peer, g).Replace("security_groups = [", "source_security_group_id = (", StringComparison.Ordinal).Replace(".id]", ".id)", StringComparison.Ordinal)}\n  description = {Quoted(why)}\n}}\n\n");
            }
        }

        return text.ToString();
    }

    private static string Far(int peer, int self) =>
        peer < 0 ? $"cidr_blocks = [\"10.{-peer}.0.0/16\"]" : peer == self ? "self = true" : peer < Names.Length ? $"security_groups = [aws_security_group.{Names[peer]}.id]"
        : peer == Names.Length ? "prefix_list_ids = [\"pl-0123456789abcdef0\"]" : "ipv6_cidr_blocks = [\"2001:db8::/32\"]";

    private static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("${", "$${", StringComparison.Ordinal).Replace("%{", "%%{", StringComparison.Ordinal)}\"";

    private static string Ports(string service, string protocol)
    {
        var parsed = Sallyport.Packets.Service.Parse(service);
        return $"    {protocol} = \"{parsed.Protocol.WireName}\"\n    from_port = {Math.Max(parsed.From, parsed.Protocol.HasTypes ? -1 : 0)}\n    to_port = {Math.Max(parsed.To, parsed.Protocol.HasTypes ? -1 : 0)}\n";
    }
}
