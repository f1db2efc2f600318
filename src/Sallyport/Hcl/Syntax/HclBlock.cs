using System.Collections.Immutable;
using Sallyport.Diagnostics;

namespace Sallyport.Hcl.Syntax;

/// <summary><c>type "label" … { body }</c>.</summary>
internal sealed record HclBlock(string Type, ImmutableArray<string> Labels, HclBody Body, SourceSpan At)
{
    /// <summary>After its closing brace; null in JSON code.</summary>
    public SourceSpan? End { get; init; }
}
