using Sallyport.Packets;

namespace Sallyport.Estates.Files;

/// <summary>
/// Peers of IPv4 blocks straight from UTF-8, one object for equal blocks. Only what a canonical answer holds is taken; everything else
/// (IPv6, host bits, garbage) is left to the general parser, which can say what is wrong. Direct-mapped and of fixed size.
/// </summary>
internal sealed class BlockPeers
{
    private const int Bits = 12;

    private readonly CidrPeer?[] _slots = new CidrPeer?[1 << Bits];

    /// <summary>The peer of a canonical IPv4 block; null when the text is anything else.</summary>
    public CidrPeer? Find(ReadOnlySpan<byte> text)
    {
        if (!TryRead(text, out var address, out var length)) return null;
        var slot = (int)((address * 0x9E37_79B9u + (uint)length * 0x85EB_CA6Bu) >> (32 - Bits));
        var known = _slots[slot];
        if (known is not null && known.Cidr.PrefixLength == length && known.Cidr.Bits == address) return known;
        return _slots[slot] = new CidrPeer(Cidr.Containing(new Address(IpFamily.V4, address), length));
    }

    private static bool TryRead(ReadOnlySpan<byte> text, out uint address, out int length)
    {
        address = 0;
        length = 0;
        uint part = 0;
        int digits = 0, parts = 0, i = 0;
        for (; i < text.Length; i++)
        {
            var digit = (uint)text[i] - '0';
            if (digit <= 9)
            {
                // A leading zero, or a fourth digit, is not how EC2 writes it.
                if (digits > 0 && part == 0) return false;
                part = (part * 10) + digit;
                if (++digits > 3 || part > 255) return false;
                continue;
            }

            if (digits == 0) return false;
            address = (address << 8) | part;
            (part, digits) = (0, 0);
            parts++;
            if (text[i] == '/' && parts == 4) break;
            if (text[i] != '.' || parts == 4) return false;
        }

        var rest = text.Length - i - 1;
        if (parts != 4 || rest is < 1 or > 2) return false;
        foreach (var b in text[(i + 1)..])
        {
            var digit = (uint)b - '0';
            if (digit > 9) return false;
            length = (length * 10) + (int)digit;
        }

        if (length > 32 || (rest == 2 && text[i + 1] == '0')) return false;
        return length == 0 ? address == 0 : (address & ((1UL << (32 - length)) - 1)) == 0;
    }
}
