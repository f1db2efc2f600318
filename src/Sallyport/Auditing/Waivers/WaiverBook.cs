using System.Collections.Immutable;

namespace Sallyport.Auditing.Waivers;

/// <summary>
/// The waivers of a run, held against its findings. Waivers that name one resource are found by that name, so that a run with
/// many of each stays near linear; only patterns are tried one by one, and only those of the finding's rule.
/// </summary>
internal sealed class WaiverBook
{
    private readonly ImmutableArray<Waiver> _waivers;
    private readonly DateOnly _today;
    private readonly Dictionary<(string Rule, string Resource), List<int>> _byName = [];
    private readonly Dictionary<string, List<(int Waiver, Glob Pattern)>> _byPattern = [];
    private readonly ImmutableArray<AuditRule>[] _rules;
    private readonly int[] _uses;

    public WaiverBook(ImmutableArray<Waiver> waivers, RuleBook book, DateOnly today)
    {
        _waivers = waivers;
        _today = today;
        _rules = new ImmutableArray<AuditRule>[waivers.Length];
        _uses = new int[waivers.Length];
        for (var i = 0; i < waivers.Length; i++)
        {
            _rules[i] = book.ByRule(waivers[i].Rule);
            var pattern = new Glob(waivers[i].Resource);
            foreach (var rule in _rules[i])
            {
                if (pattern.IsLiteral) ListOf(_byName, (rule.Code, waivers[i].Resource)).Add(i);
                else ListOf(_byPattern, rule.Code).Add((i, pattern));
            }
        }
    }

    /// <summary>The waiver that covers a finding: of several the one that holds longest; null when none does. Counts what it covers.</summary>
    public Waiver? Cover(Finding finding)
    {
        Waiver? best = null;
        var names = ResourceNames.Of(finding.Resource);
        foreach (var i in Matching(finding, names))
        {
            _uses[i]++;
            if (_waivers[i].HoldsOn(_today) && (best is null || _waivers[i].Expires > best.Expires)) best = _waivers[i];
        }

        return best;
    }

    /// <summary>Every waiver with its state after all findings were asked about, in the order they were given.</summary>
    public ImmutableArray<WaiverUse> Uses(ImmutableArray<AuditRule> ran)
    {
        var known = ran.ToHashSet();
        return [.. _waivers.Select((w, i) => new WaiverUse(w, StateOf(i, known), _uses[i]))];
    }

    private WaiverState StateOf(int i, HashSet<AuditRule> ran)
    {
        if (!_waivers[i].HoldsOn(_today)) return WaiverState.Expired;
        if (_uses[i] > 0) return WaiverState.Used;
        return _rules[i].Any(ran.Contains) ? WaiverState.Unused : WaiverState.NotChecked;
    }

    private SortedSet<int> Matching(Finding finding, List<string> names)
    {
        var found = new SortedSet<int>();
        foreach (var name in names)
        {
            if (_byName.TryGetValue((finding.Rule, name), out var named)) found.UnionWith(named);
        }

        if (_byPattern.TryGetValue(finding.Rule, out var patterns))
        {
            foreach (var (waiver, pattern) in patterns)
            {
                if (names.Exists(n => pattern.Matches(n))) found.Add(waiver);
            }
        }

        found.RemoveWhere(i => _waivers[i].Fingerprint is { } only && !only.Equals(finding.Fingerprint, StringComparison.OrdinalIgnoreCase));
        return found;
    }

    private static List<T> ListOf<TKey, T>(Dictionary<TKey, List<T>> lists, TKey key)
        where TKey : notnull
    {
        if (!lists.TryGetValue(key, out var list)) lists.Add(key, list = []);
        return list;
    }
}
