using System.Collections.Immutable;
using Sallyport.Diagnostics;

namespace Sallyport.Yaml;

/// <summary>A YAML sequence.</summary>
internal sealed record ListNode(ImmutableArray<SyntaxNode> Items, SourceSpan At) : SyntaxNode(At, 1 + Items.Sum(i => i.Size));
