using System.Collections.Immutable;
using Sallyport.Connectivity;
using Sallyport.Connectivity.Questions;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Tests.Generators;

namespace Sallyport.Tests.Connectivity.Questions;

public sealed class EndpointResolverTests
{
    private static readonly ConnectivityModel Model = ConnectivityModel.Of(new EstateBuilder()
        .Add(Group(1, "web", EstateGenerator.VpcA)).Add(Group(2, "db", EstateGenerator.VpcA))
        .Add(Group(3, "default", EstateGenerator.VpcA)).Add(Group(4, "default", EstateGenerator.VpcB))
        .Add(Group(5, "internet", EstateGenerator.VpcB)).Add(Group(6, "nobody", EstateGenerator.VpcB))
        .Add(new Vpc(EstateGenerator.VpcA, EstateGenerator.Home) { Cidrs = [Cidr.Parse("10.1.0.0/16")] })
        .Add(new Vpc(EstateGenerator.VpcB, EstateGenerator.Home) { Cidrs = [Cidr.Parse("10.1.0.0/16")] })
        .Add(Nic(1, EstateGenerator.VpcA, 1, "10.1.0.5", "2001:db8:a::5") with { Instance = "i-00000001", PublicAddresses = [new(Address.Parse("10.1.0.5"), Address.Parse("203.0.113.5"))] })
        .Add(Nic(2, EstateGenerator.VpcA, 2, "10.1.0.6") with { Instance = "i-00000001" })
        .Add(Nic(3, EstateGenerator.VpcB, 5, "10.1.0.5"))
        .Add(Nic(4, EstateGenerator.VpcB, 4, "10.1.0.9") with { Prefixes = [Cidr.Parse("10.1.64.0/28")] })
        .Add(new Instance("i-00000009", EstateGenerator.Home))
        .Build());

    [Theory]
    [InlineData("sg-00000001", "eni-00000001")]
    [InlineData("web", "eni-00000001")]
    [InlineData("vpc-0000000b/default", "eni-00000004")]
    [InlineData("vpc-0000000b/internet", "eni-00000003")]
    [InlineData("eni-00000002", "eni-00000002")]
    [InlineData("i-00000001", "eni-00000001 eni-00000002")]
    [InlineData("10.1.0.6", "eni-00000002")]
    [InlineData("10.1.0.6/32", "eni-00000002")]
    [InlineData("203.0.113.5", "eni-00000001")]
    [InlineData("203.0.113.5/32", "eni-00000001")]
    [InlineData("2001:db8:a::5", "eni-00000001")]
    [InlineData("2001:DB8:A:0:0::5", "eni-00000001")]
    [InlineData("10.1.64.7", "eni-00000004")]
    [InlineData("vpc-0000000a/10.1.0.5", "eni-00000001")]
    [InlineData("vpc-0000000b/10.1.0.5", "eni-00000003")]
    [InlineData("10.1.0.0/29", "eni-00000001 eni-00000002 eni-00000003")]
    [InlineData("vpc-0000000b/10.1.0.0/29", "eni-00000003")]
    [InlineData("*", "eni-00000001 eni-00000002 eni-00000003 eni-00000004")]
    [InlineData("internet", "")]
    [InlineData("198.51.100.7", "")]
    public void A_text_names_interfaces(string text, string interfaces) =>
        Assert.Equal(interfaces, string.Join(' ', Model.InterfacesOf(Resolved(text)).Select(n => n.Id.Value)));

    [Fact]
    public void A_block_is_its_interfaces_and_the_addresses_between_them()
    {
        var set = Resolved("10.1.0.4/30");
        Assert.Equal("10.1.0.4/32, 10.1.0.7/32", set.OutsideV4.ToString());
        Assert.True(set.OutsideV6.IsEmpty);
    }

    [Fact]
    public void Everybody_is_every_address_and_the_internet_those_that_are_public()
    {
        Assert.True(Resolved("*").OutsideV4.Overlaps(AddressSet.Of(Cidr.Parse("192.168.0.0/16"))));
        Assert.False(Resolved("internet").OutsideV4.Overlaps(AddressSet.Of(Cidr.Parse("192.168.0.0/16"))));
        Assert.True(AddressSet.Of(Cidr.Parse("8.8.8.8/32")).IsSubsetOf(Resolved("internet").OutsideV4));
    }

    [Fact]
    public void A_group_without_members_is_the_group() => Assert.Equal([EstateGenerator.GroupId(6)], Resolved("nobody").EmptyGroups);

