provider "aws" {
  region = "eu-west-1"
}

variable "cidr" { type = string }

module "network" {
  source = "../../modules/network"
  name   = "prod"
  cidr   = var.cidr
  zones  = ["eu-west-1a", "eu-west-1b"]
}

module "web" {
  source     = "../../modules/service"
  name       = "web"
  vpc_id     = module.network.vpc_id
  subnet_ids = module.network.subnet_ids
  listens    = [{ port = 8080, cidr = var.cidr }]

  calls = {
    orders = { port = 8080, group = module.orders.group_id }
    assets = { port = 443, prefix_list = module.network.s3_prefix_list_id }
  }
}

module "orders" {
  source     = "../../modules/service"
  name       = "orders"
  vpc_id     = module.network.vpc_id
  subnet_ids = module.network.subnet_ids
  listens    = [{ port = 8080, group = module.web.group_id }]
}
