# Everything that HCL's grammar allows and people write.
// Another comment, and one more:
/* over
   several lines */
locals {
  number    = 10
  negative  = -3.5
  large     = 1e3
  truth     = true
  nothing   = null
  text      = "tab \t quote \" backslash \\ line \n letter \u00e9 and \U0001f512"
  dollars   = "$${not} %%{this} $5 5%"
  nested    = "a${"b${"c"}"}d"
  empty     = ""
  list      = [1, "two", [3, [4]], { five = 5 }]
  trailing  = [1, 2, 3, ]
  several   = [
    # within
    1,
    2, // behind
  ]
  map       = { a = 1, "b c" = 2, (local.text) = 3, "d" : 4 }
  lines = {
    one = 1
    two = 2

    three = { four = [] }
  }
  sums      = 1 + 2 * 3 - 4 / 2 % 3
  logic     = !true || 1 < 2 && 2 >= 1 && "a" != "b" || false == true
  choice    = local.truth ? "yes" : local.number > 5 ? "no" : "maybe"
  parens    = (1 + 2) * (3 - -1)
  call      = merge({ a = 1 }, { b = 2 }, [{ c = 3 }]...)
  nest      = join("-", [upper("a"), lower("B")])
  split     = [
    for k, v in local.map :
    "${k}=${v}"
    if v > 1
  ]
  grouped   = { for v in ["a", "b", "a"] : v => upper(v)... }
  attribute = local.lines.three.four
  index     = local.list[3].five + local.list[0]
  key       = local.map["b c"]
  legacy    = local.list.0
  splat     = aws_instance.many[*].id
  old_splat = aws_instance.many.*.network_interface.0.id
  deep      = values(local.lines)[*]
  heredoc   = <<EOT
Hello, ${local.text}!
  Indented, with "quotes" and \n kept.
EOT
  indented  = <<-EOT
    first
      second ${local.number}
    third
  EOT
  directive = "%{if local.truth}yes%{else}no%{endif} %{for v in local.several}${v},%{endfor}"
  stripped  = "a ${~ local.number ~} b"
  trimmed   = <<-EOT
    %{~ for v in local.several ~}
    item ${v}
    %{~ endfor ~}
  EOT
  unicode_é = "ü"
  dashed-name = 1
}

resource "aws_security_group" "one_line" { name = "one" }

resource "aws_security_group" "empty" {}

resource "aws_security_group" "blocks" {
  name = "blocks"

  ingress {
    protocol    = "tcp"
    from_port   = 1
    to_port     = 2
    cidr_blocks = ["10.0.0.0/8"]
  }
  ingress {
    protocol    = "tcp"
    from_port   = 3
    to_port     = 4
    cidr_blocks = ["10.0.0.0/8"]
  }

  dynamic "egress" {
    for_each = toset(["a", "b"])
    iterator = it
    content {
      description = it.value
      protocol    = "-1"
      from_port   = 0
      to_port     = 0
      self        = true
    }
  }

  lifecycle {
    create_before_destroy = true
    ignore_changes        = [tags["Name"], ingress]
  }

  timeouts {}
}

resource "aws_instance" "many" {
  count = 2

  vpc_security_group_ids = [for g in [aws_security_group.one_line, aws_security_group.empty] : g.id]
  user_data              = <<-EOF
    #!/bin/sh
    echo "$${HOME} ${count.index}"
  EOF

  provisioner "local-exec" {
    command = "echo ${self.id}"
  }
}

variable "settings" {
  description = <<-EOT
    Settings of the whole.
  EOT
  type = object({
    name  = string
    ports = optional(list(number), [80, 443])
    deep  = optional(object({ on = optional(bool, true) }), {})
  })
  default = { name = "n" }

  validation {
    condition     = can(regex("^[a-z]+$", var.settings.name))
    error_message = "Lower-case letters only."
  }
}

output "names" {
  value     = { for k, g in { a = aws_security_group.blocks } : k => g.name }
  sensitive = true
}
