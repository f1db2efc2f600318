using Sallyport.Diagnostics;

namespace Sallyport.Hcl.Syntax;

/// <summary><c>of[key]</c>.</summary>
internal sealed record HclIndex(HclExpression Of, HclExpression Key, SourceSpan At) : HclExpression(At);
