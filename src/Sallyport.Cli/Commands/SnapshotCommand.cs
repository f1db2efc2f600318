using System.CommandLine;
using System.IO.Compression;
using Sallyport.Cli.Output;
using Sallyport.Cli.Sources;
using Sallyport.Estates.Snapshots;

namespace Sallyport.Cli.Commands;

/// <summary><c>snapshot</c>: everything that was read as one sorted, diffable file.</summary>
internal static class SnapshotCommand
{
    public static Command Create(IOContext io)
    {
        var sources = new SourceArguments();
        var artefact = new Artefact();
        var command = new Command("snapshot", "Read the estate into one normalised, sorted, diffable file (.json or .json.gz).");
        sources.AddTo(command);
        artefact.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var loaded = await EstateLoading.LoadAsync(io, sources.Of(parsed), cancellationToken);
            if (loaded.Estate is not { } estate) return (int)loaded.Code;
            var file = artefact.FileOf(parsed);
            var isCompressed = file?.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) == true;
            return (int)await Artefact.WriteAsync(
                io,
                file,
                stream =>
                {
                    if (!isCompressed)
                    {
                        SnapshotWriter.Write(estate, stream);
                        return;
                    }

                    // .NET writes no time stamp into the gzip header, so equal estates give equal bytes.
                    using var gzip = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true);
                    SnapshotWriter.Write(estate, gzip);
                },
                cancellationToken);
        });
        return command;
    }
}
