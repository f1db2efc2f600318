variable "name" {}
variable "subnet" {}
variable "groups" {}
resource "aws_network_interface" "this" {
  subnet_id       = var.subnet
  security_groups = var.groups
  tags            = { Name = var.name }
}
