using System.Collections.Immutable;
using Sallyport.Estates;

namespace Sallyport.Lab.Storage;

/// <summary>A prefix list with what only the service keeps: its state and its older versions.</summary>
/// <param name="List">The current version.</param>
internal sealed record PrefixListState(PrefixList List)
{
    /// <summary><c>create-complete</c>, <c>modify-complete</c>, <c>modify-failed</c> …</summary>
    public string State { get; init; } = "create-complete";

    /// <summary>Why the last change failed; null otherwise.</summary>
    public string? Message { get; init; }

    /// <summary>Entries of the versions before the current one, oldest first.</summary>
    public ImmutableArray<PrefixListVersion> Older { get; init; } = [];
}
