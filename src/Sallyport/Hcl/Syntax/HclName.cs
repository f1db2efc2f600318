using Sallyport.Diagnostics;

namespace Sallyport.Hcl.Syntax;

/// <summary>The root of a reference: <c>var</c>, <c>local</c>, <c>each</c>, a resource type, or the name of a for expression.</summary>
internal sealed record HclName(string Name, SourceSpan At) : HclExpression(At);
