module "connections" {
  source  = "skwashd/mutual-security-groups/aws"
  version = "2.0.0"

  rules = {
    front = {
      source_sg_id = aws_security_group.shop["alb"].id
      target_sg_id = aws_security_group.shop["web"].id
      from_port    = 80
      description  = "Load balancer to web servers"
    }
    orders = {
      source_sg_id = aws_security_group.shop["web"].id
      target_sg_id = aws_security_group.shop["db"].id
      from_port    = 3306
      description  = "Web servers to database"
    }
    pictures = {
      source_sg_id = aws_security_group.shop["web"].id
      target_sg_id = aws_security_group.shop["s3"].id
      from_port    = 443
      description  = "Web servers to pictures in S3"
    }
  }
}
