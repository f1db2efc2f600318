using Sallyport.Estates;

namespace Sallyport.Tests.Terraform;

/// <summary>VPCs and what lies around them.</summary>
public sealed class TerraformNetworksTests
{
    [Theory]
    [InlineData("connectivity_type = \"private\"", "10.0.0.9 -")]
    [InlineData("public_ip = \"203.0.113.9\"", "10.0.0.9 203.0.113.9")]
    [InlineData("", " -")]
    public void A_public_NAT_gateway_without_its_address_does_not_pass_for_a_private_one(string more, string expected)
    {
        var nat = CodeFolders.Read($"resource \"aws_nat_gateway\" \"n\" {{\n subnet_id = \"subnet-0000000a\"\n private_ip = \"10.0.0.9\"\n {more}\n}}").Estate.Gateways.Single();
        Assert.Equal(expected, $"{string.Join(' ', nat.Addresses)} {(nat.PublicAddresses.IsEmpty ? "-" : nat.PublicAddresses[0])}");
    }

    [Fact]
    public void Routes_of_every_form()
    {
        var read = CodeFolders.Read("""
            resource "aws_vpc" "v" { cidr_block = "10.0.0.0/16" }
            resource "aws_vpc_ipv4_cidr_block_association" "more" {
              vpc_id     = aws_vpc.v.id
              cidr_block = "10.1.0.0/16"
            }
            resource "aws_subnet" "s" {
              vpc_id                  = aws_vpc.v.id
              cidr_block              = "10.0.0.0/24"
              availability_zone       = "eu-west-1b"
              map_public_ip_on_launch = true
            }
            resource "aws_internet_gateway" "i" { vpc_id = aws_vpc.v.id }
            resource "aws_nat_gateway" "n" { subnet_id = aws_subnet.s.id }
            resource "aws_default_route_table" "main" {
              default_route_table_id = aws_vpc.v.default_route_table_id
              route {
                cidr_block     = "0.0.0.0/0"
                nat_gateway_id = aws_nat_gateway.n.id
              }
            }
            resource "aws_route_table" "public" {
              vpc_id = aws_vpc.v.id
              route {
                cidr_block = "0.0.0.0/0"
                gateway_id = aws_internet_gateway.i.id
              }
            }
            resource "aws_route" "peer" {
              route_table_id            = aws_route_table.public.id
              destination_cidr_block    = "10.9.0.0/16"
              vpc_peering_connection_id = aws_vpc_peering_connection.p.id
            }
            resource "aws_route_table_association" "a" {
              route_table_id = aws_route_table.public.id
              subnet_id      = aws_subnet.s.id
            }
            resource "aws_vpc_peering_connection" "p" {
              vpc_id        = aws_vpc.v.id
              peer_vpc_id   = "vpc-99999999"
              peer_owner_id = "444455556666"
              peer_region   = "us-east-1"
            }
            """);

        Assert.Equal("10.0.0.0/16 10.1.0.0/16", string.Join(' ', read.Estate.Vpcs.Single().Cidrs));
        var tables = read.Estate.RouteTables.ToDictionary(t => t.Id);
        Assert.Equal(["0.0.0.0/0 nat-aws_nat_gateway.n"], tables["aws_vpc.v.default_route_table_id"].Routes.Select(r => $"{r.Destination} {r.Target}"));
        Assert.True(tables["aws_vpc.v.default_route_table_id"].IsMain);
        Assert.Equal(
            ["0.0.0.0/0 igw-aws_internet_gateway.i", "10.9.0.0/16 pcx-aws_vpc_peering_connection.p"],
            tables["aws_route_table.public"].Routes.Select(r => $"{r.Destination} {r.Target}"));
        Assert.Equal(["aws_subnet.s"], tables["aws_route_table.public"].Subnets.Select(s => s.Value));
        Assert.Equal(["aws_vpc.v"], read.Estate.Gateways.Single(g => g.Kind == GatewayKind.Nat).Vpcs.Select(v => v.Value));
        var peering = read.Estate.Peerings.Single();
        Assert.Equal("vpc-99999999 444455556666/us-east-1", $"{peering.Accepter.Vpc} {peering.Accepter.Scope}");
        Assert.Equal(("eu-west-1", true), (read.Estate.Subnets.Single().Scope.Region, read.Estate.Subnets.Single().MapPublicIpOnLaunch));
        foreach (var kind in (GapKind[])[GapKind.Vpcs, GapKind.Subnets, GapKind.RouteTables, GapKind.Peerings])
        {
            Assert.Equal(["Code does not tell what else the account holds."], read.Gaps(kind, string.Empty));
        }
    }

