using System.CommandLine;
using System.Text;
using Sallyport.Cli.Files;
using Sallyport.Connections;
using Sallyport.Connections.Reading;

namespace Sallyport.Cli.Sources;

/// <summary>The <c>CONNECTIONS</c> argument: a connections file, or <c>-</c> for standard input.</summary>
internal sealed class ConnectionsArgument(string name = "CONNECTIONS", string description = "the connections file (- for standard input)")
{
    private const long MostBytes = 256L * 1024 * 1024;

    private readonly Argument<string> _file = new(name) { Description = description };

    public void AddTo(Command command) => command.Arguments.Add(_file);

    /// <summary>The path as given.</summary>
    public string PathOf(ParseResult parsed) => parsed.GetRequiredValue(_file);

    /// <summary>Reads it; null after every error was said (exit 2).</summary>
    public Task<ConnectionsFile?> ReadAsync(IOContext io, ParseResult parsed, CancellationToken cancellationToken) =>
        ReadAsync(io, parsed.GetRequiredValue(_file), cancellationToken);

    /// <summary>Reads a file, or <c>-</c>; null after every error was said (exit 2).</summary>
    public static async Task<ConnectionsFile?> ReadAsync(IOContext io, string path, CancellationToken cancellationToken)
    {
        try
        {
            using var reader = new StreamReader(path == "-" ? io.OpenInput() : new MemoryStream(await InputFile.ReadAsync(path, MostBytes, cancellationToken)), new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true);
            var result = ConnectionsReader.Read(reader, path == "-" ? "<stdin>" : path);
            await io.SayAsync(result.Diagnostics);
            return result.IsOk ? result.Value : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            await io.SayAsync([CommandLineDiagnostics.CannotRead(path, e.Message)]);
            return null;
        }
        catch (DecoderFallbackException)
        {
            await io.SayAsync([CommandLineDiagnostics.CannotRead(path, "the text is not valid UTF-8")]);
            return null;
        }
    }
}
