using Sallyport.Diagnostics;

namespace Sallyport.Hcl.Syntax;

/// <summary>Two operands.</summary>
internal sealed record HclBinary(HclOperator Operator, HclExpression Left, HclExpression Right, SourceSpan At) : HclExpression(At);
