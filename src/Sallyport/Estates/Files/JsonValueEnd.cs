using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Sallyport.Estates.Files;

/// <summary>
/// Finds where an object or array of JSON ends, at several times the speed of a general reader, which it only overtakes: all that it passes over is
/// held against the whole grammar, and at the first thing that is not plainly right, or cut off, it gives up and the reader judges.
/// </summary>
internal static class JsonValueEnd
{
    /// <summary>Deepest nesting inside the value that is followed.</summary>
    public const int MaxDepth = 63;

    /// <summary>
    /// Where the closing bracket stands of the object or array behind whose opening bracket the text begins; -1 when that is not certain.
    /// </summary>
    /// <param name="text">What follows the opening bracket.</param>
    /// <param name="isObject">True for an object.</param>
    /// <param name="deepest">How many more levels may be open inside it, up to <see cref="MaxDepth"/>.</param>
    public static int Find(ReadOnlySpan<byte> text, bool isObject, int deepest)
    {
        // One bit a level that is open, the innermost lowest: 1 for an object.
        var open = isObject ? 1UL : 0UL;
        var depth = 0;
        var at = Blank(text, 0);
        if (IsAt(text, at, isObject ? (byte)'}' : (byte)']')) return at;
        while (true)
        {
            if ((open & 1) != 0)
            {
                at = Key(text, at);
                if (at < 0) return -1;
            }

            if (at >= text.Length) return -1;
            var first = text[at];
            if (first is (byte)'{' or (byte)'[')
            {
                if (depth == deepest) return -1;
                at = Blank(text, at + 1);
                if (!IsAt(text, at, first == (byte)'{' ? (byte)'}' : (byte)']'))
                {
                    depth++;
                    open = (open << 1) | (first == (byte)'{' ? 1UL : 0UL);
                    continue;
                }

                at++;
            }
            else
            {
                at = first switch
                {
                    (byte)'"' => Text(text, at + 1),
                    (byte)'t' => Word(text, at, "true"u8),
                    (byte)'f' => Word(text, at, "false"u8),
                    (byte)'n' => Word(text, at, "null"u8),
                    _ => Number(text, at),
                };
                if (at < 0) return -1;
            }

            // Behind a value: the next one, or the end of what it is in.
            while (true)
            {
                at = Blank(text, at);
                if (at >= text.Length) return -1;
                var next = text[at];
                if (next == (byte)',') break;
                if (next != ((open & 1) != 0 ? (byte)'}' : (byte)']')) return -1;
                if (depth-- == 0) return at;
                open >>= 1;
                at++;
            }

            at = Blank(text, at + 1);
        }
    }

    private static bool IsAt(ReadOnlySpan<byte> text, int at, byte wanted) => at < text.Length && text[at] == wanted;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Blank(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && text[at] <= (byte)' ' && text[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t') at++;
        return at;
    }

    // From a key's opening quote to its value.
    private static int Key(ReadOnlySpan<byte> text, int at)
    {
        if (!IsAt(text, at, (byte)'"')) return -1;
        at = Text(text, at + 1);
        if (at < 0) return -1;
        at = Blank(text, at);
        return IsAt(text, at, (byte)':') ? Blank(text, at + 1) : -1;
    }

    // From behind the opening quote to behind the closing one.
    private static int Text(ReadOnlySpan<byte> text, int at)
    {
        ref var start = ref MemoryMarshal.GetReference(text);
        while (at + Vector128<byte>.Count <= text.Length)
        {
            var bytes = Vector128.LoadUnsafe(ref start, (nuint)at);
            var ends = Vector128.Equals(bytes, Vector128.Create((byte)'"')) | Vector128.Equals(bytes, Vector128.Create((byte)'\\')) | Vector128.LessThan(bytes, Vector128.Create((byte)' '));
            var mask = ends.ExtractMostSignificantBits();
            if (mask == 0)
            {
                at += Vector128<byte>.Count;
                continue;
            }

            at += BitOperations.TrailingZeroCount(mask);
            if (text[at] == (byte)'"') return at + 1;
            at = Escape(text, at);
            if (at < 0) return -1;
        }

        while (at < text.Length)
        {
            if (text[at] == (byte)'"') return at + 1;
            at = text[at] is (byte)'\\' or < (byte)' ' ? Escape(text, at) : at + 1;
            if (at < 0) return -1;
        }

        return -1;
    }

    private static int Escape(ReadOnlySpan<byte> text, int at)
    {
        if (text[at] != (byte)'\\' || at + 1 >= text.Length) return -1;
        if (text[at + 1] != (byte)'u') return "\"\\/bfnrt"u8.Contains(text[at + 1]) ? at + 2 : -1;
        if (at + 6 > text.Length) return -1;
        foreach (var digit in text.Slice(at + 2, 4))
        {
            if (!char.IsAsciiHexDigit((char)digit)) return -1;
        }

        return at + 6;
    }

    private static int Word(ReadOnlySpan<byte> text, int at, ReadOnlySpan<byte> word) => text[at..].StartsWith(word) ? at + word.Length : -1;

    private static int Number(ReadOnlySpan<byte> text, int at)
    {
        if (IsAt(text, at, (byte)'-')) at++;
        if (IsAt(text, at, (byte)'0')) at++;
        else if ((at = Digits(text, at)) < 0) return -1;
        if (IsAt(text, at, (byte)'.') && (at = Digits(text, at + 1)) < 0) return -1;
        if (!IsAt(text, at, (byte)'e') && !IsAt(text, at, (byte)'E')) return at;
        at++;
        if (IsAt(text, at, (byte)'+') || IsAt(text, at, (byte)'-')) at++;
        return Digits(text, at);
    }

    // At least one.
    private static int Digits(ReadOnlySpan<byte> text, int at)
    {
        var start = at;
        while (at < text.Length && char.IsAsciiDigit((char)text[at])) at++;
        return at > start ? at : -1;
    }
}
