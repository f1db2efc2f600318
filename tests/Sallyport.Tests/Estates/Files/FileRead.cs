using System.Text;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Estates.AwsCli;
using Sallyport.Estates.Files;
using Sallyport.Estates.Snapshots;

namespace Sallyport.Tests.Estates.Files;

/// <summary>One file read from memory: what was said and what came of it.</summary>
internal sealed record FileRead(Estate Estate, IReadOnlyList<Diagnostic> Said, bool HasNoGroups)
{
    private static readonly EstateFileReader Reader = new([new SnapshotFormat(), new AwsCliFormat()]);

    private static readonly EstateFileReader SlowReader = new([new SnapshotFormat(), new AwsCliFormat(useScanner: false)]);

    public IEnumerable<string> Codes => Said.Select(d => d.Code);

    public static FileRead Of(string text, string name = "estate.json", Scope? fallback = null, bool inFolder = false) =>
        Of(Encoding.UTF8.GetBytes(text), name, fallback, inFolder);

    public static FileRead Of(byte[] bytes, string name = "estate.json", Scope? fallback = null, bool inFolder = false) =>
        Of(new MemoryStream(bytes), name, fallback, inFolder);

    public static FileRead Of(Stream stream, string name = "estate.json", Scope? fallback = null, bool inFolder = false, bool useScanner = true)
    {
        var builder = new EstateBuilder();
        var said = (useScanner ? Reader : SlowReader).Read(stream, new EstateFile(name) { Fallback = fallback ?? new Scope("", ""), IsPartOfFolder = inFolder }, builder);
        return new FileRead(builder.Build(), said, builder.HasNoGroups);
    }

    /// <summary>Several files into one estate.</summary>
    public static FileRead OfAll(params (string Name, string Text)[] files)
    {
        var builder = new EstateBuilder();
        var said = new List<Diagnostic>();
        foreach (var (name, text) in files)
        {
            said.AddRange(Reader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), new EstateFile(name) { Fallback = new Scope("", ""), IsPartOfFolder = true }, builder));
        }

        return new FileRead(builder.Build(), said, builder.HasNoGroups);
    }

    /// <summary>The estate; fails when anything at all was said.</summary>
    public static Estate Quietly(string text, string name = "estate.json", Scope? fallback = null)
    {
        var read = Of(text, name, fallback);
        Assert.Empty(read.Said);
        return read.Estate;
    }
}
