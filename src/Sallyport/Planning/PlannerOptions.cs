namespace Sallyport.Planning;

/// <summary>Settings of one <see cref="Planner"/>.</summary>
public sealed record PlannerOptions
{
    /// <summary>
    /// True (the default) when the plan is meant to be applied: group ids that EC2 would not take are errors (SPD3002).
    /// False for comparing files only, where they are warnings; <c>apply</c> refuses such a plan in any case.
    /// </summary>
    public bool ForApply { get; init; } = true;
}
