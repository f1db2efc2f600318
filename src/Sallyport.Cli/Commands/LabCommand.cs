using System.CommandLine;
using Sallyport.Cli.Sources;
using Sallyport.Estates;
using Sallyport.Lab;
using Sallyport.Lab.Estates;

namespace Sallyport.Cli.Commands;

/// <summary><c>lab</c>: the EC2-compatible endpoint on loopback, until interrupted.</summary>
internal sealed class LabCommand
{
    private readonly Option<int> _port = new("--port") { Description = "loopback port (default: a free one)", HelpName = "P" };
    private readonly Option<string?> _estate = new("--estate") { Description = "what it holds: acme, large, empty, or a file that can be read as an estate", HelpName = "NAME|FILE" };
    private readonly Option<string?> _state = new("--state") { Description = "file that keeps its state across runs", HelpName = "FILE" };
    private readonly Option<bool> _throttle = new("--throttle") { Description = "refuse calls beyond EC2's request buckets" };
    private readonly Option<string?> _faults = new("--faults") { Description = "OPERATION:KIND:PROBABILITY[,…][;seed=N]; KIND is error500, throttle503, timeout-after-commit, drop or delay-visibility", HelpName = "SPEC" };
    private readonly Option<bool> _verify = new("--verify-signatures") { Description = "check every request's signature" };
    private readonly IOContext _io;

    private LabCommand(IOContext io) => _io = io;

    public static Command Create(IOContext io)
    {
        var lab = new LabCommand(io);
        var command = new Command("lab", "Serve an EC2-compatible endpoint on loopback and print the environment to use it.")
        {
            lab._port, lab._estate, lab._state, lab._throttle, lab._faults, lab._verify,
        };
        lab._port.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !(int.TryParse(text, out var port) && port is >= 0 and <= 65_535)) result.AddError($"--port takes 0 to 65535, not \"{text}\".");
        });
        command.SetAction(async (parsed, cancellationToken) => (int)await lab.RunAsync(parsed, cancellationToken));
        return command;
    }

    private async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        FaultSchedule? faults = null;
        if (parsed.GetValue(_faults) is { } spec && !FaultSchedule.TryParse(spec, out faults, out var problem))
        {
            return await _io.FailAsync(ExitCode.BadInput, CommandLineDiagnostics.Usage($"--faults \"{spec}\": {problem}"));
        }

        Estate? estate = null;
        if (parsed.GetValue(_estate) is { } name)
        {
            if (LabEstates.TryCreate(name, out estate, out var why))
            {
                // A name the lab ships.
            }
            else if (File.Exists(name) || Directory.Exists(name))
            {
                var loaded = await EstateLoading.LoadAsync(_io, new SourceRequest { Sources = [name], AllowPartial = true }, cancellationToken);
                if (loaded.Estate is null) return loaded.Code;
                estate = loaded.Estate;
            }
            else
            {
                return await _io.FailAsync(ExitCode.BadInput, CommandLineDiagnostics.Usage($"--estate \"{name}\" is neither a file nor an estate of the lab: {why}"));
            }
        }

        var options = new LabOptions
        {
            Estate = estate,
            Port = parsed.GetValue(_port),
            StateFile = parsed.GetValue(_state),
            Throttle = parsed.GetValue(_throttle),
            Faults = faults,
            VerifySignatures = parsed.GetValue(_verify),
            Time = _io.Time,
        };
        LabServer server;
        try
        {
            server = await LabServer.StartAsync(options, cancellationToken);
        }
        catch (LabStateException e)
        {
            return await _io.FailAsync(ExitCode.BadInput, CommandLineDiagnostics.CannotRead(options.StateFile!, e.Message));
        }
        catch (IOException e)
        {
            return await _io.FailAsync(ExitCode.Incomplete, CommandLineDiagnostics.CannotServe(options.Port, e.Message));
        }

        await using (server)
        {
            var first = server.Credentials[0];
            foreach (var (key, value) in server.Environment(first.Account, estate is null ? "us-east-1" : null)) await _io.Out.WriteLineAsync($"export {key}={value}");
            await _io.Out.FlushAsync(cancellationToken);
            await _io.Error.WriteLineAsync($"lab: {server.Endpoint} serves account {first.Account} with the variables above, in {string.Join(", ", server.Regions)}; Ctrl-C ends it");
            foreach (var other in server.Credentials.Skip(1))
            {
                await _io.Error.WriteLineAsync($"lab: account {other.Account}: AWS_ACCESS_KEY_ID={other.AccessKeyId} AWS_SECRET_ACCESS_KEY={other.SecretAccessKey}, or --role-arn arn:aws:iam::{other.Account}:role/lab");
            }

            try
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                await _io.Error.WriteLineAsync("lab: stopped");
            }
        }

        return ExitCode.Done;
    }
}
