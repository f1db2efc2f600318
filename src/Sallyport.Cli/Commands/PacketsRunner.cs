using Sallyport.Cli.Output;
using Sallyport.Connectivity;
using Sallyport.Connectivity.Batches;
using Sallyport.Reports.Connectivity;

namespace Sallyport.Cli.Commands;

/// <summary><c>reach --packets</c>: a verdict for each line of a file, or of standard input as it comes.</summary>
internal sealed class PacketsRunner(IOContext io, ConnectivityModel model, bool isEffective)
{
    /// <summary>Answers every line. Exit 2 when a line was no packet; the first such lines are listed.</summary>
    public async Task<ExitCode> RunAsync(string path, OutputChoice choice, CancellationToken cancellationToken)
    {
        Stream input;
        try
        {
            input = path == "-" ? io.OpenInput() : File.OpenRead(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return await io.FailAsync(ExitCode.BadInput, CommandLineDiagnostics.CannotRead(path, e.Message));
        }

        await using (input)
        {
            PacketBatchResult? result = null;
            var writing = Task.Run(
                () => Artefact.WriteAsync(io, choice.File, stream => result = Run(input, path == "-" ? "<stdin>" : path, choice.Format, stream, cancellationToken), cancellationToken),
                cancellationToken);

            // A pipe that nobody writes to must not keep an interrupted run waiting.
            var code = await writing.WaitAsync(cancellationToken);
            if (code != ExitCode.Done || result is null) return code;
            await io.SayAsync(result.Errors);
            if (result.Failures > result.Errors.Length) await io.Error.WriteLineAsync($"… and {result.Failures - result.Errors.Length} more lines that are no packet");
            return result.Failures > 0 ? ExitCode.BadInput : ExitCode.Done;
        }
    }

    private PacketBatchResult Run(Stream input, string name, string format, Stream output, CancellationToken cancellationToken)
    {
        PacketAnswers answers = format switch
        {
            "jsonl" => PacketAnswers.Lines(output),
            "json" => PacketAnswers.Document(output),
            _ => new PacketTextAnswers(output),
        };
        return new PacketBatch(model, isEffective).Run(input, name, answers, cancellationToken);
    }
}
