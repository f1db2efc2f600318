using System.Globalization;
using System.Numerics;

namespace Sallyport.Packets;

/// <summary>
/// The number of an address, or of addresses: 128 bits without a sign, wrapping around as <see cref="UInt128"/> does. That type has
/// no settled way to be passed from method to method, so no method that touches it can be compiled ahead of time; this one can.
/// </summary>
/// <param name="High">The upper 64 bits.</param>
/// <param name="Low">The lower 64 bits.</param>
public readonly record struct AddressNumber(ulong High, ulong Low) : IComparable<AddressNumber>, IFormattable
{
    /// <summary>No bit set.</summary>
    public static AddressNumber Zero => default;

    /// <summary>The lowest bit set.</summary>
    public static AddressNumber One => new(0, 1);

    /// <summary>Every bit set.</summary>
    public static AddressNumber MaxValue => new(ulong.MaxValue, ulong.MaxValue);

    /// <summary>The smaller of two numbers.</summary>
    public static AddressNumber Min(AddressNumber left, AddressNumber right) => left < right ? left : right;

    /// <summary>The larger of two numbers.</summary>
    public static AddressNumber Max(AddressNumber left, AddressNumber right) => left < right ? right : left;

    /// <summary>Unset bits above the highest set one; 128 for zero.</summary>
    public static int LeadingZeroCount(AddressNumber value) =>
        value.High == 0 ? 64 + BitOperations.LeadingZeroCount(value.Low) : BitOperations.LeadingZeroCount(value.High);

    /// <summary>Unset bits below the lowest set one; 128 for zero.</summary>
    public static int TrailingZeroCount(AddressNumber value) =>
        value.Low == 0 ? 64 + BitOperations.TrailingZeroCount(value.High) : BitOperations.TrailingZeroCount(value.Low);

    /// <inheritdoc/>
    public int CompareTo(AddressNumber other) => High == other.High ? Low.CompareTo(other.Low) : High.CompareTo(other.High);

    /// <summary>Decimal digits.</summary>
    public override string ToString() => ToString(format: null, CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public string ToString(string? format, IFormatProvider? formatProvider) =>
        High == 0 ? Low.ToString(format, formatProvider) : new UInt128(High, Low).ToString(format, formatProvider);

    /// <summary>The same number.</summary>
    public static implicit operator AddressNumber(ulong value) => new(0, value);

    /// <summary>The same number.</summary>
    /// <exception cref="OverflowException">It is negative.</exception>
    public static explicit operator AddressNumber(int value) => new(0, checked((ulong)value));

    /// <summary>The lower 64 bits.</summary>
    public static explicit operator ulong(AddressNumber value) => value.Low;

    /// <summary>The nearest number that the type can hold.</summary>
    public static explicit operator double(AddressNumber value)
    {
        if (value.High == 0) return value.Low;

        // The highest 64 bits, of which the last one says whether any is lost: they are rounded as all of them would be.
        var lost = 64 - BitOperations.LeadingZeroCount(value.High);
        var kept = value >> lost;
        return Math.ScaleB(kept << lost == value ? kept.Low : kept.Low | 1, lost);
    }

    /// <summary>The sum, without what exceeds 128 bits.</summary>
    public static AddressNumber operator +(AddressNumber left, AddressNumber right)
    {
        var low = unchecked(left.Low + right.Low);
        return new AddressNumber(unchecked(left.High + right.High + (low < left.Low ? 1UL : 0UL)), low);
    }

    /// <summary>The next number; zero after the last.</summary>
    public static AddressNumber operator ++(AddressNumber value) => value + One;

    /// <summary>The difference, wrapping around below zero.</summary>
    public static AddressNumber operator -(AddressNumber left, AddressNumber right) =>
        new(unchecked(left.High - right.High - (left.Low < right.Low ? 1UL : 0UL)), unchecked(left.Low - right.Low));

    /// <summary>The bits that both have.</summary>
    public static AddressNumber operator &(AddressNumber left, AddressNumber right) => new(left.High & right.High, left.Low & right.Low);

    /// <summary>The bits that either has.</summary>
    public static AddressNumber operator |(AddressNumber left, AddressNumber right) => new(left.High | right.High, left.Low | right.Low);

    /// <summary>The bits that one of them has.</summary>
    public static AddressNumber operator ^(AddressNumber left, AddressNumber right) => new(left.High ^ right.High, left.Low ^ right.Low);

    /// <summary>The bits that it does not have.</summary>
    public static AddressNumber operator ~(AddressNumber value) => new(~value.High, ~value.Low);

    /// <summary>Every bit that many places up; of the distance only the lowest seven bits count.</summary>
    public static AddressNumber operator <<(AddressNumber value, int places) => (places & 127) switch
    {
        0 => value,
        >= 64 => new AddressNumber(value.Low << places, 0),
        _ => new AddressNumber((value.High << places) | (value.Low >> (64 - places)), value.Low << places),
    };

    /// <summary>Every bit that many places down; of the distance only the lowest seven bits count.</summary>
    public static AddressNumber operator >>(AddressNumber value, int places) => (places & 127) switch
    {
        0 => value,
        >= 64 => new AddressNumber(0, value.High >> places),
        _ => new AddressNumber(value.High >> places, (value.Low >> places) | (value.High << (64 - places))),
    };

    /// <summary>Numeric order.</summary>
    public static bool operator <(AddressNumber left, AddressNumber right) => left.High < right.High || (left.High == right.High && left.Low < right.Low);

    /// <summary>Numeric order.</summary>
    public static bool operator >(AddressNumber left, AddressNumber right) => right < left;

    /// <summary>Numeric order.</summary>
    public static bool operator <=(AddressNumber left, AddressNumber right) => !(right < left);

    /// <summary>Numeric order.</summary>
    public static bool operator >=(AddressNumber left, AddressNumber right) => !(left < right);
}
