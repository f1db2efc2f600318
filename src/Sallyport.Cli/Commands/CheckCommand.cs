using System.CommandLine;
using Sallyport.Cli.Sources;
using Sallyport.Connections.Compiling;

namespace Sallyport.Cli.Commands;

/// <summary><c>check</c>: is the connections file right, and does it fit the estate?</summary>
internal static class CheckCommand
{
    public static Command Create(IOContext io)
    {
        var connections = new ConnectionsArgument();
        var sources = new SourceArguments(required: false);
        var command = new Command("check", "Validate a connections file; with a SOURCE also that its names resolve there.");
        connections.AddTo(command);
        sources.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (await connections.ReadAsync(io, parsed, cancellationToken) is not { } file) return (int)ExitCode.BadInput;
            var request = sources.Of(parsed);
            var where = "";
            var compiled = Compiler.Compile(file, null);
            if (!request.Sources.IsEmpty)
            {
                var loaded = await EstateLoading.LoadAsync(io, request, cancellationToken);
                if (loaded.Estate is not { } estate) return (int)loaded.Code;
                compiled = Compiler.Compile(file, estate);
                where = $" in an estate of {estate.SecurityGroups.Length} groups";
            }

            if (request.Sources.IsEmpty)
            {
                // Addresses of members are the estate's to tell: without one the file itself can still be right.
                var unasked = compiled.Diagnostics.Where(d => d.Code == "SPD1114").ToList();
                if (unasked.Count > 0) await io.Error.WriteLineAsync($"note: {unasked.Count} connection(s) are written by member addresses (peerAs: cidr); give a SOURCE to check them");
                compiled = new(compiled.Value ?? new DesiredRules(), [.. compiled.Diagnostics.Except(unasked)]);
            }

            await io.SayAsync(compiled.Diagnostics);
            if (!compiled.IsOk) return (int)ExitCode.BadInput;
            await io.Out.WriteLineAsync(
                $"ok: {file.Connections.Length} connections between {file.Groups.Length} groups and {file.Externals.Length} externals{where}{(compiled.Value.Rules.IsEmpty ? "" : $" compile to {compiled.Value.Rules.Length} rules")}; {file.Residuals.Length} residuals to review");
            if (!file.Tests.IsEmpty) await io.Error.WriteLineAsync($"note: the {file.Tests.Length} tests of the file were read but not run: this version has no engine for them yet");
            return (int)ExitCode.Done;
        });
        return command;
    }
}
