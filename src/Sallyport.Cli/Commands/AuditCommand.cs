using System.CommandLine;
using Sallyport.Auditing;
using Sallyport.Cli.Output;
using Sallyport.Cli.Sources;
using Sallyport.Reports;

namespace Sallyport.Cli.Commands;

/// <summary><c>audit</c>: findings of the rule catalogue and of the user's own rules.</summary>
internal static class AuditCommand
{
    public static Command Create(IOContext io)
    {
        var sources = new SourceArguments();
        var arguments = new AuditArguments();
        var output = new OutputOption([.. ReportFormats.All.Select(f => f.Name)]);
        var command = new Command("audit", "Judge the estate by the rule catalogue: open egress first. Exit 1 when a finding is at or above --fail-on.");
        arguments.AddTo(command);
        sources.AddTo(command);
        output.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (await arguments.ReadAsync(io, parsed, cancellationToken) is not { } asked) return (int)ExitCode.BadInput;

            // It would hold what is new only, and all that was known would be new the next time.
            if (asked.Options.Baseline is { } known && output.Of(parsed).FirstOrDefault(c => c.FullPath is { } path && path == Path.GetFullPath(known.File)) is { } over)
            {
                return (int)await io.FailAsync(ExitCode.BadInput, CommandLineDiagnostics.NotTogether($"--baseline {known.File}", $"-o {over.Format}={over.File}, which would replace it by what is new"));
            }

            var loaded = await EstateLoading.LoadAsync(io, sources.Of(parsed), cancellationToken);
            if (loaded.Estate is not { } estate) return (int)loaded.Code;
            AuditReport? report = null;
            var choices = output.Of(parsed);
            foreach (var choice in choices.OrderBy(c => ReportFormats.Find(c.Format)!.Writer is not IStreamingReportWriter))
            {
                var writer = ReportFormats.Find(choice.Format)!.Writer;
                var options = new ReportOptions(VersionCommand.Number, choice.File is null && io.UsesColour(parsed), io.Time.GetUtcNow()) { Directory = Path.GetFullPath(io.Directory) };
                var code = await Artefact.WriteAsync(io, choice.File, stream => Write(writer, options, stream), cancellationToken);
                if (code != ExitCode.Done) return (int)code;
                await io.SayAsync(writer.Shortfalls(report!));
            }

            void Write(IReportWriter writer, ReportOptions options, Stream stream)
            {
                // A format that takes findings as they come runs the audit itself; the report lists them when another format needs them.
                if (writer is IStreamingReportWriter streaming)
                {
                    using var lines = streaming.Begin(options, stream);
                    report = Auditor.Audit(estate, asked.Options, lines, collects: choices.Length > 1);
                    lines.Complete(report);
                }
                else
                {
                    writer.Write(report ??= Auditor.Audit(estate, asked.Options), options, stream);
                }
            }

            return (int)(report!.FailsAt(asked.FailOn.Least) ? ExitCode.Different : ExitCode.Done);
        });
        return command;
    }
}
