using System.Runtime.InteropServices;

namespace Sallyport.Auditing.Strategy;

/// <summary>
/// Finds, for each of many sets, an earlier one that shares at least a given part of all their elements (Jaccard). Exact: two sets
/// that are near enough must share one of their few first elements, the rarest first, so only those are looked up; and where in the
/// two sets that element stands bounds what they can share at all. Sets that nobody resembles cost little, and one that many
/// resemble is found at the first look. (Bayardo, Ma and Srikant 2007, AllPairs; Xiao et al. 2008, PPJoin)
/// </summary>
internal static class SimilarSets
{
    private const double Rounding = 1e-9;

    /// <summary>Pairs of indexes with the number of elements both have, at most one for each later set.</summary>
    /// <param name="sets">Sorted ascending, without repeats, rarest element first.</param>
    /// <param name="least">The smallest share that counts, above 0 and at most 1.</param>
    /// <param name="lone">Elements below it are in one set only, so there is nothing to look up by them.</param>
    public static IEnumerable<(int Later, int Earlier, int Shared)> Find(IReadOnlyList<int[]> sets, double least, int lone = 0)
    {
        var same = new Dictionary<int[], int>(SameElements.Instance);
        var postings = new Dictionary<int, Dictionary<(int Size, int Position), List<int>>>();
        var lastAsked = new int[sets.Count];
        Array.Fill(lastAsked, -1);
        for (var x = 0; x < sets.Count; x++)
        {
            var set = sets[x];
            if (set.Length == 0) continue;
            if (same.TryGetValue(set, out var twin))
            {
                yield return (x, twin, set.Length);
                continue;
            }

            same.Add(set, x);
            if (Earlier(x) is { } found) yield return found;
            for (var i = 0; i < PrefixOf(set.Length, least); i++)
            {
                if (set[i] < lone) continue;
                ref var bySize = ref CollectionsMarshal.GetValueRefOrAddDefault(postings, set[i], out _);
                bySize ??= [];
                ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(bySize, (set.Length, i), out _);
                (list ??= []).Add(x);
            }
        }

        (int Later, int Earlier, int Shared)? Earlier(int x)
        {
            var set = sets[x];
            for (var i = 0; i < PrefixOf(set.Length, least); i++)
            {
                if (set[i] < lone || !postings.TryGetValue(set[i], out var bySize)) continue;
                foreach (var ((size, position), list) in bySize)
                {
                    var needed = Needed(set.Length, size, least);
                    if (Math.Min(set.Length, size) < needed || 1 + Math.Min(set.Length - i - 1, size - position - 1) < needed) continue;
                    foreach (var y in list)
                    {
                        if (lastAsked[y] == x) continue;
                        lastAsked[y] = x;
                        var shared = Shared(set, sets[y], needed);
                        if (shared >= needed) return (x, y, shared);
                    }
                }
            }

            return null;
        }
    }

    /// <summary>Elements that two sets of these sizes must share to be near enough.</summary>
    public static int Needed(int a, int b, double least) => (int)Math.Ceiling((least * (a + b) / (1 + least)) - Rounding);

    private static int PrefixOf(int size, double least) => size - (int)Math.Ceiling((least * size) - Rounding) + 1;

    private static int Shared(int[] a, int[] b, int needed)
    {
        var (i, j, count) = (0, 0, 0);
        while (i < a.Length && j < b.Length)
        {
            if (count + Math.Min(a.Length - i, b.Length - j) < needed) return count;
            if (a[i] == b[j])
            {
                count++;
                i++;
                j++;
            }
            else if (a[i] < b[j])
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return count;
    }

    /// <summary>Sets by their elements.</summary>
    private sealed class SameElements : IEqualityComparer<int[]>
    {
        public static SameElements Instance { get; } = new();

        public bool Equals(int[]? x, int[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(int[] obj)
        {
            var hash = default(HashCode);
            hash.AddBytes(MemoryMarshal.AsBytes(obj.AsSpan()));
            return hash.ToHashCode();
        }
    }
}
