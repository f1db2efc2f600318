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
            var loaded = await EstateLoading.LoadAsync(io, sources.Of(parsed), cancellationToken);
            if (loaded.Estate is not { } estate) return (int)loaded.Code;
            var report = Auditor.Audit(estate, asked.Options);
            foreach (var choice in output.Of(parsed))
            {
                var format = ReportFormats.Find(choice.Format)!;
                var options = new ReportOptions(VersionCommand.Number, choice.File is null && io.UsesColour(parsed));
                var code = await Artefact.WriteAsync(io, choice.File, stream => format.Writer.Write(report, options, stream), cancellationToken);
                if (code != ExitCode.Done) return (int)code;
            }

            return (int)(report.FailsAt(asked.FailOn.Least) ? ExitCode.Different : ExitCode.Done);
        });
        return command;
    }
}
