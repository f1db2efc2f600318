using System.CommandLine;
using Sallyport.Auditing;
using Sallyport.Cli.Output;
using Sallyport.Cli.Sources;
using Sallyport.Diagnostics;
using Sallyport.Reports;

namespace Sallyport.Cli.Commands;

/// <summary><c>audit</c>: findings of the rule catalogue.</summary>
internal static class AuditCommand
{
    private static readonly string[] Thresholds = ["none", "info", "low", "medium", "high", "critical"];

    public static Command Create(IOContext io)
    {
        var sources = new SourceArguments();
        var output = new OutputOption([.. ReportFormats.All.Select(f => f.Name)]);
        var failOn = new Option<string>("--fail-on") { Description = "lowest severity that makes the exit code 1: none, info, low, medium (default), high, critical", DefaultValueFactory = _ => "medium" };
        failOn.AcceptOnlyFromAmong(Thresholds);
        var rules = new Option<string[]>("--rule") { Description = "run only this rule (repeatable; an id or an alias such as EC2-033)", HelpName = "ID", AllowMultipleArgumentsPerToken = false };
        var command = new Command("audit", "Judge the estate by the rule catalogue: open egress first. Exit 1 when a finding is at or above --fail-on.") { failOn, rules };
        sources.AddTo(command);
        output.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (chosen, unknown) = Choose(parsed.GetValue(rules) ?? []);
            if (unknown.Count > 0) return (int)await io.FailAsync(ExitCode.BadInput, unknown);
            var loaded = await EstateLoading.LoadAsync(io, sources.Of(parsed), cancellationToken);
            if (loaded.Estate is not { } estate) return (int)loaded.Code;
            var report = Auditor.Audit(estate, AuditOptions.Default with { Rules = [.. chosen] });
            foreach (var choice in output.Of(parsed))
            {
                var format = ReportFormats.Find(choice.Format)!;
                var options = new ReportOptions(VersionCommand.Number, choice.File is null && io.UsesColour(parsed), io.Time.GetUtcNow());
                var code = await Artefact.WriteAsync(io, choice.File, stream => format.Writer.Write(report, options, stream), cancellationToken);
                if (code != ExitCode.Done) return (int)code;
                await io.SayAsync(format.Writer.Shortfalls(report));
            }

            return (int)(report.FailsAt(Threshold(parsed.GetRequiredValue(failOn))) ? ExitCode.Different : ExitCode.Done);
        });
        return command;
    }

    private static FindingSeverity? Threshold(string word) => word == "none" ? null : Enum.Parse<FindingSeverity>(word, ignoreCase: true);

    private static (List<string> Chosen, List<Diagnostic> Unknown) Choose(string[] ids)
    {
        var chosen = new List<string>();
        var unknown = new List<Diagnostic>();
        foreach (var id in ids)
        {
            if (RuleCatalogue.Find(id) is { } rule) chosen.Add(rule.Code);
            else unknown.Add(CommandLineDiagnostics.UnknownRule(id, NearestName.Find(id, RuleCatalogue.All.Select(r => r.Code))));
        }

        return (chosen, unknown);
    }
}
