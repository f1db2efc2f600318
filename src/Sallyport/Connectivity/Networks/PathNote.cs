using Sallyport.Packets;

namespace Sallyport.Connectivity.Networks;

/// <summary>One thing said about a path.</summary>
/// <param name="Layer"><see cref="Layer.Nacl"/> or <see cref="Layer.Route"/>.</param>
/// <param name="Resource">Id of the ACL, route table or gateway; empty when there is none.</param>
/// <param name="Text">A sentence for people.</param>
public sealed record PathNote(Layer Layer, string Resource, string Text)
{
    /// <summary>Services the resource certainly stops.</summary>
    public ServiceSet Stops { get; init; } = ServiceSet.Empty;

    /// <summary>True when the note tells of something that was not read.</summary>
    public bool IsGap { get; init; }
}
