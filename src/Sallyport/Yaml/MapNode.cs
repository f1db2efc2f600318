using System.Collections.Immutable;
using Sallyport.Diagnostics;

namespace Sallyport.Yaml;

/// <summary>A YAML mapping whose keys are text, each once, in file order.</summary>
internal sealed record MapNode(ImmutableArray<MapEntry> Entries, SourceSpan At) : SyntaxNode(At, 1 + Entries.Sum(e => e.Value.Size + 1));
