using System.CommandLine;
using Sallyport.Cli.Demo;

namespace Sallyport.Cli.Commands;

/// <summary><c>demo</c>: the whole story on the embedded lab.</summary>
internal static class DemoCommand
{
    public static Command Create(IOContext io)
    {
        var folder = new Option<string>("--out") { Description = "folder the artefacts are left in (default ./sallyport-demo)", DefaultValueFactory = _ => "sallyport-demo", HelpName = "DIR" };
        var command = new Command("demo", "Tell the whole story on the embedded lab, no AWS account: read, audit, declare, tighten, plan, apply, prove.") { folder };
        command.SetAction(async (parsed, cancellationToken) => (int)await new DemoStory(io, parsed.GetRequiredValue(folder)).TellAsync(cancellationToken));
        return command;
    }
}
