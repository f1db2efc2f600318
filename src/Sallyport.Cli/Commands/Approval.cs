namespace Sallyport.Cli.Commands;

/// <summary>Asks a person, or takes <c>--yes</c> for the answer.</summary>
internal static class Approval
{
    /// <summary>Null when approved; else the exit code to end with.</summary>
    public static async Task<ExitCode?> AskAsync(IOContext io, string question, string command, bool yes, CancellationToken cancellationToken)
    {
        if (yes) return null;
        if (!io.IsInputTerminal) return await io.FailAsync(ExitCode.Refused, CommandLineDiagnostics.NotApproved(command));
        await io.Error.WriteAsync($"{question} Only \"yes\" is taken for yes: ");
        using var reader = new StreamReader(io.OpenInput());
        var answer = await reader.ReadLineAsync(cancellationToken);
        return answer?.Trim() == "yes" ? null : await io.FailAsync(ExitCode.Refused, CommandLineDiagnostics.Declined());
    }
}
