using System.Collections.Immutable;
using Sallyport.Hcl.Values;

namespace Sallyport.Terraform.Plans;

/// <summary>
/// What the configuration part of a plan tells of an argument: the constant it is, or what it refers to, or nested blocks. How
/// references are combined is not told. (Terraform "JSON Output Format", Expression Representation)
/// </summary>
internal sealed record PlanExpression
{
    /// <summary>An argument of which nothing is told.</summary>
    public static PlanExpression Nothing { get; } = new();

    /// <summary>What it refers to, each also by its shorter forms, in the order of the expression.</summary>
    public ImmutableArray<string> References { get; init; } = [];

    /// <summary>Its value when it refers to nothing.</summary>
    public HclValue? Constant { get; init; }

    /// <summary>Nested blocks of that name, in the order of the code; dynamic ones are not among them.</summary>
    public ImmutableArray<IReadOnlyDictionary<string, PlanExpression>> Blocks { get; init; } = [];
}
