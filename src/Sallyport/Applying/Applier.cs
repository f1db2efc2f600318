using Sallyport.Planning;

namespace Sallyport.Applying;

/// <summary>
/// Carries out a plan. Refuses when the estate is not the one the plan was made from or a change would not be permitted, before
/// the first change. Each step is journalled before and after its call; a step whose outcome is not known is looked up in the
/// estate and never blindly repeated. Rules are found by content and removed by id; no rule outside the plan is touched.
/// Run again with the same journal it goes on exactly where it stopped, after a crash at any point.
/// </summary>
/// <param name="target">Where changes are made.</param>
/// <param name="journal">Its own journal: empty, or that of an earlier run of the same plan.</param>
/// <param name="time">Clock of the journal and of waits.</param>
/// <param name="options">Patience.</param>
/// <param name="progress">Called synchronously; may be slow, must not throw.</param>
public sealed class Applier(
    IEstateTarget target, IJournal journal, TimeProvider time, ApplierOptions? options = null, Action<ApplyProgress>? progress = null)
{
    /// <summary>
    /// Applies or resumes. Cancellation is a clean stop between two calls: a call in flight is finished and journalled first.
    /// Whatever the target does ends as a result; only failures of the journal itself (disk full, file gone) are thrown.
    /// </summary>
    public Task<ApplyResult> ApplyAsync(Plan plan, CancellationToken cancellationToken) =>
        new ApplyRun(plan, target, journal, time, options ?? new ApplierOptions(), progress ?? (_ => { })).RunAsync(cancellationToken);
}
