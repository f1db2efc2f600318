using System.CommandLine;
using Sallyport.Cli.Commands;
using Sallyport.Reports.Text;

namespace Sallyport.Cli;

/// <summary>The <c>sallyport</c> command: its subcommands, and what a wrong command line means.</summary>
public static class SallyportCommand
{
    /// <summary>Parses and runs one command line.</summary>
    public static async Task<ExitCode> RunAsync(string[] args, IOContext io, CancellationToken cancellationToken)
    {
        var root = Create(io, args);
        var parsed = root.Parse(args, new ParserConfiguration { EnablePosixBundling = false });
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors.Select(e => OnOneLine(e.Message)).Distinct())
            {
                await io.Error.WriteLineAsync(TerminalText.Escape(CommandLineDiagnostics.Usage(error).ToString()));
            }

            await io.Error.WriteLineAsync($"Try: {HelpOf(parsed.CommandResult)}");
            return ExitCode.BadInput;
        }

        var invocation = new InvocationConfiguration { Output = io.Out, Error = io.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        return (ExitCode)await parsed.InvokeAsync(invocation, cancellationToken);
    }

    internal static RootCommand Create(IOContext io, string[] args)
    {
        var root = new RootCommand(
            """
            Closes the gate of AWS networks: reads security groups, audits them, compiles declared connections into both
            sides' least-privilege rules, plans and applies them safely.

            Examples:
              sallyport demo                                   the whole story on an embedded lab, no AWS account
              sallyport audit live --region all                findings of the account behind your AWS credentials
            """);
        foreach (var option in GlobalOptions.All) root.Options.Add(option);
        foreach (var command in CommandList.Create(io, args)) root.Subcommands.Add(command);
        return root;
    }

    // The parser lists the values an option takes one below the other; a diagnostic is one line.
    private static string OnOneLine(string message) => message.ReplaceLineEndings("\n")
        .Replace(":\n\t", ": ", StringComparison.Ordinal).Replace("\n\t", ", ", StringComparison.Ordinal);

    private static string HelpOf(System.CommandLine.Parsing.CommandResult result)
    {
        var names = new List<string>();
        for (System.CommandLine.Parsing.SymbolResult? at = result; at is not null; at = at.Parent)
        {
            if (at is System.CommandLine.Parsing.CommandResult { Command: not RootCommand } command) names.Insert(0, command.Command.Name);
        }

        return string.Join(' ', ["sallyport", .. names, "--help"]);
    }
}
