namespace Sallyport.Lab.Storage;

/// <summary>
/// What time it is for reads, and how long writes stay hidden from them: EC2 is eventually consistent, and the
/// <c>delay-visibility</c> fault makes the lab so. Set by the server before each call, under the lab's lock.
/// </summary>
internal sealed class ReadView(TimeSpan delay)
{
    /// <summary>How long a delayed write stays hidden.</summary>
    public TimeSpan Delay { get; } = delay;

    public DateTimeOffset Now { get; set; }

    /// <summary>True while a change runs whose writes describes shall see late.</summary>
    public bool HideWrites { get; set; }

    /// <summary>True while a describe runs that shall not see writes of the last <see cref="Delay"/>.</summary>
    public bool IsStale { get; set; }
}
