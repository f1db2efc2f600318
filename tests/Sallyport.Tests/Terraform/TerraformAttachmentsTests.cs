using Sallyport.Estates;
using Sallyport.Terraform;

namespace Sallyport.Tests.Terraform;

/// <summary>What runs behind groups.</summary>
public sealed class TerraformAttachmentsTests
{
    private const string Groups = "variable \"x\" {}\nresource \"aws_security_group\" \"a\" {}\nresource \"aws_security_group\" \"b\" {}\n";

    public static TheoryData<string, string, string> Kinds()
    {
        var data = new TheoryData<string, string, string>();
        foreach (var kind in AttachmentKind.ByType.Values.OrderBy(k => k.Type, StringComparer.Ordinal))
        {
            foreach (var path in kind.Groups) data.Add(kind.Type, path, kind.InterfaceType);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_becomes_an_interface_with_its_groups(string type, string path, string interfaceType)
    {
        var parts = path.Split('.');
        var argument = parts[^1];
        var value = argument.EndsWith("_group", StringComparison.Ordinal) ? "aws_security_group.a.id" : "[aws_security_group.a.id]";
        var code = string.Concat(parts[..^1].Select(p => $"{p} {{\n")) + $"{argument} = {value}\n" + string.Concat(parts[..^1].Select(_ => "}\n"));
        var read = CodeFolders.Read($"{Groups}resource \"{type}\" \"it\" {{\n vpc_id = \"vpc-11112222\"\n {code}}}").IsWhole();

        Assert.Equal($"{interfaceType} [aws_security_group.a] - vpc-11112222", read.Nic(type == "aws_vpc_endpoint" ? "vpce-aws_vpc_endpoint.it" : $"{type}.it"));
        Assert.EndsWith($"{type}.it", read.Estate.NetworkInterfaces[0].Description, StringComparison.Ordinal);
        Assert.Contains(read.Estate.Gaps, g => g is { What: GapKind.NetworkInterfaces, Where: "" });
    }

    [Fact]
    public void A_kind_that_the_table_lacks_is_found_by_the_usual_arguments() =>
        Assert.Equal(
            "interface [aws_security_group.a aws_security_group.b] - -",
            CodeFolders.Read($$"""
                {{Groups}}
                resource "aws_something_new" "it" {
                  settings {
                    network { security_group_ids = [aws_security_group.b.id, aws_security_group.a.id] }
                  }
                }
                """).IsWhole().Nic("aws_something_new.it"));

    [Fact]
    public void Subnets_lead_to_their_VPC_and_addresses_are_kept()
    {
        var read = CodeFolders.Read("""
            resource "aws_vpc" "main" { cidr_block = "10.0.0.0/16" }
            resource "aws_subnet" "one" {
              vpc_id     = aws_vpc.main.id
              cidr_block = cidrsubnet(aws_vpc.main.cidr_block, 8, 1)
            }
            resource "aws_security_group" "a" { vpc_id = aws_vpc.main.id }
            resource "aws_instance" "i" {
              subnet_id              = aws_subnet.one.id
              private_ip             = "10.0.1.7"
              vpc_security_group_ids = [aws_security_group.a.id]
              security_groups        = ["a name"]
              source_dest_check      = false
              tags                   = { Name = "i" }
            }
            resource "aws_lambda_function" "f" {
              vpc_config {
                subnet_ids         = [aws_subnet.one.id]
                security_group_ids = [aws_security_group.a.id]
              }
            }
            """).IsWhole();

        Assert.Equal("interface [aws_security_group.a] aws_subnet.one aws_vpc.main", read.Nic("aws_instance.i"));
        Assert.Equal("lambda [aws_security_group.a] aws_subnet.one aws_vpc.main", read.Nic("aws_lambda_function.f"));
        var nic = read.Estate.NetworkInterfaces.Single(n => n.Instance == "aws_instance.i");
        Assert.Equal(("10.0.1.7", false, "Name=i"), (nic.Addresses.Single().ToString(), nic.SourceDestCheck, nic.Tags.ToString()));
        Assert.Equal("10.0.1.0/24", read.Estate.Subnets.Single().Cidrs.Single().ToString());
    }

    [Fact]
    public void An_interface_takes_groups_that_are_joined_to_it()
    {
        var read = CodeFolders.Read($$"""
            {{Groups}}
            resource "aws_network_interface" "n" {
              subnet_id       = "subnet-11112222"
              private_ips     = ["10.0.0.9", "10.0.0.10"]
              security_groups = [aws_security_group.a.id]
            }
            resource "aws_network_interface_sg_attachment" "one" {
              security_group_id    = aws_security_group.b.id
              network_interface_id = aws_network_interface.n.id
            }
            resource "aws_instance" "i" { vpc_security_group_ids = [aws_security_group.a.id] }
            resource "aws_network_interface_sg_attachment" "two" {
              security_group_id    = aws_security_group.b.id
              network_interface_id = aws_instance.i.primary_network_interface_id
            }
            resource "aws_vpc_endpoint" "e" {
              vpc_id            = "vpc-11112222"
              vpc_endpoint_type = "Interface"
              service_name      = "com.amazonaws.eu-west-1.ssm"
              security_group_ids = [aws_security_group.a.id]
            }
            resource "aws_vpc_endpoint_security_group_association" "three" {
              vpc_endpoint_id   = aws_vpc_endpoint.e.id
              security_group_id = aws_security_group.b.id
            }
            """).IsWhole();

        Assert.Equal("interface [aws_security_group.a aws_security_group.b] subnet-11112222 -", read.Nic("aws_network_interface.n"));
        Assert.Equal("interface [aws_security_group.a aws_security_group.b] - -", read.Nic("aws_instance.i"));
        Assert.Equal("vpc_endpoint [aws_security_group.a aws_security_group.b] - vpc-11112222", read.Nic("vpce-aws_vpc_endpoint.e"));
        Assert.Equal(["aws_security_group.a", "aws_security_group.b"], read.Estate.VpcEndpoints.Single().Groups.Select(g => g.Value));
    }

    [Fact]
    public void An_instance_that_names_no_group_has_the_default_group_of_its_VPC() =>
        Assert.Equal(
            "interface [aws_default_security_group.d] aws_subnet.s aws_vpc.v",
            CodeFolders.Read("""
                resource "aws_vpc" "v" { cidr_block = "10.0.0.0/16" }
                resource "aws_default_security_group" "d" { vpc_id = aws_vpc.v.id }
                resource "aws_subnet" "s" {
                  vpc_id     = aws_vpc.v.id
                  cidr_block = "10.0.0.0/24"
                }
                resource "aws_instance" "i" { subnet_id = aws_subnet.s.id }
                """).IsWhole().Nic("aws_instance.i"));

    [Theory]
    [InlineData("aws_instance", "vpc_security_group_ids = var.x")]
    [InlineData("aws_lambda_function", "vpc_config {\n security_group_ids = [join(\"-\", [var.x])]\n}")]
    [InlineData("aws_lambda_function", "dynamic \"vpc_config\" {\n for_each = var.x\n content {}\n}")]
    public void Unknown_groups_are_a_gap(string type, string argument)
    {
        var read = CodeFolders.Read($"{Groups}resource \"{type}\" \"it\" {{\n {argument}\n}}");
        var why = Assert.Single(read.Gaps(GapKind.NetworkInterfaces, $"{type}.it"));
        Assert.Matches($@"^The groups of {type}\.it \(main\.tf:\d+\) are not all known: ", why);
        Assert.EndsWith("var.x has no default and nobody gave a value.", why, StringComparison.Ordinal);
    }
}
