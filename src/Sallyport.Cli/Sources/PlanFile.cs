using Sallyport.Cli.Files;
using Sallyport.Planning;

namespace Sallyport.Cli.Sources;

/// <summary>Reads a plan file.</summary>
internal static class PlanFile
{
    /// <summary>The plan, or the exit code to end with after every error was said.</summary>
    public static async Task<(Plan? Plan, ExitCode Code)> ReadAsync(IOContext io, string path, CancellationToken cancellationToken)
    {
        try
        {
            var result = PlanJsonReader.Read(await InputFile.ReadAsync(path, PlanJsonReader.MaxBytes, cancellationToken), path);
            await io.SayAsync(result.Diagnostics);
            return (result.IsOk ? result.Value : null, result.Diagnostics.Any(PlanningDiagnostics.IsRefusal) ? ExitCode.Refused : ExitCode.BadInput);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            await io.SayAsync([CommandLineDiagnostics.CannotRead(path, e.Message)]);
            return (null, ExitCode.BadInput);
        }
    }
}
