using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace Sallyport.Estates.Files;

/// <summary>
/// Strings already made of UTF-8 texts, so that equal ASCII texts share one string. A direct-mapped table of fixed size: a collision
/// forgets the older text, so memory is bounded whatever the input, and a look-up touches two places in memory.
/// </summary>
internal sealed class Utf8Texts(int bits = 12)
{
    private readonly string?[] _slots = new string?[1 << bits];

    /// <summary>The remembered string, or null; <paramref name="slot"/> is where <see cref="Put"/> would keep it.</summary>
    public string? Find(ReadOnlySpan<byte> text, out int slot)
    {
        slot = (int)(Hash(text) >> (64 - bits));
        var known = _slots[slot];
        return known is not null && known.Length == text.Length && Ascii.Equals(text, known) ? known : null;
    }

    /// <summary>Remembers a string in the slot that <see cref="Find"/> gave.</summary>
    public string Put(int slot, string text) => _slots[slot] = text;

    /// <summary>A well-spread hash in its upper bits; equal bytes, equal hash. Not stable between versions.</summary>
    public static ulong Hash(ReadOnlySpan<byte> text)
    {
        const ulong Odd = 0x9E37_79B9_7F4A_7C15;
        var hash = (ulong)text.Length * Odd;
        if (text.Length >= 8)
        {
            // Eight bytes a step, the last step reaching back over bytes already taken.
            var last = MemoryMarshal.Read<ulong>(text[^8..]);
            while (text.Length > 8)
            {
                hash = (BitOperations.RotateLeft(hash, 23) ^ MemoryMarshal.Read<ulong>(text)) * Odd;
                text = text[8..];
            }

            hash = (BitOperations.RotateLeft(hash, 23) ^ last) * Odd;
        }
        else
        {
            ulong rest = 0;
            foreach (var b in text) rest = (rest << 8) | b;
            hash = (BitOperations.RotateLeft(hash, 23) ^ rest) * Odd;
        }

        return hash ^ (hash << 32);
    }
}
