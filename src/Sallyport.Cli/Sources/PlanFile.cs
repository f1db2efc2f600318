using Sallyport.Planning;

namespace Sallyport.Cli.Sources;

/// <summary>Reads a plan file.</summary>
internal static class PlanFile
{
    /// <summary>The plan; null after every error was said (exit 2).</summary>
    public static async Task<Plan?> ReadAsync(IOContext io, string path, CancellationToken cancellationToken)
    {
        try
        {
            var result = PlanJsonReader.Read(await File.ReadAllBytesAsync(path, cancellationToken), path);
            await io.SayAsync(result.Diagnostics);
            return result.IsOk ? result.Value : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            await io.SayAsync([CommandLineDiagnostics.CannotRead(path, e.Message)]);
            return null;
        }
    }
}
