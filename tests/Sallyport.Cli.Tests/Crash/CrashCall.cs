using Sallyport.Lab;

namespace Sallyport.Cli.Tests.Crash;

/// <summary>
/// One stage of one call of the tool, with the changing calls received and carried out so far, this one included.
/// </summary>
internal sealed record CrashCall(string Operation, LabStage Stage, int Asked, int Committed)
{
    public bool IsChange => IsChanging(Operation);

    public static bool IsChanging(string operation) =>
        !operation.StartsWith("Describe", StringComparison.Ordinal) && !operation.StartsWith("Get", StringComparison.Ordinal);
}
