using Sallyport.Diagnostics;

namespace Sallyport.Hcl.Syntax;

/// <summary>One operand.</summary>
internal sealed record HclUnary(HclOperator Operator, HclExpression Operand, SourceSpan At) : HclExpression(At);
