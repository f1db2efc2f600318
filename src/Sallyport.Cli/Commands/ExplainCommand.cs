using System.CommandLine;
using Sallyport.Cli.Output;
using Sallyport.Cli.Sources;
using Sallyport.Connectivity;
using Sallyport.Connectivity.Questions;
using Sallyport.Diagnostics;
using Sallyport.Reports.Connectivity;

namespace Sallyport.Cli.Commands;

/// <summary><c>explain</c>: which rules on which side decide, and what is missing.</summary>
internal static class ExplainCommand
{
    public static Command Create(IOContext io)
    {
        var sources = new SourceArguments();
        var question = new QuestionArguments();
        var output = new OutputOption("text", "json");
        var command = new Command("explain", "Say which rules on which side decide about a connection, and which are missing.");
        sources.AddTo(command);
        question.AddTo(command, areRequired: true);
        output.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var said = new List<Diagnostic>();
            var services = question.ServicesOf(parsed, said);
            if (said.Count > 0) return (int)await io.FailAsync(ExitCode.BadInput, said);
            if (await question.FileOf(io, parsed, cancellationToken) is not { } file) return (int)ExitCode.BadInput;
            var loaded = await EstateLoading.LoadAsync(io, sources.Of(parsed), cancellationToken);
            if (loaded.Estate is not { } estate) return (int)loaded.Code;
            var model = ConnectivityModel.Of(estate);
            var (isOk, from, to) = await question.EndsOf(io, parsed, model, file);
            if (!isOk) return (int)ExitCode.BadInput;
            var report = ReachReport.Of(model, new ReachQuestion(from!, to!, services, question.IsEffective(parsed)), cancellationToken);
            return (int)await ReachOutput.WriteAsync(
                io,
                output.Of(parsed),
                (format, stream) =>
                {
                    if (format == "json") ReachJsonWriter.Write(report, stream, isExplained: true);
                    else ReachOutput.WriteText(stream, text => ReachTextWriter.WriteExplanation(report, text));
                },
                cancellationToken);
        });
        return command;
    }
}
