using System.Collections.Immutable;
using Sallyport.Diagnostics;

namespace Sallyport.Hcl.Syntax;

/// <summary><c>name(arguments…)</c>.</summary>
/// <param name="Name">With its namespace, as in <c>provider::aws::arn_parse</c>.</param>
/// <param name="Arguments">In order.</param>
/// <param name="IsLastExpanded">Whether <c>...</c> follows the last argument.</param>
/// <param name="At">The name.</param>
internal sealed record HclCall(string Name, ImmutableArray<HclExpression> Arguments, bool IsLastExpanded, SourceSpan At) : HclExpression(At);
