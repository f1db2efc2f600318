namespace Sallyport.Yaml;

/// <summary>What a <see cref="SyntaxReader"/> takes: limits, and what files of other people's making may hold beyond our own.</summary>
internal sealed record SyntaxOptions
{
    /// <summary>For files that people write for us: no tags, no merge keys.</summary>
    public static SyntaxOptions Strict { get; } = new();

    /// <summary>Characters of a file.</summary>
    public int MaxLength { get; init; } = SyntaxReader.MaxLength;

    /// <summary>Mappings and sequences within each other.</summary>
    public int MaxDepth { get; init; } = SyntaxReader.MaxDepth;

    /// <summary>Nodes of a file after expansion of its aliases.</summary>
    public int MaxNodes { get; init; } = SyntaxReader.MaxNodes;

    /// <summary>True where <c>&lt;&lt;</c> is read and not refused.</summary>
    public bool MergeKeys { get; init; }

    /// <summary>What a tagged node stands for; null for a tag that is not known. Without it every tag is refused.</summary>
    public Func<string, SyntaxNode, SyntaxNode?>? ExpandTag { get; init; }
}
