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
    ec2    = "http://127.0.0.1:5055"
    elbv2  = "http://127.0.0.1:5055"
    lambda = "http://127.0.0.1:5055"
    iam    = "http://127.0.0.1:5055"
  }
}
locals {
  name = "shop"
}
variable "office" {
  default = "203.0.113.0/24"
}
resource "aws_vpc" "this" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_subnet" "a" {
  count      = 2
  vpc_id     = aws_vpc.this.id
  cidr_block = "10.0.${count.index}.0/24"
}
module "alb_sg" {
  source = "./sg"
  name   = "${local.name}-alb"
  vpc_id = aws_vpc.this.id
  cidrs  = ["0.0.0.0/0"]
  port   = 443
}
module "app_sg" {
  source  = "./sg"
  name    = "${local.name}-app"
  vpc_id  = aws_vpc.this.id
  sources = { alb = module.alb_sg.id }
  port    = 8080
}
module "app" {
  for_each = { blue = 0, green = 1 }
  source   = "./app"
  name     = each.key
  subnet   = aws_subnet.a[each.value].id
  groups   = [module.app_sg.id]
}
resource "aws_ec2_managed_prefix_list" "offices" {
  name           = "offices"
  address_family = "IPv4"
  max_entries    = 5
  entry {
    cidr        = var.office
    description = "hq"
  }
}
resource "aws_security_group" "admin" {
  name   = "admin"
  vpc_id = aws_vpc.this.id
  ingress {
    from_port       = 22
    to_port         = 22
    protocol        = "tcp"
    prefix_list_ids = [aws_ec2_managed_prefix_list.offices.id]
  }
  ingress {
    from_port = 0
    to_port   = 0
    protocol  = "-1"
    self      = true
  }
  egress {
    from_port        = 0
    to_port          = 0
    protocol         = "-1"
    cidr_blocks      = ["0.0.0.0/0"]
    ipv6_cidr_blocks = ["::/0"]
  }
}
resource "aws_launch_template" "app" {
  name = "app"
  network_interfaces {
    security_groups = [module.app_sg.id, aws_security_group.admin.id]
  }
}
resource "aws_lb" "front" {
  name            = "front"
  internal        = true
  security_groups = [module.alb_sg.id]
  subnets         = aws_subnet.a[*].id
}
resource "aws_default_security_group" "none" {
  vpc_id = aws_vpc.this.id
}
