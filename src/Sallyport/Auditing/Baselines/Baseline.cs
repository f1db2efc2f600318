using System.Globalization;
using Sallyport.Estates;

namespace Sallyport.Auditing.Baselines;

/// <summary>
/// The findings of an earlier audit, by fingerprint. One that was waived then is known only as long as it is waived: when a waiver
/// ends, what it covered must show.
/// </summary>
public sealed class Baseline
{
    private readonly Dictionary<UInt128, BaselineEntry> _entries;

    internal Baseline(string file, Dictionary<UInt128, BaselineEntry> entries) => (File, _entries) = (file, entries);

    /// <summary>What it was read from.</summary>
    public string File { get; }

    /// <summary>Number of findings.</summary>
    public int Count => _entries.Count;

    /// <summary>Reads a fingerprint of 32 hexadecimal digits.</summary>
    internal static bool TryParse(string? fingerprint, out UInt128 value)
    {
        value = default;
        return fingerprint is { Length: 32 } && UInt128.TryParse(fingerprint, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Takes the known findings out of a list and marks the rest as new.</summary>
    /// <param name="findings">All findings of now, waived ones too.</param>
    /// <param name="ran">Ids of the rules that ran.</param>
    /// <param name="scopes">What was read.</param>
    /// <param name="unknown">What could not be judged.</param>
    internal BaselineComparison Take(List<Finding> findings, IReadOnlySet<string> ran, IReadOnlySet<Scope> scopes, IEnumerable<UnknownVerdict> unknown)
    {
        var met = new HashSet<UInt128>();
        var (known, worse) = (0, 0);
        findings.RemoveAll(f =>
        {
            if (!TryParse(f.Fingerprint, out var key) || !_entries.TryGetValue(key, out var entry)) return false;
            met.Add(key);
            if (entry.IsWaived && f.Waiver is null) return false;
            if (f.Severity > entry.Severity)
            {
                worse++;
                return false;
            }

            known++;
            return true;
        });
        for (var i = 0; i < findings.Count; i++) findings[i] = findings[i] with { IsNew = true };

        var open = unknown.Select(u => (u.Rule, u.Resource.Id, u.Resource.Scope)).ToHashSet();
        var (gone, notChecked) = (0, 0);
        foreach (var (key, entry) in _entries)
        {
            if (met.Contains(key)) continue;
            var wasChecked = ran.Contains(entry.Rule) && scopes.Contains(entry.Scope) && !open.Contains((entry.Rule, entry.Resource, entry.Scope));
            if (wasChecked) gone++;
            else notChecked++;
        }

        return new BaselineComparison(File, known, worse, gone, notChecked);
    }
}
