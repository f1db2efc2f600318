using System.CommandLine;
using System.Text;
using Sallyport.Cli.Output;
using Sallyport.Cli.Sources;
using Sallyport.Connections;
using Sallyport.Connections.Compiling;
using Sallyport.Connectivity;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Policies;
using Sallyport.Reports.Json;
using Sallyport.Reports.Text;

namespace Sallyport.Cli.Commands;

/// <summary><c>check</c>: is the connections file right, does it fit the estate, and do its tests hold there as it is?</summary>
internal static class CheckCommand
{
    public static Command Create(IOContext io)
    {
        var connections = new ConnectionsArgument();
        var sources = new SourceArguments(required: false);
        var output = new OutputOption("text", "json");
        var command = new Command("check", "Validate a connections file; with a SOURCE also that its names resolve there and its tests hold; exit 1 when one fails.");
        connections.AddTo(command);
        sources.AddTo(command);
        output.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (await connections.ReadAsync(io, parsed, cancellationToken) is not { } file) return (int)ExitCode.BadInput;
            var request = sources.Of(parsed);
            if (request.Sources.IsEmpty) return (int)await WithoutSourceAsync(io, file, output.Of(parsed), cancellationToken);
            var loaded = await EstateLoading.LoadAsync(io, request, cancellationToken);
            if (loaded.Estate is not { } estate) return (int)loaded.Code;
            var compiled = Compiler.Compile(file, estate);
            var bound = PolicyBinder.Bind(file, estate);
            await io.SayAsync(compiled.Diagnostics.Concat(bound.Diagnostics.Except(compiled.Diagnostics)));
            if (!compiled.IsOk || !bound.IsOk) return (int)ExitCode.BadInput;
            var report = new TestRunner(ConnectivityModel.Of(estate), TestGate.Today(io)).Run(bound.Value, cancellationToken);
            var code = await WriteAsync(io, output.Of(parsed), Summary(file, compiled.Value, estate), report, cancellationToken);
            return (int)(code != ExitCode.Done ? code : await CodeOfAsync(io, report, request.AllowPartial));
        });
        return command;
    }

    private static async Task<ExitCode> WithoutSourceAsync(IOContext io, ConnectionsFile file, IEnumerable<OutputChoice> choices, CancellationToken cancellationToken)
    {
        // Addresses of members are the estate's to tell: without one the file itself can still be right.
        var compiled = Compiler.Compile(file, null);
        var unasked = compiled.Diagnostics.Where(d => d.Code == "SPD1114").ToList();
        if (unasked.Count > 0) await io.Error.WriteLineAsync("note: connections that are written by member addresses (peerAs: cidr) are not checked whole; give a SOURCE to check them");
        var said = compiled.Diagnostics.Except(unasked).ToList();
        await io.SayAsync(said);
        if (said.Any(d => d.Severity == Severity.Error)) return ExitCode.BadInput;
        var code = await WriteAsync(io, choices, Summary(file, compiled.Value ?? new DesiredRules(), null), new TestReport([]), cancellationToken);
        if (!file.Tests.IsEmpty) await io.Error.WriteLineAsync($"note: the {file.Tests.Length} tests of the file were not run: give a SOURCE to run them on");
        return code;
    }

    private static async Task<ExitCode> WriteAsync(IOContext io, IEnumerable<OutputChoice> choices, string summary, TestReport report, CancellationToken cancellationToken)
    {
        foreach (var choice in choices)
        {
            // The summary is for people: beside a document it goes where people look.
            if (choice.Format == "json") await io.Error.WriteLineAsync(summary);
            var code = await Artefact.WriteAsync(
                io,
                choice.File,
                stream =>
                {
                    if (choice.Format == "json")
                    {
                        TestReportJson.Write(report, stream);
                        return;
                    }

                    using var text = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
                    text.WriteLine(summary);
                    TestReportText.Write(report, text);
                },
                cancellationToken);
            if (code != ExitCode.Done) return code;
        }

        return ExitCode.Done;
    }

    private static string Summary(ConnectionsFile file, DesiredRules rules, Estate? estate)
    {
        var where = estate is null ? "" : $" in an estate of {estate.SecurityGroups.Length} groups";
        return $"ok: {file.Connections.Length} connections between {file.Groups.Length} groups and {file.Externals.Length} externals{where}{(rules.Rules.IsEmpty ? "" : $" compile to {rules.Rules.Length} rules")}; {file.Residuals.Length} residuals to review";
    }

    private static async Task<ExitCode> CodeOfAsync(IOContext io, TestReport report, bool allowPartial)
    {
        if (report.Failed.Any()) return ExitCode.Different;
        var unknown = report.Count(TestOutcome.Unknown);
        return unknown == 0 || allowPartial ? ExitCode.Done : await io.FailAsync(ExitCode.Incomplete, CommandLineDiagnostics.TestsUnknown(unknown));
    }
}
