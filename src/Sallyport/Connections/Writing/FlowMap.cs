using System.Collections.Immutable;

namespace Sallyport.Connections.Writing;

/// <summary>A mapping written on one line: <c>{sg: sg-0a, owner: team-web}</c>.</summary>
internal sealed class FlowMap
{
    private readonly List<string> _entries = [];

    public bool IsEmpty => _entries.Count == 0;

    /// <summary>Adds a value that is YAML already.</summary>
    public FlowMap Add(string key, string yaml)
    {
        _entries.Add($"{key}: {yaml}");
        return this;
    }

    /// <summary>Adds a text; null is left out.</summary>
    public FlowMap AddText(string key, string? text) => text is null ? this : Add(key, YamlScalar.Of(text));

    /// <summary>Adds a list of texts; an empty one is left out.</summary>
    public FlowMap AddList(string key, ImmutableArray<string> texts) => texts.IsEmpty ? this : Add(key, ListOf(texts));

    /// <summary><c>[a, b]</c>.</summary>
    public static string ListOf(IEnumerable<string> texts) => $"[{string.Join(", ", texts.Select(YamlScalar.Of))}]";

    public override string ToString() => $"{{{string.Join(", ", _entries)}}}";
}
