using System.Globalization;
using System.Text;

namespace Sallyport.Benchmarks.Reading;

/// <summary>
/// Writes a repository of Terraform code as teams have them: each team's root module with files of groups written out, groups made by
/// <c>for_each</c> and dynamic blocks, rules that stand apart, and calls of a module that all share.
/// </summary>
internal sealed class TerraformRepository(int files, int groups)
{
    private const int FilesPerRoot = 40;
    private const int CallsPerRoot = 10;

    /// <summary>Writes into a folder that does not exist yet. Returns how many files and bytes.</summary>
    public (int Files, long Bytes) Write(string folder)
    {
        var roots = Math.Max(1, files / FilesPerRoot);
        Put(folder, "modules/service/main.tf", Module);
        var left = groups - (roots * CallsPerRoot);
        for (var root = 0; root < roots; root++)
        {
            Put(folder, $"teams/team{root:D3}/main.tf", MainFile(root));
            Put(folder, $"teams/team{root:D3}/terraform.tfvars", $"environment = \"prod\"\ncidr = \"10.{root % 256}.0.0/16\"\n");
            for (var file = 1; file < FilesPerRoot; file++)
            {
                var index = (root * (FilesPerRoot - 1)) + file - 1;
                var count = Share(left, roots * (FilesPerRoot - 1), index);
                Put(folder, $"teams/team{root:D3}/service{file:D2}.tf", ServiceFile(root, file, count));
            }
        }

        var all = new DirectoryInfo(folder).GetFiles("*.tf", SearchOption.AllDirectories);
        return (all.Length, all.Sum(f => f.Length));
    }

    private static int Share(int total, int parts, int index) => (int)(((long)total * (index + 1) / parts) - ((long)total * index / parts));

    private static string MainFile(int root)
    {
        var text = new StringBuilder($$"""
            terraform {
              required_version = ">= 1.5"
            }

            provider "aws" {
              region = "eu-west-1"
              default_tags {
                tags = { team = "team{{root:D3}}", environment = var.environment }
              }
            }

            variable "environment" { type = string }
            variable "cidr" { type = string }

            locals {
              name  = "team{{root:D3}}-${var.environment}"
              ports = { http = 80, https = 443, metrics = 9100 }
            }

            resource "aws_vpc" "main" {
              cidr_block = var.cidr
              tags       = { Name = local.name }
            }

            resource "aws_subnet" "private" {
              count      = 3
              vpc_id     = aws_vpc.main.id
              cidr_block = cidrsubnet(var.cidr, 8, count.index)
            }

            resource "aws_security_group" "edge" {
              name   = "${local.name}-edge"
              vpc_id = aws_vpc.main.id
            }

            """);
        for (var call = 0; call < CallsPerRoot; call++)
        {
            text.Append(CultureInfo.InvariantCulture, $$"""

                module "worker{{call}}" {
                  source = "../../modules/service"
                  name   = "${local.name}-worker{{call}}"
                  vpc_id = aws_vpc.main.id
                  calls  = [{ port = 5432, peer = aws_security_group.edge.id }]
                  listens = {
                    for name, port in local.ports : name => { port = port, cidr = cidrsubnet(var.cidr, 8, {{call}}) }
                  }
                }

                """);
        }

        return text.ToString();
    }

    private static string ServiceFile(int root, int file, int count)
    {
        var text = new StringBuilder();
        for (var group = 0; group < count; group++)
        {
            var open = group == 0 && file % 10 == 0;
            text.Append(CultureInfo.InvariantCulture, $$"""
                # Service {{file}} of team {{root}}, part {{group}}.
                resource "aws_security_group" "s{{file}}_{{group}}" {
                  name        = "${local.name}-s{{file}}-{{group}}"
                  description = "Part {{group}} of service {{file}}"
                  vpc_id      = aws_vpc.main.id

                  ingress {
                    description     = "From the edge"
                    from_port       = 8000
                    to_port         = 8080
                    protocol        = "tcp"
                    security_groups = [aws_security_group.edge.id]
                  }

                  dynamic "ingress" {
                    for_each = local.ports
                    content {
                      description = "Of the VPC: ${ingress.key}"
                      from_port   = ingress.value
                      to_port     = ingress.value
                      protocol    = "tcp"
                      cidr_blocks = [aws_vpc.main.cidr_block]
                    }
                  }

                  tags = merge({ Name = "${local.name}-s{{file}}-{{group}}" }, { part = "{{group}}" })
                }

                resource "aws_vpc_security_group_egress_rule" "s{{file}}_{{group}}" {
                  security_group_id = aws_security_group.s{{file}}_{{group}}.id
                  description       = "HTTPS"
                  ip_protocol       = "tcp"
                  from_port         = 443
                  to_port           = 443
                  cidr_ipv4         = "{{(open ? "0.0.0.0/0" : "192.0.2.0/24")}}"
                }

                resource "aws_instance" "s{{file}}_{{group}}" {
                  instance_type          = "t3.small"
                  subnet_id              = aws_subnet.private[{{group % 3}}].id
                  vpc_security_group_ids = [aws_security_group.s{{file}}_{{group}}.id]
                }


                """);
        }

        return text.ToString();
    }

    private static void Put(string folder, string path, string text)
    {
        var file = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    private const string Module = """
        variable "name" { type = string }
        variable "vpc_id" { type = string }
        variable "listens" {
          type    = map(object({ port = number, cidr = string }))
          default = {}
        }
        variable "calls" {
          type    = list(object({ port = number, peer = string }))
          default = []
        }

        resource "aws_security_group" "this" {
          name   = var.name
          vpc_id = var.vpc_id
        }

        resource "aws_security_group_rule" "in" {
          for_each          = var.listens
          type              = "ingress"
          security_group_id = aws_security_group.this.id
          protocol          = "tcp"
          from_port         = each.value.port
          to_port           = each.value.port
          cidr_blocks       = [each.value.cidr]
        }

        resource "aws_security_group_rule" "out" {
          count                    = length(var.calls)
          type                     = "egress"
          security_group_id        = aws_security_group.this.id
          protocol                 = "tcp"
          from_port                = var.calls[count.index].port
          to_port                  = var.calls[count.index].port
          source_security_group_id = var.calls[count.index].peer
        }

        output "group_id" { value = aws_security_group.this.id }
        """;
}