    [Fact]
    public void Network_ACLs_of_every_form()
    {
        var read = CodeFolders.Read("""
            resource "aws_vpc" "v" { cidr_block = "10.0.0.0/16" }
            resource "aws_network_acl" "n" {
              vpc_id     = aws_vpc.v.id
              subnet_ids = ["subnet-2", "subnet-1"]
              ingress {
                rule_no    = 100
                action     = "allow"
                protocol   = "tcp"
                from_port  = 443
                to_port    = 443
                cidr_block = "0.0.0.0/0"
              }
            }
            resource "aws_network_acl_rule" "r" {
              network_acl_id = aws_network_acl.n.id
              egress         = true
              rule_number    = 50
              rule_action    = "deny"
              protocol       = "-1"
              ipv6_cidr_block = "::/0"
            }
            resource "aws_network_acl_association" "a" {
              network_acl_id = aws_network_acl.n.id
              subnet_id      = "subnet-3"
            }
            resource "aws_default_network_acl" "d" {
              default_network_acl_id = aws_vpc.v.default_network_acl_id
              ingress {
                rule_no    = 1
                action     = "allow"
                protocol   = "icmp"
                from_port  = 0
                to_port    = 0
                icmp_type  = 8
                icmp_code  = 0
                cidr_block = "10.0.0.0/16"
              }
            }
            """);

        var acl = read.Estate.NetworkAcls.Single(a => a.Id == "aws_network_acl.n");
        Assert.Equal(["Ingress 100 True tcp/443 0.0.0.0/0", "Egress 50 False any ::/0"], acl.Entries.Select(e => $"{e.Direction} {e.Number} {e.Allows} {e.Service} {e.Cidr}"));
        Assert.Equal(["subnet-1", "subnet-2", "subnet-3"], acl.Subnets.Select(s => s.Value));
        var byDefault = read.Estate.NetworkAcls.Single(a => a.IsDefault);
        Assert.Equal(("aws_vpc.v", "icmp/8/0"), (byDefault.Vpc.Value, byDefault.Entries.Single().Service.ToString()));
    }

    [Theory]
    [InlineData("aws_route_table", "vpc_id = \"vpc-1\"\n route {\n cidr_block = var.x\n gateway_id = \"igw-1\"\n }", GapKind.RouteTables)]
    [InlineData("aws_route_table", "vpc_id = \"vpc-1\"\n route = var.x", GapKind.RouteTables)]
    [InlineData("aws_network_acl", "vpc_id = \"vpc-1\"\n ingress {\n rule_no = var.x\n action = \"allow\"\n protocol = \"-1\"\n cidr_block = \"0.0.0.0/0\"\n }", GapKind.NetworkAcls)]
    [InlineData("aws_vpc_endpoint", "vpc_id = \"vpc-1\"\n service_name = var.x", GapKind.VpcEndpoints)]
    public void What_is_unknown_is_a_gap(string type, string body, GapKind kind)
    {
        var read = CodeFolders.Read($"variable \"x\" {{}}\nresource \"{type}\" \"it\" {{\n {body}\n}}");
        Assert.NotEmpty(read.Gaps(kind, type == "aws_vpc_endpoint" ? "vpce-aws_vpc_endpoint.it" : $"{type}.it"));
    }

    [Fact]
    public void A_prefix_list_with_an_unknown_entry_was_not_read()
    {
        var read = CodeFolders.Read("""
            variable "x" {}
            resource "aws_ec2_managed_prefix_list" "l" {
              name           = "l"
              address_family = "IPv4"
              entry { cidr = "10.0.0.0/8" }
              entry { cidr = var.x }
            }
            """);
        Assert.Null(read.Estate.PrefixLists.Single().Entries);
    }

    [Fact]
    public void A_gateway_endpoint_knows_its_tables()
    {
        var read = CodeFolders.Read("""
            resource "aws_vpc" "v" { cidr_block = "10.0.0.0/16" }
            resource "aws_route_table" "t" { vpc_id = aws_vpc.v.id }
            resource "aws_vpc_endpoint" "s3" {
              vpc_id       = aws_vpc.v.id
              service_name = "com.amazonaws.eu-west-1.s3"
            }
            resource "aws_vpc_endpoint_route_table_association" "a" {
              vpc_endpoint_id = aws_vpc_endpoint.s3.id
              route_table_id  = aws_route_table.t.id
            }
            """);
        var endpoint = read.Estate.VpcEndpoints.Single();
        Assert.Equal(("Gateway", "com.amazonaws.eu-west-1.s3", "aws_route_table.t"), (endpoint.Kind, endpoint.Service, endpoint.RouteTables.Single()));
        Assert.Empty(read.Estate.NetworkInterfaces);
    }

    [Fact]
    public void Lists_of_AWS_are_known_to_be_its_own()
    {
        var read = CodeFolders.Read("""
            provider "aws" { region = "eu-west-1" }
            data "aws_region" "here" {}
            data "aws_ec2_managed_prefix_list" "s3" { name = "com.amazonaws.${data.aws_region.here.name}.s3" }
            data "aws_ec2_managed_prefix_list" "cf" {
              filter {
                name   = "prefix-list-name"
                values = ["com.amazonaws.global.cloudfront.origin-facing"]
              }
            }
            data "aws_ec2_managed_prefix_list" "ours" { name = "ours" }
            resource "aws_vpc_endpoint" "db" {
              vpc_id       = "vpc-11112222"
              service_name = "com.amazonaws.eu-west-1.dynamodb"
            }
            resource "aws_security_group" "web" {
              egress {
                protocol        = "tcp"
                from_port       = 443
                to_port         = 443
                prefix_list_ids = [data.aws_ec2_managed_prefix_list.s3.id, aws_vpc_endpoint.db.prefix_list_id, data.aws_ec2_managed_prefix_list.ours.id]
              }
            }
            """).IsWhole();

        Assert.Equal(
            [
                "aws_vpc_endpoint.db.prefix_list_id com.amazonaws.eu-west-1.dynamodb AWS",
                "data.aws_ec2_managed_prefix_list.cf com.amazonaws.global.cloudfront.origin-facing AWS",
                "data.aws_ec2_managed_prefix_list.s3 com.amazonaws.eu-west-1.s3 AWS",
            ],
            read.Estate.PrefixLists.Select(l => $"{l.Id} {l.Name} {l.Owner}"));
        Assert.Equal(3, read.Group("aws_security_group.web").Rules.Length);
        Assert.NotEmpty(read.Gaps(GapKind.PrefixLists, "data.aws_ec2_managed_prefix_list.ours"));
    }
}
