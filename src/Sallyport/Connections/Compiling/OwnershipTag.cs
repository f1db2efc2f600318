using System.Collections.Immutable;
using System.Globalization;

namespace Sallyport.Connections.Compiling;

/// <summary>
/// The tag that every rule of ours carries: key <see cref="Key"/>, value the ids of the connections that own the rule, sorted,
/// separated by one space. A list that does not fit EC2's 256 characters ends in <c>+n</c>, the number of ids left out.
/// </summary>
public sealed record OwnershipTag
{
    /// <summary>The tag's key.</summary>
    public const string Key = "sallyport:connections";

    /// <summary>Characters that EC2 permits in a tag's value.</summary>
    public const int MaxLength = 256;

    private OwnershipTag(ImmutableArray<string> ids, int more)
    {
        Ids = ids;
        More = more;
    }

    /// <summary>Ids that stand in the value, sorted.</summary>
    public ImmutableArray<string> Ids { get; }

    /// <summary>How many further ids did not fit; 0 when the list is whole.</summary>
    public int More { get; }

    /// <summary>The tag's value.</summary>
    public string Value => More == 0 ? string.Join(' ', Ids) : $"{string.Join(' ', Ids)} +{More}";

    /// <summary>The tag of a rule with these owners, in any order; a repeated id counts once.</summary>
    public static OwnershipTag Of(IEnumerable<string> origins)
    {
        var sorted = origins.Distinct().Order(StringComparer.Ordinal).ToImmutableArray();
        return new OwnershipTag([.. sorted.Take(Fitting(sorted, MaxLength))], sorted.Length - Fitting(sorted, MaxLength));
    }

    /// <summary>Reads a value back; false when no tag of ours would look so.</summary>
    public static bool TryParse(string value, out OwnershipTag tag)
    {
        tag = new OwnershipTag([], 0);
        var words = value.Split(' ');
        var more = 0;
        if (words[^1].StartsWith('+'))
        {
            if (!int.TryParse(words[^1].AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out more) || more == 0) return false;
            words = words[..^1];
        }

        if (words.Length == 0 || words.Any(w => w.Length == 0 || w[0] == '+')) return false;
        for (var i = 1; i < words.Length; i++)
        {
            if (string.CompareOrdinal(words[i - 1], words[i]) >= 0) return false;
        }

        tag = new OwnershipTag([.. words], more);
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(OwnershipTag? other) => other is not null && Value == other.Value;

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Value;

    /// <summary>How many of the words fit a length together with the <c>+n</c> of the rest; at least one.</summary>
    internal static int Fitting(ImmutableArray<string> words, int length)
    {
        if (words.Sum(w => w.Length + 1) - 1 <= length) return words.Length;
        var used = 0;
        for (var count = 0; count < words.Length; count++)
        {
            var rest = $" +{words.Length - count - 1}".Length;
            used += words[count].Length + (count == 0 ? 0 : 1);
            if (used + rest > length) return Math.Max(1, count);
        }

        return words.Length;
    }
}
