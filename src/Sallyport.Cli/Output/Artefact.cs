using System.CommandLine;
using Sallyport.Cli.Files;
using Sallyport.Reports.Text;

namespace Sallyport.Cli.Output;

/// <summary>The <c>--out FILE</c> of commands whose result is one artefact: written whole or not at all, else to standard output.</summary>
internal sealed class Artefact
{
    private readonly Option<string?> _out = new("--out") { Description = "file to write instead of standard output", HelpName = "FILE" };

    public void AddTo(Command command) => command.Options.Add(_out);

    /// <summary>The file asked for; null for standard output.</summary>
    public string? FileOf(ParseResult parsed) => parsed.GetValue(_out);

    /// <summary>Writes to the file or to standard output. Exit 3 when the machine refuses.</summary>
    public static async Task<ExitCode> WriteAsync(IOContext io, string? file, Action<Stream> write, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            // Not the asynchronous ones: of the console they only move the same calls to another thread.
            io.Out.Flush();
            var stdout = io.OpenOutput();
            write(stdout);
            stdout.Flush();
            return ExitCode.Done;
        }

        try
        {
            await AtomicFile.WriteAsync(
                file,
                stream =>
                {
                    write(stream);
                    return Task.CompletedTask;
                },
                cancellationToken);
            await io.Error.WriteLineAsync(TerminalText.Escape($"wrote {file}"));
            return ExitCode.Done;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return await io.FailAsync(ExitCode.Incomplete, CommandLineDiagnostics.CannotWrite(file, e.Message));
        }
    }
}
