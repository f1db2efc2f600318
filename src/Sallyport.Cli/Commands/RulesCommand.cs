using System.Collections.Immutable;
using System.CommandLine;
using System.Text;
using Sallyport.Auditing;
using Sallyport.Auditing.Settings;
using Sallyport.Cli.Output;
using Sallyport.Cli.Sources;
using Sallyport.Diagnostics;
using Sallyport.Reports;

namespace Sallyport.Cli.Commands;

/// <summary><c>rules [NAME]</c>: the catalogue with the user's own rules, some of it, or one rule in full; or the frameworks.</summary>
internal static class RulesCommand
{
    public static Command Create(IOContext io)
    {
        var id = new Argument<string?>("ID") { Description = "a rule's id or alias; or a prefix, pattern, family, severity or framework", HelpName = "ID", Arity = ArgumentArity.ZeroOrOne };
        id.CompletionSources.Add(_ => RuleCatalogue.All.Select(r => new System.CommandLine.Completions.CompletionItem(r.Code)));
        var frameworks = new Option<bool>("--frameworks") { Description = "list the compliance frameworks instead" };
        var settings = new SettingsArguments();
        var output = new OutputOption("text", "json");
        var docs = new Option<string?>("--docs") { Description = "write the whole catalogue as Markdown pages into this folder instead", HelpName = "DIR" };
        var command = new Command("rules", "Print the rule catalogue, or one rule in full.") { id, frameworks, docs };
        settings.AddTo(command);
        output.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(docs) is { } folder) return (int)await RulePagesRunner.RunAsync(io, RuleCatalogue.All, folder, cancellationToken);
            if (await settings.ReadAsync(io, parsed, AuditSettings.Empty, cancellationToken) is not { } said) return (int)ExitCode.BadInput;
            if (await SettingsArguments.BookAsync(io, said, cancellationToken) is not { } book) return (int)ExitCode.BadInput;
            var chosen = book.All;
            AuditRule? one = null;
            if (parsed.GetValue(id) is { } wanted)
            {
                one = book.Find(wanted);
                chosen = one is null ? book.Select(wanted) : [one];
                if (chosen.IsEmpty) return (int)await io.FailAsync(ExitCode.BadInput, CommandLineDiagnostics.UnknownRule(wanted, NearestName.Find(wanted, book.All.Select(r => r.Code))));
            }

            foreach (var choice in output.Of(parsed))
            {
                var code = await Artefact.WriteAsync(io, choice.File, stream => Write(stream, choice.Format, chosen, one, parsed.GetValue(frameworks)), cancellationToken);
                if (code != ExitCode.Done) return (int)code;
            }

            return (int)ExitCode.Done;
        });
        return command;
    }

    private static void Write(Stream stream, string format, ImmutableArray<AuditRule> rules, AuditRule? one, bool areFrameworks)
    {
        if (format == "json")
        {
            if (areFrameworks) RulesReport.WriteFrameworksJson(rules, stream);
            else RulesReport.WriteJson(rules, one is not null, stream);
            return;
        }

        using var text = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        if (areFrameworks) RulesReport.WriteFrameworks(rules, text);
        else if (one is null) RulesReport.WriteText(rules, text);
        else RulesReport.WriteText(one, text);
    }
}
