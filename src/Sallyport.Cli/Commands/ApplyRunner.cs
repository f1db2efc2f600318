using System.Text;
using Sallyport.Applying;
using Sallyport.Aws.Ec2;
using Sallyport.Cli.Files;
using Sallyport.Cli.Sources;
using Sallyport.Planning;
using Sallyport.Reports.Text;

namespace Sallyport.Cli.Commands;

/// <summary>What <c>apply</c> and <c>undo</c> share: a target for the accounts, progress on standard error, the exit code of an outcome.</summary>
internal static class ApplyRunner
{
    /// <summary>Runs and then prints the journal's path as the last line on standard error, whatever the exit code.</summary>
    public static async Task<ExitCode> WithJournalAsync(IOContext io, string journal, Func<Task<ExitCode>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return await io.FailAsync(ExitCode.StoppedPartway, CommandLineDiagnostics.CannotWrite(journal, e.Message));
        }
        finally
        {
            await io.Error.WriteLineAsync(TerminalText.Escape($"journal: {journal}"));
        }
    }

    /// <summary>Connects, gets the plan (an undo makes it from the estate; null when that said why not), applies it, says how it ended.</summary>
    public static async Task<ExitCode> RunAsync(
        IOContext io, SourceRequest access, string journalPath, Func<IEstateTarget, FileJournal, Task<Plan?>> plan, bool isQuiet, CancellationToken cancellationToken)
    {
        FileJournal opening;
        try
        {
            opening = FileJournal.Open(journalPath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Nothing was begun: this is no stop part-way, whoever else holds the journal.
            return await io.FailAsync(ExitCode.Incomplete, CommandLineDiagnostics.CannotWrite(journalPath, e.Message));
        }

        await using var journal = opening;
        var opened = await LiveEstateTarget.OpenAsync([.. EstateLoading.Accounts(io, access)], cancellationToken);
        await io.SayAsync(opened.Diagnostics);
        if (!opened.IsOk) return EstateLoading.CodeOf(opened.Diagnostics);
        using var target = opened.Value;
        if (await plan(target, journal) is not { } ready) return ExitCode.Refused;
        var accounts = ready.Steps.Select(s => s.Scope.Account).Where(a => a.Length > 0).Distinct().Order(StringComparer.Ordinal).ToList();
        var missing = target.Accounts.IsEmpty ? [] : accounts.Except(target.Accounts).ToList();
        if (missing.Count > 0) return await io.FailAsync(ExitCode.Incomplete, CommandLineDiagnostics.NoCredentialsFor(missing, accounts));
        return await ApplyAsync(io, ready, target, journal, isQuiet, cancellationToken);
    }

    private static async Task<ExitCode> ApplyAsync(IOContext io, Plan plan, IEstateTarget target, FileJournal journal, bool isQuiet, CancellationToken cancellationToken)
    {
        var applier = new Applier(target, journal, io.Time, progress: isQuiet ? null : p => Report(io, p));
        var result = await applier.ApplyAsync(plan, cancellationToken);
        await io.SayAsync(result.Diagnostics);
        var total = result.Done.Length + result.Left.Length;
        await io.Error.WriteLineAsync(result.Outcome switch
        {
            ApplyOutcome.Done => $"done: {total} of {total} steps",
            ApplyOutcome.AlreadyDone => "nothing left to do: the journal says that every step is done",
            ApplyOutcome.Stopped or ApplyOutcome.Interrupted => $"stopped: {result.Done.Length} of {total} steps are done; the same command resumes, `sallyport undo` takes them back",
            _ => "nothing was changed",
        });
        return CodeOf(result.Outcome);
    }

    /// <summary>The plan as people read it, on standard error.</summary>
    public static async Task ShowAsync(IOContext io, Plan plan)
    {
        var text = new StringBuilder();
        await using (var writer = new StringWriter(text) { NewLine = "\n" }) PlanText.Write(plan, writer);
        await io.Error.WriteAsync(text);
    }

    private static ExitCode CodeOf(ApplyOutcome outcome) => outcome switch
    {
        ApplyOutcome.Done or ApplyOutcome.AlreadyDone => ExitCode.Done,
        ApplyOutcome.BadInput => ExitCode.BadInput,
        ApplyOutcome.Unavailable => ExitCode.Incomplete,
        ApplyOutcome.Refused => ExitCode.Refused,
        ApplyOutcome.Stopped => ExitCode.StoppedPartway,
        ApplyOutcome.Interrupted => ExitCode.Interrupted,
        _ => ExitCode.Bug,
    };

    private static void Report(IOContext io, ApplyProgress progress)
    {
        var line = progress switch
        {
            { Stage: ApplyStage.Comparing } => "comparing the estate with the plan",
            { Stage: ApplyStage.AskingPermission } => "asking whether every change would be permitted (dry run)",
            { Stage: ApplyStage.Rereading, Group: { } group } => $"reading {group} again",
            { Stage: ApplyStage.StepDone, Step: { } step } =>
                $"[{step.Id}/{progress.Steps}] {Word(step.Action)} {step.Rules.Length} {(step.Direction == Estates.Direction.Ingress ? "ingress" : "egress")} rule(s) on {step.Group}",
            _ => null,
        };
        if (line is not null) io.Error.WriteLine(TerminalText.Line(line));
    }

    private static string Word(PlanAction action) => action.ToString().ToLowerInvariant();
}
