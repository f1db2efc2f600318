using Sallyport.Estates;
using Sallyport.Reports;
using Sallyport.Tests.Auditing;
using Sallyport.Tests.Reports;

namespace Sallyport.Tests.Terraform;

/// <summary>Instances, modules, inputs, providers: what code multiplies and hands on.</summary>
public sealed class TerraformModulesTests
{
    [Fact]
    public void Count_and_for_each_make_a_group_for_each_key()
    {
        var read = CodeFolders.Read("""
            locals { ports = { http = 80, "http.s" = 443 } }
            resource "aws_security_group" "n" {
              count = 2
              name  = "n-${count.index}"
            }
            resource "aws_security_group" "k" {
              for_each = local.ports
              name     = each.key
              dynamic "ingress" {
                for_each = [each.value, each.value + 1]
                iterator = port
                content {
                  protocol        = "tcp"
                  from_port       = port.value
                  to_port         = port.value
                  security_groups = [aws_security_group.n[port.key].id]
                }
              }
            }
            resource "aws_instance" "i" { vpc_security_group_ids = concat(aws_security_group.n[*].id, [for g in aws_security_group.k : g.id]) }
            """).IsWhole();

        Assert.Equal(
            ["aws_security_group.k[\"http\"]", "aws_security_group.k[\"http.s\"]", "aws_security_group.n[0]", "aws_security_group.n[1]"],
            read.Estate.SecurityGroups.Select(g => g.Id.Value));
        Assert.Equal("in tcp/443 aws_security_group.n[0]\nin tcp/444 aws_security_group.n[1]", read.RulesOf("aws_security_group.k[\"http.s\"]"));
        Assert.Equal("n-1", read.Group("aws_security_group.n[1]").Name);
        Assert.Equal(
            "interface [aws_security_group.k[\"http\"] aws_security_group.k[\"http.s\"] aws_security_group.n[0] aws_security_group.n[1]] - -",
            read.Nic("aws_instance.i"));
    }

    [Fact]
    public void Modules_are_evaluated_from_their_callers_and_never_alone()
    {
        var read = CodeFolders.Read(
            ("prod/main.tf", """
                module "net" {
                  source   = "../modules/net"
                  for_each = toset(["a", "b"])
                  name     = each.key
                  peer     = aws_security_group.web.id
                }
                resource "aws_security_group" "web" {
                  egress {
                    protocol        = "tcp"
                    from_port       = 5432
                    to_port         = 5432
                    security_groups = [module.net["a"].db]
                  }
                }
                """),
            ("modules/net/main.tf", """
                variable "name" {}
                variable "peer" {}
                resource "aws_security_group" "db" { name = var.name }
                output "db" { value = aws_security_group.db.id }
                module "rule" {
                  source = "./rule"
                  sg     = aws_security_group.db.id
                  peer   = var.peer
                }
                """),
            ("modules/net/rule/main.tf", """
                variable "sg" {}
                variable "peer" {}
                resource "aws_security_group_rule" "r" {
                  type                     = "ingress"
                  security_group_id        = var.sg
                  source_security_group_id = var.peer
                  protocol                 = "tcp"
                  from_port                = 5432
                  to_port                  = 5432
                }
                """)).IsWhole();

        Assert.Equal(
            ["aws_security_group.web", "module.net[\"a\"].aws_security_group.db", "module.net[\"b\"].aws_security_group.db"],
            read.Estate.SecurityGroups.Select(g => g.Id.Value));
        Assert.Equal("out tcp/5432 module.net[\"a\"].aws_security_group.db", read.RulesOf("aws_security_group.web"));
        Assert.Equal("in tcp/5432 aws_security_group.web", read.RulesOf("module.net[\"b\"].aws_security_group.db"));
        Assert.Equal("modules/net/rule/main.tf", read.Group("module.net[\"b\"].aws_security_group.db").Rules[0].File);
        Assert.Equal("b", read.Group("module.net[\"b\"].aws_security_group.db").Name);
    }

