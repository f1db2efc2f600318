using Sallyport.Diagnostics;
using Sallyport.Hcl.Parsing;

namespace Sallyport.Terraform;

/// <summary>
/// Published modules that do nothing but declare rules, so that calls of them can be followed without their code. What one does is
/// written down here in code of our own.
/// </summary>
internal static class KnownModules
{
    // Version 2 takes a map and from_port; version 1 took a list and destination_port.
    private const string MutualSecurityGroups = """
        variable "rules" {}
        variable "tags" { default = {} }

        resource "aws_vpc_security_group_egress_rule" "this" {
          for_each                     = { for key, rule in var.rules : key => rule }
          security_group_id            = each.value.source_sg_id
          referenced_security_group_id = each.value.target_sg_id
          ip_protocol                  = try(coalesce(each.value.protocol), "tcp")
          from_port                    = try(each.value.from_port, each.value.destination_port)
          to_port                      = try(coalesce(each.value.to_port), each.value.from_port, each.value.destination_port)
          description                  = try(coalesce(each.value.description, each.value.description_target), coalesce(each.value.description), coalesce(each.value.description_target), "")
          tags                         = var.tags
        }

        resource "aws_vpc_security_group_ingress_rule" "this" {
          for_each                     = { for key, rule in var.rules : key => rule }
          security_group_id            = each.value.target_sg_id
          referenced_security_group_id = each.value.source_sg_id
          ip_protocol                  = try(coalesce(each.value.protocol), "tcp")
          from_port                    = try(each.value.from_port, each.value.destination_port)
          to_port                      = try(coalesce(each.value.to_port), each.value.from_port, each.value.destination_port)
          description                  = try(coalesce(each.value.description, each.value.description_source), coalesce(each.value.description), coalesce(each.value.description_source), "")
          tags                         = var.tags
        }
        """;

    /// <summary>The module of a source; null when it is none of these. Everything in it stands where it is called.</summary>
    public static TerraformModule? Of(ModuleSource source, SourceSpan call)
    {
        var name = source.Text.StartsWith("registry.terraform.io/", StringComparison.Ordinal) ? source.Text["registry.terraform.io/".Length..] : source.Text;
        if (name != "skwashd/mutual-security-groups/aws") return null;
        var body = HclParser.Parse(MutualSecurityGroups, name).Value!;
        var module = TerraformModuleReader.Read(name, [(name, body)], []);
        return module with { Resources = [.. module.Resources.Select(r => r with { At = call })] };
    }
}
