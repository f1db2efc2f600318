using System.Buffers;
using System.CommandLine;
using System.Text;
using Sallyport.Cli.Output;
using Sallyport.Cli.Sources;
using Sallyport.Connections.Compiling;
using Sallyport.Drift;

namespace Sallyport.Cli.Commands;

/// <summary><c>drift</c>: what differs from the declared state.</summary>
internal static class DriftCommand
{
    public static Command Create(IOContext io)
    {
        var connections = new ConnectionsArgument();
        var sources = new SourceArguments();
        var output = new OutputOption("text", "json");
        var command = new Command("drift", "Print what differs from the declared state; exit 1 when anything does.");
        connections.AddTo(command);
        sources.AddTo(command);
        output.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (await connections.ReadAsync(io, parsed, cancellationToken) is not { } file) return (int)ExitCode.BadInput;
            var loaded = await EstateLoading.LoadAsync(io, sources.Of(parsed), cancellationToken);
            if (loaded.Estate is not { } estate) return (int)loaded.Code;
            var compiled = Compiler.Compile(file, estate);
            await io.SayAsync(compiled.Diagnostics);
            if (!compiled.IsOk) return (int)ExitCode.BadInput;
            var report = DriftDetector.Detect(estate, compiled.Value);
            foreach (var choice in output.Of(parsed))
            {
                var code = await Artefact.WriteAsync(
                    io,
                    choice.File,
                    stream =>
                    {
                        if (choice.Format == "json")
                        {
                            var buffer = new ArrayBufferWriter<byte>();
                            DriftWriter.WriteJson(report, buffer);
                            stream.Write(buffer.WrittenSpan);
                            return;
                        }

                        using var text = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
                        DriftWriter.WriteText(report, text);
                    },
                    cancellationToken);
                if (code != ExitCode.Done) return (int)code;
            }

            return (int)(report.HasDrift ? ExitCode.Different : ExitCode.Done);
        });
        return command;
    }
}
