using Sallyport.Diagnostics;

namespace Sallyport.Hcl.Syntax;

/// <summary><c>%{ if } … %{ else } … %{ endif }</c>.</summary>
internal sealed record HclTemplateIf(HclExpression Condition, HclTemplate Then, HclTemplate Else, SourceSpan At) : HclExpression(At);
