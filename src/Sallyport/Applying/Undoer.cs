using System.Collections.Immutable;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Planning;

namespace Sallyport.Applying;

/// <summary>
/// Makes the plan that takes a journal's changes back: every rule that its steps were about, restored with its content,
/// description and tags (ids are EC2's and cannot be restored), additions before removals as always. The plan is carried out by
/// an <see cref="Applier"/> with a journal of its own, and so can itself be resumed, and undone.
/// </summary>
/// <param name="target">The estate.</param>
/// <param name="time">Clock of waits.</param>
/// <param name="options">Patience.</param>
public sealed class Undoer(IEstateTarget target, TimeProvider time, ApplierOptions? options = null)
{
    /// <summary>True for a diagnostic of <see cref="PlanAsync(IJournal, IJournal, CancellationToken)"/> that means AWS could not be asked: no refusal.</summary>
    public static bool IsUnavailable(Diagnostic diagnostic) => diagnostic.Code == "SPD4016";

    /// <summary>
    /// The plan; empty when nothing is left to take back. When <paramref name="own"/>, the journal of the undo itself, holds a
    /// plan already, that plan: an interrupted undo goes on exactly. Refuses (SPD4014) when a rule is neither as the journal left
    /// it nor as it was; differences in other rules do not matter. Neither journal is written to.
    /// </summary>
    public async Task<Result<Plan>> PlanAsync(IJournal journal, IJournal own, CancellationToken cancellationToken)
    {
        var ownRead = Journal.Read(await own.ReadAsync(cancellationToken), own.Name);
        if (!ownRead.IsOk) return Result<Plan>.Failed(ownRead.Diagnostics);
        if (ownRead.Value.Header is { } header) return Result<Plan>.Ok(header.Plan);
        var read = Journal.Read(await journal.ReadAsync(cancellationToken), journal.Name);
        if (!read.IsOk) return Result<Plan>.Failed(read.Diagnostics);
        if (read.Value.Header is null) return Result<Plan>.Failed(ApplyingDiagnostics.NoHeader(journal.Name));
        try
        {
            return await PlanAsync(read.Value, cancellationToken);
        }
        catch (TargetException e)
        {
            return Result<Plan>.Failed(ApplyingDiagnostics.CannotRead(e));
        }
    }

    private async Task<Result<Plan>> PlanAsync(Journal journal, CancellationToken cancellationToken)
    {
        var footprints = Footprint.Of(journal);
        var patience = options ?? new ApplierOptions();
        var reader = new GroupReader(target, time, patience, () => { });
        var groups = await reader.ReadUntilAsync(
            [.. footprints.Select(f => (f.Scope, f.Group))], found => footprints.All(f => found.TryGetValue(f.Group, out var g) && IsAsLeft(f, g)), patience.Readings, cancellationToken);
        var diagnostics = new List<Diagnostic>();
        var changes = new List<GroupChange>();
        foreach (var footprint in footprints)
        {
            if (!groups.TryGetValue(footprint.Group, out var group)) diagnostics.Add(ApplyingDiagnostics.GroupGone(footprint.Group));
            else if (Change(footprint, group, diagnostics) is { IsEmpty: false } change) changes.Add(change);
        }

        if (diagnostics.Count > 0) return Result<Plan>.Failed([.. diagnostics]);
        var builder = new EstateBuilder();
        foreach (var group in groups.Values) builder.Add(group);
        foreach (var list in journal.Header!.Plan.PrefixLists) builder.Add(new PrefixList(list.List, default(Scope) with { Account = "", Region = "" }) { Family = list.Family, MaxEntries = list.Weight });
        var sequencer = new StepSequencer(builder.Build(), journal.Header.Plan.RulesPerGroup);
        var steps = sequencer.Sequence(changes);
        var said = sequencer.Diagnostics;
        if (said.Any(d => d.Severity == Severity.Error)) return Result<Plan>.Failed([.. said.Where(d => d.Severity == Severity.Error)]);
        var names = journal.Header.Plan.Groups;
        return new Result<Plan>(
            new Plan
            {
                EstateDigest = PlanDigest.Of(changes.Select(c => c.Group)),
                Steps = steps,
                Quota = sequencer.Quota,
                PrefixLists = journal.Header.Plan.PrefixLists,
                RulesPerGroup = journal.Header.Plan.RulesPerGroup,
                Warnings = [.. said.Distinct()],
                Groups = names,
            },
            [.. said.Distinct()]);
    }

    private static bool IsAsLeft(Footprint footprint, SecurityGroup group)
    {
        var now = GroupReader.RulesOf(group);
        return footprint.Traces.All(t => t.Value.Left.Exists(l => now.GetValueOrDefault(t.Key).IsAs(l)));
    }

    private static GroupChange Change(Footprint footprint, SecurityGroup group, List<Diagnostic> diagnostics)
    {
        var now = GroupReader.RulesOf(group);
        var add = ImmutableArray.CreateBuilder<TargetRule>();
        var remove = ImmutableArray.CreateBuilder<SecurityGroupRule>();
        var text = ImmutableArray.CreateBuilder<TextChange>();
        foreach (var (key, trace) in footprint.Traces)
        {
            var rule = now.GetValueOrDefault(key);
            var change = trace.Before is { } before && rule is not null ? TextOf(trace, before, rule) : null;
            var differs = (rule is null) != (trace.Before is null) || change is not null;
            if (!differs) continue;
            if (!trace.Left.Exists(l => rule.IsAs(l))) diagnostics.Add(ApplyingDiagnostics.CannotUndo(group.Id, key));
            else if (change is not null) text.Add(change);
            else if (rule is null) add.Add(new TargetRule(key, trace.Before!.Description, Settable(trace.Before.Tags), []));
            else remove.Add(rule);
        }

        return new GroupChange(group) { Add = add.ToImmutable(), Remove = remove.ToImmutable(), Text = text.ToImmutable(), ExactTags = true };
    }

    private static TextChange? TextOf(Footprint.Trace trace, SecurityGroupRule before, SecurityGroupRule now)
    {
        var (wanted, present) = (Settable(before.Tags), now.Tags);
        var set = before.Tags is null || present is null ? Tags.None : Tags.Of(wanted.Pairs.Where(p => present[p.Key] != p.Value));
        ImmutableArray<string> removed = before.Tags is null || present is null ? [] : [.. trace.PutTags.Where(k => before.Tags[k] is null && present[k] is not null)];
        if (before.Description == now.Description && set.IsEmpty && removed.IsEmpty) return null;
        return new TextChange(now, [])
        {
            Description = before.Description == now.Description ? null : before.Description,
            SetTags = set,
            RemovedTags = removed,
        };
    }

    // Tags of AWS's own (aws:...) cannot be set by anybody else.
    private static Tags Settable(Tags? tags) =>
        tags is null ? Tags.None : Tags.Of(tags.Pairs.Where(p => !p.Key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)));
}
