using System.Collections.Immutable;
using System.CommandLine;
using Sallyport.Cli.Output;
using Sallyport.Cli.Sources;
using Sallyport.Connectivity.Differences;
using Sallyport.Diagnostics;
using Sallyport.Fixing;
using Sallyport.Patching;
using Sallyport.Planning;
using Sallyport.Policies;
using Sallyport.Reports;
using Sallyport.Reports.Connectivity;
using Sallyport.Reports.Fixes;
using Sallyport.Templates;

namespace Sallyport.Cli.Commands;

/// <summary>
/// <c>fix</c>: remediation of findings as a plan or as code. What only a person can decide is asked. With <c>--to</c> and without
/// <c>--out</c> the artefact owns standard output, and the report goes to standard error.
/// </summary>
internal static class FixCommand
{
    // Of each list; `diff` tells them all.
    private const int MostBoxes = 20;

    public static Command Create(IOContext io)
    {
        var sources = new SourceArguments();
        var artefact = new Artefact();
        var output = new OutputOption("text", "json");
        var audit = new AuditArguments();
        var to = new Option<string?>("--to") { Description = $"what to write: {string.Join(", ", PlanFormats.All.Select(f => f.Name))} (default plan, when --out is given)" };
        to.AcceptOnlyFromAmong([.. PlanFormats.All.Select(f => f.Name)]);
        var assume = new Option<bool>("--assume-unneeded") { Description = "revoke what nobody proves to be needed where fix would ask" };
        var command = new Command("fix", "Turn findings into a plan that clears them, and into questions where only a person can decide; exit 1 when there are changes, or questions at or above --fail-on, 4 when a test of --connections would fail.") { to, assume };
        audit.AddTo(command);
        sources.AddTo(command);
        artefact.AddTo(command);
        output.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var target = artefact.FileOf(parsed);
            var language = parsed.GetValue(to) ?? (target is null ? null : "plan");
            if (target is not null && output.Of(parsed).FirstOrDefault(c => c.FullPath is { } path && path == Path.GetFullPath(target)) is { } over)
            {
                return (int)await io.FailAsync(ExitCode.BadInput, CommandLineDiagnostics.NotTogether($"--out {target}", $"-o {over.Format}={over.File}, which would replace it"));
            }

            if (await audit.ReadAsync(io, parsed, cancellationToken) is not { } asked) return (int)ExitCode.BadInput;
            var request = sources.Of(parsed);
            var loaded = await EstateLoading.LoadAsync(io, request, cancellationToken);
            if (loaded.Estate is not { } estate) return (int)loaded.Code;

            var options = new FixOptions { Audit = asked.Options, AssumesUnneeded = parsed.GetValue(assume), ForApply = language is "plan" or "aws-cli" };
            var result = Fixer.Fix(estate, options, cancellationToken);
            await io.SayAsync(result.Diagnostics);
            if (!result.IsOk) return (int)(result.Diagnostics.Any(PlanningDiagnostics.IsRefusal) ? ExitCode.Refused : ExitCode.BadInput);
            var report = result.Value;
            if (asked.Options.Connections is { } file)
            {
                var tests = PolicyBinder.Bind(file, estate);
                await io.SayAsync(tests.Diagnostics);
                if (!tests.IsOk) return (int)ExitCode.BadInput;
                report = report with { Plan = report.Plan with { Tests = tests.Value } };
                if (await TestGate.StopAsync(io, report.Plan, estate, request.AllowPartial, cancellationToken) is { } stopped) return (int)stopped;
            }

            if (language is not null)
            {
                // Into memory first: a writer that objects must not leave half an artefact.
                using var buffer = new MemoryStream();
                ImmutableArray<Diagnostic> said;
                var isFolder = target is not null && FixTemplates.AreAskedFor(report, estate, language, target);
                if (isFolder)
                {
                    var code = await FixTemplates.WriteAsync(io, report.Plan, estate, target!, cancellationToken);
                    if (code != ExitCode.Done) return (int)code;
                    said = [];
                }
                else if (FixPatch.IsAskedFor(report, estate, language))
                {
                    // Rules that the user's own files declare are changed there.
                    var patch = FixPatch.Of(io, report, estate, request.Sources, language);
                    patch.Write(buffer);
                    said = FixPatch.Said(patch, language);
                }
                else
                {
                    var left = FixPatch.IsCode(language) ? PlanChanges.InOtherCode(report.Plan, estate, language) : [];
                    said =
                    [
                        .. PlanFormats.Find(language)!.Write(report.Plan with { Steps = [.. report.Plan.Steps.Except(left)] }, estate, buffer),
                        .. left.IsEmpty ? [] : new[] { PatchDiagnostics.InOtherCode(left.Sum(s => s.Rules.Length), language) },
                    ];
                }

                await io.SayAsync(said);
                if (said.Any(d => d.Severity == Severity.Error)) return (int)ExitCode.BadInput;
                if (!isFolder)
                {
                    var written = await Artefact.WriteAsync(io, target, stream => buffer.WriteTo(stream), cancellationToken);
                    if (written != ExitCode.Done) return (int)written;
                }
            }

            var choices = output.Of(parsed);
            var difference = report.Plan.Steps.IsEmpty || choices.All(c => c.Format == "json") ? null : SemanticDiff.Between(estate, report.After, cancellationToken: cancellationToken);
            var next = target is not null && language == "plan" ? $"sallyport apply {target}" : null;
            foreach (var choice in choices)
            {
                var code = await WriteAsync(io, choice, language is not null && target is null, Write, cancellationToken);
                if (code != ExitCode.Done) return (int)code;
            }

            var isOpen = asked.FailOn.Least is { } least && report.Questions.Any(q => q.Finding.Severity >= least);
            return (int)(report.Plan.Steps.IsEmpty && !isOpen ? ExitCode.Done : ExitCode.Different);

            void Write(string format, Stream stream)
            {
                if (format == "json")
                {
                    FixJsonWriter.Write(report, new ReportOptions(VersionCommand.Number, UseColour: false), stream);
                    return;
                }

                ReachOutput.WriteText(stream, text =>
                {
                    FixTextWriter.Write(report, text, next);
                    if (difference is null) return;
                    text.WriteLine();
                    text.WriteLine("what it means for traffic:");
                    // A reference in place of a block differs in latent flows every time; those are for `diff` to tell.
                    DiffTextWriter.Write(difference with { LatentRelation = difference.Relation }, text, MostBoxes);
                });
            }
        });
        return command;
    }

    private static async Task<ExitCode> WriteAsync(IOContext io, OutputChoice choice, bool isOutTaken, Action<string, Stream> write, CancellationToken cancellationToken)
    {
        if (choice.File is not null || !isOutTaken) return await Artefact.WriteAsync(io, choice.File, stream => write(choice.Format, stream), cancellationToken);
        using var buffer = new MemoryStream();
        write(choice.Format, buffer);
        await io.Error.WriteAsync(System.Text.Encoding.UTF8.GetString(buffer.ToArray()));
        return ExitCode.Done;
    }
}
