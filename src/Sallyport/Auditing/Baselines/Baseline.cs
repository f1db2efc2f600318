using System.Globalization;

namespace Sallyport.Auditing.Baselines;

/// <summary>
/// The findings of an earlier audit, by fingerprint. One that was waived then is known only as long as it is waived: when a waiver
/// ends, what it covered must show.
/// </summary>
public sealed class Baseline
{
    internal Baseline(string file, Dictionary<UInt128, BaselineEntry> entries) => (File, Entries) = (file, entries);

    /// <summary>What it was read from.</summary>
    public string File { get; }

    /// <summary>Number of findings.</summary>
    public int Count => Entries.Count;

    /// <summary>By fingerprint.</summary>
    internal IReadOnlyDictionary<UInt128, BaselineEntry> Entries { get; }

    /// <summary>Reads a fingerprint of 32 hexadecimal digits.</summary>
    internal static bool TryParse(string? fingerprint, out UInt128 value)
    {
        value = default;
        return fingerprint is { Length: 32 } && UInt128.TryParse(fingerprint, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }
}
