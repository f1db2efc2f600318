using FsCheck;
using FsCheck.Fluent;
using Sallyport.Packets;

namespace Sallyport.Tests.Packets;

public sealed class ServiceTests
{
    [Theory]
    [InlineData("any", "any")]
    [InlineData("ANY", "any")]
    [InlineData("tcp/0", "tcp/0")]
    [InlineData("tcp/443", "tcp/443")]
    [InlineData("TCP/443", "tcp/443")]
    [InlineData(" tcp/443 ", "tcp/443")]
    [InlineData("tcp/443-443", "tcp/443")]
    [InlineData("tcp/65535", "tcp/65535")]
    [InlineData("tcp/8000-8080", "tcp/8000-8080")]
    [InlineData("udp/0-65535", "udp/0-65535")]
    [InlineData("icmp", "icmp")]
    [InlineData("icmp/-1", "icmp")]
    [InlineData("icmp/-1/-1", "icmp")]
    [InlineData("icmp/8", "icmp/8/-1")]
    [InlineData("icmp/8/-1", "icmp/8/-1")]
    [InlineData("icmp/8/0", "icmp/8/0")]
    [InlineData("icmp/255/255", "icmp/255/255")]
    [InlineData("icmpv6", "icmpv6")]
    [InlineData("icmpv6/128/0", "icmpv6/128/0")]
    [InlineData("proto/47", "proto/47")]
    [InlineData("proto/0", "proto/0")]
    [InlineData("proto/255", "proto/255")]
    [InlineData("proto/6", "tcp/0-65535")]
    [InlineData("proto/17", "udp/0-65535")]
    [InlineData("proto/1", "icmp")]
    [InlineData("proto/58", "icmpv6")]
    public void Good_text_reads_as_one_canonical_form(string text, string canonical)
    {
        Assert.True(Service.TryParse(text, out var service, out var problem), problem);
        Assert.Null(problem);
        Assert.Equal(canonical, service.ToString());
    }

    [Theory]
    [InlineData("", "expected")]
    [InlineData("http", "expected")]
    [InlineData("any/443", "expected")]
    [InlineData("sctp/443", "expected")]
    [InlineData("tcp", "a port is missing")]
    [InlineData("udp", "a port is missing")]
    [InlineData("tcp/443/80", "a port is missing")]
    [InlineData("tcp/", "not a port")]
    [InlineData("tcp/http", "not a port")]
    [InlineData("tcp/-1", "not a port")]
    [InlineData("tcp/-", "not a port")]
    [InlineData("tcp/443-", "not a port")]
    [InlineData("tcp/-443", "not a port")]
    [InlineData("tcp/+443", "not a port")]
    [InlineData("tcp/4 43", "not a port")]
    [InlineData("tcp/443 - 445", "not a port")]
    [InlineData("tcp/0x50", "not a port")]
    [InlineData("tcp/1-2-3", "not a port")]
    [InlineData("tcp/99999999999", "not a port")]
    [InlineData("tcp/65536", "outside 0-65535")]
    [InlineData("tcp/0-65536", "outside 0-65535")]
    [InlineData("tcp/90-80", "upside down")]
    [InlineData("icmp/256", "outside -1..255")]
    [InlineData("icmp/8/256", "outside -1..255")]
    [InlineData("icmp/-2", "numbers")]
    [InlineData("icmp/+8", "numbers")]
    [InlineData("icmp/-0", "numbers")]
    [InlineData("icmp/echo", "numbers")]
    [InlineData("icmp/-1/0", "no type")]
    [InlineData("icmp/8/0/0", "expected")]
    [InlineData("proto/256", "expected")]
    [InlineData("proto/-1", "expected")]
    [InlineData("proto", "expected")]
    public void Bad_text_gets_the_reason(string text, string reason)
    {
        Assert.False(Service.TryParse(text, out _, out var problem));
        Assert.Contains(reason, problem, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => Service.Parse(text));
    }

