using System.Collections.Immutable;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Questions;

/// <summary>What was found out about two sets of ends.</summary>
public sealed record ReachAnswer
{
    /// <summary>The one-word answer.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Services that were asked for; when none were named, those that get through for some pair.</summary>
    public required ServiceSet Asked { get; init; }

    /// <summary>Of the asked, those that get through for some pair.</summary>
    public ServiceSet Allowed { get; init; } = ServiceSet.Empty;

    /// <summary>Of the asked, those that get through for every pair.</summary>
    public ServiceSet AllowedEverywhere { get; init; } = ServiceSet.Empty;

    /// <summary>
    /// Of the asked, those of which a gap decides: whether for any pair, or whether for every pair. When none were named, also
    /// those of the rest that may get through for some pair.
    /// </summary>
    public ServiceSet Unknown { get; init; } = ServiceSet.Empty;

    /// <summary>Of the asked, those whose answer reaches part of the ephemeral ports only.</summary>
    public ServiceSet PartlyAnswered { get; init; } = ServiceSet.Empty;

    /// <summary>Every layer that certainly stops something asked for, for some pair, in the order of <see cref="Layer"/>.</summary>
    public ImmutableArray<Layer> Blockers { get; init; } = [];

    /// <summary>Each layer that was asked, in the order of <see cref="Layer"/>; empty when there was no pair to judge.</summary>
    public ImmutableArray<LayerAnswer> Layers { get; init; } = [];

    /// <summary>What the verdict rests on.</summary>
    public AnswerBasis Basis { get; init; } = AnswerBasis.Snapshot;

    /// <summary>Why there is no pair to judge; null when there is one.</summary>
    public string? NoPair { get; init; }

    /// <summary>What stopped, translated or was not read, each once.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];
}
