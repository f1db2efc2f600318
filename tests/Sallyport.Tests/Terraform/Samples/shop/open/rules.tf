locals {
  rules = [
    { from = "alb", to = "web", port = 80 },
    { from = "web", to = "db", port = 3306 },
    { from = "web", to = "s3", port = 443 },
  ]
}

resource "aws_security_group_rule" "in" {
  for_each = { for r in local.rules : "${r.from}-${r.to}" => r }

  type                     = "ingress"
  security_group_id        = aws_security_group.shop[each.value.to].id
  source_security_group_id = aws_security_group.shop[each.value.from].id
  protocol                 = "tcp"
  from_port                = each.value.port
  to_port                  = each.value.port
}

resource "aws_security_group_rule" "out" {
  for_each = aws_security_group.shop

  type              = "egress"
  security_group_id = each.value.id
  protocol          = "-1"
  from_port         = 0
  to_port           = 0
  cidr_blocks       = ["0.0.0.0/0"]
}
