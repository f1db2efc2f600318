using System.Collections.Immutable;
using Sallyport.Diagnostics;

namespace Sallyport.Hcl.Syntax;

/// <summary>Attributes and blocks, in file order; an attribute's name comes once.</summary>
internal sealed record HclBody(ImmutableArray<HclAttribute> Attributes, ImmutableArray<HclBlock> Blocks, SourceSpan At)
{
    /// <summary>The attribute of that name; null when there is none.</summary>
    public HclAttribute? Find(string name)
    {
        foreach (var attribute in Attributes)
        {
            if (attribute.Name == name) return attribute;
        }

        return null;
    }
}
