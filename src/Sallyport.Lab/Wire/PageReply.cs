namespace Sallyport.Lab.Wire;

/// <summary>One page of a listing, streamed item by item.</summary>
internal sealed class PageReply(string wrapper, IReadOnlyList<Action<ReplyWriter>> items, string? nextToken) : IReply
{
    public async ValueTask WriteAsync(ReplyWriter writer, CancellationToken cancellationToken)
    {
        writer.Open(wrapper);
        foreach (var write in items)
        {
            writer.Open("item");
            write(writer);
            writer.Close("item");
            await writer.FlushIfLargeAsync(cancellationToken);
        }

        writer.Close(wrapper);
        writer.Text("nextToken", nextToken);
    }
}
