using System.IO.Compression;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Sallyport.Estates;
using Sallyport.Estates.Snapshots;
using Sallyport.Packets;
using Sallyport.Tests.Estates.Files;
using Sallyport.Tests.Generators;

namespace Sallyport.Tests.Estates.Snapshots;

public class SnapshotTests
{
    [Fact]
    public void Reading_and_writing_again_gives_the_same_bytes() =>
        Prop.ForAll(EstateGenerator.Estate.ToArbitrary(), estate =>
        {
            var first = Write(estate);
            var read = FileRead.Of(first);
            Assert.Empty(read.Said);
            return first.AsSpan().SequenceEqual(Write(read.Estate));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Everything_in_an_estate_survives()
    {
        var bytes = Write(Full());
        var read = FileRead.Of(bytes);

        Assert.Empty(read.Said);
        Assert.Equal(Encoding.UTF8.GetString(bytes), Encoding.UTF8.GetString(Write(read.Estate)));
        Assert.Equal(Full().Gaps, read.Estate.Gaps);
        Assert.Equal(Full().Scopes, read.Estate.Scopes);
        Assert.Equal(Full().SecurityGroups.Select(g => g.Rules.Length), read.Estate.SecurityGroups.Select(g => g.Rules.Length));
        Assert.Equal(EstateDigest.Of(Full()), EstateDigest.Of(read.Estate));
        Assert.Equal(["any", "icmpv6/128/-1", "proto/47"], read.Estate.SecurityGroups[0].Rules.Select(r => r.Service.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_code_hides_stays_hidden()
    {
        var home = new Scope("111122223333", "eu-west-1");
        var tags = Tags.Of([new("env", "${Stage}"), new("owner", "net")], [new("", "a variable has no value"), new("env", "it is marked as sensitive")]);
        var estate = new EstateBuilder()
            .Add(new SecurityGroup(new SecurityGroupId("sg-1"), home)
            {
                Name = "web",
                UnknownName = "it is marked as sensitive",
                Description = "Web of ${Stage}",
                UnknownDescription = "the parameter Stage has no value",
                Tags = tags,
                Rules =
                [
                    new SecurityGroupRule(Direction.Ingress, Service.Any, new CidrPeer(Cidr.AnyV4)) { UnknownDescription = "it is known after apply", Tags = Tags.Of([], [new("k", "it is marked as sensitive")]) },
                    new SecurityGroupRule(Direction.Ingress, Service.Any, new CidrPeer(Cidr.AnyV6)) { Tags = Tags.None },
                    new SecurityGroupRule(Direction.Ingress, Service.Any, new GroupPeer(new SecurityGroupId("sg-1"))),
                ],
            })
            .Add(new Vpc(new VpcId("vpc-1"), home) { Tags = tags })
            .Build();
        var read = FileRead.Of(Write(estate));
        var (before, after) = (estate.SecurityGroups[0], read.Estate.SecurityGroups[0]);

        Assert.Empty(read.Said);
        Assert.Equal((before.Name, before.UnknownName, before.Description, before.UnknownDescription, before.Tags), (after.Name, after.UnknownName, after.Description, after.UnknownDescription, after.Tags));
        Assert.Equal(before.Rules.Select(r => (r.Description, r.UnknownDescription, r.Tags)), after.Rules.Select(r => (r.Description, r.UnknownDescription, r.Tags)));
        Assert.Equal(tags, read.Estate.Vpcs[0].Tags);
        Assert.NotEqual(tags, Tags.Of(tags.Pairs));
    }

    [Fact]
    public void Every_rule_has_a_line_of_its_own()
    {
        var lines = Encoding.UTF8.GetString(Write(Full())).Split('\n');

        Assert.Equal("{\"schemaVersion\":1,\"kind\":\"sallyport-snapshot\",", lines[0]);
        Assert.Equal(Full().RuleCount, lines.Count(l => l.StartsWith("{\"direction\":", StringComparison.Ordinal)));
        Assert.Equal("}", lines[^2]);
        Assert.Equal("", lines[^1]);
        var read = FileRead.Of(Write(Full()));
        Assert.All(read.Estate.SecurityGroups.SelectMany(g => g.Rules), r => Assert.StartsWith("{\"direction\":", lines[r.Line - 1], StringComparison.Ordinal));
    }

    [Fact]
    public void Gzip_is_told_by_its_content()
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) SnapshotWriter.Write(Full(), gzip);

        Assert.Equal(Write(Full()), Write(FileRead.Of(packed.ToArray(), "snapshot.json").Estate));
        var damaged = packed.ToArray();
        damaged.AsSpan(damaged.Length / 2, 20).Fill(0xAA);
        var read = FileRead.Of(damaged);
        Assert.Contains(read.Said, d => d.Severity == Sallyport.Diagnostics.Severity.Error);
        Assert.True(read.HasNoGroups);
        Assert.Contains(FileRead.Of(packed.ToArray()[..^200]).Said, d => d.Severity == Sallyport.Diagnostics.Severity.Error);
    }

    [Theory]
    [InlineData("""{"schemaVersion":2,"kind":"sallyport-snapshot"}""", "SPD2016")]
    [InlineData("""{"schemaVersion":"1","kind":"sallyport-snapshot"}""", "SPD2017")]
    [InlineData("""{"kind":"sallyport-snapshot"}""", "SPD2017")]
    [InlineData("""{"schemaVersion":1,"kind":"sallyport-snapshot","securityGroups":[{"name":"a"}]}""", "SPD2017")]
    [InlineData("""{"schemaVersion":1,"kind":"sallyport-snapshot","securityGroups":[{"id":"sg-1","rules":[{"direction":"egress","service":"tcp","cidr":"0.0.0.0/0"}]}]}""", "SPD2017")]
    [InlineData("""{"schemaVersion":1,"kind":"sallyport-snapshot","securityGroups":[{"id":"sg-1","rules":[{"direction":"egress","service":"any"}]}]}""", "SPD2017")]
    [InlineData("""{"schemaVersion":1,"kind":"sallyport-snapshot","vpcs":[{"id":"vpc-1","cidrs":["x"]}]}""", "SPD2017")]
    [InlineData("""{"schemaVersion":1,"kind":"sallyport-snapshot","vpcs":[1]}""", "SPD2017")]
    [InlineData("""{"schemaVersion":1,"kind":"sallyport-snapshot","gaps":[{"what":"Nothing"}]}""", "SPD2017")]
    [InlineData("""{"schemaVersion":1,"kind":"sallyport-snapshot"}{}""", "SPD2017")]
    [InlineData("""{"schemaVersion":1,"kind":"sallyport-snapshot",""", "SPD2006")]
    public void A_snapshot_that_is_damaged_or_newer_is_refused(string text, string code)
    {
        var read = FileRead.Of(text);

        Assert.Equal([code], read.Codes);
        Assert.True(read.HasNoGroups);
    }

    [Fact]
    public void What_was_collected_and_empty_makes_no_gap_after_a_round_trip()
    {
        var collected = new EstateBuilder().Add(new SecurityGroup(new SecurityGroupId("sg-1"), new Scope("", ""))).MarkCollected(GapKind.Peerings).Build();
        var read = FileRead.Of(Write(collected));

        Assert.Equal(collected.Gaps, read.Estate.Gaps);
        Assert.DoesNotContain(read.Estate.Gaps, g => g.What == GapKind.Peerings);
    }

    [Fact]
    public void A_second_source_closes_the_gaps_of_a_snapshot()
    {
        var snapshot = Encoding.UTF8.GetString(Write(new EstateBuilder().Add(new SecurityGroup(new SecurityGroupId("sg-1"), new Scope("", ""))).Build()));
        var read = FileRead.OfAll(("a.json", snapshot), ("b.json", """{"Vpcs": []}"""));

        Assert.DoesNotContain(read.Estate.Gaps, g => g.What == GapKind.Vpcs);
        Assert.Contains(read.Estate.Gaps, g => g.What == GapKind.Subnets);
    }

    [Fact]
    public void Which_scopes_a_kind_was_read_in_survives()
    {
        var (one, two) = (new Scope("111122223333", "eu-west-1"), new Scope("111122223333", "eu-west-2"));
        var estate = new EstateBuilder().AddScope(one).AddScope(two)
            .MarkCollected(GapKind.FlowLogs, one).MarkCollected(GapKind.Monitoring, two).MarkCollected(GapKind.VpcEndpoints)
            .Add(new PublicAccessBlock(one, "off")).Add(new EstateGap(GapKind.PublicAccessBlocks, two.ToString(), "AccessDenied", IsReadFailure: true))
            .Build();
        var read = FileRead.Of(Write(estate)).Estate;

        Assert.Equal(estate.Gaps, read.Gaps);
        Assert.Equal(Encoding.UTF8.GetString(Write(estate)), Encoding.UTF8.GetString(Write(read)));
        Assert.Equal(["FlowLogs 111122223333/eu-west-2", "Monitoring 111122223333/eu-west-1", "PublicAccessBlocks 111122223333/eu-west-2"],
            read.Gaps.Where(g => EstateBuilder.KindsByScope.Contains(g.What)).Select(g => $"{g.What} {g.Where}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_snapshot_of_an_older_version_does_not_claim_what_it_never_read()
    {
        const string old = """
            {"schemaVersion":1,"kind":"sallyport-snapshot","scopes":[{"account":"111122223333","region":"eu-west-1"}],
            "securityGroups":[{"id":"sg-1","account":"111122223333","region":"eu-west-1","name":"web","rules":[]}],"networkInterfaces":[],"vpcs":[],"subnets":[],
            "routeTables":[],"networkAcls":[],"prefixLists":[],"peerings":[],"vpcEndpoints":[],"flowLogs":[],"gaps":[]}
            """;
        var read = FileRead.Of(old);

        Assert.Empty(read.Said);
        Assert.Equal([GapKind.VpcEndpoints, GapKind.FlowLogs, GapKind.PublicAccessBlocks, GapKind.Monitoring], read.Estate.Gaps.Select(g => g.What));
        var logged = FileRead.Of(old.Replace("\"flowLogs\":[]", "\"flowLogs\":[{\"id\":\"fl-1\",\"account\":\"111122223333\",\"region\":\"eu-west-1\",\"resource\":\"vpc-1\"}]", StringComparison.Ordinal));
        Assert.DoesNotContain(logged.Estate.Gaps, g => g.What == GapKind.FlowLogs);
    }

    internal static byte[] Write(Estate estate)
    {
        var stream = new MemoryStream();
        SnapshotWriter.Write(estate, stream);
        return stream.ToArray();
    }

    internal static Estate Full()
    {
        var home = new Scope("111122223333", "eu-west-1");
        var vpc = new VpcId("vpc-1");
        var group = new SecurityGroupId("sg-1");
        var tags = Tags.Of([new("Name", "größe <&> \"x\"\n"), new("empty", "")]);
        return new EstateBuilder()
            .Add(new SecurityGroup(group, home)
            {
                Name = "web",
                Description = "d",
                Vpc = vpc,
                Tags = tags,
                Rules =
                [
                    new(Direction.Egress, Service.Parse("any"), new CidrPeer(Cidr.AnyV6)) { Id = new("sgr-1"), Tags = Tags.None },
                    new(Direction.Ingress, Service.Parse("proto/47"), new PrefixListPeer(new("pl-1"))) { Tags = tags, Description = "é" },
                    new(Direction.Ingress, Service.Parse("icmpv6/128/-1"), new GroupPeer(group) { Account = "1", Vpc = vpc, Peering = new("pcx-1"), PeeringStatus = "active" }),
                ],
                Malformed = [new(Direction.Egress, "a \"problem\"", null)],
            })
            .Add(new SecurityGroup(new("sg-2"), home))
            .Add(new NetworkInterface(new("eni-1"), home)
            {
                Vpc = vpc,
                Subnet = new("subnet-1"),
                Groups = [group],
                Addresses = [Address.Parse("10.0.0.5"), Address.Parse("2001:db8::5")],
                Prefixes = [Cidr.Parse("10.0.0.16/28")],
                PublicAddresses = [new(Address.Parse("10.0.0.5"), Address.Parse("198.51.100.1"))],
                InterfaceType = "lambda",
                Status = "in-use",
                Description = "x",
                RequesterManaged = true,
                RequesterId = "amazon-elb",
                Instance = "i-1",
                SourceDestCheck = false,
                Tags = tags,
            })
            .Add(new Vpc(vpc, home) { Cidrs = [Cidr.Parse("10.0.0.0/16")], IsDefault = true, Tags = tags })
            .Add(new Subnet(new("subnet-1"), home, vpc) { Cidrs = [Cidr.Parse("10.0.0.0/24")], AvailabilityZone = "eu-west-1a", MapPublicIpOnLaunch = true })
            .Add(new RouteTable("rtb-1", home, vpc)
            {
                IsMain = true,
                Subnets = [new("subnet-1")],
                Gateways = ["igw-1"],
                Routes = [new() { Destination = Cidr.AnyV4, Target = "i-1", Interface = new("eni-1"), IsBlackhole = true }, new() { DestinationPrefixList = new("pl-1"), Target = "vpce-1" }],
            })
            .Add(new NetworkAcl("acl-1", home, vpc) { IsDefault = true, Subnets = [new("subnet-1")], Entries = [new(Direction.Ingress, 100, true, Service.Parse("tcp/443"), Cidr.AnyV4), new(Direction.Egress, 32767, false, Service.Any, Cidr.AnyV6)] })
            .Add(new PrefixList(new("pl-1"), home) { Name = "l", Owner = "AWS", Family = IpFamily.V6, MaxEntries = 5, Version = 7, Entries = [new(Cidr.Parse("2001:db8::/32"), "e")] })
            .Add(new PrefixList(new("pl-2"), home) { Entries = [] })
            .Add(new PrefixList(new("pl-3"), home))
            .Add(new Peering(new("pcx-1"), new(vpc, home) { Cidrs = [Cidr.Parse("10.0.0.0/16")] }, new(new("vpc-2"), new("", ""))) { Status = "deleted", Tags = tags })
            .Add(new VpcEndpoint("vpce-1", home, vpc) { Kind = "Interface", Service = "s", State = "available", Groups = [group], Interfaces = [new("eni-1")], RouteTables = ["rtb-1"], Tags = tags })
            .Add(new Gateway("nat-1", home, GatewayKind.Nat) { Vpcs = [vpc], Subnet = new("subnet-1"), State = "available", Addresses = [Address.Parse("10.0.0.9")], PublicAddresses = [Address.Parse("198.51.100.9")] })
            .Add(new Gateway("tgw-1", home, GatewayKind.Transit))
            .Add(new Gateway("igw-1", home, GatewayKind.Internet))
            .Add(new Gateway("eigw-1", home, GatewayKind.EgressOnlyInternet))
            .Add(new Gateway("vgw-1", home, GatewayKind.Vpn))
            .Add(new TransitGatewayAttachment("tgw-attach-1", home, "tgw-1", vpc) { VpcOwner = "1", State = "available", Subnets = [new("subnet-1")], SecurityGroupReferencing = false })
            .Add(new TransitGatewayRouteTable("tgw-rtb-1", home, "tgw-1") { Associations = [], Routes = [] })
            .Add(new TransitGatewayRouteTable("tgw-rtb-2", home, "tgw-1"))
            .Add(new VpcAssociation(group, new("vpc-2"), "associated"))
            .Add(new Instance("i-1", home) { State = "running", Vpc = vpc, Groups = [group], Tags = tags })
            .Add(new FlowLog("fl-1", home, "vpc-1") { TrafficType = "ALL", Status = "ACTIVE", DestinationType = "s3", Destination = "arn", Format = "${version}", MaxAggregationSeconds = 60 })
            .Add(new PublicAccessBlock(home, "block-bidirectional"))
            .Add(new PublicAccessExclusion("vpcbpa-exclude-1", home, "vpc-1") { Mode = "allow-egress", State = "create-complete" })
            .Add(new MetricFilter("größe", home, "trail") { Pattern = "{ ($.eventName = \"X\") }", Metrics = [new("Logs", "M"), new("", "N")] })
            .Add(new MetricAlarm("a", home) { Metrics = [new("Logs", "M")], HasActions = true })
            .Add(new MetricAlarm("b", home))
            .Add(new MetricAlarm("c", home) { Combines = ["a", "b"], HasActions = true })
            .Add(new EventRule("r", home) { Pattern = "{\"source\":[\"aws.ec2\"]}", IsEnabled = true })
            .Add(new EventRule("r", home) { Bus = "own" })
            .Add(new Trail("t", home) { IsMultiRegion = true, IsOrganization = true, LogGroup = "trail" })
            .Add(new EstateGap(GapKind.Scope, "111122223333/eu-north-1", "AuthFailure", IsReadFailure: true))
            .Add(new EstateGap(GapKind.Rules, "sg-0000000a", "var.x has no default and nobody gave a value") { IsLeftOpen = true })
            .AddScope(new Scope("111122223333", "eu-north-1"))
            .Build();
    }
}
