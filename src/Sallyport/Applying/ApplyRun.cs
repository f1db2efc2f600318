using System.Collections.Immutable;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Planning;

namespace Sallyport.Applying;

/// <summary>One run of an <see cref="Applier"/>: the state that its steps share.</summary>
internal sealed class ApplyRun
{
    private readonly Plan _plan;
    private readonly IEstateTarget _target;
    private readonly IJournal _file;
    private readonly TimeProvider _time;
    private readonly ApplierOptions _options;
    private readonly Action<ApplyProgress> _progress;
    private readonly GroupReader _reader;

    // What every rule that a done step was about must look like; null where it must not be there.
    private readonly Dictionary<SecurityGroupId, Dictionary<RuleKey, SecurityGroupRule?>> _expected = [];
    private readonly List<Diagnostic> _notes = [];
    private PlanStep? _at;
    private int _lines;
    private int _done;

    public ApplyRun(Plan plan, IEstateTarget target, IJournal file, TimeProvider time, ApplierOptions options, Action<ApplyProgress> progress)
    {
        _plan = plan;
        _target = target;
        _file = file;
        _time = time;
        _options = options;
        _progress = progress;
        _reader = new GroupReader(target, time, options, () => _progress(new ApplyProgress(ApplyStage.Rereading, _at, plan.Steps.Length, _at?.Group)));
    }

    public async Task<ApplyResult> RunAsync(CancellationToken cancellationToken)
    {
        var hasBegun = false;
        try
        {
            var read = Journal.Read(await _file.ReadAsync(cancellationToken), _file.Name);
            if (!read.IsOk) return End(ApplyOutcome.BadInput, [.. read.Diagnostics]);
            var journal = read.Value;
            if (Check(journal) is { } unusable) return unusable;
            if (await PrepareAsync(journal, cancellationToken) is { } refused) return refused;
            if (journal.IsTorn)
            {
                _notes.Add(ApplyingDiagnostics.TornLine(_file.Name, journal.Lines + 1));
                await _file.TruncateAsync(journal.Length, CancellationToken.None);
            }

            _lines = journal.Lines;
            hasBegun = true;
            if (journal.Header is null) await WriteAsync(new JournalEntry.Header(Now(), PlanJsonWriter.DigestOf(_plan), _plan));
            return await StepsAsync(journal.Unsettled, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return End(ApplyOutcome.Interrupted);
        }
        catch (TargetException e) when (!hasBegun)
        {
            return End(ApplyOutcome.Unavailable, ApplyingDiagnostics.CannotRead(e));
        }
        catch (TargetException e)
        {
            return await StopAsync(e.Code, e.Message, e.RequestId, ApplyingDiagnostics.CannotRead(e));
        }
    }

    private ApplyResult? Check(Journal journal)
    {
        _done = journal.Done.Length;
        if (journal.Header is not null && journal.Header.PlanDigest != PlanJsonWriter.DigestOf(_plan)) return End(ApplyOutcome.BadInput, ApplyingDiagnostics.OtherPlan(_file.Name));
        if (journal.IsFinished) return End(ApplyOutcome.AlreadyDone, ApplyingDiagnostics.AlreadyFinished(_file.Name));
        ImmutableArray<Diagnostic> malformed = [.. _plan.Touched.Where(t => !Planner.IsWellFormed(t.Group)).Select(t => ApplyingDiagnostics.MalformedGroup(t.Group))];
        return malformed.IsEmpty ? null : End(ApplyOutcome.BadInput, malformed);
    }

    /// <summary>Everything that can say no before the first change.</summary>
    private async Task<ApplyResult?> PrepareAsync(Journal journal, CancellationToken cancellationToken)
    {
        _progress(new ApplyProgress(ApplyStage.Comparing, null, _plan.Steps.Length));
        ImmutableArray<(Scope Scope, SecurityGroupId Group)> touched = [.. _plan.Touched];
        foreach (var done in journal.Done) Expect(_plan.Steps[done.Step - 1], done.After);
        var isNew = journal.Header is null;

        // A reading may lag behind a change made a moment ago: one that does not fit is looked at again before it is believed.
        var readings = isNew ? Math.Min(3, _options.Readings) : _options.Readings;
        var found = await _reader.ReadUntilAsync(touched, f => isNew ? Fits(f.Values) : Unexpected(f, journal.Unsettled) is null, readings, cancellationToken);
        ImmutableArray<Diagnostic> gone = [.. touched.Where(t => !found.ContainsKey(t.Group)).Select(t => ApplyingDiagnostics.GroupGone(t.Group))];
        if (!gone.IsEmpty) return End(ApplyOutcome.Refused, gone);
        if (isNew && !Fits(found.Values)) return End(ApplyOutcome.Refused, ApplyingDiagnostics.StateDiffers(touched.Select(t => t.Group)));
        if (!isNew && Unexpected(found, journal.Unsettled) is var (group, rule)) return End(ApplyOutcome.Refused, ApplyingDiagnostics.CannotResume(group, rule));
        return await AskPermissionAsync(cancellationToken);

        bool Fits(IEnumerable<SecurityGroup> groups) => PlanDigest.Matches(_plan.EstateDigest, groups);
    }

    private async Task<ApplyResult?> AskPermissionAsync(CancellationToken cancellationToken)
    {
        _progress(new ApplyProgress(ApplyStage.AskingPermission, null, _plan.Steps.Length));
        var changes = _plan.Steps.Skip(_done).SelectMany(s => StepWork.ChangesOf(s).Select(c => (s.Scope, s.Group, Change: c))).Distinct();
        var denied = new List<Diagnostic>();
        foreach (var (scope, group, change) in changes)
        {
            try
            {
                await _target.CheckPermissionAsync(scope, group, change, cancellationToken);
            }
            catch (TargetException e)
            {
                denied.Add(ApplyingDiagnostics.NotPermitted(group, change, e));
            }
        }

        return denied.Count == 0 ? null : End(ApplyOutcome.Unavailable, [.. denied]);
    }

    private async Task<ApplyResult> StepsAsync(JournalEntry.Begin? unsettled, CancellationToken cancellationToken)
    {
        Dictionary<RuleKey, SecurityGroupRule>? now = null;
        while (_done < _plan.Steps.Length)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var step = _at = _plan.Steps[_done];
            if (now is null)
            {
                (now, var problem) = await EnterAsync(step, unsettled is not null, cancellationToken);
                if (now is null) return await StopAsync("Interference", problem!.Message, null, problem);
            }

            (now, var failure) = await StepAsync(step, now, unsettled is not null, cancellationToken);
            unsettled = null;
            if (failure is not null) return failure;
            _done++;
            if (_done < _plan.Steps.Length && _plan.Steps[_done].Group == step.Group) continue;
            if (await VerifyAsync(step, cancellationToken) is { } notVisible) return notVisible;
            now = null;
        }

        await WriteAsync(new JournalEntry.Finished(Now()));
        return End(ApplyOutcome.Done);
    }