    [Fact]
    public void Two_root_modules_keep_their_names_apart()
    {
        const string Code = "resource \"aws_security_group\" \"web\" {}";
        var read = CodeFolders.Read(("prod/main.tf", Code), ("test/main.tf", Code)).IsWhole();
        Assert.Equal(["prod#aws_security_group.web", "test#aws_security_group.web"], read.Estate.SecurityGroups.Select(g => g.Id.Value));
    }

    [Fact]
    public void Values_files_are_taken_in_Terraforms_order()
    {
        var read = CodeFolders.Read(
            ("main.tf", """
                variable "a" {}
                variable "b" { default = "of the code" }
                variable "c" {}
                variable "d" { default = "of the code" }
                resource "aws_security_group" "g" { name = "${var.a}, ${var.b}, ${var.c}, ${var.d}" }
                """),
            ("terraform.tfvars", "a = \"tfvars\"\nb = \"tfvars\"\nc = \"tfvars\""),
            ("terraform.tfvars.json", "{\"b\": \"json\"}"),
            ("z.auto.tfvars", "c = \"auto\""),
            ("other.tfvars", "d = \"never\"")).IsWhole();

        Assert.Equal("tfvars, json, auto, of the code", read.Estate.SecurityGroups.Single().Name);
    }

    [Fact]
    public void An_unread_module_is_a_gap_of_what_it_makes_and_of_what_it_is_handed()
    {
        var read = CodeFolders.Read("""
            resource "aws_security_group" "web" {}
            resource "aws_security_group" "db" {
              ingress {
                protocol        = "tcp"
                from_port       = 5432
                to_port         = 5432
                security_groups = [module.alb.security_group_id]
              }
            }
            module "alb" {
              source = "terraform-aws-modules/alb/aws"
              settings = { groups = [aws_security_group.web.id] }
            }
            module "off" {
              source = "terraform-aws-modules/alb/aws"
              count  = 0
              group  = aws_security_group.db.id
            }
            """);

        var said = Assert.Single(read.Said);
        Assert.Equal(("SPD2221", "main.tf:10:1"), (said.Code, said.At!.ToString()));
        Assert.Single(read.Gaps(GapKind.SecurityGroups, "module.alb"));
        Assert.Equal(["The group is handed to module.alb (main.tf:10), which was not read and may add rules to it."], read.Gaps(GapKind.Rules, "aws_security_group.web"));
        Assert.Empty(read.Gaps(GapKind.Rules, "aws_security_group.db"));
        Assert.Equal("in tcp/5432 module.alb.security_group_id", read.RulesOf("aws_security_group.db"));
    }

    [Fact]
    public void A_module_that_may_not_exist_leaves_its_groups_in_doubt()
    {
        var read = CodeFolders.Read(
            ("main.tf", "variable \"x\" {}\nmodule \"m\" {\n source = \"./m\"\n count = var.x\n}"),
            ("m/main.tf", "resource \"aws_security_group\" \"g\" {}"));
        Assert.Single(read.Gaps(GapKind.Rules, "module.m.aws_security_group.g"));
    }

    [Fact]
    public void Regions_accounts_and_tags_come_from_the_provider_of_a_resource()
    {
        var read = CodeFolders.Read(
            ("main.tf", """
                variable "region" { default = "eu-west-1" }
                provider "aws" {
                  region = var.region
                  default_tags {
                    tags = { team = "shop", env = "prod" }
                  }
                }
                provider "aws" {
                  alias  = "west"
                  region = "us-west-2"
                  assume_role {
                    role_arn = "arn:aws:iam::111122223333:role/deploy"
                  }
                }
                resource "aws_security_group" "here" { tags = { env = "test" } }
                resource "aws_security_group" "there" { provider = aws.west }
                module "a" { source = "./m" }
                module "b" {
                  source    = "./m"
                  providers = { aws = aws.west }
                }
                """),
            ("m/main.tf", "resource \"aws_security_group\" \"g\" {}")).IsWhole();

        Assert.Equal("?/eu-west-1 env=test, team=shop", Show("aws_security_group.here"));
        Assert.Equal("111122223333/us-west-2 ", Show("aws_security_group.there"));
        Assert.Equal("?/eu-west-1 env=prod, team=shop", Show("module.a.aws_security_group.g"));
        Assert.Equal("111122223333/us-west-2 ", Show("module.b.aws_security_group.g"));

        string Show(string id) => $"{read.Group(id).Scope} {read.Group(id).Tags}";
    }

