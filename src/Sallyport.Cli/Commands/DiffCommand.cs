using System.CommandLine;
using Sallyport.Cli.Output;
using Sallyport.Cli.Sources;
using Sallyport.Connectivity.Differences;
using Sallyport.Reports.Connectivity;

namespace Sallyport.Cli.Commands;

/// <summary><c>diff</c>: which flows one source has and the other has not.</summary>
internal static class DiffCommand
{
    public static Command Create(IOContext io)
    {
        var sources = new SourceArguments(name: "OLD NEW");
        var output = new OutputOption("text", "json");
        var command = new Command("diff", "Say which flows a change adds and removes, each with a packet and its cause; exit 1 unless equal.");
        sources.AddTo(command);
        output.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var request = sources.Of(parsed);
            if (request.Sources is not [var first, var second]) return (int)await io.FailAsync(ExitCode.BadInput, CommandLineDiagnostics.TwoSources(request.Sources.Length));
            var old = await EstateLoading.LoadAsync(io, request with { Sources = [first] }, cancellationToken);
            if (old.Estate is not { } before) return (int)old.Code;
            var @new = await EstateLoading.LoadAsync(io, request with { Sources = [second] }, cancellationToken);
            if (@new.Estate is not { } after) return (int)@new.Code;
            var report = SemanticDiff.Between(before, after, cancellationToken: cancellationToken);
            var code = await ReachOutput.WriteAsync(
                io,
                output.Of(parsed),
                (format, stream) =>
                {
                    if (format == "json") DiffJsonWriter.Write(report, stream);
                    else ReachOutput.WriteText(stream, text => DiffTextWriter.Write(report, text));
                },
                cancellationToken);
            return (int)(code != ExitCode.Done ? code : report.IsEqual ? ExitCode.Done : ExitCode.Different);
        });
        return command;
    }
}
