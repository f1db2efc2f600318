using System.CommandLine;

namespace Sallyport.Cli.Commands;

/// <summary>Every subcommand, in the order of <c>--help</c>.</summary>
internal static class CommandList
{
    public static IEnumerable<Command> Create(IOContext io) =>
    [
        VersionCommand.Create(io),
        CompletionCommand.Create(io),
    ];
}
