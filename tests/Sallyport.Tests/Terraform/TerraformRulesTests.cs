using Sallyport.Estates;

namespace Sallyport.Tests.Terraform;

/// <summary>The three forms of rules, and what about them can be in doubt.</summary>
public sealed class TerraformRulesTests
{
    [Fact]
    public void Blocks_of_a_group_name_every_kind_of_peer()
    {
        var read = CodeFolders.Read("""
            resource "aws_security_group" "alb" {}
            resource "aws_ec2_managed_prefix_list" "office" {
              name           = "office"
              address_family = "IPv4"
              max_entries    = 5
              entry { cidr = "198.51.100.0/24" }
            }
            resource "aws_ec2_managed_prefix_list_entry" "home" {
              prefix_list_id = aws_ec2_managed_prefix_list.office.id
              cidr           = "203.0.113.7/32"
            }
            resource "aws_security_group" "web" {
              name        = "web"
              description = "Web servers"
              vpc_id      = "vpc-11112222"
              tags        = { Name = "web", team = "shop" }
              ingress {
                description      = "https"
                from_port        = 443
                to_port          = "443"
                protocol         = "TCP"
                cidr_blocks      = ["10.0.0.0/8", "192.168.0.0/16"]
                ipv6_cidr_blocks = ["2001:db8::/32"]
                prefix_list_ids  = [aws_ec2_managed_prefix_list.office.id, "pl-12345678"]
                security_groups  = [aws_security_group.alb.id, "sg-12345678", "111122223333/sg-87654321"]
                self             = true
              }
              egress {
                from_port   = 0
                to_port     = 0
                protocol    = "-1"
                cidr_blocks = ["0.0.0.0/0"]
              }
            }
            """).IsWhole();

        Assert.Equal(
            """
            in tcp/443 10.0.0.0/8
            in tcp/443 192.168.0.0/16
            in tcp/443 2001:db8::/32
            in tcp/443 aws_security_group.alb
            in tcp/443 aws_security_group.web
            in tcp/443 sg-12345678
            in tcp/443 sg-87654321
            in tcp/443 aws_ec2_managed_prefix_list.office
            in tcp/443 pl-12345678
            out any 0.0.0.0/0
            """, read.RulesOf("aws_security_group.web"));
        var web = read.Group("aws_security_group.web");
        Assert.Equal(("web", "Web servers", "vpc-11112222", "Name=web, team=shop"), (web.Name, web.Description, web.Vpc!.Value.Value, web.Tags.ToString()));
        Assert.Equal("main.tf:12:1", web.At!.ToString());
        Assert.All(web.Rules.Where(r => r.Direction == Direction.Ingress), r => Assert.Equal(("main.tf", 17, "https"), (r.File, r.Line, r.Description)));
        Assert.All(web.Rules, r => Assert.Null(r.Slip));
        Assert.Equal("alb", read.Group("aws_security_group.alb").Name);
        Assert.Equal("111122223333", ((GroupPeer)web.Rules.Single(r => r.Peer.ToString() == "sg-87654321").Peer).Account);
        Assert.Equal(["198.51.100.0/24", "203.0.113.7/32"], Assert.Single(read.Estate.PrefixLists, l => l.Name == "office").Entries!.Value.Select(e => e.Cidr.ToString()));
    }

    [Fact]
    public void Blocks_may_be_written_as_a_list_and_an_empty_list_is_no_rule()
    {
        var read = CodeFolders.Read("""
            resource "aws_security_group" "a" {
              ingress = [
                {
                  description = "", from_port = 22, to_port = 22, protocol = "tcp", self = false
                  cidr_blocks = ["10.1.0.0/16"], ipv6_cidr_blocks = [], prefix_list_ids = null, security_groups = []
                },
              ]
              egress = []
            }
            """).IsWhole();

        Assert.Equal("in tcp/22 10.1.0.0/16", read.RulesOf("aws_security_group.a"));
        Assert.Equal(3, read.Group("aws_security_group.a").Rules[0].Line);
    }

    [Fact]
    public void A_group_without_egress_has_none() => Assert.Empty(CodeFolders.Read("""resource "aws_security_group" "a" { name = "a" }""").IsWhole().Group("aws_security_group.a").Rules);

