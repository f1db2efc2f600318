using FsCheck;
using FsCheck.Fluent;
using Sallyport.Connections.Compiling;
using Sallyport.Connections.Importing;
using Sallyport.Connections.Reading;
using Sallyport.Connections.Writing;
using Sallyport.Tests.Generators;

namespace Sallyport.Tests.Connections.Compiling;

/// <summary>R1 through the whole chain: estate, import, YAML text, reader, compiler, and the rules are those of the estate.</summary>
public sealed class ImportRoundTripTests
{
    [Fact]
    public void An_imported_file_compiles_to_exactly_the_estate() => Prop.ForAll(EstateGenerator.Estate.ToArbitrary(), estate =>
    {
        using var text = new StringWriter { NewLine = "\n" };
        ConnectionsWriter.Write(Importer.Import(estate, new ImportOptions(new DateOnly(2026, 11, 21))).File, text);
        var read = ConnectionsReader.Read(text.ToString(), "c.yaml");
        Assert.True(read.Value is not null, $"{string.Join("\n", read.Diagnostics)}\n{text}");
        var compiled = Compiler.Compile(read.Value, estate);
        Assert.True(compiled.Value is not null, $"{string.Join("\n", compiled.Diagnostics)}\n{text}");
        foreach (var group in compiled.Value.Groups)
        {
            var expected = group.IsReadOnly ? [] : estate.Index.Groups[group.Id].Rules.Select(r => r.Key).ToList();
            Assert.Equal(expected, compiled.Value.Rules.Where(r => r.Group == group.Id).Select(r => r.Key));
        }

        Assert.Equal(estate.SecurityGroups.Select(g => g.Id).Order(), compiled.Value.Groups.Select(g => g.Id));
    }).QuickCheckThrowOnFailure();
}
