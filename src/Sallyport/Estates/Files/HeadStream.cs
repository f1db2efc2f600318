namespace Sallyport.Estates.Files;

/// <summary>Reads a stream from its start after its first bytes were looked at; works on pipes, which cannot seek back.</summary>
internal sealed class HeadStream : Stream
{
    private readonly Stream _rest;
    private ReadOnlyMemory<byte> _head;

    /// <summary>Looks at the first bytes of a stream, at most so many.</summary>
    public HeadStream(Stream stream, int headBytes)
    {
        _rest = stream;
        var head = new byte[headBytes];
        _head = head.AsMemory(0, stream.ReadAtLeast(head, headBytes, throwOnEndOfStream: false));
    }

    /// <summary>The first bytes, as long as nothing was read.</summary>
    public ReadOnlyMemory<byte> Head => _head;

    /// <summary>How much was read so far.</summary>
    public long BytesRead { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Leaves out the first bytes: a byte-order mark.</summary>
    public void Drop(int bytes) => _head = _head[bytes..];

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (_head.IsEmpty)
        {
            var read = _rest.Read(buffer);
            BytesRead += read;
            return read;
        }

        var taken = Math.Min(buffer.Length, _head.Length);
        _head.Span[..taken].CopyTo(buffer);
        _head = _head[taken..];
        BytesRead += taken;
        return taken;
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
