using System.Text;
using System.Text.Json;
using Sallyport.Connections;
using Sallyport.Connections.Importing;
using Sallyport.Connections.Writing;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Tests.Generators;

namespace Sallyport.Tests.Connections.Importing;

/// <summary>Import and tightening by example: a web tier, its database, and the ways real estates go wrong.</summary>
public sealed class ImporterTests
{
    private static readonly ImportOptions Options = new(new DateOnly(2026, 11, 21));

    [Fact]
    public void What_both_sides_allow_is_one_connection_with_the_rules_description_as_reason()
    {
        var file = Import(
            Group(1, "web", Egress("tcp/3306", "sg-00000002")),
            Group(2, "db", Ingress("tcp/3306", "sg-00000001", "orders read path [web-to-db]")));
        var connection = Assert.Single(file.Connections);
        Assert.Equal("web-to-db", connection.Id);
        Assert.Equal("orders read path", connection.Reason);
        Assert.Equal(ConnectionSides.Both, connection.Sides);
        Assert.Equal(PeerForm.Auto, connection.PeerAs);
        Assert.Empty(file.Residuals);
    }

    [Fact]
    public void Ranges_are_neither_split_nor_merged()
    {
        var file = Import(
            Group(1, "web", Egress("tcp/80-90", "sg-00000002"), Egress("tcp/91", "sg-00000002")),
            Group(2, "db", Ingress("tcp/85", "sg-00000001"), Ingress("tcp/91", "sg-00000001")));
        Assert.Equal(
            ["web-to-db Both tcp/91", "web-to-db-egress Egress tcp/80-90", "web-to-db-ingress Ingress tcp/85"],
            file.Connections.Select(c => $"{c.Id} {c.Sides} {string.Join(' ', c.Services)}"));
        Assert.Equal("db: ingress tcp/85 from web, in part", file.Connections[1].CoveredBy);
        Assert.Equal("web: egress tcp/80-90 to db", file.Connections[2].CoveredBy);
    }

    [Fact]
    public void A_half_that_open_egress_covers_says_so_and_open_egress_is_a_residual()
    {
        var file = Import(Group(1, "web", Egress("any", "0.0.0.0/0")), Group(2, "db", Ingress("tcp/3306", "sg-00000001")));
        var half = Assert.Single(file.Connections);
        Assert.Equal(ConnectionSides.Ingress, half.Sides);
        Assert.Equal("web: egress any to 0.0.0.0/0", half.CoveredBy);
        var residual = Assert.Single(file.Residuals);
        Assert.Equal(("web", Direction.Egress, "0.0.0.0/0"), (residual.Group, residual.Direction, residual.Peer));
        Assert.Equal((new DateOnly(2026, 11, 21), new DateOnly(2027, 2, 19)), (residual.Imported, residual.Review));
    }

    [Fact]
    public void Blocks_with_one_description_are_one_external_and_the_internet_is_named_as_what_it_is()
    {
        var file = Import(Group(
            1, "web",
            Ingress("tcp/443", "0.0.0.0/0"), Ingress("tcp/443", "::/0"), Ingress("tcp/80", "0.0.0.0/0", "redirect"),
            Ingress("tcp/22", "198.51.100.0/24", "Office London"), Ingress("tcp/22", "203.0.113.0/24", "Office London"),
            Ingress("tcp/9090", "10.9.0.0/16"), Egress("tcp/443", "pl-00000004"), Ingress("tcp/8080", "10.1.0.0/16")));
        Assert.Equal(
            ["internet", "internet-v4", "net-10-9-0-0-16", "office-london", "offices", "vpc-0000000a"],
            file.Externals.Select(e => e.Name));
        Assert.Equal(["internet", "internet-v4"], file.Externals.Where(e => e.IsPublic).Select(e => e.Name));
        Assert.Equal("198.51.100.0/24, 203.0.113.0/24", string.Join(", ", file.Externals.Single(e => e.Name == "office-london").Cidrs));
        Assert.Equal("web-to-offices", Assert.Single(file.Connections, c => c.From[0] == "web").Id);
    }

