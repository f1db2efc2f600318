
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

    /// <summary>A <c>resource</c> block. Of most nobody asks more than the provider, so the rest is read when somebody does.</summary>
    /// <param name="provider">Key of its provider in the plan; null when it is not told.</param>
    /// <param name="read">Reads arguments, nested blocks and <c>for_each</c>.</param>
    internal sealed class PlanBlock(string? provider, Func<(IReadOnlyDictionary<string, PlanExpression> Arguments, PlanExpression? ForEach)> read)
    {
        private readonly Lazy<(IReadOnlyDictionary<string, PlanExpression> Arguments, PlanExpression? ForEach)> _content = new(read);

        /// <summary>Key of its provider in the plan; null when it is not told.</summary>
        public string? Provider => provider;

        /// <summary>Its arguments and nested blocks.</summary>
        public IReadOnlyDictionary<string, PlanExpression> Arguments => _content.Value.Arguments;

        /// <summary>Its <c>for_each</c>; null when it has none.</summary>
        public PlanExpression? ForEach => _content.Value.ForEach;
    }

    /// <summary>A <c>module</c> block.</summary>
    /// <param name="Arguments">What it passes.</param>
    /// <param name="ForEach">Its <c>for_each</c>; null when it has none.</param>
    /// <param name="Module">What it calls.</param>
    internal sealed record PlanCall(IReadOnlyDictionary<string, PlanExpression> Arguments, PlanExpression? ForEach, PlanModule Module);
}
