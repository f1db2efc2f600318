using System.Collections.Immutable;
using Sallyport.Diagnostics;

namespace Sallyport.Hcl.Syntax;

/// <summary>Quoted or heredoc text with interpolations, put together of its parts; literals among them are text.</summary>
internal sealed record HclTemplate(ImmutableArray<HclExpression> Parts, SourceSpan At) : HclExpression(At);
