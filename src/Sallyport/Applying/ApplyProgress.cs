using Sallyport.Estates;
using Sallyport.Planning;

namespace Sallyport.Applying;

/// <summary>A report of progress, given synchronously: the applier goes on when the receiver returns.</summary>
/// <param name="Stage">What happens or has happened.</param>
/// <param name="Step">The step it is about; null when it is about none.</param>
/// <param name="Steps">Number of steps of the plan.</param>
/// <param name="Group">The group it is about; null when it is about all of them.</param>
public sealed record ApplyProgress(ApplyStage Stage, PlanStep? Step, int Steps, SecurityGroupId? Group = null);