    [Fact]
    public void Rules_that_stand_apart_join_their_group()
    {
        var read = CodeFolders.Read("""
            resource "aws_security_group" "a" {}
            resource "aws_security_group" "b" {}
            resource "aws_security_group_rule" "one" {
              type = "ingress"
              security_group_id        = aws_security_group.a.id
              source_security_group_id = aws_security_group.b.id
              from_port = 80
              to_port = 81
              protocol = "tcp"
            }
            resource "aws_security_group_rule" "two" {
              type = "egress"
              security_group_id = aws_security_group.a.id
              self = true
              from_port = -1
              to_port = -1
              protocol = "icmp"
            }
            resource "aws_security_group_rule" "three" {
              type = "egress"
              security_group_id = aws_security_group.a.id
              cidr_blocks = ["10.0.0.0/24", "10.0.1.0/24"]
              ipv6_cidr_blocks = ["::/0"]
              prefix_list_ids = [aws_vpc_endpoint.s3.prefix_list_id]
              from_port = 443
              to_port = 443
              protocol = "6"
            }
            resource "aws_vpc_endpoint" "s3" {
              vpc_id = "vpc-11112222"
              service_name = "com.amazonaws.eu-west-1.s3"
            }
            resource "aws_vpc_security_group_ingress_rule" "four" {
              security_group_id = aws_security_group.b.id
              referenced_security_group_id = aws_security_group.a.id
              ip_protocol = "udp"
              from_port = 53
              to_port = 53
              description = "dns"
              tags = { why = "names" }
            }
            resource "aws_vpc_security_group_egress_rule" "five" {
              security_group_id = aws_security_group.b.id
              cidr_ipv4 = "192.0.2.0/24"
              ip_protocol = "-1"
            }
            resource "aws_vpc_security_group_egress_rule" "six" {
              security_group_id = aws_security_group.b.id
              cidr_ipv6 = "2001:db8::/64"
              ip_protocol = "icmpv6"
              from_port = 128
              to_port = 0
            }
            resource "aws_vpc_security_group_egress_rule" "seven" {
              security_group_id = aws_security_group.b.id
              prefix_list_id = "pl-12345678"
              ip_protocol = "tcp"
              from_port = 443
              to_port = 443
            }
            """).IsWhole();

        Assert.Equal(
            """
            in tcp/80-81 aws_security_group.b
            out icmp aws_security_group.a
            out tcp/443 10.0.0.0/24
            out tcp/443 10.0.1.0/24
            out tcp/443 ::/0
            out tcp/443 vpce-aws_vpc_endpoint.s3.prefix_list_id
            """.Replace("vpce-", string.Empty, StringComparison.Ordinal), read.RulesOf("aws_security_group.a"));
        Assert.Equal(
            """
            in udp/53 aws_security_group.a
            out any 192.0.2.0/24
            out tcp/443 pl-12345678
            out icmpv6/128/0 2001:db8::/64
            """, read.RulesOf("aws_security_group.b"));
        var dns = read.Group("aws_security_group.b").Rules.Single(r => r.Direction == Direction.Ingress);
        Assert.Equal(("dns", "why=names", 33), (dns.Description, dns.Tags!.ToString(), dns.Line));
    }

    [Fact]
    public void The_default_group_of_a_VPC_is_known_by_its_VPC_too()
    {
        var read = CodeFolders.Read("""
            resource "aws_vpc" "main" { cidr_block = "10.0.0.0/16" }
            resource "aws_default_security_group" "none" { vpc_id = aws_vpc.main.id }
            resource "aws_security_group_rule" "r" {
              type = "ingress"
              security_group_id = aws_vpc.main.default_security_group_id
              protocol = "-1"
              from_port = 0
              to_port = 0
              self = true
            }
            """).IsWhole();

        var group = Assert.Single(read.Estate.SecurityGroups);
        Assert.True(group.IsDefault);
        Assert.Equal("in any aws_default_security_group.none", read.RulesOf("aws_default_security_group.none"));
        Assert.Equal("aws_vpc.main", group.Vpc!.Value.Value);
    }

    [Fact]
    public void What_the_code_does_not_declare_is_a_peer_by_name_and_leaves_the_group_whole()
    {
        var read = CodeFolders.Read("""
            variable "alb" {}
            data "aws_security_group" "bastion" { name = "bastion" }
            resource "aws_security_group" "web" {
              ingress {
                from_port = 80
                to_port = 80
                protocol = "tcp"
                security_groups = [var.alb, data.aws_security_group.bastion.id]
              }
            }
            """).IsWhole();

        Assert.Equal("in tcp/80 data.aws_security_group.bastion\nin tcp/80 var.alb", read.RulesOf("aws_security_group.web"));
    }

