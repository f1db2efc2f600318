namespace Sallyport.Packets;

/// <summary>
/// An address block in canonical form: host bits are always zero, so equal blocks are equal values.
/// Ordered by family, address, then longest prefix last.
/// </summary>
public readonly record struct Cidr : IComparable<Cidr>
{
    private Cidr(IpFamily family, AddressNumber bits, int prefixLength)
    {
        Family = family;
        Bits = bits;
        PrefixLength = prefixLength;
    }

    /// <summary>The whole IPv4 space.</summary>
    public static Cidr AnyV4 { get; } = new(IpFamily.V4, 0, 0);

    /// <summary>The whole IPv6 space.</summary>
    public static Cidr AnyV6 { get; } = new(IpFamily.V6, 0, 0);

    /// <summary>Which universe the block lies in.</summary>
    public IpFamily Family { get; }

    /// <summary>Lowest address, host bits zero.</summary>
    public AddressNumber Bits { get; }

    /// <summary>0 to 32 or 128.</summary>
    public int PrefixLength { get; }

    /// <summary>Lowest address of the block.</summary>
    public Address First => new(Family, Bits);

    /// <summary>Highest address of the block, inclusive.</summary>
    public Address Last => new(Family, Bits | HostMask(Family, PrefixLength));

    /// <summary>Number of bits of the family's addresses.</summary>
    public static int Width(IpFamily family) => family == IpFamily.V4 ? 32 : 128;

    /// <summary>The block of that prefix length that holds the address.</summary>
    public static Cidr Containing(Address address, int prefixLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(prefixLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(prefixLength, Width(address.Family));
        return new Cidr(address.Family, address.Bits & ~HostMask(address.Family, prefixLength), prefixLength);
    }

    /// <summary>The single address as a /32 or /128.</summary>
    public static Cidr Host(Address address) => Containing(address, Width(address.Family));

    /// <summary>The smallest block that holds both addresses.</summary>
    public static Cidr Around(IpFamily family, AddressNumber first, AddressNumber last) =>
        Containing(new Address(family, first), Width(family) - (128 - AddressNumber.LeadingZeroCount(first ^ last)));

    /// <summary>
    /// Reads <c>address/length</c> and zeroes host bits as EC2 does. <paramref name="hadHostBits"/> tells that the text
    /// was not canonical. A missing mask is not a CIDR.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Cidr cidr, out bool hadHostBits)
    {
        cidr = default;
        hadHostBits = false;
        var slash = text.IndexOf('/');
        if (slash < 0 || !Address.TryParse(text[..slash], out var address)) return false;
        var lengthText = text[(slash + 1)..];
        if (lengthText.Length is 0 or > 3) return false;
        var length = 0;
        foreach (var c in lengthText)
        {
            if (!char.IsAsciiDigit(c)) return false;
            length = (length * 10) + (c - '0');
        }

        if (length > Width(address.Family) || (lengthText.Length > 1 && lengthText[0] == '0')) return false;
        cidr = Containing(address, length);
        hadHostBits = cidr.Bits != address.Bits;
        return true;
    }

    /// <summary>Reads a CIDR, zeroing host bits silently.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Cidr cidr) => TryParse(text, out cidr, out _);

    /// <summary>Reads a CIDR or throws <see cref="FormatException"/>: for literals in code, never for input.</summary>
    public static Cidr Parse(string text) =>
        TryParse(text, out var cidr, out _) ? cidr : throw new FormatException($"\"{text}\" is not a CIDR block.");

    /// <summary>True when every address of the other block is in this one.</summary>
    public bool Contains(Cidr other) =>
        Family == other.Family && PrefixLength <= other.PrefixLength && Contains(other.First);

    /// <summary>True when the address lies in the block.</summary>
    public bool Contains(Address address) =>
        Family == address.Family && (address.Bits & ~HostMask(Family, PrefixLength)) == Bits;

    /// <inheritdoc/>
    public int CompareTo(Cidr other)
    {
        var order = Family.CompareTo(other.Family);
        if (order == 0) order = Bits.CompareTo(other.Bits);
        return order != 0 ? order : PrefixLength.CompareTo(other.PrefixLength);
    }

    /// <summary>Canonical text such as <c>10.0.0.0/8</c> or <c>2001:db8::/32</c>.</summary>
    public override string ToString() => $"{First}/{PrefixLength}";

    /// <summary>Order of <see cref="CompareTo"/>.</summary>
    public static bool operator <(Cidr left, Cidr right) => left.CompareTo(right) < 0;

    /// <summary>Order of <see cref="CompareTo"/>.</summary>
    public static bool operator >(Cidr left, Cidr right) => left.CompareTo(right) > 0;

    /// <summary>Order of <see cref="CompareTo"/>.</summary>
    public static bool operator <=(Cidr left, Cidr right) => left.CompareTo(right) <= 0;

    /// <summary>Order of <see cref="CompareTo"/>.</summary>
    public static bool operator >=(Cidr left, Cidr right) => left.CompareTo(right) >= 0;

    private static AddressNumber HostMask(IpFamily family, int prefixLength)
    {
        var width = Width(family);
        if (prefixLength == width) return 0;
        return family == IpFamily.V4 ? uint.MaxValue >> prefixLength : AddressNumber.MaxValue >> prefixLength;
    }
}
