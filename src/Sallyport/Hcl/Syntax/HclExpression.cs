using Sallyport.Diagnostics;

namespace Sallyport.Hcl.Syntax;

/// <summary>An expression of HCL's native syntax, or of its JSON form.</summary>
/// <param name="At">Where it starts.</param>
internal abstract record HclExpression(SourceSpan At);
