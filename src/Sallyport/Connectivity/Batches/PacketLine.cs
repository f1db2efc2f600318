using Sallyport.Diagnostics;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Batches;

/// <summary>One line of a packet file, read: two ends as UTF-8 text and one point of the <see cref="ServiceLine"/>.</summary>
internal ref struct PacketLine
{
    /// <summary>Who sends, as written.</summary>
    public ReadOnlySpan<byte> From { get; set; }

    /// <summary>Who is asked, as written.</summary>
    public ReadOnlySpan<byte> To { get; set; }

    /// <summary>The packet's point of the <see cref="ServiceLine"/>.</summary>
    public int Point { get; set; }

    /// <summary>Why the line is none; null when it is right.</summary>
    public Diagnostic? Error { get; set; }
}
