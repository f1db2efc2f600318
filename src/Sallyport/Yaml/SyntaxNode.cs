using Sallyport.Diagnostics;

namespace Sallyport.Yaml;

/// <summary>A node of a YAML file with its place.</summary>
/// <param name="At">Where the node starts.</param>
/// <param name="Size">Nodes in the tree below and including this one, aliases counted as often as they are used.</param>
internal abstract record SyntaxNode(SourceSpan At, int Size)
{
    /// <summary>True for an absent value: <c>~</c>, <c>null</c> or nothing after the colon.</summary>
    public virtual bool IsNull => false;
}