    [Fact]
    public void Text_round_trips() => Prop.ForAll(PacketGenerators.Service.ToArbitrary(), service =>
        Service.TryParse(service.ToString(), out var again, out _) && again == service).QuickCheckThrowOnFailure();

    [Fact]
    public void Equal_services_are_those_of_equal_intervals() => Prop.ForAll(PacketGenerators.Service.Two().ToArbitrary(), pair =>
    {
        var (a, b) = pair;
        Assert.Equal(a == b, a.Interval == b.Interval);
        Assert.Equal(a == b, a.CompareTo(b) == 0);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_service_holds_exactly_its_ports_or_types() => Prop.ForAll(PacketGenerators.Service.ToArbitrary(), service =>
    {
        var interval = service.Interval;
        var expected = service.Protocol switch
        {
            { Number: -1 } => ServiceLine.Length,
            { HasPorts: true } => service.To - service.From + 1,
            { HasTypes: true } => service.From < 0 ? 65_536 : service.To < 0 ? 256 : 1,
            _ => 1,
        };
        Assert.Equal(expected, interval.Last - interval.First + 1);
        Assert.InRange(interval.First, 0, interval.Last);
        Assert.InRange(interval.Last, interval.First, ServiceLine.Length - 1);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(6, null, null, "tcp/0-65535")]
    [InlineData(6, -1, -1, "tcp/0-65535")]
    [InlineData(17, 0, 0, "udp/0")]
    [InlineData(1, null, null, "icmp")]
    [InlineData(1, 8, null, "icmp/8/-1")]
    [InlineData(58, -1, -1, "icmpv6")]
    [InlineData(-1, 443, 80, "any")]
    [InlineData(47, 443, 99_999, "proto/47")]
    public void Fields_read_as_ec2_reads_them(int protocol, int? from, int? to, string text) =>
        Assert.Equal(text, Service.Create(Protocol.Of(protocol), from, to).ToString());

    [Theory]
    [InlineData(6, 443, null)]
    [InlineData(6, null, 443)]
    [InlineData(6, -1, 443)]
    [InlineData(6, -2, -2)]
    [InlineData(6, 0, 65_536)]
    [InlineData(17, 2, 1)]
    [InlineData(1, 256, -1)]
    [InlineData(1, 8, 65_535)]
    [InlineData(1, -1, 0)]
    [InlineData(58, -2, -1)]
    public void Impossible_fields_are_refused(int protocol, int? from, int? to)
    {
        Assert.False(Service.TryCreate(Protocol.Of(protocol), from, to, out _, out var problem));
        Assert.NotNull(problem);
        Assert.Throws<ArgumentException>(() => Service.Create(Protocol.Of(protocol), from, to));
    }

    [Theory]
    [InlineData("tcp", 6, "tcp")]
    [InlineData("TCP", 6, "tcp")]
    [InlineData("6", 6, "tcp")]
    [InlineData("17", 17, "udp")]
    [InlineData("1", 1, "icmp")]
    [InlineData("58", 58, "icmpv6")]
    [InlineData("-1", -1, "-1")]
    [InlineData("all", -1, "-1")]
    [InlineData("0", 0, "0")]
    [InlineData("50", 50, "50")]
    [InlineData("255", 255, "255")]
    public void Protocols_read_by_name_or_number_and_write_as_ec2_does(string text, int number, string wire)
    {
        Assert.True(Protocol.TryParse(text, out var protocol));
        Assert.Equal((number, wire), (protocol.Number, protocol.WireName));
    }

    [Theory]
    [InlineData("")]
    [InlineData("256")]
    [InlineData("-2")]
    [InlineData("+6")]
    [InlineData("1000")]
    [InlineData("6.0")]
    [InlineData("esp")]
    public void Other_protocol_texts_are_refused(string text) => Assert.False(Protocol.TryParse(text, out _));
}
