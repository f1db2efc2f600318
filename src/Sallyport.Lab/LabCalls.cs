using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Sallyport.Lab;

/// <summary>How often each operation was called, whatever the outcome; refused and faulty calls count too.</summary>
public sealed class LabCalls
{
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>Calls of one operation since the start or the last <see cref="Reset"/>.</summary>
    public int this[string operation] => _counts.GetValueOrDefault(operation);

    /// <summary>Calls of all operations.</summary>
    public int Total => _counts.Values.Sum();

    /// <summary>All counts, sorted by operation.</summary>
    public ImmutableSortedDictionary<string, int> ToSorted() => _counts.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>Forgets all counts.</summary>
    public void Reset() => _counts.Clear();

    internal int Count(string operation) => _counts.AddOrUpdate(operation, 1, (_, n) => n + 1);
}
