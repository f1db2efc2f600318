using System.Collections.Immutable;

namespace Sallyport.Terraform.Plans;

/// <summary>A module as the configuration part of a plan describes it.</summary>
internal sealed class PlanModule
{
    /// <summary>Arguments of each resource by its address within the module.</summary>
    public Dictionary<string, PlanBlock> Resources { get; } = [];

    /// <summary>Modules that it calls, by name.</summary>
    public Dictionary<string, PlanCall> Calls { get; } = [];

    /// <summary>Its outputs.</summary>
    public Dictionary<string, PlanExpression> Outputs { get; } = [];

    /// <summary>A <c>resource</c> block.</summary>
    /// <param name="Arguments">Its arguments and nested blocks.</param>
    /// <param name="ForEach">Its <c>for_each</c>; null when it has none.</param>
    /// <param name="Provider">Key of its provider in the plan.</param>
    internal sealed record PlanBlock(ImmutableDictionary<string, PlanExpression> Arguments, PlanExpression? ForEach, string? Provider);

    /// <summary>A <c>module</c> block.</summary>
    /// <param name="Arguments">What it passes.</param>
    /// <param name="ForEach">Its <c>for_each</c>; null when it has none.</param>
    /// <param name="Module">What it calls.</param>
    internal sealed record PlanCall(ImmutableDictionary<string, PlanExpression> Arguments, PlanExpression? ForEach, PlanModule Module);
}
