using Sallyport.Diagnostics;

namespace Sallyport.Hcl.Syntax;

/// <summary><c>[for k, v in c : value if condition]</c> or, with a key, <c>{for k, v in c : key => value... if condition}</c>.</summary>
/// <param name="KeyName">Null when only the value is named.</param>
/// <param name="ValueName">Name of the element.</param>
/// <param name="Collection">What is gone through.</param>
/// <param name="Key">Null for a tuple.</param>
/// <param name="Value">The result for one element.</param>
/// <param name="Condition">Null when every element counts.</param>
/// <param name="IsGrouped">Whether <c>...</c> gathers the values of one key.</param>
/// <param name="At">The bracket.</param>
internal sealed record HclFor(
    string? KeyName, string ValueName, HclExpression Collection, HclExpression? Key, HclExpression Value, HclExpression? Condition, bool IsGrouped,
    SourceSpan At) : HclExpression(At);
