using Sallyport.Diagnostics;

namespace Sallyport.Yaml;

/// <summary>Text. Nothing is typed here: <c>0x1</c>, <c>yes</c> and <c>012</c> stay what was written.</summary>
internal sealed record ScalarNode(string Text, bool IsPlain, SourceSpan At) : SyntaxNode(At, 1)
{
    public override bool IsNull => IsPlain && Text is "" or "~" or "null" or "Null" or "NULL";
}
