namespace Sallyport.Cli.Output;

/// <summary>One <c>-o FORMAT[=FILE]</c>.</summary>
/// <param name="Format">Name of the format, lower case.</param>
/// <param name="File">Where to; null is standard output.</param>
internal sealed record OutputChoice(string Format, string? File)
{
    /// <summary>The file as the system knows it; null for standard output and for devices, which several may share.</summary>
    public string? FullPath => File is { Length: > 0 } file && Path.GetFullPath(file) is var full && !full.StartsWith("/dev/", StringComparison.Ordinal) ? full : null;

    /// <summary>Splits at the first <c>=</c>.</summary>
    public static OutputChoice Parse(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? new OutputChoice(text, null) : new OutputChoice(text[..equals], text[(equals + 1)..]);
    }
}
