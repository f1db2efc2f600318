using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Sallyport.Packets;

namespace Sallyport.Tests.Packets;

/// <summary>The framework's number of 128 bits is the oracle.</summary>
public sealed class AddressNumberTests
{
    private static readonly ulong[] Corners = [0, 1, 2, uint.MaxValue, 1UL << 32, long.MaxValue, 1UL << 63, ulong.MaxValue - 1, ulong.MaxValue];

    private static readonly Gen<UInt128> Numbers =
        from high in Gen.OneOf(Gen.Elements(Corners), ArbMap.Default.GeneratorFor<ulong>())
        from low in Gen.OneOf(Gen.Elements(Corners), ArbMap.Default.GeneratorFor<ulong>())
        select new UInt128(high, low);

    [Fact]
    public void Arithmetic_is_that_of_the_framework() => ForTwo((a, b) =>
    {
        var (x, y) = (Of(a), Of(b));
        Assert.Equal(a + b, Back(x + y));
        Assert.Equal(a - b, Back(x - y));
        Assert.Equal(a & b, Back(x & y));
        Assert.Equal(a | b, Back(x | y));
        Assert.Equal(a ^ b, Back(x ^ y));
        Assert.Equal(~a, Back(~x));
        Assert.Equal(a + 1, Back(++x));
    });

    [Fact]
    public void Order_is_that_of_the_framework() => ForTwo((a, b) =>
    {
        var (x, y) = (Of(a), Of(b));
        Assert.Equal(a < b, x < y);
        Assert.Equal(a <= b, x <= y);
        Assert.Equal(a > b, x > y);
        Assert.Equal(a >= b, x >= y);
        Assert.Equal(a == b, x == y);
        Assert.Equal(Math.Sign(a.CompareTo(b)), Math.Sign(x.CompareTo(y)));
        Assert.Equal(UInt128.Min(a, b), Back(AddressNumber.Min(x, y)));
        Assert.Equal(UInt128.Max(a, b), Back(AddressNumber.Max(x, y)));
    });

    [Fact]
    public void Bits_and_texts_are_those_of_the_framework() => ForTwo((a, _) =>
    {
        var x = Of(a);
        Assert.Equal(UInt128.LeadingZeroCount(a), (UInt128)AddressNumber.LeadingZeroCount(x));
        Assert.Equal(UInt128.TrailingZeroCount(a), (UInt128)AddressNumber.TrailingZeroCount(x));
        Assert.Equal((double)a, (double)x);
        Assert.Equal((ulong)(a & ulong.MaxValue), (ulong)x);
        Assert.Equal(a.ToString(CultureInfo.InvariantCulture), x.ToString());
        Assert.Equal(a.ToString("N0", CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"{x:N0}"));
        for (var places = 0; places < 256; places++)
        {
            Assert.Equal(a << places, Back(x << places));
            Assert.Equal(a >> places, Back(x >> places));
        }
    });

    [Fact]
    public void A_negative_number_is_none() => Assert.Throws<OverflowException>(() => (AddressNumber)Math.Min(-1, Corners.Length));

    private static void ForTwo(Action<UInt128, UInt128> body) =>
        Prop.ForAll(Numbers.Two().ToArbitrary(), pair => body(pair.Item1, pair.Item2)).QuickCheckThrowOnFailure();

    private static AddressNumber Of(UInt128 value) => new((ulong)(value >> 64), (ulong)(value & ulong.MaxValue));

    private static UInt128 Back(AddressNumber value) => new(value.High, value.Low);
}
