using System.Collections.Immutable;

namespace Sallyport.Connections.Importing;

/// <summary>A tightened file and what was changed in it, sorted by group and kind.</summary>
public sealed record TightenResult(ConnectionsFile File, ImmutableArray<TightenChange> Changes);
