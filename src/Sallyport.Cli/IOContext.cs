using System.CommandLine;
using Sallyport.Diagnostics;
using Sallyport.Reports.Text;

namespace Sallyport.Cli;

/// <summary>Everything a command may touch of the process it runs in; tests hand in their own.</summary>
public sealed class IOContext
{
    /// <summary>Data goes here and nothing else.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Progress, warnings, prompts.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Standard input as bytes.</summary>
    public required Func<Stream> OpenInput { get; init; }

    /// <summary>Standard output as bytes, for artefacts that are not text.</summary>
    public required Func<Stream> OpenOutput { get; init; }

    /// <summary>True when a person sees <see cref="Out"/> directly.</summary>
    public bool IsOutTerminal { get; init; }

    /// <summary>True when a person sees <see cref="Error"/> directly.</summary>
    public bool IsErrorTerminal { get; init; }

    /// <summary>True when a person can answer.</summary>
    public bool IsInputTerminal { get; init; }

    /// <summary>The working directory, where settings are looked for.</summary>
    public string Directory { get; init; } = Environment.CurrentDirectory;

    /// <summary>Environment variables.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Colour only for a person who did not ask for none (no-color.org, TERM=dumb).</summary>
    internal bool UsesColour(ParseResult parsed) =>
        IsOutTerminal && !parsed.GetValue(GlobalOptions.NoColor) && string.IsNullOrEmpty(Variable("NO_COLOR")) && Variable("TERM") != "dumb";

    /// <summary>Prints diagnostics on <see cref="Error"/>, one a line, with untrusted text made harmless for a terminal.</summary>
    public async Task SayAsync(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics) await Error.WriteLineAsync(TerminalText.Line(diagnostic.ToString()));
    }

    /// <summary>Prints diagnostics and gives the exit code back, for one-line endings.</summary>
    public async Task<ExitCode> FailAsync(ExitCode code, params IEnumerable<Diagnostic> diagnostics)
    {
        await SayAsync(diagnostics);
        return code;
    }

    /// <summary>The process's own streams. Output is UTF-8 without a mark and with <c>\n</c>, whatever the system says.</summary>
    public static IOContext OfProcess()
    {
        var utf8 = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var output = new StreamWriter(Console.OpenStandardOutput(), utf8, 64 * 1024) { AutoFlush = false, NewLine = "\n" };
        var error = new StreamWriter(Console.OpenStandardError(), utf8) { AutoFlush = true, NewLine = "\n" };
        return new IOContext
        {
            Out = output,
            Error = error,
            OpenInput = Console.OpenStandardInput,
            OpenOutput = Console.OpenStandardOutput,
            IsOutTerminal = !Console.IsOutputRedirected,
            IsErrorTerminal = !Console.IsErrorRedirected,
            IsInputTerminal = !Console.IsInputRedirected,
            Variable = Environment.GetEnvironmentVariable,
        };
    }
}
