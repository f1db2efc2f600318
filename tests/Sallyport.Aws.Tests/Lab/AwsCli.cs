using System.Diagnostics;
using System.Text.Json;
using Sallyport.Lab;

namespace Sallyport.Aws.Tests.Lab;

/// <summary>Runs the AWS CLI of the machine against a lab, with nothing of the machine's own settings.</summary>
internal sealed class AwsCli(LabServer server)
{
    /// <summary>Why tests are skipped; null when the CLI is there.</summary>
    public static string? Missing { get; } = Find() is null ? "The AWS CLI (aws) is not on the PATH." : null;

    /// <summary>Runs a command line as a shell reads it; what it printed, as JSON where it printed any.</summary>
    public async Task<JsonElement> RunAsync(string command)
    {
        var (code, output, error) = await RunRawAsync(command);
        Assert.True(code == 0, $"{command}: {error}");
        return output.Length == 0 ? default : JsonDocument.Parse(output).RootElement;
    }

    /// <summary>Exit code, standard output and standard error.</summary>
    public async Task<(int Code, string Output, string Error)> RunRawAsync(string command)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", command]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("AWS_", StringComparison.Ordinal)).ToList()) start.Environment.Remove(name);
        foreach (var (name, value) in server.Environment(server.Credentials[0].Account, "us-east-1")) start.Environment[name] = value;
        start.Environment["AWS_CONFIG_FILE"] = start.Environment["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null";
        start.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        start.Environment["AWS_PAGER"] = string.Empty;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, (await output).Trim(), (await error).Trim());
    }

    private static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator).Select(p => Path.Combine(p, "aws")).FirstOrDefault(File.Exists);
}