    [Theory]
    [InlineData("0.0.0.0/1 128.0.0.0/1", "0.0.0.0/1 128.0.0.0/1")]
    [InlineData("198.51.100.0/24 0.0.0.0/0", "0.0.0.0/0")]
    [InlineData("2000::/4 3000::/4 2001:db8::/32", "2000::/4 3000::/4")]
    [InlineData("0.0.0.0/1 128.0.0.0/2 192.0.0.0/2", "0.0.0.0/1")]
    [InlineData("0.0.0.0/1", "")]
    public void Blocks_that_make_the_internet_together_are_residuals(string blocks, string residuals)
    {
        var file = Import(Group(1, "web", [.. blocks.Split(' ').Select(b => Egress("tcp/443", b))]));
        Assert.Equal(residuals, string.Join(' ', file.Residuals.Select(r => r.Peer)));
    }

    [Fact]
    public void Half_of_the_internet_is_a_declared_connection()
    {
        var file = Import(Group(1, "web", Egress("tcp/443", "0.0.0.0/1"), Egress("tcp/80", "128.0.0.0/1")));
        Assert.Empty(file.Residuals);
        Assert.Equal(2, file.Connections.Length);
    }

    [Fact]
    public void Groups_that_others_manage_are_read_only_peers()
    {
        var eks = Group(2, "eks-cluster-sg-prod", Ingress("any", "sg-00000002"), Egress("any", "0.0.0.0/0"), Ingress("tcp/443", "sg-00000001"));
        var file = Import(Group(1, "web", Egress("tcp/443", "sg-00000002")), eks);
        Assert.True(file.Groups.Single(g => g.Sg == eks.Id).IsReadOnly);
        var half = Assert.Single(file.Connections);
        Assert.Equal((ConnectionSides.Egress, "eks-cluster-sg-prod: ingress tcp/443 from web (read-only)"), (half.Sides, half.CoveredBy));
        Assert.Empty(file.Residuals);
    }

    [Fact]
    public void Groups_of_one_name_are_told_apart_by_their_vpc()
    {
        var file = Import(Group(1, "default"), Group(2, "default") with { Vpc = EstateGenerator.VpcB });
        Assert.Equal(["default-vpc-0000000a", "default-vpc-0000000b"], file.Groups.Select(g => g.Name));
    }

    [Fact]
    public void A_reference_to_an_unread_group_and_one_over_a_dead_peering_are_residuals()
    {
        var dead = Ingress("tcp/22", "sg-00000002") with { Peer = new GroupPeer(new SecurityGroupId("sg-00000002")) { PeeringStatus = "deleted" } };
        var file = Import(Group(1, "web", Ingress("tcp/443", "sg-0000beef"), dead), Group(2, "db", Egress("tcp/22", "sg-00000001")));
        Assert.Equal(["db", "sg-0000beef"], file.Residuals.Where(r => r.Group == "web").Select(r => r.Peer));
    }

    [Fact]
    public void Tightening_completes_covered_halves_drops_denied_ones_and_asks_about_the_internet()
    {
        var groups = new[]
        {
            Group(1, "web", Egress("any", "0.0.0.0/0"), Egress("tcp/25", "sg-00000002")),
            Group(2, "db", Ingress("tcp/3306", "sg-00000001"), Egress("any", "0.0.0.0/0"), Ingress("tcp/22", "sg-00000003")),
            Group(3, "bastion", Ingress("tcp/22", "0.0.0.0/0")),
        };
        var estate = EstateGenerator.Assemble(groups, groups.Select((g, i) => Member(i, g)));
        var result = Tightener.Tighten(estate, Importer.Import(estate, Options).File);
        Assert.Equal(
            ["internet-v4-to-bastion Both tcp/22", "web-to-db Both tcp/3306"],
            result.File.Connections.Select(c => $"{c.Id} {c.Sides} {string.Join(' ', c.Services)}"));
        Assert.Empty(result.File.Residuals);
        Assert.Equal(
            [
                "db Removed", "db Dropped", "db Question", "db Question", "web Removed", "web Dropped", "web Question", "web Question",
            ],
            result.Changes.Where(c => c.Kind != TightenKind.Completed).Select(c => $"{c.Group} {c.Kind}"));
    }

    [Fact]
    public void Egress_that_would_be_over_the_quota_goes_to_the_vpcs_blocks()
    {
        var targets = Enumerable.Range(2, 70).Select(n => Group(n, $"service-{n}", Ingress($"tcp/{8000 + n}", "10.1.0.0/16"))).ToList();
        SecurityGroup[] groups = [Group(1, "web", Egress("any", "0.0.0.0/0")), .. targets];
        var estate = EstateGenerator.Assemble(groups, groups.Select((g, i) => Member(i, g)));
        var result = Tightener.Tighten(estate, Importer.Import(estate, Options).File);
        var egress = Assert.Single(result.File.Connections, c => c.From[0] == "web");
        Assert.Equal(("vpc-0000000a", "tcp/8002-8071"), (egress.To[0], string.Join(' ', egress.Services)));
    }

