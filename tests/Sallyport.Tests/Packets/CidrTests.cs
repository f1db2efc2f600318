using FsCheck;
using FsCheck.Fluent;
using Sallyport.Packets;

namespace Sallyport.Tests.Packets;

public sealed class CidrTests
{
    [Theory]
    [InlineData("0.0.0.0/0", "0.0.0.0/0", false)]
    [InlineData("10.0.0.0/0", "0.0.0.0/0", true)]
    [InlineData("0.0.2.0/0", "0.0.0.0/0", true)]
    [InlineData("0.0.0.0/32", "0.0.0.0/32", false)]
    [InlineData("255.255.255.255/32", "255.255.255.255/32", false)]
    [InlineData("255.255.255.255/1", "128.0.0.0/1", true)]
    [InlineData("100.68.0.18/18", "100.68.0.0/18", true)]
    [InlineData("10.1.2.3/31", "10.1.2.2/31", true)]
    [InlineData("10.1.2.2/31", "10.1.2.2/31", false)]
    [InlineData("::/0", "::/0", false)]
    [InlineData("0:0:0:0:0:0:0:0/0", "::/0", false)]
    [InlineData("2001:DB8::1/32", "2001:db8::/32", true)]
    [InlineData("2001:db8::1/128", "2001:db8::1/128", false)]
    [InlineData("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/64", "ffff:ffff:ffff:ffff::/64", true)]
    [InlineData("::ffff:10.0.0.0/104", "::ffff:10.0.0.0/104", false)]
    public void Good_text_is_made_canonical_and_host_bits_are_told(string text, string canonical, bool hostBits)
    {
        Assert.True(Cidr.TryParse(text, out var cidr, out var hadHostBits));
        Assert.Equal((canonical, hostBits), (cidr.ToString(), hadHostBits));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/8")]
    [InlineData("10.0.0.0")]
    [InlineData("10.0.0.0/")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("10.0.0.0/+8")]
    [InlineData("10.0.0.0/08")]
    [InlineData("10.0.0.0/00")]
    [InlineData("10.0.0.0/ 8")]
    [InlineData("10.0.0.0/8 ")]
    [InlineData(" 10.0.0.0/8")]
    [InlineData("10.0.0.0/8/8")]
    [InlineData("10.0.0.0/255.0.0.0")]
    [InlineData("10.0.0.0/1000")]
    [InlineData("10.0.0.0/4294967304")]
    [InlineData("10.0.0.0/٨")]
    [InlineData("010.0.0.0/8")]
    [InlineData("10.0.0/8")]
    [InlineData("10/8")]
    [InlineData("::/129")]
    [InlineData("::/999")]
    [InlineData("::")]
    [InlineData("fe80::%1/64")]
    [InlineData("pl-6da54004")]
    public void Bad_text_is_no_block(string text)
    {
        Assert.False(Cidr.TryParse(text, out _));
        Assert.Throws<FormatException>(() => Cidr.Parse(text));
    }

    [Fact]
    public void Text_round_trips_without_host_bits() => Prop.ForAll(PacketGenerators.Cidr4Or6.ToArbitrary(), cidr =>
        Cidr.TryParse(cidr.ToString(), out var again, out var hostBits) && again == cidr && !hostBits).QuickCheckThrowOnFailure();

    [Fact]
    public void A_block_spans_two_to_the_free_bits_and_starts_at_a_multiple_of_it() => Prop.ForAll(PacketGenerators.Cidr4Or6.ToArbitrary(), cidr =>
    {
        var free = Cidr.Width(cidr.Family) - cidr.PrefixLength;
        var lengthLessOne = free == 128 ? AddressNumber.MaxValue : (AddressNumber.One << free) - 1;
        Assert.Equal(lengthLessOne, cidr.Last.Bits - cidr.First.Bits);
        Assert.Equal(AddressNumber.Zero, cidr.First.Bits & lengthLessOne);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Containment_is_that_of_the_ranges() => Prop.ForAll(PacketGenerators.Cidr4Or6.Two().ToArbitrary(), pair =>
    {
        var (a, b) = pair;
        Assert.Equal(a.Family == b.Family && a.First <= b.First && b.Last <= a.Last, a.Contains(b));
        Assert.Equal(a.Family == b.Family && a.First <= b.First && b.First <= a.Last, a.Contains(b.First));
        Assert.True(a.Contains(a) && a.Contains(a.First) && a.Contains(a.Last));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Neighbours_of_a_block_are_outside() => Prop.ForAll(PacketGenerators.Cidr4Or6.ToArbitrary(), cidr =>
    {
        if (cidr.First.Bits > 0) Assert.False(cidr.Contains(new Address(cidr.Family, cidr.First.Bits - 1)));
        if (cidr.Last.Bits < Address.Max(cidr.Family)) Assert.False(cidr.Contains(new Address(cidr.Family, cidr.Last.Bits + 1)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_two_whole_spaces_do_not_contain_each_other()
    {
        Assert.False(Cidr.AnyV4.Contains(Cidr.AnyV6));
        Assert.False(Cidr.AnyV6.Contains(Cidr.AnyV4));
        Assert.False(Cidr.AnyV6.Contains(Address.Parse("0.0.0.0")));
        Assert.False(Cidr.AnyV4.Contains(Address.Parse("::")));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(33)]
    public void Lengths_outside_the_family_throw(int length) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Cidr.Containing(Address.Parse("10.0.0.0"), length));

    [Fact]
    public void Order_agrees_with_equality() => Prop.ForAll(PacketGenerators.Cidr4Or6.Two().ToArbitrary(), pair =>
    {
        var (a, b) = pair;
        Assert.Equal(a == b, a.CompareTo(b) == 0);
        Assert.Equal(Math.Sign(a.CompareTo(b)), -Math.Sign(b.CompareTo(a)));
        Assert.Equal((a.CompareTo(b) < 0, a.CompareTo(b) <= 0), (a < b, a <= b));
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("10.0.0.0", "10.0.0.0", "10.0.0.0/32")]
    [InlineData("10.0.0.0", "10.0.0.1", "10.0.0.0/31")]
    [InlineData("10.0.0.1", "10.0.0.2", "10.0.0.0/30")]
    [InlineData("127.255.255.255", "128.0.0.0", "0.0.0.0/0")]
    [InlineData("2001:db8::", "2001:db8::", "2001:db8::/128")]
    [InlineData("2001:db8::", "2001:db8:0:1::", "2001:db8::/63")]
    [InlineData("7fff::", "8000::", "::/0")]
    public void The_block_around_two_addresses_is_the_smallest(string first, string last, string block)
    {
        var (a, b) = (Address.Parse(first), Address.Parse(last));
        Assert.Equal(block, Cidr.Around(a.Family, a.Bits, b.Bits).ToString());
        Assert.Equal(block, Cidr.Around(a.Family, b.Bits, a.Bits).ToString());
    }
}
