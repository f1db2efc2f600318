using System.CommandLine;
using System.Text;
using Sallyport.Cli.Output;
using Sallyport.Cli.Sources;
using Sallyport.Connections.Importing;
using Sallyport.Connections.Writing;
using Sallyport.Reports.Text;

namespace Sallyport.Cli.Commands;

/// <summary><c>import</c>: an existing estate as a connections file, exactly; or tightened, as a proposal.</summary>
internal static class ImportCommand
{
    public static Command Create(IOContext io)
    {
        var sources = new SourceArguments();
        var artefact = new Artefact();
        var tighten = new Option<bool>("--tighten")
        {
            Description = "replace open egress by the connections that the other side's ingress proves, and complete half-open pairs; says what it changed",
        };
        var rules = new Option<string?>("--rules-out") { Description = "also write rule ids, descriptions and tags by connection to this file (JSON)", HelpName = "FILE" };
        var command = new Command("import", "Write the connections file of an existing estate (exact round trip: a plan of it is empty).") { tighten, rules };
        sources.AddTo(command);
        artefact.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var loaded = await EstateLoading.LoadAsync(io, sources.Of(parsed), cancellationToken);
            if (loaded.Estate is not { } estate) return (int)loaded.Code;
            var imported = Importer.Import(estate, new ImportOptions(DateOnly.FromDateTime(io.Time.GetUtcNow().UtcDateTime)));
            await io.SayAsync(imported.Diagnostics);
            var file = imported.File;
            if (parsed.GetValue(tighten))
            {
                var tightened = Tightener.Tighten(estate, file);
                file = tightened.File;
                foreach (var change in tightened.Changes)
                {
                    await io.Error.WriteLineAsync(TerminalText.Line($"{(change.Kind == TightenKind.Question ? "?" : "~")} {change.Text}"));
                }
            }

            if (parsed.GetValue(tighten)) await io.Error.WriteLineAsync("review the file before you plan it: ~ lines are what changed, ? lines are questions only you can answer");
            if (parsed.GetValue(rules) is { } rulesFile)
            {
                var code = await Artefact.WriteAsync(io, rulesFile, stream => ImportedRulesWriter.Write(imported.Rules, stream), cancellationToken);
                if (code != ExitCode.Done) return (int)code;
            }

            return (int)await Artefact.WriteAsync(
                io,
                artefact.FileOf(parsed),
                stream =>
                {
                    using var text = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
                    ConnectionsWriter.Write(file, text);
                },
                cancellationToken);
        });
        return command;
    }
}
