namespace Sallyport.Lab.Wire;

/// <summary>A small answer, written in one go.</summary>
internal sealed class Reply(Action<ReplyWriter> write) : IReply
{
    /// <summary>The answer of most changes.</summary>
    public static Reply True { get; } = new(writer => writer.Flag("return", true));

    public ValueTask WriteAsync(ReplyWriter writer, CancellationToken cancellationToken)
    {
        write(writer);
        return ValueTask.CompletedTask;
    }
}