    [Fact]
    public void Tightening_closes_default_groups_that_nothing_carries_and_keeps_what_attached_ones_use()
    {
        var used = Group(1, "default", Ingress("any", "sg-00000001"), Egress("any", "0.0.0.0/0"));
        var unused = Group(2, "default", Ingress("any", "sg-00000002"), Egress("any", "0.0.0.0/0")) with { Vpc = EstateGenerator.VpcB };
        var estate = EstateGenerator.Assemble([used, unused], [Member(0, used), Member(1, used)]);
        var file = Tightener.Tighten(estate, Importer.Import(estate, Options).File).File;
        var connection = Assert.Single(file.Connections);
        Assert.Equal(("default-vpc-0000000a-to-itself", ConnectionSides.Both), (connection.Id, connection.Sides));
        Assert.Empty(file.Residuals);
    }

    [Fact]
    public void Ingress_by_the_vpcs_block_keeps_egress_to_that_group_alive()
    {
        var groups = new[] { Group(1, "web", Egress("any", "0.0.0.0/0")), Group(2, "cache", Ingress("tcp/6379", "10.1.0.0/16")) };
        var estate = EstateGenerator.Assemble(groups, groups.Select((g, i) => Member(i, g)));
        var file = Tightener.Tighten(estate, Importer.Import(estate, Options).File).File;
        var half = Assert.Single(file.Connections, c => c.From[0] == "web");
        Assert.Equal(("cache", ConnectionSides.Egress, "tcp/6379"), (half.To[0], half.Sides, string.Join(' ', half.Services)));
    }

    [Fact]
    public void The_side_file_keeps_what_the_connections_file_has_no_place_for()
    {
        var rule = Ingress("tcp/443", "0.0.0.0/0", "say \"hi\" & <b>") with { Id = new SecurityGroupRuleId("sgr-1"), Tags = Tags.Of([new("k", "v")]) };
        var result = Importer.Import(EstateGenerator.Assemble([Group(1, "web", rule, Egress("any", "::/0"))], []), Options);
        using var output = new MemoryStream();
        ImportedRulesWriter.Write(result.Rules, output);
        using var json = JsonDocument.Parse(Encoding.UTF8.GetString(output.ToArray()));
        var written = json.RootElement.GetProperty("rules").EnumerateArray().ToList();
        Assert.Equal(["internet-v4-to-web", "residual"], written.Select(r => r.GetProperty("connection").GetString()));
        Assert.Equal("sgr-1", written[0].GetProperty("id").GetString());
        Assert.Equal("say \"hi\" & <b>", written[0].GetProperty("description").GetString());
        Assert.Equal("v", written[0].GetProperty("tags").GetProperty("k").GetString());
        Assert.Equal(JsonValueKind.Null, written[1].GetProperty("tags").ValueKind);
        Assert.DoesNotContain((byte)'\r', output.ToArray());
    }

    private static ConnectionsFile Import(params SecurityGroup[] groups) => Importer.Import(EstateGenerator.Assemble(groups, []), Options).File;

    private static SecurityGroup Group(int n, string name, params SecurityGroupRule[] rules) =>
        new(EstateGenerator.GroupId(n), EstateGenerator.Home) { Name = name, Vpc = EstateGenerator.VpcA, Rules = [.. rules] };

    private static SecurityGroupRule Ingress(string service, string peer, string description = "") =>
        new(Direction.Ingress, Service.Parse(service), PeerOf(peer)) { Description = description };

    private static SecurityGroupRule Egress(string service, string peer) => new(Direction.Egress, Service.Parse(service), PeerOf(peer));

    private static Peer PeerOf(string text) =>
        text.StartsWith("sg-", StringComparison.Ordinal) ? new GroupPeer(new SecurityGroupId(text))
        : text.StartsWith("pl-", StringComparison.Ordinal) ? new PrefixListPeer(new PrefixListId(text))
        : new CidrPeer(Cidr.Parse(text));

    private static NetworkInterface Member(int n, SecurityGroup group) => new(new NetworkInterfaceId($"eni-{n:x8}"), group.Scope)
    {
        Vpc = group.Vpc,
        Groups = [group.Id],
        Addresses = [Address.Parse($"10.1.1.{n + 4}")],
    };
}