    [Theory]
    [InlineData("1.0.0", "rules = [{ source_sg_id = aws_security_group.web.id, target_sg_id = aws_security_group.db.id, destination_port = \"3306\", description = \"Webs to database\" }]")]
    [InlineData("2.0.0", "rules = { sql = { source_sg_id = aws_security_group.web.id, target_sg_id = aws_security_group.db.id, from_port = 3306, description = \"Webs to database\" } }")]
    public void The_mutual_module_is_followed_without_its_code(string version, string rules)
    {
        var read = CodeFolders.Read($$"""
            resource "aws_security_group" "web" {}
            resource "aws_security_group" "db" {}
            module "mutual" {
              source  = "skwashd/mutual-security-groups/aws"
              version = "{{version}}"
              {{rules}}
            }
            """).IsWhole();

        Assert.Equal("out tcp/3306 aws_security_group.db", read.RulesOf("aws_security_group.web"));
        Assert.Equal("in tcp/3306 aws_security_group.web", read.RulesOf("aws_security_group.db"));
        var rule = read.Group("aws_security_group.db").Rules[0];
        Assert.Equal(("main.tf", 3, "Webs to database"), (rule.File, rule.Line, rule.Description));
    }

    [Fact]
    public void The_JSON_form_says_the_same()
    {
        var read = CodeFolders.Read(("main.tf.json", """
            {
              "//": "made by a generator",
              "variable": {"port": {"default": 443}},
              "resource": {
                "aws_security_group": {
                  "web": {
                    "name": "web",
                    "ingress": [{"protocol": "tcp", "from_port": "${var.port}", "to_port": "${var.port}", "cidr_blocks": ["0.0.0.0/0"]}],
                    "dynamic": {"egress": {"for_each": [80, 443], "content": {"protocol": "tcp", "from_port": "${egress.value}", "to_port": "${egress.value}", "cidr_blocks": ["10.0.0.0/8"]}}}
                  }
                }
              }
            }
            """)).IsWhole();

        Assert.Equal("in tcp/443 0.0.0.0/0\nout tcp/80 10.0.0.0/8\nout tcp/443 10.0.0.0/8", read.RulesOf("aws_security_group.web"));
        Assert.Equal("main.tf.json", read.Group("aws_security_group.web").Rules[0].File);
    }

    [Fact]
    public void Blocks_of_the_JSON_form_stand_where_they_are_written()
    {
        var read = CodeFolders.Read(("main.tf.json", """
            {
              "resource": {
                "aws_security_group": {
                  "web": {
                    "name": "web",
                    "egress":
                      {"protocol": "tcp", "from_port": 1, "to_port": 1, "cidr_blocks": ["10.0.0.0/8"]},
                    "ingress": {
                      "protocol": "tcp", "from_port": 2, "to_port": 2, "cidr_blocks": ["10.0.0.0/8"]
                    },
                    "dynamic": {
                      "ingress": {"for_each": [3, 4], "content": {"protocol": "tcp", "from_port": "${ingress.value}", "to_port": "${ingress.value}", "cidr_blocks": ["10.0.0.0/8"]}}
                    }
                  }
                }
              }
            }
            """)).IsWhole();
        Assert.Equal(["Ingress 2 8", "Ingress 3 12", "Ingress 4 12", "Egress 1 7"], read.Group("aws_security_group.web").Rules.Select(r => $"{r.Direction} {r.Service.ToString().Split('/')[1]} {r.Line}"));
    }

