namespace Sallyport.Applying;

/// <summary>
/// A durable place for journal lines. What has been appended is still there after the process, or the machine, is gone; a line
/// that was being appended at that moment may be torn, and only that one.
/// </summary>
public interface IJournal
{
    /// <summary>What to call it in messages: the path.</summary>
    string Name { get; }

    /// <summary>Everything appended so far; empty when there is nothing yet.</summary>
    Task<byte[]> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Appends one line, its newline included. Returns only when it is durable.</summary>
    Task AppendAsync(ReadOnlyMemory<byte> line, CancellationToken cancellationToken);

    /// <summary>Cuts off what follows <paramref name="length"/> bytes: a torn last line, before more is appended.</summary>
    Task TruncateAsync(long length, CancellationToken cancellationToken);
}
