using Sallyport.Diagnostics;

using Sallyport.Hcl.Values;

namespace Sallyport.Hcl.Syntax;

/// <summary><c>12</c>, <c>true</c>, <c>null</c>, or text without interpolation.</summary>
internal sealed record HclLiteral(HclValue Value, SourceSpan At) : HclExpression(At);
