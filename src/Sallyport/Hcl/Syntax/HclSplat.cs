using Sallyport.Diagnostics;

namespace Sallyport.Hcl.Syntax;

/// <summary><c>of[*]…</c> or <c>of.*…</c>: <paramref name="Each"/> for every element, which it calls <see cref="ElementName"/>.</summary>
internal sealed record HclSplat(HclExpression Of, HclExpression Each, SourceSpan At) : HclExpression(At)
{
    /// <summary>No identifier can be spelled like it.</summary>
    public const string ElementName = "*";
}