    /// <summary>The group's rules at this moment, provided that everything done to it before is still so.</summary>
    private async Task<(Dictionary<RuleKey, SecurityGroupRule>? Rules, Diagnostic? Problem)> EnterAsync(PlanStep step, bool isUnsettled, CancellationToken cancellationToken)
    {
        var exempt = isUnsettled ? StepWork.FootprintOf(step) : [];
        var rules = await _reader.RulesUntilAsync(step.Scope, step.Group, r => Unexpected(step.Group, r, exempt) is null, cancellationToken);
        if (rules is null) return (null, ApplyingDiagnostics.GroupGone(step.Group));
        return Unexpected(step.Group, rules, exempt) is { } rule ? (null, ApplyingDiagnostics.Interfered(step.Id, step.Group, rule)) : (rules, null);
    }

    private async Task<(Dictionary<RuleKey, SecurityGroupRule> Rules, ApplyResult? Failure)> StepAsync(
        PlanStep step, Dictionary<RuleKey, SecurityGroupRule> now, bool isUnsettled, CancellationToken cancellationToken)
    {
        if (!isUnsettled) await WriteAsync(new JournalEntry.Begin(Now(), step.Id, Own(step, now)));
        _progress(new ApplyProgress(ApplyStage.StepBegins, step, _plan.Steps.Length, step.Group));
        var how = isUnsettled ? StepSettlement.Settled : StepSettlement.Already;
        TargetException? last = null;

        // An earlier run's call may have been made and not be visible yet: wait for it before calling again.
        if (isUnsettled && !StepWork.Of(step, now).IsDone) now = await UntilAsync(step, w => w.IsDone, now, cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            var work = StepWork.Of(step, now);
            if (work.Conflict is not null || work.NeedsIds(step, now))
            {
                now = await UntilAsync(step, w => w.Conflict is null, now, cancellationToken);
                work = StepWork.Of(step, now);
                if (work.Conflict is { } rule) return (now, await StopAsync("Interference", $"{rule} was changed by somebody else", null, ApplyingDiagnostics.Interfered(step.Id, step.Group, rule)));
                if (work.NeedsIds(step, now)) throw new InvalidOperationException("The target read a group without rule ids.");
            }

            if (work.Pending.IsEmpty) break;
            if (attempt > _options.Attempts) return (now, await StopAsync(last!.Code, last.Message, last.RequestId, ApplyingDiagnostics.OutcomeUnknown(step.Id, last)));
            try
            {
                // Not cancelled half-way: a call in flight is a call whose outcome somebody has to find out.
                now = await work.CallAsync(_target, step, now, CancellationToken.None);
                how = StepSettlement.Called;
                break;
            }
            catch (TargetException e) when (e.Outcome == TargetOutcome.Unknown)
            {
                (last, how) = (e, StepSettlement.Settled);
                now = await UntilAsync(step, w => w.IsDone, now, cancellationToken);
            }
            catch (TargetException e) when (StepWork.MayMeanDone(e.Code))
            {
                (last, how) = (e, StepSettlement.Settled);
                var before = work.Pending.Length;
                now = await UntilAsync(step, w => w.Pending.Length != before || w.Conflict is not null, now, cancellationToken);
            }
            catch (TargetException e)
            {
                return (now, await StopAsync(e.Code, e.Message, e.RequestId, ApplyingDiagnostics.Refused(step.Id, e)));
            }
        }

        var after = Own(step, now);
        Expect(step, after);
        await WriteAsync(new JournalEntry.Done(Now(), step.Id, how, after));
        _progress(new ApplyProgress(ApplyStage.StepDone, step, _plan.Steps.Length, step.Group));
        return (now, null);
    }

