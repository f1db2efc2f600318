using System.CommandLine;
using Sallyport.Cli.Output;
using Sallyport.Cli.Sources;
using Sallyport.Connectivity;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Reports.Connectivity;

namespace Sallyport.Cli.Commands;

/// <summary><c>reach</c>: who reaches whom.</summary>
internal sealed class ReachCommand
{
    private const int MostHops = 64;

    private readonly SourceArguments _sources = new();
    private readonly QuestionArguments _question = new();
    private readonly OutputOption _output = new(["text", "json", "jsonl", .. GraphFormat.All.Select(f => f.Name)]);
    private readonly Option<int> _hops = new("--hops") { Description = "with --from alone: also whom those reach in turn, so many connections far", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<string?> _packets = new("--packets")
    {
        Description = "answer a file of packets, one JSON object a line (- for standard input): from, to, protocol, port, or type and code",
        HelpName = "FILE",
    };

    private readonly IOContext _io;

    private ReachCommand(IOContext io)
    {
        _io = io;
        _hops.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !(int.TryParse(text, out var hops) && hops is >= 1 and <= MostHops)) result.AddError($"--hops takes 1 to {MostHops}.");
        });
    }

    public static Command Create(IOContext io)
    {
        var reach = new ReachCommand(io);
        var command = new Command("reach", "Say who reaches whom, on what: between two ends, everybody from or to one, or all groups. Exit 0 whatever the verdict.") { reach._hops, reach._packets };
        reach._sources.AddTo(command);
        reach._question.AddTo(command);
        reach._output.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) => (int)await reach.RunAsync(parsed, cancellationToken));
        return command;
    }

    private async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var said = new List<Diagnostic>();
        var services = _question.ServicesOf(parsed, said);
        said.AddRange(Contradictions(parsed));
        if (said.Count > 0) return await _io.FailAsync(ExitCode.BadInput, said);
        if (await _question.FileOf(_io, parsed, cancellationToken) is not { } file) return ExitCode.BadInput;
        if (parsed.GetValue(_packets) == "-" && _sources.Of(parsed).Sources.Contains("-"))
        {
            return await _io.FailAsync(ExitCode.BadInput, CommandLineDiagnostics.NotTogether("SOURCE -", "--packets -, both of which read standard input"));
        }

        var loaded = await EstateLoading.LoadAsync(_io, _sources.Of(parsed), cancellationToken);
        if (loaded.Estate is not { } estate) return loaded.Code;
        var model = ConnectivityModel.Of(estate);
        if (estate.Gaps.Any(g => g.What == GapKind.NetworkInterfaces && g.Where.Length == 0))
        {
            await _io.Error.WriteLineAsync("note: no source holds interfaces: groups are judged by their rules alone, and an address is taken as one outside the estate unless a VPC that was read holds it");
        }

        var choices = _output.Of(parsed);
        if (parsed.GetValue(_packets) is { } packets) return await new PacketsRunner(_io, model, _question.IsEffective(parsed)).RunAsync(packets, choices[0], cancellationToken);
        var (isOk, from, to) = await _question.EndsOf(_io, parsed, model, file);
        if (!isOk) return ExitCode.BadInput;
        var runner = new ReachRunner(_io, model) { Services = services, IsEffective = _question.IsEffective(parsed), Hops = parsed.GetRequiredValue(_hops) };
        return await runner.RunAsync(from, to, choices, cancellationToken);
    }

    private IEnumerable<Diagnostic> Contradictions(ParseResult parsed)
    {
        var (hasFrom, hasTo, hasHops) = (_question.FromOf(parsed) is not null, _question.ToOf(parsed) is not null, parsed.GetResult(_hops) is { Implicit: false });
        var choices = _output.Of(parsed);
        if (parsed.GetValue(_packets) is not null)
        {
            foreach (var option in _question.EndsAndServices(parsed)) yield return CommandLineDiagnostics.NotTogether("--packets", option);
            if (hasHops) yield return CommandLineDiagnostics.NotTogether("--packets", "--hops");
            if (choices.Length > 1) yield return CommandLineDiagnostics.NotTogether("--packets", "a second -o");
            foreach (var choice in choices.Where(c => GraphFormat.Find(c.Format) is not null)) yield return CommandLineDiagnostics.NotTogether("--packets", $"-o {choice.Format}");
            yield break;
        }

        if (hasHops && (!hasFrom || hasTo)) yield return CommandLineDiagnostics.NotTogether("--hops", hasTo ? "--to" : "a question without --from");
        if (choices.Any(c => c.Format == "jsonl")) yield return CommandLineDiagnostics.NotTogether("-o jsonl", "a question without --packets");
        foreach (var choice in choices.Where(c => hasFrom && hasTo && GraphFormat.Find(c.Format) is not null)) yield return CommandLineDiagnostics.NotTogether($"-o {choice.Format}", "both --from and --to");
        if (!hasFrom && !hasTo && _question.IsEffective(parsed)) yield return CommandLineDiagnostics.NotTogether("--layer effective", "all pairs of groups; give --from or --to");
    }
}
