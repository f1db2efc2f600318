using Sallyport.Diagnostics;

namespace Sallyport.Hcl.Syntax;

/// <summary><c>of.name</c>; a legacy index such as <c>of.0</c> is an <see cref="HclIndex"/>.</summary>
internal sealed record HclAttributeOf(HclExpression Of, string Name, SourceSpan At) : HclExpression(At);
