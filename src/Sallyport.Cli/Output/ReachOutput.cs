using System.Collections.Immutable;
using System.Text;

namespace Sallyport.Cli.Output;

/// <summary>Writes an answer in each format that was asked for.</summary>
internal static class ReachOutput
{
    /// <summary>One artefact a choice; the first that the machine refuses ends it.</summary>
    public static async Task<ExitCode> WriteAsync(IOContext io, ImmutableArray<OutputChoice> choices, Action<string, Stream> write, CancellationToken cancellationToken)
    {
        foreach (var choice in choices)
        {
            var code = await Artefact.WriteAsync(io, choice.File, stream => write(choice.Format, stream), cancellationToken);
            if (code != ExitCode.Done) return code;
        }

        return ExitCode.Done;
    }

    /// <summary>UTF-8 without a mark, <c>\n</c>.</summary>
    public static void WriteText(Stream stream, Action<TextWriter> write)
    {
        using var text = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        write(text);
    }
}
