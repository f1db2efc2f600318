using Sallyport.Connectivity.Networks;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Tests.Connectivity.Networks;

public sealed class NetworkAclTests
{
    private const string AllIn = "ingress 100 allow any 0.0.0.0/0";
    private const string AllOut = "egress 100 allow any 0.0.0.0/0";

    [Fact]
    public void Open_acls_stop_nothing() => new NetworkDraft().Judge("a1", "a2").IsClear();

    [Fact]
    public void Inside_one_subnet_no_acl_stands() =>
        new NetworkDraft().Nic("other", "a1", "10.1.1.6").Acl("a1").Judge("a1", "other").IsClear();

    [Fact]
    public void Between_subnets_an_empty_acl_stops_everything() =>
        new NetworkDraft().Acl("a1").Judge("a1", "a2").IsStoppedBy("acl-a1", "tcp/443", "acl-a1 of subnet-a1 stops packets to 10.1.2.5.");

    [Theory]
    [InlineData("egress 90 deny tcp/443 10.1.2.5/32", true)]
    [InlineData("egress 110 deny tcp/443 10.1.2.5/32", false)]
    [InlineData("egress 90 deny tcp/443 10.1.2.6/32", false)]
    [InlineData("egress 90 deny tcp/444-500 10.1.2.5/32", false)]
    [InlineData("egress 90 deny any ::/0", false)]
    [InlineData("ingress 90 deny tcp/443 10.1.2.5/32", false)]
    public void The_first_match_by_number_decides(string entry, bool stops)
    {
        var path = new NetworkDraft().Acl("a1", AllIn, AllOut, entry).Judge("a1", "a2");
        if (stops) path.IsStoppedBy("acl-a1", "tcp/443", "stops packets to 10.1.2.5");
        else path.Passes("tcp/443");
    }

    [Fact]
    public void Of_a_denied_range_an_earlier_allow_stays()
    {
        var path = new NetworkDraft().Acl("a2", AllOut, "ingress 1 allow tcp/443 0.0.0.0/0", "ingress 2 deny tcp/0-1023 0.0.0.0/0", AllIn).Judge("a1", "a2");
        path.Passes("tcp/443");
        path.Passes("tcp/1024");
        path.IsStoppedBy("acl-a2", "tcp/442", "acl-a2 of subnet-a2 stops packets from 10.1.1.5.");
        path.IsStoppedBy("acl-a2", "tcp/444", "stops packets from 10.1.1.5");
    }

    [Theory]
    [InlineData("a1", "ingress", "from 10.1.2.5")]
    [InlineData("a2", "egress", "to 10.1.1.5")]
    public void An_answer_needs_an_entry_of_its_own(string subnet, string direction, string way)
    {
        var draft = new NetworkDraft().Acl(subnet, AllIn, AllOut, $"{direction} 1 deny tcp/1024-65535 0.0.0.0/0");
        draft.Judge("a1", "a2").IsStoppedBy($"acl-{subnet}", "tcp/443", $"acl-{subnet} of subnet-{subnet} stops the answer {way}.");
        draft.Judge("a1", "a2").Passes("udp/53");
    }

    [Theory]
    [InlineData(1024, 65_535, true)]
    [InlineData(1023, 65_535, true)]
    [InlineData(1025, 65_535, false)]
    [InlineData(1024, 65_534, false)]
    [InlineData(32_768, 61_000, false)]
    public void An_answer_to_part_of_the_ephemeral_ports_is_partly(int first, int last, bool isWhole)
    {
        var path = new NetworkDraft().Acl("a2", AllIn, $"egress 100 allow tcp/{first}-{last} 0.0.0.0/0").Judge("a1", "a2");
        Assert.True(path.Nacl.Allowed.Contains(Service.Tcp(443)));
        Assert.Equal(!isWhole, path.PartlyAnswered.Contains(Service.Tcp(443)));
        if (!isWhole) path.Notes(Sallyport.Connectivity.Layer.Nacl, "acl-a2", "to part of the ephemeral ports only", isGap: false);
    }

    [Theory]
    [InlineData(0, 1023)]
    [InlineData(443, 443)]
    public void An_answer_to_no_ephemeral_port_is_none(int first, int last) =>
        new NetworkDraft().Acl("a2", AllIn, $"egress 100 allow tcp/{first}-{last} 0.0.0.0/0").Judge("a1", "a2")
            .IsStoppedBy("acl-a2", "tcp/443", "stops the answer to 10.1.1.5");

    [Theory]
    [InlineData(32_768, 60_999, false)]
    [InlineData(32_767, 60_999, true)]
    [InlineData(32_768, 61_000, true)]
    public void The_ephemeral_range_is_an_option(int first, int last, bool isPartly)
    {
        var options = new NetworkOptions { EphemeralFirst = first, EphemeralLast = last };
        var path = new NetworkDraft().Acl("a2", AllIn, "egress 100 allow tcp/32768-60999 0.0.0.0/0").Judge("a1", "a2", options: options);
        Assert.Equal(isPartly, path.PartlyAnswered.Contains(Service.Tcp(443)));
        Assert.True(path.Nacl.Allowed.Contains(Service.Tcp(443)));
    }

