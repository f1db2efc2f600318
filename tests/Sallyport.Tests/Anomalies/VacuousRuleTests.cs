using Sallyport.Anomalies;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Tests.Auditing;

namespace Sallyport.Tests.Anomalies;

public sealed class VacuousRuleTests
{
    private static readonly AnomalyOptions Alone = new() { Kinds = [AnomalyKind.Vacuous] };
    private static readonly PeeringId Peering = new("pcx-1");

    [Theory]
    [InlineData("icmp", "2001:db8::/32", true)]
    [InlineData("icmp/8/-1", "2001:db8::/32", true)]
    [InlineData("icmp", "10.0.0.0/8", false)]
    [InlineData("icmpv6", "10.0.0.0/8", true)]
    [InlineData("icmpv6", "2001:db8::/32", false)]
    [InlineData("any", "2001:db8::/32", false)]
    [InlineData("proto/2", "2001:db8::/32", false)]
    [InlineData("icmp", "pl-six", true)]
    [InlineData("icmp", "pl-both", false)]
    [InlineData("tcp/1", "pl-none", true)]
    [InlineData("any", "pl-none", true)]
    public void A_service_must_exist_in_the_family_of_its_peer(string service, string peer, bool fires)
    {
        var estate = EstateText.Read($"list pl-six 2001:db8::/32\nlist pl-both 2001:db8::/32 10.0.0.0/8\nlist pl-none\ngroup web\n  ingress {service} from {peer}");
        var report = AnomalyFinder.Find(estate, Alone);
        Assert.Empty(report.Doubts);
        Assert.Equal(fires, !report.Anomalies.IsEmpty);
    }

    [Theory]
    [InlineData("group db\ninterface eni-1 db 10.1.0.5", "")]
    [InlineData("group db", "VAC no interface carries group sg-db now")]
    [InlineData("group db\ngap NetworkInterfaces", "? interfaces of 111122223333/eu-west-1 were not read")]
    [InlineData("", "? group sg-db is not in the estate")]
    [InlineData("interface eni-1 db 10.1.0.5", "")] // its rules were not read, its members were
    public void A_reference_needs_an_interface(string more, string expected)
    {
        var report = AnomalyFinder.Find(EstateText.Read($"group web\n  ingress tcp/1 from db\n{more}"), Alone);
        Assert.Equal(
            expected.Length == 0 ? [] : [expected],
            report.Anomalies.Select(a => $"VAC {a.Message.Split(": ")[2].TrimEnd('.')}").Concat(report.Doubts.Select(d => $"? {d.Gap}")));
    }

    [Theory]
    [InlineData("active", "active", null)]
    [InlineData("deleted", "active", "the reference is stale, its peering pcx-1 is deleted")]
    [InlineData("active", "deleted", "the reference is stale, its peering pcx-1 is deleted")]
    [InlineData(null, "active", null)]
    public void A_reference_over_a_peering_that_is_gone_is_stale(string? onTheRule, string ofThePeering, string? expected) => Assert.Equal(
        expected, Reason(Far, Reference with { PeeringStatus = onTheRule }, new Peering(Peering, End("vpc-a"), End("vpc-b")) { Status = ofThePeering }));

    [Fact]
    public void A_reference_beyond_a_peering_whose_owner_EC2_has_forgotten_is_stale()
    {
        Assert.Equal("the reference is stale, group sg-far is gone", Reason(null, Reference with { Account = null, PeeringStatus = "active" }, null));
        Assert.Equal("? group sg-far is not in the estate", Reason(null, Reference with { PeeringStatus = "active" }, null));
    }

    [Fact]
    public void A_reference_between_VPCs_that_nothing_connects_is_stale()
    {
        var bare = new GroupPeer(Far.Id) { Account = EstateText.Account };
        Assert.Equal("the reference is stale, nothing connects vpc-a with vpc-b", Reason(Far, bare, null));
        Assert.Null(Reason(Far, bare, new Peering(Peering, End("vpc-b"), End("vpc-a"))));
        Assert.Null(Reason(Far, bare, null, b => b.Add(new VpcAssociation(Far.Id, new VpcId("vpc-a"), "associated"))));
        Assert.NotNull(Reason(Far, bare, null, b => b.Add(new VpcAssociation(Far.Id, new VpcId("vpc-a"), "disassociated"))));
        Assert.Null(Reason(Far, bare, null, b => b.Add(new EstateGap(GapKind.Peerings, "", "not read"))));
    }

    [Fact]
    public void Over_a_transit_gateway_references_work_for_ingress_only()
    {
        var bare = new GroupPeer(Far.Id) { Account = EstateText.Account };
        Assert.Null(Reason(Far, bare, null, AddTransit));
        Assert.NotNull(Reason(Far, bare, null, AddTransit, Direction.Egress));

        static void AddTransit(EstateBuilder builder)
        {
            foreach (var vpc in new[] { "vpc-a", "vpc-b" })
            {
                builder.Add(new TransitGatewayAttachment($"tgw-attach-{vpc}", EstateText.Home, "tgw-1", new VpcId(vpc)) { State = "available", SecurityGroupReferencing = true });
            }
        }
    }

    private static SecurityGroup Far => new(new SecurityGroupId("sg-far"), EstateText.Home) { Vpc = new VpcId("vpc-b") };

    private static GroupPeer Reference => new(new SecurityGroupId("sg-far")) { Account = EstateText.Account, Vpc = new VpcId("vpc-b"), Peering = Peering };

    private static PeeringEnd End(string vpc) => new(new VpcId(vpc), EstateText.Home);

    private static string? Reason(SecurityGroup? far, GroupPeer peer, Peering? peering, Action<EstateBuilder>? more = null, Direction direction = Direction.Ingress)
    {
        var builder = new EstateBuilder().MarkCollected(GapKind.NetworkInterfaces).MarkCollected(GapKind.Peerings)
            .Add(new SecurityGroup(new SecurityGroupId("sg-web"), EstateText.Home)
            {
                Vpc = new VpcId("vpc-a"),
                Rules = [new SecurityGroupRule(direction, Service.Tcp(1), peer)],
            })
            .Add(new NetworkInterface(new NetworkInterfaceId("eni-far"), EstateText.Home) { Vpc = new VpcId("vpc-b"), Groups = far is null ? [] : [far.Id], Addresses = [Address.Parse("10.2.0.5")] });
        if (far is not null) builder.Add(far);
        if (peering is not null) builder.Add(peering);
        more?.Invoke(builder);
        var report = AnomalyFinder.Find(builder.Build(), Alone);
        return report.Anomalies is [var only] ? only.Message.Split("matches nothing: ")[1].TrimEnd('.') : report.Doubts is [var doubt] ? $"? {doubt.Gap}" : null;
    }
}
