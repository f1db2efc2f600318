# A group for partners' HTTPS calls: only their network, only HTTPS, both ways.
terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}

resource "aws_security_group" "partners" {
  name        = "partners-https"
  description = "HTTPS to and from partners"
  vpc_id      = "vpc-0123456789abcdef0"

  ingress {
    description = "Partners call us"
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["10.20.30.0/24"]
  }

  egress {
    description = "We call partners"
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["10.20.30.0/24"]
  }
}
