using System.Collections.Immutable;

namespace Sallyport.Patching;

/// <summary>Changes of the user's files, and what could not be written into them.</summary>
public sealed record CodePatch
{
    /// <summary>Files that change, sorted by path.</summary>
    public ImmutableArray<PatchedFile> Files { get; init; } = [];

    /// <summary>Changes that the patch lacks, in the order of the changes.</summary>
    public ImmutableArray<CodeQuestion> Questions { get; init; } = [];
}