    [Theory]
    [InlineData("ingress = var.x", "The ingress blocks of aws_security_group.web (main.tf:2) are not all known: its ingress cannot be told: var.x has no default and nobody gave a value.")]
    [InlineData("dynamic \"egress\" {\n for_each = var.x\n content {\n protocol = egress.value\n }\n }", "The egress blocks of aws_security_group.web (main.tf:2) are not all known: its egress cannot be told: how many egress blocks there are is unknown: var.x has no default and nobody gave a value.")]
    [InlineData("ingress {\n protocol = \"tcp\"\n from_port = var.x\n to_port = 80\n cidr_blocks = [\"10.0.0.0/8\"]\n }", "An ingress block of aws_security_group.web (main.tf:3) is not wholly known: its from_port cannot be told: var.x has no default and nobody gave a value.")]
    [InlineData("ingress {\n protocol = var.x\n from_port = 0\n to_port = 0\n cidr_blocks = [\"10.0.0.0/8\"]\n }", "An ingress block of aws_security_group.web (main.tf:3) is not wholly known: its protocol cannot be told: var.x has no default and nobody gave a value.")]
    [InlineData("ingress {\n protocol = \"tcp\"\n from_port = 80\n to_port = 80\n cidr_blocks = var.x\n }", "The peers of An ingress block of aws_security_group.web (main.tf:3) are not all known: its cidr_blocks cannot be told: var.x has no default and nobody gave a value.")]
    [InlineData("ingress {\n protocol = \"tcp\"\n from_port = 80\n to_port = 80\n security_groups = var.x\n }", "The peers of An ingress block of aws_security_group.web (main.tf:3) are not all known: its security_groups cannot be told: var.x has no default and nobody gave a value.")]
    [InlineData("ingress {\n protocol = \"tcp\"\n from_port = 80\n to_port = 80\n self = var.x\n }", "The peers of An ingress block of aws_security_group.web (main.tf:3) are not all known: its self cannot be told: var.x has no default and nobody gave a value.")]
    public void What_cannot_be_worked_out_is_a_gap_of_its_group(string body, string why)
    {
        var read = CodeFolders.Read($$"""
            variable "x" {}
            resource "aws_security_group" "web" {
              {{body}}
            }
            """);

        Assert.Equal([why.Replace("The peers of An", "The peers of an", StringComparison.Ordinal)], read.Gaps(GapKind.Rules, "aws_security_group.web"));
        Assert.Empty(read.Group("aws_security_group.web").Rules);
    }

    [Fact]
    public void Peers_that_are_known_stay_when_others_are_not()
    {
        var read = CodeFolders.Read("""
            variable "x" {}
            resource "aws_security_group" "web" {
              ingress {
                protocol = "tcp"
                from_port = 22
                to_port = 22
                cidr_blocks = ["0.0.0.0/0", var.x]
              }
            }
            """);

        Assert.Equal("in tcp/22 0.0.0.0/0", read.RulesOf("aws_security_group.web"));
        Assert.Single(read.Gaps(GapKind.Rules, "aws_security_group.web"));
    }

    [Fact]
    public void A_rule_of_an_undeclared_group_makes_that_group_and_says_that_the_rest_is_unknown()
    {
        var read = CodeFolders.Read("""
            variable "sg" {}
            resource "aws_vpc_security_group_ingress_rule" "r" {
              security_group_id = var.sg
              cidr_ipv4 = "10.0.0.0/8"
              ip_protocol = "-1"
            }
            """);

        Assert.Equal("in any 10.0.0.0/8", read.RulesOf("var.sg"));
        Assert.Equal(["The code adds rules to the group without declaring it (main.tf:2)."], read.Gaps(GapKind.Rules, "var.sg"));
    }

    [Fact]
    public void A_rule_of_a_group_that_nobody_knows_leaves_every_group_in_doubt()
    {
        var read = CodeFolders.Read("""
            variable "x" {}
            resource "aws_security_group" "web" {}
            resource "aws_vpc_security_group_ingress_rule" "r" {
              security_group_id = join("-", ["sg", var.x])
              cidr_ipv4 = "10.0.0.0/8"
              ip_protocol = "-1"
            }
            """);

        Assert.Equal(["Which group aws_vpc_security_group_ingress_rule.r (main.tf:3) belongs to is not known: var.x has no default and nobody gave a value."], read.Gaps(GapKind.Rules, string.Empty));
    }

