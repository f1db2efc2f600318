using System.Collections.Immutable;

namespace Sallyport.Estates.Files;

/// <summary>Names of the parameters that code takes from outside, collected over all that is read: what is given beside them is a mistake.</summary>
public sealed class ParameterNames
{
    private readonly Lock _lock = new();
    private readonly SortedSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>Every name so far, sorted.</summary>
    public ImmutableArray<string> All
    {
        get
        {
            lock (_lock) return [.. _names];
        }
    }

    /// <summary>Adds names that a file takes.</summary>
    public void Add(IEnumerable<string> names)
    {
        lock (_lock) _names.UnionWith(names);
    }
}
