using System.Net;
using System.Net.Sockets;
using FsCheck;
using FsCheck.Fluent;
using Sallyport.Packets;

namespace Sallyport.Tests.Packets;

public sealed class AddressTests
{
    [Theory]
    [InlineData("0.0.0.0", "0.0.0.0")]
    [InlineData("255.255.255.255", "255.255.255.255")]
    [InlineData("10.0.0.1", "10.0.0.1")]
    [InlineData("::", "::")]
    [InlineData("::1", "::1")]
    [InlineData("0:0:0:0:0:0:0:0", "::")]
    [InlineData("2001:DB8::ABCD", "2001:db8::abcd")]
    [InlineData("2001:0db8:0000:0000:0000:0000:0000:0001", "2001:db8::1")]
    [InlineData("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1")]
    [InlineData("2001:0:0:1:0:0:0:1", "2001:0:0:1::1")]
    [InlineData("::ffff:192.0.2.1", "::ffff:192.0.2.1")]
    [InlineData("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    public void Good_text_reads_as_one_canonical_form(string text, string canonical)
    {
        Assert.True(Address.TryParse(text, out var address));
        Assert.Equal(canonical, address.ToString());
    }

    [Fact]
    public void Ipv6_text_reads_as_the_framework_reads_it()
    {
        var pieces = Gen.Elements("0", "1", "a", "F", "db8", "00ff", "ffff", "10000", "g", "192.0.2.1", "1.2.3", ":", ":", ":", ":", ":", "::", "::", "");
        Prop.ForAll(Gen.Choose(1, 20).SelectMany(n => pieces.ArrayOf(n)).Select(p => string.Concat(p)).ToArbitrary(), text =>
        {
            var isV6 = IPAddress.TryParse(text, out var expected) && expected.AddressFamily == AddressFamily.InterNetworkV6;
            var isRead = Address.TryParse(text, out var address);
            return !text.Contains(':', StringComparison.Ordinal) || (isRead == isV6 && (!isV6 || address.ToString() == expected!.ToString()));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Ipv6_addresses_in_any_spelling_read_as_the_framework_reads_them()
    {
        var groups = Gen.Frequency((3, Gen.Constant(0)), (2, Gen.Choose(0, 65_535))).ArrayOf(8);
        Prop.ForAll(groups.ToArbitrary(), Gen.Choose(0, 7).Two().ToArbitrary(), (drawn, gap) =>
        {
            var values = drawn.ToArray();
            var (from, to) = (Math.Min(gap.Item1, gap.Item2), Math.Max(gap.Item1, gap.Item2));
            for (var i = from; i < to; i++) values[i] = 0;
            var text = string.Join(':', values[..from].Select(v => $"{v:x}")) + "::" + string.Join(':', values[to..].Select(v => $"{v:X4}"));
            var whole = string.Join(':', values.Select(v => $"{v:x}"));
            return Address.Parse(whole).ToString() == IPAddress.Parse(whole).ToString()
                && (to == from || Address.Parse(text) == Address.Parse(whole));
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("10.0.0")]
    [InlineData("10.0.0.0.0")]
    [InlineData("10.0.0.")]
    [InlineData(".10.0.0.0")]
    [InlineData("10..0.0")]
    [InlineData("10.0.0.256")]
    [InlineData("10.0.0.1000")]
    [InlineData("010.0.0.1")]
    [InlineData("10.0.0.00")]
    [InlineData("10.0.0.01")]
    [InlineData("0x0a.0.0.1")]
    [InlineData("10.0.0.-1")]
    [InlineData("+10.0.0.1")]
    [InlineData(" 10.0.0.1")]
    [InlineData("10.0.0.1 ")]
    [InlineData("10.0.0.1\n")]
    [InlineData("١٠.0.0.1")]
    [InlineData("167772161")]
    [InlineData("localhost")]
    [InlineData(":")]
    [InlineData(":::")]
    [InlineData("1::2::3")]
    [InlineData("1:2:3:4:5:6:7")]
    [InlineData("1:2:3:4:5:6:7:8:9")]
    [InlineData("12345::")]
    [InlineData("g::")]
    [InlineData("fe80::1%eth0")]
    [InlineData("fe80::1%1")]
    [InlineData("[::1]")]
    [InlineData("[::1]:443")]
    [InlineData("::1]")]
    [InlineData("::1/64")]
    [InlineData(" ::1")]
    [InlineData("::1 ")]
    [InlineData("::1\n")]
    [InlineData("::256.0.0.1")]
    [InlineData("::1.2.3")]
    [InlineData("::010.0.0.1")]
    [InlineData("::0x1")]
    [InlineData("10.0.0.1:443")]
    public void Bad_text_is_no_address(string text) => Assert.False(Address.TryParse(text, out _));

    [Fact]
    public void Parse_throws_on_bad_text() => Assert.Throws<FormatException>(() => Address.Parse("10.0.0"));

    [Fact]
    public void An_ipv4_mapped_address_is_ipv6() => Assert.NotEqual(Address.Parse("192.0.2.1"), Address.Parse("::ffff:192.0.2.1"));

    [Fact]
    public void Text_round_trips() => Prop.ForAll(AnyAddress.ToArbitrary(), address =>
        Address.TryParse(address.ToString(), out var again) && again == address).QuickCheckThrowOnFailure();

    [Fact]
    public void Order_is_by_family_then_number() => Prop.ForAll(AnyAddress.Two().ToArbitrary(), pair =>
    {
        var (a, b) = pair;
        var expected = a.Family != b.Family ? a.Family.CompareTo(b.Family) : a.Bits.CompareTo(b.Bits);
        Assert.Equal(Math.Sign(expected), Math.Sign(a.CompareTo(b)));
        Assert.Equal((expected < 0, expected <= 0, expected > 0, expected >= 0), (a < b, a <= b, a > b, a >= b));
    }).QuickCheckThrowOnFailure();

    private static Gen<Address> AnyAddress { get; } =
        from family in PacketGenerators.Family
        from bits in PacketGenerators.Bits(family)
        select new Address(family, bits);
}
