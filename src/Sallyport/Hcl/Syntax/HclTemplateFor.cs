using Sallyport.Diagnostics;

namespace Sallyport.Hcl.Syntax;

/// <summary><c>%{ for key, value in collection } … %{ endfor }</c>.</summary>
internal sealed record HclTemplateFor(string? Key, string Value, HclExpression Collection, HclTemplate Body, SourceSpan At) : HclExpression(At);
