using System.CommandLine;
using Sallyport.Cli.Output;
using Sallyport.Cli.Sources;
using Sallyport.Connectivity.Differences;
using Sallyport.Reports.Connectivity;

namespace Sallyport.Cli.Commands;

/// <summary><c>diff</c>: which flows one source has and the other has not.</summary>
internal static class DiffCommand
{
    // What a person reads; programs get everything up to the limit.
    private const int MostShown = 50;

    public static Command Create(IOContext io)
    {
        var sources = new SourceArguments(name: "OLD NEW");
        var output = new OutputOption("text", "json", "markdown");
        var limit = new Option<int>("--limit") { Description = "most flows of each list (default 2000, of which text and markdown show 50); the relation counts all", HelpName = "N", DefaultValueFactory = _ => DiffOptions.Default.MostBoxes };
        limit.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !(int.TryParse(text, out var most) && most > 0)) result.AddError("--limit takes a number, 1 or more.");
        });
        var command = new Command("diff", "Say which flows a change adds and removes, each with a packet and its cause; exit 1 unless equal.");
        sources.AddTo(command);
        output.AddTo(command);
        command.Options.Add(limit);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var request = sources.Of(parsed);
            if (request.Sources is not [var first, var second]) return (int)await io.FailAsync(ExitCode.BadInput, CommandLineDiagnostics.TwoSources(request.Sources.Length));
            var old = await EstateLoading.LoadAsync(io, request with { Sources = [first], HasMore = true }, cancellationToken);
            if (old.Estate is not { } before) return (int)old.Code;
            var @new = await EstateLoading.LoadAsync(io, request with { Sources = [second] }, cancellationToken);
            if (@new.Estate is not { } after) return (int)@new.Code;
            var report = SemanticDiff.Between(before, after, new DiffOptions { MostBoxes = parsed.GetRequiredValue(limit) }, cancellationToken);
            var most = parsed.GetResult(limit) is { Implicit: false } ? int.MaxValue : MostShown;
            var code = await ReachOutput.WriteAsync(
                io,
                output.Of(parsed),
                (format, stream) =>
                {
                    if (format == "json") DiffJsonWriter.Write(report, stream);
                    else if (format == "markdown") ReachOutput.WriteText(stream, text => DiffMarkdownWriter.Write(report, text, most));
                    else ReachOutput.WriteText(stream, text => DiffTextWriter.Write(report, text, most));
                },
                cancellationToken);
            return (int)(code != ExitCode.Done ? code : report.IsEqual ? ExitCode.Done : ExitCode.Different);
        });
        return command;
    }
}
