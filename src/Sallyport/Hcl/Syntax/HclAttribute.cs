using Sallyport.Diagnostics;

namespace Sallyport.Hcl.Syntax;

/// <summary><c>name = value</c> in a body.</summary>
internal sealed record HclAttribute(string Name, HclExpression Value, SourceSpan At)
{
    /// <summary>After its value; null in JSON code.</summary>
    public SourceSpan? End { get; init; }
}
