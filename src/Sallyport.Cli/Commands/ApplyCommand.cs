using System.CommandLine;
using Sallyport.Applying;
using Sallyport.Cli.Files;
using Sallyport.Cli.Sources;
using Sallyport.Planning;
using Sallyport.Reports.Text;

namespace Sallyport.Cli.Commands;

/// <summary><c>apply</c>: carries a plan out, or resumes where its journal stops.</summary>
internal static class ApplyCommand
{
    public static Command Create(IOContext io)
    {
        var file = new Argument<string>("PLAN") { Description = "a plan written by `sallyport plan --out`" };
        var yes = new Option<bool>("--yes", "-y") { Description = "approve without being asked" };
        var journalFile = new Option<string?>("--journal") { Description = "where the journal is kept (default: PLAN.journal)", HelpName = "FILE" };
        var allowPartial = new Option<bool>("--allow-partial") { Description = "accept tests of the plan that cannot be judged because something is not readable" };
        var access = new AccountArguments();
        var command = new Command("apply", "Carry out a plan: authorize before revoke, journalled, resumable, undoable.") { file, yes, journalFile, allowPartial };
        access.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var path = parsed.GetRequiredValue(file);
            var journal = parsed.GetValue(journalFile) ?? path + ".journal";
            return (int)await ApplyRunner.WithJournalAsync(io, journal, async () =>
            {
                var (read, unusable) = await PlanFile.ReadAsync(io, path, cancellationToken);
                if (read is not { } plan) return unusable;
                if (plan.Steps.IsEmpty)
                {
                    await io.Error.WriteLineAsync("nothing to do: the plan has no steps, so no journal is written");
                    return ExitCode.Done;
                }

                if (!parsed.GetValue(yes)) await ApplyRunner.ShowAsync(io, plan);
                if (await Approval.AskAsync(io, "Apply these changes?", $"sallyport apply {path}", parsed.GetValue(yes), cancellationToken) is { } refused) return refused;
                if (RetiredJournal.Retire(journal, plan) is { } aside) await io.Error.WriteLineAsync(TerminalText.Escape($"the journal of the earlier run is kept as {aside}"));
                ExitCode? stopped = null;
                var request = access.Of(parsed) with { Regions = [.. plan.Steps.Select(s => s.Scope.Region).Where(r => r.Length > 0).Distinct()] };
                var code = await ApplyRunner.RunAsync(io, request, journal, TestAsync, parsed.GetValue(GlobalOptions.Quiet), cancellationToken);
                return stopped ?? code;

                async Task<Plan?> TestAsync(IEstateTarget target, FileJournal opened)
                {
                    stopped = await TestGate.StopLiveAsync(io, plan, opened, request with { AllowPartial = parsed.GetValue(allowPartial) }, cancellationToken);
                    return stopped is null ? plan : null;
                }
            });
        });
        return command;
    }
}
