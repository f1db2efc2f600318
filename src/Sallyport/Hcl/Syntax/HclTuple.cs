using System.Collections.Immutable;
using Sallyport.Diagnostics;

namespace Sallyport.Hcl.Syntax;

/// <summary><c>[a, b]</c>.</summary>
internal sealed record HclTuple(ImmutableArray<HclExpression> Items, SourceSpan At) : HclExpression(At);
