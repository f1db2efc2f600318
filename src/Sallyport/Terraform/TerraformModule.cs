using System.Collections.Immutable;
using Sallyport.Hcl.Syntax;

namespace Sallyport.Terraform;

/// <summary>The files of one folder, taken together as Terraform takes them; overrides are already laid over.</summary>
/// <param name="Folder">Path of the folder, as the user wrote it.</param>
internal sealed record TerraformModule(string Folder)
{
    /// <summary>Resources and data sources, in file order.</summary>
    public ImmutableArray<TerraformBlock> Resources { get; init; } = [];

    /// <summary>Variables by name.</summary>
    public ImmutableDictionary<string, HclBlock> Variables { get; init; } = ImmutableDictionary<string, HclBlock>.Empty;

    /// <summary>Locals by name.</summary>
    public ImmutableDictionary<string, HclAttribute> Locals { get; init; } = ImmutableDictionary<string, HclAttribute>.Empty;

    /// <summary>Outputs by name.</summary>
    public ImmutableDictionary<string, HclBlock> Outputs { get; init; } = ImmutableDictionary<string, HclBlock>.Empty;

    /// <summary>Module calls by name.</summary>
    public ImmutableDictionary<string, HclBlock> Calls { get; init; } = ImmutableDictionary<string, HclBlock>.Empty;

    /// <summary>Provider blocks, in file order.</summary>
    public ImmutableArray<HclBlock> Providers { get; init; } = [];
}
