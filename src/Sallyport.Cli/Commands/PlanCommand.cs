using System.CommandLine;
using System.Text;
using Sallyport.Cli.Output;
using Sallyport.Cli.Sources;
using Sallyport.Connections.Compiling;
using Sallyport.Connectivity.Differences;
using Sallyport.Planning;
using Sallyport.Policies;
using Sallyport.Reports.Connectivity;

namespace Sallyport.Cli.Commands;

/// <summary><c>plan</c>: ordered steps from the estate to the connections.</summary>
internal static class PlanCommand
{
    // Of each list; `diff` tells them all.
    private const int MostBoxes = 20;

    public static Command Create(IOContext io)
    {
        var connections = new ConnectionsArgument();
        var sources = new SourceArguments();
        var artefact = new Artefact();
        var output = new OutputOption("text", "json");
        var command = new Command("plan", "Print the ordered steps from the estate to the connections; exit 1 when there are any, 4 when a test of the file would fail after them.");
        connections.AddTo(command);
        sources.AddTo(command);
        artefact.AddTo(command);
        output.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (await connections.ReadAsync(io, parsed, cancellationToken) is not { } file) return (int)ExitCode.BadInput;
            var request = sources.Of(parsed);
            var loaded = await EstateLoading.LoadAsync(io, request, cancellationToken);
            if (loaded.Estate is not { } estate) return (int)loaded.Code;
            var compiled = Compiler.Compile(file, estate);
            var tests = PolicyBinder.Bind(file, estate);
            await io.SayAsync(compiled.Diagnostics.Concat(tests.Diagnostics.Except(compiled.Diagnostics)));
            if (!compiled.IsOk || !tests.IsOk) return (int)ExitCode.BadInput;
            var planned = new Planner().Plan(estate, compiled.Value);
            await io.SayAsync(planned.Diagnostics.Except(planned.Value?.Warnings ?? []));
            if (!planned.IsOk) return (int)(planned.Diagnostics.Any(PlanningDiagnostics.IsRefusal) ? ExitCode.Refused : ExitCode.BadInput);

            var plan = planned.Value with { Tests = tests.Value };
            if (await TestGate.StopAsync(io, plan, estate, request.AllowPartial, cancellationToken) is { } stopped) return (int)stopped;
            var difference = plan.Steps.IsEmpty || output.Of(parsed).All(c => c.Format == "json") ? null : SemanticDiff.Between(estate, PlannedEstate.After(estate, plan), cancellationToken: cancellationToken);
            var planFile = artefact.FileOf(parsed);
            if (planFile is not null)
            {
                var code = await Artefact.WriteAsync(io, planFile, stream => stream.Write(PlanJsonWriter.ToBytes(plan)), cancellationToken);
                if (code != ExitCode.Done) return (int)code;
            }

            foreach (var choice in output.Of(parsed))
            {
                var code = await Artefact.WriteAsync(
                    io,
                    choice.File,
                    stream =>
                    {
                        if (choice.Format == "json")
                        {
                            stream.Write(PlanJsonWriter.ToBytes(plan));
                            return;
                        }

                        using var text = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
                        PlanText.Write(plan, text, planFile is null ? null : $"sallyport apply {planFile}");
                        if (difference is null) return;
                        text.WriteLine();
                        text.WriteLine("what it means for traffic:");
                        DiffTextWriter.Write(difference, text, MostBoxes);
                    },
                    cancellationToken);
                if (code != ExitCode.Done) return (int)code;
            }

            return (int)(plan.Steps.IsEmpty ? ExitCode.Done : ExitCode.Different);
        });
        return command;
    }
}
