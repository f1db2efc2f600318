using System.Collections.Immutable;
using System.CommandLine;
using Sallyport.Applying;
using Sallyport.Cli.Files;
using Sallyport.Cli.Sources;
using Sallyport.Planning;

namespace Sallyport.Cli.Commands;

/// <summary><c>undo</c>: takes back what a journal says was done.</summary>
internal static class UndoCommand
{
    public static Command Create(IOContext io)
    {
        var file = new Argument<string>("JOURNAL") { Description = "the journal that `sallyport apply` printed" };
        var yes = new Option<bool>("--yes", "-y") { Description = "approve without being asked" };
        var access = new AccountArguments();
        var command = new Command("undo", "Take back what a journal says was done, restoring every rule with its description and tags.") { file, yes };
        access.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var path = parsed.GetRequiredValue(file);
            var own = path + ".undo";
            return (int)await ApplyRunner.WithJournalAsync(io, own, UndoAsync);

            async Task<ExitCode> UndoAsync()
            {
                if (await ReadAsync(io, path, cancellationToken) is not { } journalled) return ExitCode.BadInput;
                ExitCode? declined = null;
                var code = await ApplyRunner.RunAsync(io, access.Of(parsed) with { Regions = RegionsOf(journalled) }, own, PlanAsync, parsed.GetValue(GlobalOptions.Quiet), cancellationToken);
                return declined ?? code;

                async Task<Plan?> PlanAsync(IEstateTarget target, FileJournal journal)
                {
                    await using var done = FileJournal.OpenRead(path);
                    var planned = await new Undoer(target, io.Time).PlanAsync(done, journal, cancellationToken);
                    await io.SayAsync(planned.Diagnostics);
                    if (!planned.IsOk)
                    {
                        declined = planned.Diagnostics.Any(Undoer.IsUnavailable) ? ExitCode.Incomplete : ExitCode.Refused;
                        return null;
                    }

                    var plan = planned.Value;
                    if (plan.Steps.IsEmpty) return plan;
                    if (!parsed.GetValue(yes)) await ApplyRunner.ShowAsync(io, plan);
                    declined = await Approval.AskAsync(io, "Take these changes back?", $"sallyport undo {path}", parsed.GetValue(yes), cancellationToken);
                    return declined is null ? plan : null;
                }
            }
        });
        return command;
    }

    private static ImmutableArray<string> RegionsOf(Journal journal) =>
        [.. (journal.Header?.Plan.Steps ?? []).Select(s => s.Scope.Region).Where(r => r.Length > 0).Distinct()];

    /// <summary>A damaged or missing journal is bad input, whatever the estate says.</summary>
    private static async Task<Journal?> ReadAsync(IOContext io, string path, CancellationToken cancellationToken)
    {
        try
        {
            var read = Journal.Read(await InputFile.ReadAsync(path, Journal.MaxBytes, cancellationToken), path);
            if (!read.IsOk) await io.SayAsync(read.Diagnostics);
            return read.IsOk ? read.Value : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            await io.SayAsync([CommandLineDiagnostics.CannotRead(path, e.Message)]);
            return null;
        }
    }
}
