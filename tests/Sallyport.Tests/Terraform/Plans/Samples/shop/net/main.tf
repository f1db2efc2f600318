resource "aws_vpc" "this" { cidr_block = "10.0.0.0/16" }
resource "aws_subnet" "a" {
  vpc_id     = aws_vpc.this.id
  cidr_block = "10.0.1.0/24"
}
resource "aws_security_group" "extra" {
  name   = "extra"
  vpc_id = aws_vpc.this.id
}
output "vpc_id" { value = aws_vpc.this.id }
output "subnet_id" { value = aws_subnet.a.id }
output "extra_id" { value = aws_security_group.extra.id }
