using System.Text;
using Sallyport.Diagnostics;

namespace Sallyport.Cli.Files;

/// <summary>Reads a whole file that the user named as text.</summary>
internal static class TextFile
{
    /// <summary>Longest file of settings, waivers or rules.</summary>
    public const long MostBytes = 32L * 1024 * 1024;

    /// <summary>The text, or what is wrong. UTF-8, or UTF-16 with a byte order mark.</summary>
    public static async Task<(string? Text, Diagnostic? Problem)> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var bytes = await InputFile.ReadAsync(path, MostBytes, cancellationToken);
            using var reader = new StreamReader(new MemoryStream(bytes), new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true);
            return (await reader.ReadToEndAsync(cancellationToken), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            return (null, CommandLineDiagnostics.CannotRead(path, e is DecoderFallbackException ? "the text is not valid UTF-8" : e.Message));
        }
    }
}
