using System.CommandLine;
using Sallyport.Cli.Files;
using Sallyport.Cli.Output;
using Sallyport.Cli.Sources;
using Sallyport.Connections.Compiling;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Templates;

namespace Sallyport.Cli.Commands;

/// <summary><c>compile</c>: connections to both sides' rules, as data or as code.</summary>
internal static class CompileCommand
{
    public static Command Create(IOContext io)
    {
        var connections = new ConnectionsArgument();
        var sources = new SourceArguments(required: false);
        var artefact = new Artefact();
        var to = new Option<string>("--to") { Description = string.Join(", ", RulesFormats.All.Select(f => f.Name)) + " (default json)", DefaultValueFactory = _ => "json" };
        to.AcceptOnlyFromAmong([.. RulesFormats.All.Select(f => f.Name)]);
        var command = new Command("compile", "Write both sides' rules of declared connections.") { to };
        connections.AddTo(command);
        sources.AddTo(command);
        artefact.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (await connections.ReadAsync(io, parsed, cancellationToken) is not { } file) return (int)ExitCode.BadInput;
            Estate? estate = null;
            var request = sources.Of(parsed);
            if (!request.Sources.IsEmpty)
            {
                var loaded = await EstateLoading.LoadAsync(io, request, cancellationToken);
                if (loaded.Estate is null) return (int)loaded.Code;
                estate = loaded.Estate;
            }

            var compiled = Compiler.Compile(file, estate);
            await io.SayAsync(compiled.Diagnostics);
            if (!compiled.IsOk) return (int)ExitCode.BadInput;

            // Into memory first: a writer that objects must not leave half an artefact.
            var writer = RulesFormats.Find(parsed.GetRequiredValue(to))!;
            if (writer is IRulesFilesWriter files && artefact.FileOf(parsed) is { } target) return (int)await WriteFilesAsync(io, files, compiled.Value, estate, target, cancellationToken);
            using var buffer = new MemoryStream();
            var said = writer.Write(compiled.Value, estate, buffer);
            await io.SayAsync(said);
            if (said.Any(d => d.Severity == Severity.Error)) return (int)ExitCode.BadInput;
            return (int)await Artefact.WriteAsync(io, artefact.FileOf(parsed), stream => buffer.WriteTo(stream), cancellationToken);
        });
        return command;
    }

    /// <summary>A folder gets files named after what they hold. The main file comes last: what it names is there by then.</summary>
    private static async Task<ExitCode> WriteFilesAsync(
        IOContext io, IRulesFilesWriter writer, DesiredRules rules, Estate? estate, string target, CancellationToken cancellationToken)
    {
        var isFolder = OutputFolder.IsOne(target);
        if (isFolder && !OutputFolder.Make(target, out var problem)) return await io.FailAsync(ExitCode.Incomplete, CommandLineDiagnostics.CannotWrite(target, problem));
        if (isFolder) target = Path.Combine(target, $"connections{writer.Extension}");
        var files = new List<WrittenFile>();
        var said = writer.Write(rules, estate, Path.GetFileName(target), isApart: isFolder, files);
        await io.SayAsync(said);
        if (said.Any(d => d.Severity == Severity.Error)) return ExitCode.BadInput;
        foreach (var file in files)
        {
            var path = Path.Combine(Path.GetDirectoryName(target) ?? string.Empty, file.Name);
            var code = await Artefact.WriteAsync(io, path, stream => stream.Write(file.Content.Span), cancellationToken);
            if (code != ExitCode.Done) return code;
        }

        return ExitCode.Done;
    }
}
