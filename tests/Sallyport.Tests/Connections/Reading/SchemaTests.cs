using System.Text.Json;
using Sallyport.Connections.Reading;

namespace Sallyport.Tests.Connections.Reading;

public sealed class SchemaTests
{
    private static readonly JsonElement Schema = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Repository.Root, "docs", "connections.schema.json"))).RootElement;

    [Fact]
    public void The_schema_lists_exactly_the_keys_that_the_reader_knows() => Assert.All(ConnectionsKeys.All, table =>
    {
        var node = At(table.SchemaPointer);
        Assert.Equal(table.Keys.Order(), node.GetProperty("properties").EnumerateObject().Select(p => p.Name).Order());
        Assert.False(node.GetProperty("additionalProperties").GetBoolean());
    });

    [Fact]
    public void Every_mapping_of_the_schema_is_one_the_reader_knows()
    {
        var mappings = Schema.GetProperty("$defs").EnumerateObject().Where(d => d.Value.TryGetProperty("properties", out _)).Select(d => $"/$defs/{d.Name}");
        Assert.Equal(ConnectionsKeys.All.Select(t => t.SchemaPointer).Where(p => p.Length > 0).Order(), mappings.Order());
    }

    /// <summary>The words of the schema are tried on the reader itself, so neither can gain one alone.</summary>
    [Theory]
    [InlineData("/$defs/connection/properties/sides", "connections: {c: {from: web, to: web, services: [any], reason: x, sides: ?}}")]
    [InlineData("/$defs/connection/properties/peerAs", "connections: {c: {from: web, to: web, services: [any], reason: x, peerAs: ?}}")]
    [InlineData("/$defs/residual/properties/direction", "residual: [{group: web, direction: ?, peer: web, services: [any]}]")]
    [InlineData("/$defs/test/properties/layer", "tests: [{id: t, never: {from: web, to: web}, layer: ?}]")]
    [InlineData("/$defs/settings/properties/unmanagedRules", "settings: {unmanagedRules: ?}")]
    [InlineData("/$defs/settings/properties/maxWiden", "settings: {maxWiden: ?}")]
    public void The_reader_takes_exactly_the_words_of_the_schema(string place, string yaml)
    {
        var words = At(place).GetProperty("enum").EnumerateArray().Select(e => e.GetString()!).ToList();
        foreach (var word in words) Assert.Empty(Read(word));
        var said = Assert.Single(Read("bogus"));
        Assert.Contains($"expected {string.Join(", ", words)}.", said, StringComparison.Ordinal);

        IEnumerable<string> Read(string word) => ConnectionsReader.Read(
            $"version: 1\ngroups: {{web: {{sg: sg-0000000a}}}}\n{yaml.Replace("?", word, StringComparison.Ordinal)}", "c.yaml").Diagnostics.Select(d => d.Message);
    }

    private static JsonElement At(string pointer) =>
        pointer.Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate(Schema, (node, name) => node.GetProperty(name));
}
