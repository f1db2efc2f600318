using Sallyport.Diagnostics;

namespace Sallyport.Estates;

/// <summary>How infrastructure code declares a group: what the group alone does not tell.</summary>
/// <param name="Language">In which language.</param>
/// <param name="Address">Its resource address or logical id, without the file it stands in.</param>
public sealed record GroupCode(CodeLanguage Language, string Address)
{
    /// <summary>True when the code states the group's own name; false when the name is a stand-in that AWS does not know.</summary>
    public bool HasName { get; init; }

    /// <summary>The first rule written inside the group's own block; null when there is none.</summary>
    public SourceSpan? Inline { get; init; }

    /// <summary>The first rule written as a resource of its own; null when there is none.</summary>
    public SourceSpan? Standalone { get; init; }

    /// <summary>True when the code says nothing about the group's egress, so that its allow-all rule is AWS's and not the code's.</summary>
    public bool HasImplicitEgress { get; init; }
}
