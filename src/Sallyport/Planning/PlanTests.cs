using Sallyport.Connectivity;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Policies;

namespace Sallyport.Planning;

/// <summary>Runs the tests that a plan carries on the estate as the plan leaves it, before anything is changed.</summary>
public static class PlanTests
{
    /// <summary>Runs them. Accounts and Regions that the plan was tested on and that the estate lacks are gaps.</summary>
    /// <param name="plan">The plan with its tests.</param>
    /// <param name="before">The estate as it is, whole or part-way through the plan.</param>
    /// <param name="today">The day by which exceptions expire, UTC.</param>
    /// <param name="cancellationToken">Ends it between two questions.</param>
    public static TestReport Run(Plan plan, Estate before, DateOnly today, CancellationToken cancellationToken = default)
    {
        if (plan.Tests.Tests.IsEmpty) return new TestReport([]);
        var unread = plan.Tests.Scopes.Where(s => !before.Scopes.Any(b => Covers(b, s))).Select(s => new EstateGap(GapKind.Scope, s.ToString(), "The plan was tested on it, and it was not read now.", IsReadFailure: true));
        var after = PlannedEstate.After(before.With([.. before.Gaps, .. unread]), plan);
        return new TestRunner(ConnectivityModel.Of(after), today).Run(plan.Tests, cancellationToken);
    }

    /// <summary>Why the plan is refused (exit 4); empty when every test holds, or is open and that is accepted.</summary>
    public static IEnumerable<Diagnostic> Refusals(TestReport report, bool acceptsUnknown)
    {
        foreach (var result in report.Failed) yield return PlanningDiagnostics.TestFails(result);
        foreach (var result in acceptsUnknown ? [] : report.Unknown) yield return PlanningDiagnostics.TestUnknown(result);
    }

    // Files may lack the account or Region of what they hold.
    private static bool Covers(Scope read, Scope wanted) =>
        (wanted.Account.Length == 0 || wanted.Account == read.Account) && (wanted.Region.Length == 0 || wanted.Region == read.Region);
}
