namespace Sallyport.Estates.Files;

/// <summary>
/// Remembers what a UTF-8 text was turned into, so that equal texts share one object. A direct-mapped table of fixed size: a collision
/// forgets the older text, so memory is bounded whatever the input and a look-up is one comparison.
/// </summary>
internal sealed class Utf8Cache<T>
    where T : class
{
    private readonly Slot[] _slots;
    private readonly int _shift;

    /// <summary>A table of 2 to the power of <paramref name="bits"/> slots.</summary>
    public Utf8Cache(int bits = 14)
    {
        _slots = new Slot[1 << bits];
        _shift = 64 - bits;
    }

    /// <summary>The object remembered for a text; null when it is not known (any more).</summary>
    public T? Find(ReadOnlySpan<byte> text, out ulong hash)
    {
        hash = Utf8Texts.Hash(text);
        ref var slot = ref _slots[(int)(hash >> _shift)];
        return slot.Hash == hash && slot.Key is { } key && text.SequenceEqual(key) ? slot.Value : null;
    }

    /// <summary>Remembers; <paramref name="hash"/> is what <see cref="Find"/> gave for the same text.</summary>
    public T Put(ReadOnlySpan<byte> text, ulong hash, T value)
    {
        _slots[(int)(hash >> _shift)] = new Slot(hash, text.ToArray(), value);
        return value;
    }

    private readonly record struct Slot(ulong Hash, byte[]? Key, T? Value);
}
