using System.Diagnostics;

namespace Sallyport.Tests.Templates;

/// <summary>Runs a program to its end.</summary>
internal static class ChildProcess
{
    /// <summary>Exit code, and what it wrote to both streams.</summary>
    public static async Task<(int Exit, string Text)> RunAsync(string program, IEnumerable<string> arguments, params IEnumerable<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, text + await error);
    }

    /// <summary>True when the PATH holds the program.</summary>
    public static bool OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Any(p => p.Length > 0 && File.Exists(Path.Combine(p, program)));
}
