variable "name" {}
variable "vpc_id" {}
variable "create" { default = true }
variable "cidrs" { default = [] }
variable "sources" { default = {} }
variable "port" {}
locals {
  id = var.create ? concat(aws_security_group.this[*].id, aws_security_group.prefixed[*].id, [""])[0] : ""
}
resource "aws_security_group" "this" {
  count       = var.create ? 1 : 0
  name        = var.name
  description = "made by a module"
  vpc_id      = var.vpc_id
}
resource "aws_security_group" "prefixed" {
  count       = 0
  name_prefix = var.name
  vpc_id      = var.vpc_id
}
resource "aws_security_group_rule" "cidrs" {
  count             = length(var.cidrs) > 0 ? 1 : 0
  security_group_id = local.id
  type              = "ingress"
  protocol          = "tcp"
  from_port         = var.port
  to_port           = var.port
  cidr_blocks       = var.cidrs
}
resource "aws_vpc_security_group_ingress_rule" "sources" {
  for_each                     = var.sources
  security_group_id            = local.id
  referenced_security_group_id = each.value
  ip_protocol                  = "tcp"
  from_port                    = var.port
  to_port                      = var.port
}
resource "aws_vpc_security_group_egress_rule" "out" {
  security_group_id = try(aws_security_group.this[0].id, aws_security_group.prefixed[0].id)
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "10.0.0.0/8"
}
output "id" {
  value = try(aws_security_group.this[0].id, aws_security_group.prefixed[0].id, "")
}
