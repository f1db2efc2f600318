using System.CommandLine;

namespace Sallyport.Cli.Commands;

/// <summary>Every subcommand.</summary>
internal static class CommandList
{
    private static readonly (string Name, Func<IOContext, Command> Create)[] All =
    [
        ("demo", DemoCommand.Create),
        ("lab", LabCommand.Create),
        ("snapshot", SnapshotCommand.Create),
        ("audit", AuditCommand.Create),
        ("rules", RulesCommand.Create),
        ("import", ImportCommand.Create),
        ("check", CheckCommand.Create),
        ("compile", CompileCommand.Create),
        ("plan", PlanCommand.Create),
        ("fix", FixCommand.Create),
        ("apply", ApplyCommand.Create),
        ("undo", UndoCommand.Create),
        ("reach", ReachCommand.Create),
        ("explain", ExplainCommand.Create),
        ("diff", DiffCommand.Create),
        ("drift", DriftCommand.Create),
        ("completion", CompletionCommand.Create),
        ("version", VersionCommand.Create),
    ];

    /// <summary>
    /// The subcommands in the order of <c>--help</c>. Of a command line that begins with one of them only that one: the others could
    /// not be meant any more, and each would be built with all its options at every start.
    /// </summary>
    public static IEnumerable<Command> Create(IOContext io, string[] args)
    {
        foreach (var (name, create) in All)
        {
            if (args is [{ } first, ..] && first == name) return [create(io)];
        }

        return All.Select(c => c.Create(io));
    }
}
