using System.Buffers;
using System.CommandLine;
using System.Text;
using Sallyport.Aws;
using Sallyport.Cli.Output;
using Sallyport.Cli.Sources;
using Sallyport.Connections.Compiling;
using Sallyport.Drift;
using Sallyport.Estates;
using Sallyport.Patching;
using Sallyport.Planning;

namespace Sallyport.Cli.Commands;

/// <summary><c>drift</c>: what differs from the declared state, which is a connections file or code.</summary>
internal static class DriftCommand
{
    private const string Patch = "patch";
    private const string Plan = "plan";

    public static Command Create(IOContext io)
    {
        var declared = new ConnectionsArgument("DECLARED", "a connections file (- for standard input), or code: a Terraform folder, plan or state, or a CloudFormation template");
        var sources = new SourceArguments();
        var output = new OutputOption("text", "json", Plan, Patch);
        var command = new Command("drift", "Print what differs from the declared state; exit 1 when anything does. -o plan backs the drift out, -o patch takes it into the code.");
        declared.AddTo(command);
        sources.AddTo(command);
        output.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var path = declared.PathOf(parsed);
            var request = sources.Of(parsed);
            var choices = output.Of(parsed);
            if (EstateSources.IsEstate(path))
            {
                var code = await EstateLoading.LoadAsync(io, request with { Sources = [path], AllowPartial = true, HasMore = true }, cancellationToken);
                if (code.Estate is not { } written) return (int)code.Code;
                if (written.SecurityGroups.IsEmpty) return (int)await io.FailAsync(ExitCode.BadInput, DriftDiagnostics.NothingDeclared(path));
                var there = await EstateLoading.LoadAsync(io, request, cancellationToken);
                if (there.Estate is not { } live) return (int)there.Code;
                var drift = CodeDriftDetector.Detect(written, live);
                return (int)await EndAsync(drift.Report, live, drift.Desired, () => PatchOf(drift, written, path));
            }

            if (choices.Any(c => c.Format == Patch)) return (int)await io.FailAsync(ExitCode.BadInput, DriftDiagnostics.PatchNeedsCode(path));
            if (await declared.ReadAsync(io, parsed, cancellationToken) is not { } file) return (int)ExitCode.BadInput;
            var loaded = await EstateLoading.LoadAsync(io, request, cancellationToken);
            if (loaded.Estate is not { } estate) return (int)loaded.Code;
            var compiled = Compiler.Compile(file, estate);
            await io.SayAsync(compiled.Diagnostics);
            if (!compiled.IsOk) return (int)ExitCode.BadInput;
            return (int)await EndAsync(DriftDetector.Detect(estate, compiled.Value), estate, compiled.Value, () => throw new InvalidOperationException("A connections file takes no patch."));

            async Task<ExitCode> EndAsync(DriftReport report, Estate live, DesiredRules desired, Func<PatchOutput> patchOf)
            {
                foreach (var choice in choices)
                {
                    Action<Stream> write;
                    switch (choice.Format)
                    {
                        case Plan:
                            var planned = new Planner().Plan(live, desired);
                            await io.SayAsync(planned.Diagnostics);
                            if (!planned.IsOk) return planned.Diagnostics.Any(PlanningDiagnostics.IsRefusal) ? ExitCode.Refused : ExitCode.BadInput;
                            var unplanned = report.Entries.Count(e => e.Kind == DriftKind.Missing && !desired.Rules.Any(r => r.Group == e.Group && r.Key == e.Rule));
                            if (unplanned + report.AbsentGroups.Length > 0) await io.SayAsync([DriftDiagnostics.NotInPlan(unplanned, report.AbsentGroups.Length)]);
                            write = stream => stream.Write(PlanJsonWriter.ToBytes(planned.Value));
                            break;
                        case Patch:
                            var patch = patchOf();
                            var left = patch.Patch.Questions.Length + report.AbsentGroups.Length;
                            await io.SayAsync(left > 0 ? [.. patch.Said, DriftDiagnostics.NotInPatch(left)] : patch.Said);
                            write = patch.Write;
                            break;
                        case "json":
                            write = stream => WriteJson(report, stream);
                            break;
                        default:
                            write = stream => WriteText(report, stream);
                            break;
                    }

                    var code = await Artefact.WriteAsync(io, choice.File, write, cancellationToken);
                    if (code != ExitCode.Done) return code;
                }

                if (report.HasDrift) return ExitCode.Different;
                return report.Doubts.IsEmpty || request.AllowPartial ? ExitCode.Done : await io.FailAsync(ExitCode.Incomplete, DriftDiagnostics.NotKnown(report.Doubts.Length));
            }
        });
        return command;

        PatchOutput PatchOf(CodeDrift drift, Estate code, string path)
        {
            var remarks = drift.Report.AbsentGroups.Select(g => new PatchRemark($"{g} is declared and not there: take it out of the code, or apply the code.", code.Index.Groups[g].At));
            return PatchOutput.Of(io, code, [path], DriftChanges.Of(drift, code), _ => remarks);
        }
    }

    private static void WriteJson(DriftReport report, Stream stream)
    {
        var buffer = new ArrayBufferWriter<byte>();
        DriftWriter.WriteJson(report, buffer);
        stream.Write(buffer.WrittenSpan);
    }

    private static void WriteText(DriftReport report, Stream stream)
    {
        using var text = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        DriftWriter.WriteText(report, text);
    }
}
