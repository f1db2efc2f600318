using System.CommandLine;

namespace Sallyport.Cli.Commands;

/// <summary>Every subcommand, in the order of <c>--help</c>.</summary>
internal static class CommandList
{
    public static IEnumerable<Command> Create(IOContext io) =>
    [
        DemoCommand.Create(io),
        LabCommand.Create(io),
        SnapshotCommand.Create(io),
        AuditCommand.Create(io),
        RulesCommand.Create(io),
        ImportCommand.Create(io),
        CheckCommand.Create(io),
        CompileCommand.Create(io),
        PlanCommand.Create(io),
        FixCommand.Create(io),
        ApplyCommand.Create(io),
        UndoCommand.Create(io),
        ReachCommand.Create(io),
        ExplainCommand.Create(io),
        DiffCommand.Create(io),
        DriftCommand.Create(io),
        CompletionCommand.Create(io),
        VersionCommand.Create(io),
    ];
}