    [Fact]
    public void Two_acls_that_share_no_port_stop_the_answer_together()
    {
        var path = new NetworkDraft()
            .Acl("a2", AllIn, "egress 100 allow tcp/1024-30000 0.0.0.0/0")
            .Acl("a1", AllOut, "ingress 100 allow tcp/30001-65535 0.0.0.0/0")
            .Judge("a1", "a2");
        path.IsStoppedBy("acl-a1", "tcp/443", "stops the answer from 10.1.2.5");
        path.Notes(Sallyport.Connectivity.Layer.Nacl, "acl-a2", "to part of the ephemeral ports only", isGap: false);
    }

    [Theory]
    [InlineData("icmp/0/0", "icmp/8/0", true)]
    [InlineData("icmp/8/0", "icmp/8/0", false)]
    [InlineData("icmp/8/0", "icmp/3/4", true)]
    [InlineData("icmp/0/0", "icmpv6/128/0", false)]
    [InlineData("icmpv6/129/0", "icmpv6/128/0", true)]
    [InlineData("icmpv6/128/0", "icmpv6/128/0", false)]
    [InlineData("icmpv6/128/0", "icmpv6/2/0", true)]
    [InlineData("proto/47", "proto/47", true)]
    [InlineData("proto/50", "proto/47", false)]
    [InlineData("tcp/1024-65535", "udp/53", false)]
    [InlineData("udp/1024-65535", "udp/53", true)]
    public void Every_protocol_has_its_own_answer(string answer, string service, bool isAnswered)
    {
        var path = new NetworkDraft().Acl("a2", AllIn, $"egress 100 allow {answer} 0.0.0.0/0").Judge("a1", "a2");
        if (isAnswered) path.Passes(service);
        else path.IsStoppedBy("acl-a2", service, "stops the answer to 10.1.1.5");
    }

    [Theory]
    [InlineData(IpFamily.V4, true)]
    [InlineData(IpFamily.V6, false)]
    public void Families_are_judged_apart(IpFamily family, bool passes)
    {
        var path = new NetworkDraft().Acl("a2", AllIn, AllOut).Judge("a1", "a2", family);
        if (passes) path.IsClear();
        else path.IsStoppedBy("acl-a2", "tcp/443", "stops packets from 2001:db8:a:1::5");
    }

    [Fact]
    public void What_passes_of_a_narrow_acl_is_told_for_all_services_at_once()
    {
        var path = new NetworkDraft()
            .Acl("a2", "ingress 100 allow tcp/443 10.1.0.0/16", "ingress 110 allow udp/53 10.1.1.0/24", "egress 100 allow tcp/1024-65535 10.1.0.0/16")
            .Judge("a1", "a2");
        Assert.Equal("tcp/443", path.Nacl.Allowed.ToString());
        Assert.Equal(ServiceSet.Empty, path.Nacl.Unknown);
        Assert.True(path.Route.Allowed.IsAny);
    }

    [Fact]
    public void An_unread_acl_leaves_open_what_the_others_let_through()
    {
        var path = new NetworkDraft().ChangeAcl("a2", _ => null).Gap(GapKind.NetworkAcls, NetworkDraft.Scope.ToString())
            .Acl("a1", "egress 100 allow tcp/443 0.0.0.0/0", AllIn).Judge("a1", "a2");
        Assert.Equal("tcp/443", path.Nacl.Unknown.ToString());
        Assert.True(path.Nacl.Allowed.IsEmpty);
        path.Notes(Sallyport.Connectivity.Layer.Nacl, "subnet-a2", "The network ACL of subnet-a2 was not read.", isGap: true);
    }

    [Fact]
    public void An_acl_with_an_entry_that_was_not_understood_is_not_read()
    {
        var path = new NetworkDraft().Gap(GapKind.NetworkAcls, "acl-a2").Judge("a1", "a2");
        Assert.True(path.Nacl.Unknown.IsAny);
    }

    [Fact]
    public void A_subnet_without_an_acl_of_its_own_has_the_default_one()
    {
        var draft = new NetworkDraft().ChangeAcl("a2", _ => null)
            .Add(b => b.Add(new NetworkAcl("acl-default", NetworkDraft.Scope, NetworkDraft.A) { IsDefault = true }));
        draft.Judge("a1", "a2").IsStoppedBy("acl-default", "tcp/443", "acl-default of subnet-a2 stops");
    }

    [Fact]
    public void Without_acls_nothing_is_known_between_subnets_and_all_is_within()
    {
        var draft = new NetworkDraft().Nic("other", "a1", "10.1.1.6").Without(GapKind.NetworkAcls);
        Assert.True(draft.Judge("a1", "a2").Nacl.Unknown.IsAny);
        draft.Judge("a1", "other").IsClear();
    }
}