    [Theory]
    [InlineData("resource \"aws_security_group\" \"web\" {\n count = var.x ? 1 : 0\n }", "Whether, or how often, aws_security_group.web (main.tf:2) exists is not known: count is unknown: var.x has no default and nobody gave a value.")]
    [InlineData("resource \"aws_security_group\" \"web\" {\n for_each = var.x\n }", "Whether, or how often, aws_security_group.web (main.tf:2) exists is not known: for_each is unknown: var.x has no default and nobody gave a value.")]
    [InlineData("resource \"aws_security_group\" \"web\" {\n count = 1000000000\n }", "Whether, or how often, aws_security_group.web (main.tf:2) exists is not known: count is above 10000.")]
    [InlineData("resource \"aws_security_group\" \"web\" {}\nresource \"aws_security_group_rule\" \"r\" {\n count = var.x ? 1 : 0\n type = \"ingress\"\n security_group_id = aws_security_group.web.id\n protocol = \"-1\"\n self = true\n }",
        "Whether the group has the rule aws_security_group_rule.r (main.tf:3) is not known: count is unknown: var.x has no default and nobody gave a value.")]
    public void An_unknown_number_of_something_is_a_doubt(string code, string why)
    {
        var read = CodeFolders.Read($"variable \"x\" {{}}\n{code}");
        Assert.Equal([why], read.Gaps(GapKind.Rules, "aws_security_group.web"));
        Assert.Empty(read.Group("aws_security_group.web").Rules);
    }

    [Theory]
    [InlineData("protocol = \"tcp\"\n from_port = 90\n to_port = 80\n cidr_blocks = [\"10.0.0.0/8\"]", "upside down")]
    [InlineData("protocol = \"teleport\"\n from_port = 80\n to_port = 80\n cidr_blocks = [\"10.0.0.0/8\"]", "\"teleport\" is not a protocol")]
    [InlineData("protocol = \"tcp\"\n from_port = 80\n to_port = 80\n cidr_blocks = [\"10.0.0.0/33\"]", "\"10.0.0.0/33\" is not a CIDR block")]
    [InlineData("protocol = \"tcp\"\n from_port = 80\n to_port = 80", "it names no peer")]
    [InlineData("from_port = 80\n to_port = 80\n self = true", "it names no protocol")]
    [InlineData("protocol = \"tcp\"\n from_port = \"http\"\n to_port = 80\n self = true", "its from_port is not a whole number")]
    [InlineData("protocol = \"tcp\"\n from_port = 1e999\n to_port = 81\n self = true", "its from_port is not a whole number")]
    [InlineData("protocol = \"tcp\"\n from_port = \"1e999\"\n to_port = 81\n self = true", "its from_port is not a whole number")]
    [InlineData("protocol = \"tcp\"\n from_port = 80.5\n to_port = 81\n self = true", "its from_port is not a whole number")]
    public void What_AWS_would_refuse_is_said_and_left_out(string block, string problem)
    {
        var read = CodeFolders.Read($"resource \"aws_security_group\" \"web\" {{\n ingress {{\n {block}\n }}\n}}");
        var said = Assert.Single(read.Said, d => d.Code == "SPD2050");
        Assert.Contains(problem, said.Message, StringComparison.Ordinal);
        Assert.Equal("main.tf:2:2", said.At!.ToString());
        Assert.Empty(read.Group("aws_security_group.web").Rules);
        Assert.Single(read.Gaps(GapKind.Rules, "aws_security_group.web"));
    }

    [Fact]
    public void Host_bits_and_the_wrong_family_are_read_as_AWS_reads_them_and_said()
    {
        var read = CodeFolders.Read("""
            resource "aws_security_group" "web" {
              ingress {
                protocol = "tcp"
                from_port = 22
                to_port = 22
                cidr_blocks = ["10.0.0.9/8", "::/0"]
              }
            }
            """);

        Assert.Equal("in tcp/22 10.0.0.0/8\nin tcp/22 ::/0", read.RulesOf("aws_security_group.web"));
        Assert.Equal(["SPD2051", "SPD2053"], read.Said.Select(d => d.Code));
        Assert.All(read.Group("aws_security_group.web").Rules, r => Assert.NotNull(r.Slip));
    }
}
