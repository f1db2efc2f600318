using System.Collections.Immutable;
using System.Text;

namespace Sallyport.Cli.Tests;

/// <summary>One run of the tool in this process: arguments in; standard output, standard error and exit code out.</summary>
internal sealed record Run(ExitCode Code, string Out, string Error)
{
    /// <summary>Runs with these environment variables and nothing of the machine's.</summary>
    public static async Task<Run> Sallyport(
        ImmutableArray<string> args, IReadOnlyDictionary<string, string>? environment = null, string input = "", TimeProvider? time = null, string? directory = null, CancellationToken cancellationToken = default)
    {
        var output = new MemoryStream();
        var error = new StringWriter { NewLine = "\n" };
        var text = new StreamWriter(output, new UTF8Encoding(false)) { NewLine = "\n" };
        var io = new IOContext
        {
            Out = text,
            Error = error,
            OpenInput = () => new MemoryStream(Encoding.UTF8.GetBytes(input)),
            OpenOutput = () => output,
            Variable = name => environment?.GetValueOrDefault(name),
            Time = time ?? TimeProvider.System,
            Directory = directory ?? AppContext.BaseDirectory,
        };
        var code = await SallyportCommand.RunAsync([.. args], io, cancellationToken);
        await text.FlushAsync(cancellationToken);
        return new Run(code, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }
}
