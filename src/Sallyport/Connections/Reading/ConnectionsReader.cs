using System.Text;
using Sallyport.Connections.Binding;
using Sallyport.Diagnostics;
using Sallyport.Yaml;

namespace Sallyport.Connections.Reading;

/// <summary>
/// Reads a connections file, version 1: YAML to syntax with places, syntax to the bound model. Everything that is wrong is
/// reported in one run (SPD1001-SPD1099); with an error there is no file. Input is untrusted: size, depth and alias expansion are
/// bounded. (contract: "The connections file")
/// </summary>
public static class ConnectionsReader
{
    /// <summary>Reads text that is already in memory.</summary>
    /// <param name="yaml">The file's text; a byte order mark is read over.</param>
    /// <param name="fileName">What places call the file.</param>
    public static Result<ConnectionsFile> Read(string yaml, string fileName)
    {
        var syntax = SyntaxReader.Read(yaml, fileName);
        if (syntax.Value is null) return new Result<ConnectionsFile>(null, syntax.Diagnostics);
        var binder = new Binder(fileName, syntax.Diagnostics);
        var file = binder.Bind(syntax.Value);
        var diagnostics = binder.Diagnostics;
        return new Result<ConnectionsFile>(diagnostics.Any(d => d.Severity == Severity.Error) ? null : file, diagnostics);
    }

    /// <summary>Reads to the end of a reader, or to the size limit.</summary>
    public static Result<ConnectionsFile> Read(TextReader reader, string fileName)
    {
        var text = new StringBuilder();
        var buffer = new char[16 * 1024];
        for (int count; text.Length <= SyntaxReader.MaxLength && (count = reader.Read(buffer, 0, buffer.Length)) > 0;) text.Append(buffer, 0, count);
        return Read(text.ToString(), fileName);
    }
}