    private async Task<Dictionary<RuleKey, SecurityGroupRule>> UntilAsync(
        PlanStep step, Func<StepWork, bool> satisfies, Dictionary<RuleKey, SecurityGroupRule> now, CancellationToken cancellationToken) =>
        await _reader.RulesUntilAsync(step.Scope, step.Group, r => satisfies(StepWork.Of(step, r)), cancellationToken) ?? now;

    private async Task<ApplyResult?> VerifyAsync(PlanStep step, CancellationToken cancellationToken)
    {
        var rules = await _reader.RulesUntilAsync(step.Scope, step.Group, r => Unexpected(step.Group, r, []) is null, cancellationToken);
        if (rules is null) return await StopAsync("GroupGone", "the group is gone", null, ApplyingDiagnostics.GroupGone(step.Group));
        if (Unexpected(step.Group, rules, []) is { } rule) return await StopAsync("NotVisible", $"{rule} is not as it was left", null, ApplyingDiagnostics.NotVisible(step.Group, rule));
        _progress(new ApplyProgress(ApplyStage.GroupVerified, step, _plan.Steps.Length, step.Group));
        return null;
    }

    private void Expect(PlanStep step, ImmutableArray<SecurityGroupRule> after)
    {
        if (!_expected.TryGetValue(step.Group, out var rules)) _expected[step.Group] = rules = [];
        foreach (var key in StepWork.FootprintOf(step)) rules[key] = null;
        foreach (var rule in after) rules[rule.Key] = rule;
    }

    private RuleKey? Unexpected(SecurityGroupId group, Dictionary<RuleKey, SecurityGroupRule> rules, HashSet<RuleKey> exempt)
    {
        if (!_expected.TryGetValue(group, out var expected)) return null;
        foreach (var (key, rule) in expected)
        {
            if (!exempt.Contains(key) && !rules.GetValueOrDefault(key).IsAs(rule)) return key;
        }

        return null;
    }

    private (SecurityGroupId Group, RuleKey Rule)? Unexpected(Dictionary<SecurityGroupId, SecurityGroup> found, JournalEntry.Begin? unsettled)
    {
        var step = unsettled is null ? null : _plan.Steps[unsettled.Step - 1];
        foreach (var group in found.Values.OrderBy(g => g.Id))
        {
            if (Unexpected(group.Id, GroupReader.RulesOf(group), step?.Group == group.Id ? StepWork.FootprintOf(step) : []) is { } rule) return (group.Id, rule);
        }

        return null;
    }

    private static ImmutableArray<SecurityGroupRule> Own(PlanStep step, Dictionary<RuleKey, SecurityGroupRule> rules) =>
        [.. StepWork.FootprintOf(step).Select(k => rules.GetValueOrDefault(k)).OfType<SecurityGroupRule>().OrderBy(r => r.Key)];

    private async Task<ApplyResult> StopAsync(string code, string message, string? requestId, Diagnostic why)
    {
        await WriteAsync(new JournalEntry.Stopped(Now(), _at?.Id ?? 0, code, message, requestId));
        return End(ApplyOutcome.Stopped, why);
    }

    private Task WriteAsync(JournalEntry entry) =>
        _file.AppendAsync(JournalFormat.Write(++_lines, entry, id => _plan.Steps[id - 1]), CancellationToken.None);

    private ApplyResult End(ApplyOutcome outcome, params ImmutableArray<Diagnostic> diagnostics)
    {
        var all = _plan.Steps;
        return new ApplyResult(outcome, [.. _notes, .. diagnostics], all[..Math.Min(_done, all.Length)], all[Math.Min(_done, all.Length)..]);
    }

    private DateTimeOffset Now() => _time.GetUtcNow();
}
