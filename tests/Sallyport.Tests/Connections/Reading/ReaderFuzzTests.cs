using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Sallyport.Connections.Compiling;
using Sallyport.Connections.Reading;
using Sallyport.Diagnostics;
using Sallyport.Tests.Generators;

namespace Sallyport.Tests.Connections.Reading;

/// <summary>Whatever the bytes, reading ends with a file or with a diagnostic that has a place. SALLYPORT_FUZZ multiplies the cases.</summary>
public sealed class ReaderFuzzTests
{
    private static readonly Config Cases = Config.QuickThrowOnFailure.WithMaxTest(1000 * (int.TryParse(Environment.GetEnvironmentVariable("SALLYPORT_FUZZ"), out var n) ? n : 1));

    private static readonly string[] Pieces =
    [
        "version: 1\n", "groups", "externals:", "connections: ", "residual:\n", "tests", "exceptions", "settings", "services", ": ", ":", "\n", "\n  ", "\n    ", "- ", "[", "]", "{", "}",
        ", ", "&a ", "*a", "<<: ", "!!str ", "!x ", "| ", "> ", "'", "\"", "\\", "#", "? ", "---\n", "...\n", "%YAML 1.1\n", "\t", "\r\n", "~", "null", "web", "db", "from", "to", "sg: sg-0000000a",
        "tcp/443", "any", "10.0.0.0/8", "::/0", "2026-02-30", "\u0085", "\u2028", "\uFEFF", "\uD800", "é", "\0", "\u0007", "@", "`", "0x1", "yes", "=", "<<", "1e9", "-1", "\"\\u12\"", "\"\\xZZ\"", "'it''s'",
    ];

    [Fact]
    public void Random_pieces_of_YAML_never_crash_the_reader() =>
        Prop.ForAll(Gen.Elements(Pieces).ArrayOf().Select(string.Concat).ToArbitrary(), Ends).Check(Cases);

    [Fact]
    public void A_damaged_file_never_crashes_reader_or_compiler()
    {
        var damaged = from c in ConnectionsGenerator.EstateAndFile
                      let yaml = ConnectionsGenerator.ToYaml(c.File)
                      from at in Gen.Choose(0, yaml.Length - 1)
                      from length in Gen.Choose(0, 12)
                      from piece in Gen.Elements(Pieces)
                      from moved in Gen.Choose(0, yaml.Length - 1)
                      select (c.Estate, Yaml: yaml.Remove(at, Math.Min(length, yaml.Length - at)).Insert(Math.Min(moved, yaml.Length - Math.Min(length, yaml.Length - at)), piece));
        Prop.ForAll(damaged.ToArbitrary(), d =>
        {
            Ends(d.Yaml);
            if (ConnectionsReader.Read(d.Yaml, "c.yaml").Value is { } file)
            {
                _ = Compiler.Compile(file, d.Estate);
                _ = Compiler.Compile(file, null);
            }
        }).Check(Cases);
    }

    [Fact]
    public void Random_bytes_never_crash_the_reader() => Prop.ForAll(
        Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf().Select(Encoding.Latin1.GetString).ToArbitrary(), Ends).Check(Cases);

    private static void Ends(string yaml)
    {
        var result = ConnectionsReader.Read(yaml, "c.yaml");
        Assert.Equal(result.Value is null, result.Diagnostics.Any(d => d.Severity == Severity.Error));
        Assert.All(result.Diagnostics, d => Assert.True(d.At is { Line: >= 1, Column: >= 1 } && d.Message.Length < 600, d.ToString()));
    }
}
