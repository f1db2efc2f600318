using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace Sallyport.Packets;

/// <summary>One IP address: a family and its bits (IPv4 in the low 32). Ordered by family, then number.</summary>
public readonly record struct Address(IpFamily Family, AddressNumber Bits) : IComparable<Address>
{
    /// <summary>Highest address of a family.</summary>
    public static AddressNumber Max(IpFamily family) => family == IpFamily.V4 ? uint.MaxValue : AddressNumber.MaxValue;

    /// <summary>Reads dotted IPv4 (exactly four decimal parts) or IPv6 text; no zone ids, no leading-zero octal.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Address address)
    {
        address = default;
        if (text.Contains(':'))
        {
            if (TryParseGroups(text, out var bits))
            {
                address = new Address(IpFamily.V6, bits);
                return true;
            }

            if (text.Contains('%') || text.Contains('[')) return false;
            if (!IPAddress.TryParse(text, out var v6) || v6.AddressFamily != AddressFamily.InterNetworkV6) return false;
            Span<byte> bytes = stackalloc byte[16];
            v6.TryWriteBytes(bytes, out _);
            address = new Address(IpFamily.V6, new AddressNumber(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..])));
            return true;
        }

        return TryParseV4(text, out address);
    }

    /// <summary>Reads an address or throws <see cref="FormatException"/>: for literals in code, never for input.</summary>
    public static Address Parse(string text) =>
        TryParse(text, out var address) ? address : throw new FormatException($"\"{text}\" is not an IP address.");

    /// <inheritdoc/>
    public int CompareTo(Address other)
    {
        var byFamily = Family.CompareTo(other.Family);
        return byFamily != 0 ? byFamily : Bits.CompareTo(other.Bits);
    }

    /// <summary>Canonical text: dotted for IPv4, RFC 5952 for IPv6.</summary>
    public override string ToString()
    {
        if (Family == IpFamily.V4)
        {
            var v4 = (uint)Bits;
            return $"{v4 >> 24}.{(v4 >> 16) & 255}.{(v4 >> 8) & 255}.{v4 & 255}";
        }

        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, Bits.High);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Bits.Low);
        return new IPAddress(bytes).ToString();
    }

    /// <summary>Numeric order.</summary>
    public static bool operator <(Address left, Address right) => left.CompareTo(right) < 0;

    /// <summary>Numeric order.</summary>
    public static bool operator >(Address left, Address right) => left.CompareTo(right) > 0;

    /// <summary>Numeric order.</summary>
    public static bool operator <=(Address left, Address right) => left.CompareTo(right) <= 0;

    /// <summary>Numeric order.</summary>
    public static bool operator >=(Address left, Address right) => left.CompareTo(right) >= 0;

    // What nearly every IPv6 address looks like: groups of hex digits with "::" once at most. The framework reads the rest (an IPv4
    // tail), with methods that cannot be compiled ahead of time: every start would wait for them.
    private static bool TryParseGroups(ReadOnlySpan<char> text, out AddressNumber bits)
    {
        bits = AddressNumber.Zero;
        var (groups, gap, at) = (0, -1, 0);
        if (text.StartsWith("::")) (gap, at) = (0, 2);
        while (at < text.Length)
        {
            var start = at;
            var group = 0UL;
            for (; at < text.Length && char.IsAsciiHexDigit(text[at]); at++) group = (group << 4) | (uint)DigitOf(text[at]);
            if (at - start is 0 or > 4 || ++groups > 8) return false;
            bits = (bits << 16) | group;
            if (at == text.Length) break;
            if (text[at++] != ':' || at == text.Length) return false;
            if (text[at] != ':') continue;
            if (gap >= 0) return false;
            (gap, at) = (groups, at + 1);
        }

        if (gap < 0) return groups == 8;
        if (groups > 7) return false;
        var tail = 16 * (groups - gap);
        var low = tail == 0 ? AddressNumber.Zero : bits & (AddressNumber.MaxValue >> (128 - tail));
        var high = gap == 0 ? AddressNumber.Zero : (bits >> tail) << (128 - (16 * gap));
        bits = high | low;
        return true;
    }

    private static int DigitOf(char digit) => char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;

    [SuppressMessage("Design", "MA0051", Justification = "One scanner.")]
    private static bool TryParseV4(ReadOnlySpan<char> text, out Address address)
    {
        address = default;
        uint bits = 0;
        var parts = 0;
        var digits = 0;
        var part = 0;
        foreach (var c in text)
        {
            if (c == '.')
            {
                if (digits == 0 || ++parts == 4) return false;
                bits = (bits << 8) | (uint)part;
                (part, digits) = (0, 0);
                continue;
            }

            if (!char.IsAsciiDigit(c) || (digits > 0 && part == 0)) return false;
            part = (part * 10) + (c - '0');
            if (++digits > 3 || part > 255) return false;
        }

        if (parts != 3 || digits == 0) return false;
        address = new Address(IpFamily.V4, (bits << 8) | (uint)part);
        return true;
    }
}
