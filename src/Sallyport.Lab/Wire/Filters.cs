using System.Collections.Frozen;
using Sallyport.Estates;

namespace Sallyport.Lab.Wire;

/// <summary>
/// The filters one describe knows, each as the values an item has for it. Values of one filter are alternatives, several filters
/// all hold, and each may be satisfied by another rule, address or tag of the item (EC2 API: Filter).
/// </summary>
internal sealed class Filters<T>
{
    private const int ValueLimit = 200;
    private readonly FrozenDictionary<string, Func<T, IEnumerable<string?>>> _known;
    private readonly Func<T, Tags>? _tags;

    public Filters(Func<T, Tags>? tags, params IEnumerable<(string Name, Func<T, IEnumerable<string?>> Values)> known)
    {
        _tags = tags;
        _known = known.ToFrozenDictionary(k => k.Name, k => k.Values);
    }

    /// <summary>Reads <c>Filter.n</c>; refuses names it does not know.</summary>
    public Func<T, bool> Read(ParameterNode input)
    {
        var tests = new List<Func<T, bool>>();
        var count = 0;
        foreach (var filter in input.Items("Filter"))
        {
            var name = filter.Text("Name") ?? throw Refusals.MissingParameter("Filter.Name");
            var patterns = filter.Texts("Value").Select(v => new WildcardPattern(v)).ToArray();
            if (patterns.Length == 0) throw Refusals.InvalidValue($"The filter '{name}' must have at least one value");
            count += patterns.Length;
            if (count > ValueLimit) throw Refusals.FilterLimitExceeded(ValueLimit);
            var values = ValuesOf(name);
            tests.Add(item => values(item).Any(value => value is not null && Array.Exists(patterns, p => p.Matches(value))));
        }

        return item => tests.TrueForAll(test => test(item));
    }

    private Func<T, IEnumerable<string?>> ValuesOf(string name)
    {
        if (_known.TryGetValue(name, out var values)) return values;
        if (_tags is null) throw Refusals.UnknownFilter(name);
        if (name == "tag-key") return item => _tags(item).Pairs.Select(p => p.Key);
        if (!name.StartsWith("tag:", StringComparison.Ordinal)) throw Refusals.UnknownFilter(name);
        var key = name[4..];
        return item => [_tags(item)[key]];
    }
}