    [Theory]
    [InlineData("main.tf", "resource \"aws_security_group\" \"web\" {\n  egress {\n    protocol = \"tcp\"\n    from_port = 1e1000000000\n    to_port = 1\n    cidr_blocks = [\"10.0.0.0/8\"]\n  }\n}")]
    [InlineData("main.tf.json", """{"resource":{"aws_security_group":{"web":{"egress":[{"protocol":"tcp","from_port":1e1000000000,"to_port":1,"cidr_blocks":["10.0.0.0/8"]}]}}}}""")]
    public void A_number_out_of_range_is_a_malformed_rule(string file, string text)
    {
        var read = CodeFolders.Read((file, text));
        Assert.Equal(["SPD2050"], read.Said.Select(d => d.Code));
        Assert.Equal("1 malformed rule(s) were left out.", Assert.Single(read.Gaps(GapKind.Rules, "aws_security_group.web")));
        Assert.Empty(read.Group("aws_security_group.web").Rules);
    }

    [Fact]
    public void What_hangs_on_a_module_that_is_not_here_is_unknown_and_no_finding()
    {
        var read = CodeFolders.Read("""
            module "vpc" { source = "terraform-aws-modules/vpc/aws" }
            module "alb" {
              source = "terraform-aws-modules/alb/aws"
              vpc_id = module.vpc.vpc_id
              group  = aws_security_group.web.id
            }
            resource "aws_security_group" "web" {
              vpc_id = module.vpc.vpc_id
              ingress {
                protocol        = "tcp"
                from_port       = 80
                to_port         = 80
                security_groups = [module.alb.security_group_id]
              }
              egress {
                protocol    = "tcp"
                from_port   = 443
                to_port     = 443
                cidr_blocks = [module.vpc.vpc_cidr_block]
              }
            }
            resource "aws_security_group_rule" "out" {
              type                     = "egress"
              protocol                 = "tcp"
              from_port                = 80
              to_port                  = 80
              security_group_id        = module.alb.security_group_id
              source_security_group_id = aws_security_group.web.id
            }
            """);
        var report = Audit.Of(read.Estate);
        Assert.Equal(["SecurityGroups:module.alb", "SecurityGroups:module.vpc"], report.Findings.Where(f => f.Rule == "SP-VAL-02").Select(f => f.Resource.Id).Order(StringComparer.Ordinal));
        Assert.NotEmpty(read.Gaps(GapKind.Rules, "module.alb.security_group_id"));
        Assert.Equal(2, read.Gaps(GapKind.Rules, "aws_security_group.web").Count());
        Assert.Contains(report.Unknown, u => u.Rule == "SP-EGR-01" && u.Resource.Id == "aws_security_group.web");
    }

    [Fact]
    public void Rules_that_code_gets_wrong_are_a_finding_all_the_same()
    {
        var read = CodeFolders.Read("resource \"aws_security_group\" \"web\" { ingress = [1] }");
        Assert.Equal("aws_security_group.web", Assert.Single(Audit.Of(read.Estate).Findings, f => f.Rule == "SP-VAL-02").Resource.Id);
    }

    [Fact]
    public void Of_code_that_tells_no_account_nobody_names_one()
    {
        var report = Audit.Of(CodeFolders.Read("resource \"aws_security_group\" \"web\" {\n name = \"public\"\n ingress {\n protocol = -1\n cidr_blocks = [\"0.0.0.0/0\"]\n }\n}\nresource \"aws_vpc\" \"v\" { cidr_block = \"10.0.0.0/8\" }").Estate);
        Assert.Contains(report.Unknown, u => u.Gap == "interfaces were not read");
        foreach (var format in ReportFormats.All) Assert.DoesNotContain("?/?", ReportText.Of(format.Name, report), StringComparison.Ordinal);
    }

