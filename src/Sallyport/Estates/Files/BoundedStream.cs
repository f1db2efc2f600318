namespace Sallyport.Estates.Files;

/// <summary>
/// Stops decompression that yields more than it may, as a small file can: throws <see cref="InvalidDataException"/> beyond
/// <paramref name="maxBytes"/>, or when a large result is more than <see cref="MaxRatio"/> times its compressed source.
/// </summary>
internal sealed class BoundedStream(Stream stream, HeadStream compressed, long maxBytes) : Stream
{
    /// <summary>Snapshots compress 10 to 40 times; only made-up files go far beyond.</summary>
    public const int MaxRatio = 200;

    private const long FreeBytes = 256 * 1024 * 1024;

    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var read = stream.Read(buffer);
        _read += read;
        if (_read > maxBytes || (_read > FreeBytes && _read / MaxRatio > compressed.BytesRead))
        {
            throw new InvalidDataException($"It expands to {_read} bytes or more, which is beyond the limit.");
        }

        return read;
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
