using System.Collections.Immutable;

namespace Sallyport.Yaml;

/// <summary>The keys one kind of mapping may have.</summary>
/// <param name="Where">What to call the mapping in a message.</param>
/// <param name="SchemaPointer">JSON pointer of the same mapping in docs/connections.schema.json; a test holds the two together.</param>
/// <param name="Keys">In the order in which they are best written.</param>
internal sealed record KeyTable(string Where, string SchemaPointer, ImmutableArray<string> Keys);
