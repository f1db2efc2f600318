using Sallyport.Applying;

namespace Sallyport.Tests.Applying;

/// <summary>A journal in memory. <see cref="CrashAt"/> is the machine's power switch.</summary>
internal sealed class MemoryJournal(byte[]? bytes = null) : IJournal
{
    private readonly MemoryStream _stream = Filled(bytes ?? []);

    public string Name => "test.journal";

    /// <summary>Bytes after which the process dies, in the middle of whatever it writes; null for never.</summary>
    public long? CrashAt { get; set; }

    public byte[] Bytes => _stream.ToArray();

    public Task<byte[]> ReadAsync(CancellationToken cancellationToken) => Task.FromResult(Bytes);

    public Task AppendAsync(ReadOnlyMemory<byte> line, CancellationToken cancellationToken)
    {
        Assert.Equal((byte)'\n', line.Span[^1]);
        Assert.Equal(line.Length - 1, line.Span.IndexOf((byte)'\n'));
        if (CrashAt is { } limit && _stream.Length + line.Length > limit)
        {
            _stream.Write(line.Span[..(int)(limit - _stream.Length)]);
            throw new CrashException();
        }

        _stream.Write(line.Span);
        return Task.CompletedTask;
    }

    public Task TruncateAsync(long length, CancellationToken cancellationToken)
    {
        _stream.SetLength(length);
        return Task.CompletedTask;
    }

    private static MemoryStream Filled(byte[] bytes)
    {
        var stream = new MemoryStream();
        stream.Write(bytes);
        return stream;
    }
}
