using Sallyport.Diagnostics;

namespace Sallyport.Hcl.Syntax;

/// <summary><c>condition ? then : otherwise</c>.</summary>
internal sealed record HclConditional(HclExpression Condition, HclExpression Then, HclExpression Otherwise, SourceSpan At) : HclExpression(At);
