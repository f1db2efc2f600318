using Sallyport.Hcl.Parsing;

namespace Sallyport.Tests.Hcl;

public sealed class HclParserTests
{
    [Fact]
    public void A_file_of_blocks()
    {
        var body = HclParser.Parse(
            """
            # comment
            terraform { required_version = ">= 1.5" }
            resource "aws_security_group" "web" {
              name   = "web" // the name
              vpc_id = aws_vpc.main.id
              ingress {
                from_port = 443
                cidr_blocks = [
                  "10.0.0.0/8", # inner
                  "192.168.0.0/16",
                ]
              }
              tags = { Name = "web"
                app  = "shop" }
              dynamic "egress" {
                for_each = var.ports
                content { from_port = egress.value }
              }
            }
            locals {
              text = <<-EOT
                a ${local.b}
                EOT
            }
            """, "main.tf").Value!;
        Assert.Equal(["terraform", "resource", "locals"], body.Blocks.Select(b => b.Type));
        var group = body.Blocks[1];
        Assert.Equal(["aws_security_group", "web"], group.Labels);
        Assert.Equal(["name", "vpc_id", "tags"], group.Body.Attributes.Select(a => a.Name));
        Assert.Equal(["ingress", "dynamic"], group.Body.Blocks.Select(b => b.Type));
        Assert.Equal((6, 3), (group.Body.Blocks[0].At.Line, group.Body.Blocks[0].At.Column));
    }

    [Theory]
    [InlineData("a = ", 1, 5)]
    [InlineData("a = 1 2", 1, 7)]
    [InlineData("a {\n  b = 1\n", 1, 3)]
    [InlineData("a = \"x", 1, 5)]
    [InlineData("a = \"x\ny\"", 1, 5)]
    [InlineData("a = [1, 2", 1, 10)]
    [InlineData("a = { b 1 }", 1, 9)]
    [InlineData("a = foo(1", 1, 10)]
    [InlineData("a = \"\\q\"", 1, 6)]
    [InlineData("a = \"${1\"", 1, 9)]
    [InlineData("a = <<EOT\nx", 1, 5)]
    [InlineData("a = 1\na = 2", 2, 1)]
    [InlineData("/* x", 1, 1)]
    [InlineData("resource \"x${1}\" \"y\" {}", 1, 10)]
    [InlineData("a = <<EOT\n\n ${+}\nEOT\n", 3, 4)]
    public void Broken_text_is_named_by_its_place(string text, int line, int column)
    {
        var parsed = HclParser.Parse(text, "main.tf");
        Assert.Null(parsed.Value);
        var problem = Assert.Single(parsed.Diagnostics);
        Assert.Equal(("SPD2200", line, column), (problem.Code, problem.At!.Line, problem.At.Column));
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{a=", "}")]
    [InlineData("(", ")")]
    [InlineData("\"${", "}\"")]
    [InlineData("f(", ")")]
    [InlineData("!", "")]
    [InlineData("x ? 1 : ", "")]
    public void Deep_text_is_refused(string open, string close)
    {
        const int Levels = 20_000;
        var text = "a = " + string.Concat(Enumerable.Repeat(open, Levels)) + "1" + string.Concat(Enumerable.Repeat(close, Levels));
        Assert.Equal("SPD2201", Assert.Single(HclParser.Parse(text, "main.tf").Diagnostics).Code);
    }
}
