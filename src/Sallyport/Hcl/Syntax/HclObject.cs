using System.Collections.Immutable;
using Sallyport.Diagnostics;

namespace Sallyport.Hcl.Syntax;

/// <summary><c>{ key = value }</c>; a bare word as a key is text.</summary>
internal sealed record HclObject(ImmutableArray<HclObjectItem> Items, SourceSpan At) : HclExpression(At);
