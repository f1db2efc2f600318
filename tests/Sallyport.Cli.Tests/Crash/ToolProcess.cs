using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Sallyport.Cli.Tests.Crash;

/// <summary>The built tool in a process of its own, with these variables in place of the machine's AWS settings.</summary>
internal sealed class ToolProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly Process _process;
    private readonly Task<string> _error;
    private readonly Task<string> _out;

    private ToolProcess(Process process)
    {
        _process = process;
        _error = process.StandardError.ReadToEndAsync();
        _out = process.StandardOutput.ReadToEndAsync();
        Ended = process.WaitForExitAsync();
    }

    /// <summary>Completes when the process is gone.</summary>
    public Task Ended { get; }

    public static ToolProcess Start(IEnumerable<KeyValuePair<string, string>> environment, params ImmutableArray<string> args)
    {
        var name = OperatingSystem.IsWindows() ? "sallyport.exe" : "sallyport";
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, name), args)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var key in start.Environment.Keys.Where(k => k.StartsWith("AWS_", StringComparison.Ordinal)).ToList()) start.Environment.Remove(key);
        foreach (var (key, value) in environment) start.Environment[key] = value;

        // The runtime that runs this test runs the tool, wherever it is installed.
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return new ToolProcess(process);
    }

    /// <summary>SIGKILL: no handler, no finally, nothing flushed.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await Ended.WaitAsync(Patience);
    }

    /// <summary>True when this process, and so every process it starts, ignores a signal (a shell's background jobs ignore SIGINT).</summary>
    public static bool Ignores(int signal)
    {
        const string Field = "SigIgn:";
        if (!OperatingSystem.IsLinux()) return false;
        var mask = File.ReadLines("/proc/self/status").First(l => l.StartsWith(Field, StringComparison.Ordinal))[Field.Length..].Trim();
        return (ulong.Parse(mask, NumberStyles.HexNumber, CultureInfo.InvariantCulture) >> (signal - 1) & 1) == 1;
    }

    public void Signal(int number) => Assert.Equal(0, NativeMethods.Kill(_process.Id, number));

    public async Task<Run> EndAsync()
    {
        try
        {
            await Ended.WaitAsync(Patience);
        }
        catch (TimeoutException e)
        {
            await KillAsync();
            throw new TimeoutException($"The tool did not end. It said:\n{await _error}", e);
        }

        return new Run((ExitCode)_process.ExitCode, await _out, await _error);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }

    private static class NativeMethods
    {
        [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Kill(int process, int signal);
    }
}
