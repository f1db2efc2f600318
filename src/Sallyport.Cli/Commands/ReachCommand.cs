using System.CommandLine;
using Sallyport.Cli.Output;
using Sallyport.Cli.Sources;
using Sallyport.Connectivity;
using Sallyport.Connectivity.Questions;
using Sallyport.Diagnostics;
using Sallyport.Reports.Connectivity;

namespace Sallyport.Cli.Commands;

/// <summary><c>reach</c>: who reaches whom.</summary>
internal static class ReachCommand
{
    public static Command Create(IOContext io)
    {
        var sources = new SourceArguments();
        var question = new QuestionArguments();
        var output = new OutputOption("text", "json", "jsonl");
        var packets = new Option<string?>("--packets") { Description = "answer a file of packets, one JSON object a line (- for standard input): from, to, protocol, port, or type and code", HelpName = "FILE" };
        var command = new Command("reach", "Say who reaches whom, on what: between two ends, everybody from or to one, or all groups. Exit 0 whatever the verdict.") { packets };
        sources.AddTo(command);
        question.AddTo(command);
        output.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var said = new List<Diagnostic>();
            var choices = output.Of(parsed);
            var services = question.ServicesOf(parsed, said);
            var packetFile = parsed.GetValue(packets);
            if (packetFile is not null)
            {
                said.AddRange(question.EndsAndServices(parsed).Select(o => CommandLineDiagnostics.NotTogether("--packets", o)));
                if (choices.Length > 1) said.Add(CommandLineDiagnostics.NotTogether("--packets", "a second -o"));
            }
            else
            {
                said.AddRange(choices.Where(c => c.Format == "jsonl").Select(_ => CommandLineDiagnostics.NotTogether("-o jsonl", "a question without --packets")));
            }

            if (said.Count > 0) return (int)await io.FailAsync(ExitCode.BadInput, said);
            if (await question.FileOf(io, parsed, cancellationToken) is not { } file) return (int)ExitCode.BadInput;
            var loaded = await EstateLoading.LoadAsync(io, sources.Of(parsed), cancellationToken);
            if (loaded.Estate is not { } estate) return (int)loaded.Code;
            var model = ConnectivityModel.Of(estate);
            if (packetFile is not null) return (int)await new PacketsRunner(io, model, question.IsEffective(parsed)).RunAsync(packetFile, choices[0], cancellationToken);
            var (isOk, from, to) = await question.EndsOf(io, parsed, model, file);
            if (!isOk) return (int)ExitCode.BadInput;
            var report = ReachReport.Of(model, new ReachQuestion(from!, to!, services, question.IsEffective(parsed)), cancellationToken);
            return (int)await ReachOutput.WriteAsync(
                io,
                choices,
                (format, stream) =>
                {
                    if (format == "json") ReachJsonWriter.Write(report, stream);
                    else ReachOutput.WriteText(stream, text => ReachTextWriter.Write(report, text));
                },
                cancellationToken);
        });
        return command;
    }
}
