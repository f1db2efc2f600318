namespace Sallyport.Connectivity.Batches;

/// <summary>
/// Lines of a stream, through one reused buffer. A line that is longer than the limit is passed over and said to be so. Before
/// each read that may wait, <paramref name="beforeRead"/> is called: whoever asks line by line over a pipe gets the answers so far.
/// </summary>
internal sealed class PacketLines(Stream input, Action beforeRead)
{
    /// <summary>Longest line taken, in bytes: a packet needs about a hundred.</summary>
    public const int MaxLineBytes = 64 * 1024;

    private readonly byte[] _buffer = new byte[4 * MaxLineBytes];
    private int _start;
    private int _end;
    private bool _isEnded;

    /// <summary>1-based number of the current line.</summary>
    public int Number { get; private set; }

    /// <summary>True when the current line was longer than <see cref="MaxLineBytes"/>; it is then empty.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Moves to the next line, without its end; false after the last. The span is valid until the next call.</summary>
    public bool TryNext(out ReadOnlySpan<byte> line)
    {
        IsTooLong = false;
        while (true)
        {
            var available = _buffer.AsSpan(_start, _end - _start);
            var newline = available.IndexOf((byte)'\n');
            if (newline >= 0 || (_isEnded && available.Length > 0))
            {
                line = newline >= 0 ? available[..newline] : available;
                _start += newline >= 0 ? newline + 1 : available.Length;
                Number++;
                IsTooLong |= line.Length > MaxLineBytes;
                if (IsTooLong) line = default;
                return true;
            }

            if (_isEnded)
            {
                line = default;
                if (!IsTooLong) return false;
                Number++;
                return true;
            }

            // Of a line that is too long only its end is still of interest.
            if (available.Length > MaxLineBytes)
            {
                IsTooLong = true;
                _start = _end;
            }

            Fill();
        }
    }

    private void Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        beforeRead();
        var read = input.Read(_buffer.AsSpan(_end));
        _isEnded = read == 0;
        _end += read;
    }
}
