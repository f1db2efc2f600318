using System.CommandLine;
using System.Text;
using Sallyport.Auditing;
using Sallyport.Cli.Output;
using Sallyport.Diagnostics;
using Sallyport.Reports;

namespace Sallyport.Cli.Commands;

/// <summary><c>rules [ID]</c>: the catalogue, or one rule in full.</summary>
internal static class RulesCommand
{
    public static Command Create(IOContext io)
    {
        var id = new Argument<string?>("ID") { Description = "a rule's id or alias", HelpName = "ID", Arity = ArgumentArity.ZeroOrOne };
        id.CompletionSources.Add(_ => RuleCatalogue.All.Select(r => new System.CommandLine.Completions.CompletionItem(r.Code)));
        var output = new OutputOption("text", "json");
        var docs = new Option<string?>("--docs") { Description = "write the whole catalogue as Markdown pages into this folder instead", HelpName = "DIR" };
        var command = new Command("rules", "Print the rule catalogue, or one rule in full.") { id, docs };
        output.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(docs) is { } folder) return (int)await RulePagesRunner.RunAsync(io, RuleCatalogue.All, folder, cancellationToken);
            AuditRule? one = null;
            if (parsed.GetValue(id) is { } wanted && (one = RuleCatalogue.Find(wanted)) is null)
            {
                return (int)await io.FailAsync(ExitCode.BadInput, CommandLineDiagnostics.UnknownRule(wanted, NearestName.Find(wanted, RuleCatalogue.All.Select(r => r.Code))));
            }

            foreach (var choice in output.Of(parsed))
            {
                var code = await Artefact.WriteAsync(
                    io,
                    choice.File,
                    stream =>
                    {
                        if (choice.Format == "json")
                        {
                            RulesReport.WriteJson(one is null ? RuleCatalogue.All : [one], one is not null, stream);
                            return;
                        }

                        using var text = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
                        if (one is null) RulesReport.WriteText(RuleCatalogue.All, text);
                        else RulesReport.WriteText(one, text);
                    },
                    cancellationToken);
                if (code != ExitCode.Done) return (int)code;
            }

            return (int)ExitCode.Done;
        });
        return command;
    }
}
