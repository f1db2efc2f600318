variable "name" { type = string }
variable "vpc_id" { type = string }
variable "subnet_ids" { type = list(string) }

variable "listens" {
  description = "Who may call the service: port, and the caller's group or block."
  type = list(object({
    port  = number
    group = optional(string)
    cidr  = optional(string)
  }))
  default = []
}

variable "calls" {
  description = "Where the service may connect to."
  type = map(object({
    port        = number
    group       = optional(string)
    prefix_list = optional(string)
    cidr        = optional(string)
  }))
  default = {}
}

resource "aws_security_group" "this" {
  name        = var.name
  description = "Service ${var.name}"
  vpc_id      = var.vpc_id

  dynamic "ingress" {
    for_each = var.listens
    content {
      description     = "Caller ${ingress.key}"
      protocol        = "tcp"
      from_port       = ingress.value.port
      to_port         = ingress.value.port
      security_groups = ingress.value.group == null ? null : [ingress.value.group]
      cidr_blocks     = ingress.value.cidr == null ? null : [ingress.value.cidr]
    }
  }

  dynamic "egress" {
    for_each = var.calls
    content {
      description     = egress.key
      protocol        = "tcp"
      from_port       = egress.value.port
      to_port         = egress.value.port
      security_groups = compact([egress.value.group])
      prefix_list_ids = compact([egress.value.prefix_list])
      cidr_blocks     = compact([egress.value.cidr])
    }
  }
}

resource "aws_ecs_service" "this" {
  name = var.name

  network_configuration {
    subnets         = var.subnet_ids
    security_groups = [aws_security_group.this.id]
  }
}

output "group_id" { value = aws_security_group.this.id }
