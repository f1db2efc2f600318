using System.Collections.Immutable;
using Sallyport.Applying;
using Sallyport.Connections.Compiling;
using Sallyport.Estates;
using Sallyport.Planning;
using Sallyport.Tests.Generators;

namespace Sallyport.Tests.Applying;

/// <summary>One estate on the workbench: a target, a clock, and what every test asks of the result.</summary>
internal static class ApplyBench
{
    public static readonly ApplierOptions Options = new();

    public static ApplyResult Apply(Plan plan, SimulatedTarget target, IJournal journal, Action<ApplyProgress>? progress = null, CancellationToken cancellationToken = default) =>
        new Applier(target, journal, new ImmediateTime(), Options, progress).ApplyAsync(plan, cancellationToken).GetAwaiter().GetResult();

    public static ApplyResult Undo(SimulatedTarget target, IJournal journal, IJournal own)
    {
        var plan = PlanUndo(target, journal, own);
        Assert.True(plan.IsOk, string.Join("\n", plan.Diagnostics));
        return Apply(plan.Value, target, own);
    }

    public static Sallyport.Diagnostics.Result<Plan> PlanUndo(SimulatedTarget target, IJournal journal, IJournal own) =>
        new Undoer(target, new ImmediateTime(), Options).PlanAsync(journal, own, CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>The target's groups as an estate, everything beside the groups taken from the first one.</summary>
    public static Estate EstateOf(SimulatedTarget target, Estate like) =>
        EstateGenerator.Assemble(target.Groups.Values, like.NetworkInterfaces);

    /// <summary>Every rule with all its text, ids aside: what undo must bring back.</summary>
    public static ImmutableArray<string> ContentOf(IEnumerable<SecurityGroup> groups) =>
        [.. groups.OrderBy(g => g.Id).SelectMany(g => g.Rules.OrderBy(r => r.Key).Select(r => $"{g.Id} {r.Key} \"{r.Description}\" {r.Tags}"))];

    public static void AssertIsAsDeclared(Estate before, DesiredRules desired, SimulatedTarget target)
    {
        var end = BoundWatch.EndOf(before, desired);
        foreach (var group in target.Groups.Values) Assert.Equal(end[group.Id].Order(), group.Rules.Select(r => r.Key).Order());
        Assert.Empty(new Planner().Plan(EstateOf(target, before), desired).Value!.Steps);
    }

    public static void AssertForeignRulesAreUntouched(Plan plan, SimulatedTarget target)
    {
        var own = plan.Steps.SelectMany(s => StepWork.FootprintOf(s).Select(k => (s.Group, k))).ToHashSet();
        Assert.All(target.Touched, t => Assert.Contains(t, own));
    }
}
