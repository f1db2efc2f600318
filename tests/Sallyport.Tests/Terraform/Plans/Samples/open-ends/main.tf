terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
provider "aws" {
  region                      = "eu-west-1"
  access_key                  = "test"
  secret_key                  = "test"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
  endpoints {
    ec2 = "http://127.0.0.1:5055"
  }
}
variable "on" { default = true }
locals { g = { a = aws_security_group.a.id, c = aws_security_group.c.id } }
resource "aws_security_group" "a" { name = "a" }
resource "aws_security_group" "c" { name = "c" }
resource "aws_eip" "nat" {}
# dynamic known
resource "aws_security_group" "dyn1" {
  name = "dyn1"
  dynamic "ingress" {
    for_each = [80, 443]
    content {
      from_port       = ingress.value
      to_port         = ingress.value
      protocol        = "tcp"
      security_groups = [aws_security_group.a.id]
    }
  }
}
# dynamic unknown for_each
resource "aws_security_group" "dyn2" {
  name = "dyn2"
  dynamic "ingress" {
    for_each = toset([aws_security_group.a.id])
    content {
      from_port       = 1
      to_port         = 2
      protocol        = "tcp"
      security_groups = [ingress.value]
    }
  }
}
# attribute form
resource "aws_security_group" "attr" {
  name    = "attr"
  ingress = [for p in [1, 2] : { from_port = p, to_port = p, protocol = "tcp", security_groups = [aws_security_group.a.id], cidr_blocks = ["${aws_eip.nat.public_ip}/32"], ipv6_cidr_blocks = [], prefix_list_ids = [], self = false, description = "" }]
}
resource "aws_security_group" "two" {
  name = "two"
  egress {
    from_port       = 1
    to_port         = 1
    protocol        = "tcp"
    security_groups = [aws_security_group.a.id]
  }
  egress {
    from_port       = 2
    to_port         = 2
    protocol        = "tcp"
    security_groups = [aws_security_group.c.id]
  }
}
resource "aws_vpc_security_group_egress_rule" "cond" {
  security_group_id = var.on ? aws_security_group.a.id : aws_security_group.c.id
  cidr_ipv4         = "${aws_eip.nat.public_ip}/32"
  ip_protocol       = "-1"
}
resource "aws_vpc_security_group_egress_rule" "loc" {
  for_each                     = local.g
  security_group_id            = each.value
  referenced_security_group_id = local.g["a"]
  ip_protocol                  = "-1"
}
resource "aws_lb" "x" {
  security_groups = var.on ? [aws_security_group.a.id] : [aws_security_group.c.id]
  subnets         = ["subnet-1", "subnet-2"]
}
