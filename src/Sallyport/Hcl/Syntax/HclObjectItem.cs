namespace Sallyport.Hcl.Syntax;

/// <summary>One item of an <see cref="HclObject"/>.</summary>
internal sealed record HclObjectItem(HclExpression Key, HclExpression Value);
