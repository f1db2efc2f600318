terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
variable "office" { default = "203.0.113.0/24" }
provider "aws" {
  region                      = "eu-west-1"
  access_key                  = "test"
  secret_key                  = "test"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
  endpoints { ec2 = "http://127.0.0.1:5055" }
}
module "net" {
  source = "./net"
}
resource "aws_security_group" "web" {
  name        = "web"
  description = "web servers"
  vpc_id      = module.net.vpc_id
  ingress {
    description = "https"
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = [var.office, "198.51.100.0/24"]
  }
  egress {
    from_port       = 5432
    to_port         = 5432
    protocol        = "tcp"
    security_groups = [aws_security_group.db["main"].id, module.net.extra_id]
  }
}
resource "aws_security_group" "db" {
  for_each    = toset(["main", "spare"])
  name        = "db-${each.key}"
  description = "db"
  vpc_id      = module.net.vpc_id
}
resource "aws_vpc_security_group_ingress_rule" "db" {
  for_each                     = aws_security_group.db
  security_group_id            = each.value.id
  referenced_security_group_id = aws_security_group.web.id
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
}
resource "aws_security_group_rule" "out" {
  count             = 2
  type              = "egress"
  security_group_id = aws_security_group.db["main"].id
  from_port         = 443
  to_port           = 443 + count.index
  protocol          = "tcp"
  cidr_blocks       = ["10.0.0.0/8"]
}
resource "aws_network_interface" "eni" {
  subnet_id       = module.net.subnet_id
  security_groups = [aws_security_group.web.id, aws_security_group.db["spare"].id]
}
resource "aws_instance" "web" {
  ami                    = "ami-0123456789abcdef0"
  instance_type          = "t3.micro"
  subnet_id              = module.net.subnet_id
  vpc_security_group_ids = [for g in [aws_security_group.web] : g.id]
}
