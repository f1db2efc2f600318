using System.Collections.Immutable;
using Sallyport.Diagnostics;

namespace Sallyport.Connections.Importing;

/// <summary>An estate as connections, with what the connections file has no place for.</summary>
/// <param name="File">Compiled against the same estate it gives exactly the estate's rules for every managed group.</param>
/// <param name="Rules">Every rule of the estate with its id, description and tags, in the estate's order: nothing of it is lost.</param>
/// <param name="Diagnostics">What the reader of the file should know; never an error.</param>
public sealed record ImportResult(ConnectionsFile File, ImmutableArray<ImportedRule> Rules, ImmutableArray<Diagnostic> Diagnostics);
