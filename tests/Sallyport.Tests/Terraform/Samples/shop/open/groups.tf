# A shop behind a load balancer, with a database and an endpoint for S3. Every group may send anything anywhere,
# as the console makes groups.
variable "vpc_id" {
  type    = string
  default = "vpc-0123456789abcdef0"
}

locals {
  name = "shop"
  groups = {
    alb = "Load balancer"
    web = "Web servers"
    db  = "Database"
    s3  = "Endpoint of S3"
  }
}

resource "aws_security_group" "shop" {
  for_each    = local.groups
  name        = "${local.name}-${each.key}"
  description = each.value
  vpc_id      = var.vpc_id

  tags = merge({ Name = "${local.name}-${each.key}" }, each.key == "db" ? { data = "customers" } : {})
}

resource "aws_vpc_security_group_ingress_rule" "customers" {
  security_group_id = aws_security_group.shop["alb"].id
  description       = "Customers"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_lb" "front" {
  name            = "shop"
  security_groups = [aws_security_group.shop["alb"].id]
}

resource "aws_launch_template" "web" {
  name                   = "shop-web"
  vpc_security_group_ids = [aws_security_group.shop["web"].id]
}

resource "aws_db_instance" "orders" {
  identifier             = "orders"
  engine                 = "mysql"
  vpc_security_group_ids = [aws_security_group.shop["db"].id]
}

resource "aws_vpc_endpoint" "s3" {
  vpc_id             = var.vpc_id
  service_name       = "com.amazonaws.eu-west-1.s3"
  vpc_endpoint_type  = "Interface"
  security_group_ids = [aws_security_group.shop["s3"].id]
}
