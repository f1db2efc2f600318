namespace Sallyport.Lab.Storage;

/// <summary>
/// Resources of one kind in one account and Region, by id. Changes see the truth; describes go through
/// <see cref="Visible"/>, which may lag behind it.
/// </summary>
internal sealed class Shelf<T>(ReadView view)
    where T : class
{
    private readonly Dictionary<string, T> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Recent> _recent = new(StringComparer.Ordinal);
    private int _forgetAt = 256;
    private string[]? _sorted;

    public int Count => _values.Count;

    /// <summary>The truth, unordered.</summary>
    public IEnumerable<T> Values => _values.Values;

    /// <summary>The truth; null when absent.</summary>
    public T? this[string id] => _values.GetValueOrDefault(id);

    /// <summary>Puts something that was always there.</summary>
    public void Load(string id, T value)
    {
        _values[id] = value;
        _sorted = null;
    }

    public void Put(string id, T value)
    {
        var old = _values.GetValueOrDefault(id);
        Remember(id, old);
        if (old is null) _sorted = null;
        _values[id] = value;
    }

    public void Remove(string id)
    {
        if (!_values.TryGetValue(id, out var old)) return;
        Remember(id, old);
        _values.Remove(id);
        _sorted = null;
    }

    /// <summary>One resource as describes see it now.</summary>
    public T? Visible(string id)
    {
        if (_recent.TryGetValue(id, out var recent))
        {
            if (view.IsStale && view.Now < recent.FirstWrite + view.Delay) return recent.BeforeFirst;
            if (view.Now < recent.HiddenUntil) return recent.BeforeHidden;
        }

        return _values.GetValueOrDefault(id);
    }

    /// <summary>Resources as describes see them now, in the order of their ids, after one id.</summary>
    public IEnumerable<T> VisibleAfter(string? id)
    {
        var keys = Sorted();
        var at = 0;
        if (id is not null)
        {
            at = Array.BinarySearch(keys, id, StringComparer.Ordinal);
            at = at < 0 ? ~at : at + 1;
        }

        for (; at < keys.Length; at++)
        {
            if (Visible(keys[at]) is { } value) yield return value;
        }
    }

    private void Remember(string id, T? old)
    {
        if (_recent.Count > _forgetAt) Forget();
        if (!_recent.TryGetValue(id, out var recent) || view.Now >= recent.FirstWrite + view.Delay)
        {
            recent = recent with { FirstWrite = view.Now, BeforeFirst = old };
        }

        if (view.HideWrites)
        {
            recent = recent with
            {
                BeforeHidden = view.Now < recent.HiddenUntil ? recent.BeforeHidden : old,
                HiddenUntil = view.Now + view.Delay,
            };
        }

        _recent[id] = recent;
    }

    private void Forget()
    {
        foreach (var (id, recent) in _recent)
        {
            if (view.Now >= recent.FirstWrite + view.Delay && view.Now >= recent.HiddenUntil) _recent.Remove(id);
        }

        _forgetAt = Math.Max(256, 2 * _recent.Count);
    }

    private string[] Sorted()
    {
        if (_sorted is not null) return _sorted;
        _sorted = [.. _values.Keys, .. _recent.Keys.Where(k => !_values.ContainsKey(k))];
        Array.Sort(_sorted, StringComparer.Ordinal);
        return _sorted;
    }

    /// <summary>What a recently written id held before: for describes that are late, and for writes that are hidden.</summary>
    private readonly record struct Recent(T? BeforeFirst, DateTimeOffset FirstWrite, T? BeforeHidden, DateTimeOffset HiddenUntil);
}
