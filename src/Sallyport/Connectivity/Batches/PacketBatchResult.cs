using System.Collections.Immutable;
using Sallyport.Diagnostics;

namespace Sallyport.Connectivity.Batches;

/// <summary>What came of a batch.</summary>
/// <param name="Packets">Lines answered, those with an error as well.</param>
/// <param name="Failures">Lines that are no packet.</param>
/// <param name="Errors">The first of them, with their lines.</param>
public sealed record PacketBatchResult(long Packets, long Failures, ImmutableArray<Diagnostic> Errors);
