using System.Runtime.InteropServices;
using Sallyport.Reports.Text;

namespace Sallyport.Cli;

/// <summary>The process: streams, signals and the one catch for bugs.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        var io = IOContext.OfProcess();
        using var interrupted = new CancellationTokenSource();
        using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Interrupt(context, interrupted));
        using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Interrupt(context, interrupted));
        try
        {
            var code = await SallyportCommand.RunAsync(args, io, interrupted.Token);
            // Not the asynchronous one: of the console it only moves the same call to another thread.
            io.Out.Flush();
            return (int)code;
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            await io.Error.WriteLineAsync("interrupted");
            return (int)ExitCode.Interrupted;
        }
        catch (IOException e) when (IsClosedPipe(e))
        {
            // The reader of our output (head, less) went away: not our error and nobody left to tell.
            return (int)ExitCode.Done;
        }
        catch (IOException e)
        {
            // Files answer for themselves; what is left is standard output, and a full disk behind it is no bug of ours.
            await io.Error.WriteLineAsync(TerminalText.Escape(CommandLineDiagnostics.CannotWrite("standard output", e.Message).ToString()));
            return (int)ExitCode.Incomplete;
        }
        catch (Exception e)
        {
            await io.Error.WriteLineAsync($"sallyport: a bug stopped this run ({e.GetType().Name}). Please report it with the lines below.");
            await io.Error.WriteLineAsync(e.ToString());
            return (int)ExitCode.Bug;
        }
    }

    // The first signal asks for a clean stop; the second one is left to the system and ends the process.
    private static void Interrupt(PosixSignalContext context, CancellationTokenSource interrupted)
    {
        if (interrupted.IsCancellationRequested) return;
        context.Cancel = true;
        interrupted.Cancel();
    }

    private static bool IsClosedPipe(IOException e) => e.HResult is 32 or unchecked((int)0x8007006D) || e.Message.Contains("Broken pipe", StringComparison.Ordinal);
}