    [Theory]
    [InlineData("default", "SPD2102", "sg-00000003 in vpc-0000000a (111122223333/eu-west-1), sg-00000004 in vpc-0000000b")]
    [InlineData("10.1.0.5", "SPD2103", "vpc-0000000a, vpc-0000000b")]
    [InlineData("10.1.0.5/32", "SPD2103", "vpc-0000000a/10.1.0.5")]
    [InlineData("wev", "SPD2100", "Did you mean \"web\"?")]
    [InlineData("Web", "SPD2100", "Did you mean \"web\"?")]
    [InlineData("vpc-0000000a/wev", "SPD2100", "Did you mean \"vpc-0000000a/web\"?")]
    [InlineData("vpc-0000000a/internet", "SPD2100", "vpc-0000000a/internet")]
    [InlineData("vpc-0000000a", "SPD2100", "vpc-0000000a")]
    [InlineData("sg-0000000f", "SPD2101", "There is no group sg-0000000f")]
    [InlineData("eni-0000000f", "SPD2101", "Did you mean eni-00000001?")]
    [InlineData("i-0000000f", "SPD2101", "There is no instance i-0000000f")]
    [InlineData("vpc-000000ff/10.0.0.1", "SPD2101", "There is no VPC vpc-000000ff")]
    [InlineData("i-00000009", "SPD2104", "i-00000009")]
    [InlineData("", "SPD2106", "eni-…")]
    [InlineData("  ", "SPD2106", "eni-…")]
    [InlineData("10.1.0.256", "SPD2100", "10.1.0.256")]
    [InlineData("10.1.0.0/33", "SPD2100", "10.1.0.0/33")]
    [InlineData("::ffff:10.1.0.5%1", "SPD2100", "%1")]
    public void What_names_nobody_or_several_is_an_error_that_helps(string text, string code, string says)
    {
        var result = new EndpointResolver(Model).Resolve(text);
        Assert.False(result.IsOk);
        var said = Assert.Single(result.Diagnostics);
        Assert.Equal(code, said.Code);
        Assert.Contains(says, said.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Host_bits_are_said_and_the_block_is_meant()
    {
        var result = new EndpointResolver(Model).Resolve("10.1.0.6/30");
        Assert.True(result.IsOk);
        Assert.Equal("SPD2105", Assert.Single(result.Diagnostics).Code);
        Assert.Contains("10.1.0.4/30", result.Diagnostics[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Declared_names_win_and_one_that_failed_fails_only_when_asked()
    {
        var said = new Diagnostic("SPD1104", Severity.Error, "not here");
        var declared = new Dictionary<string, Result<EndpointSet>>
        {
            ["web"] = Result<EndpointSet>.Ok(Model.OfGroup(EstateGenerator.GroupId(2))),
            ["internet"] = Result<EndpointSet>.Ok(Model.OfGroup(EstateGenerator.GroupId(2))),
            ["gone"] = Result<EndpointSet>.Failed(said),
        };
        var resolver = new EndpointResolver(Model, declared);
        Assert.Equal(["eni-00000002"], Model.InterfacesOf(resolver.Resolve("web").Value!).Select(n => n.Id.Value));
        Assert.Equal(["eni-00000002"], Model.InterfacesOf(resolver.Resolve("internet").Value!).Select(n => n.Id.Value));
        Assert.True(resolver.Resolve("db").IsOk);
        Assert.Equal([said], resolver.Resolve("gone").Diagnostics);
        Assert.Contains("\"gone\"", resolver.Resolve("gome").Diagnostics[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_endless_text_is_not_repeated_in_full()
    {
        var said = Assert.Single(new EndpointResolver(Model).Resolve(new string('x', 1_000_000)).Diagnostics);
        Assert.InRange(said.Message.Length, 300, 600);
    }

    private static EndpointSet Resolved(string text)
    {
        var result = new EndpointResolver(Model).Resolve(text);
        Assert.True(result.IsOk, string.Join('\n', result.Diagnostics));
        Assert.Empty(result.Diagnostics);
        return result.Value;
    }

    private static SecurityGroup Group(int n, string name, VpcId vpc) => new(EstateGenerator.GroupId(n), EstateGenerator.Home) { Name = name, Vpc = vpc };

    private static NetworkInterface Nic(int n, VpcId vpc, int group, params ImmutableArray<string> addresses) => new(new NetworkInterfaceId($"eni-{n:x8}"), EstateGenerator.Home)
    {
        Vpc = vpc,
        Groups = [EstateGenerator.GroupId(group)],
        Addresses = [.. addresses.Select(Address.Parse)],
    };
}