    [Fact]
    public void Broken_code_is_an_error_with_its_place_and_nothing_of_its_module_is_taken()
    {
        var read = CodeFolders.Read(("a.tf", "resource \"aws_security_group\" \"web\" {}"), ("b.tf", "resource \"aws_security_group\" \"db\" {\n  name = \n}"));
        var said = Assert.Single(read.Said);
        Assert.Equal(("SPD2200", "b.tf", 2), (said.Code, said.At!.File, said.At.Line));
        Assert.Empty(read.Estate.SecurityGroups);
    }

    [Fact]
    public void What_is_declared_twice_is_an_error()
    {
        var read = CodeFolders.Read(("a.tf", "resource \"aws_security_group\" \"web\" {}"), ("b.tf", "\nresource \"aws_security_group\" \"web\" {}"));
        Assert.Equal(["SPD2220 aws_security_group.web is declared a second time; the first is at a.tf:1:1."], read.Said.Select(d => $"{d.Code} {d.Message}"));
    }

    [Fact]
    public void Overrides_are_laid_over()
    {
        var read = CodeFolders.Read(("main.tf", "resource \"aws_security_group\" \"web\" {\n name = \"old\"\n description = \"kept\"\n}"), ("x_override.tf", "resource \"aws_security_group\" \"web\" { name = \"new\" }")).IsWhole();
        Assert.Equal(("new", "kept"), (read.Estate.SecurityGroups.Single().Name, read.Estate.SecurityGroups.Single().Description));
    }

    [Fact]
    public void Modules_in_a_ring_end()
    {
        var read = CodeFolders.Read(
            ("a/main.tf", "resource \"aws_security_group\" \"g\" {}\nmodule \"b\" { source = \"../b\" }"),
            ("b/main.tf", "resource \"aws_security_group\" \"g\" {}\nmodule \"a\" { source = \"../a\" }"));
        Assert.Equal(["aws_security_group.g", "module.b.aws_security_group.g"], read.Estate.SecurityGroups.Select(g => g.Id.Value));
        Assert.Equal(["module.b.module.a was not read: it calls itself. The groups and rules that it makes are unknown."], read.Said.Select(d => d.Message));
    }

    [Fact]
    public void Modules_that_double_with_every_level_end()
    {
        var files = Enumerable.Range(0, 23).Select(i => ($"m{i}/main.tf", $"module \"a\" {{ source = \"../m{i + 1}\" }}\nmodule \"b\" {{ source = \"../m{i + 1}\" }}"))
            .Append(("m23/main.tf", "resource \"aws_security_group\" \"g\" {}"));
        var read = CodeFolders.Read([.. files]);
        Assert.Contains(read.Said, d => d.Message.Contains("there are more than 20000 calls of modules", StringComparison.Ordinal));
        Assert.NotEmpty(read.Estate.SecurityGroups);
    }

    [Fact]
    public void Code_that_multiplies_beyond_bounds_is_refused()
    {
        var read = CodeFolders.Read(
            ("main.tf", "module \"m\" {\n source = \"./m\"\n count = 100\n}"),
            ("m/main.tf", "resource \"aws_security_group\" \"g\" { count = 10000 }"));
        Assert.Equal(["SPD2222"], read.Said.Select(d => d.Code));
        Assert.Empty(read.Estate.SecurityGroups);
    }

    [Fact]
    public void What_is_worked_out_from_itself_is_unknown()
    {
        var read = CodeFolders.Read("""
            locals {
              a = local.b
              b = local.a
            }
            resource "aws_security_group" "web" {
              ingress {
                protocol    = "tcp"
                from_port   = 80
                to_port     = 80
                cidr_blocks = [local.a]
              }
            }
            """);
        Assert.Single(read.Gaps(GapKind.Rules, "aws_security_group.web"));
    }
}
