using System.CommandLine;

namespace Sallyport.Cli;

/// <summary>Options every command takes.</summary>
internal static class GlobalOptions
{
    public static Option<bool> NoColor { get; } = new("--no-color") { Description = "no colour (also: NO_COLOR)", Recursive = true };

    public static Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "errors and data only", Recursive = true };

    public static Option<bool> Verbose { get; } = new("--verbose", "-v") { Description = "more of what is being done", Recursive = true };

    public static Option<bool> Debug { get; } = new("--debug") { Description = "every AWS call with request id and time, never credentials", Recursive = true };

    public static IEnumerable<Option> All => [NoColor, Quiet, Verbose, Debug];
}
