using Sallyport.Connectivity.Tables;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Differences;

/// <summary>Where one group's rules of one direction may answer otherwise than before; outside it they answer the same.</summary>
/// <param name="V4">IPv4 addresses, and the services in question.</param>
/// <param name="V6">IPv6 addresses, and the services in question.</param>
/// <param name="References">Groups by number, and the services in question.</param>
/// <param name="Doubts">Services whose doubts have another cause than before.</param>
/// <param name="OutsideDoubts">True when doubts about addresses outside differ.</param>
internal sealed record TableDelta(
    (AddressRange Range, int Services)[] V4, (AddressRange Range, int Services)[] V6, (int Group, int Services)[] References, int Doubts, bool OutsideDoubts)
{
    /// <summary>By family.</summary>
    public (AddressRange Range, int Services)[] Of(IpFamily family) => family == IpFamily.V4 ? V4 : V6;

    /// <summary>The difference of two tables whose sets are numbered alike; null when there is none.</summary>
    /// <param name="old">Before; null when the group did not exist.</param>
    /// <param name="new">After; null when the group does not exist.</param>
    /// <param name="groups">Numbers of groups.</param>
    /// <param name="sets">Service sets.</param>
    /// <param name="doubts">Services whose doubts have another cause than before.</param>
    public static TableDelta? Between(SideTable? old, SideTable? @new, GroupNumbers groups, ServiceAlgebra sets, int doubts)
    {
        var (before, after) = (old?.DoubtAlways ?? ServicePool.Empty, @new?.DoubtAlways ?? ServicePool.Empty);
        doubts = sets.Union(doubts, sets.Differ(before, after));
        var v4 = Slabs(old, @new, IpFamily.V4, sets, doubts);
        var v6 = Slabs(old, @new, IpFamily.V6, sets, doubts);
        var references = ReferencesOf(old, @new, groups, sets);
        var outside = (old?.DoubtfulReferences.Length ?? 0) + (@new?.DoubtfulReferences.Length ?? 0) > 0
            && !Doubtful(old, groups, isNew: false).SequenceEqual(Doubtful(@new, groups, isNew: true));
        return v4.Length + v6.Length + references.Length == 0 && doubts == ServicePool.Empty && !outside ? null : new TableDelta(v4, v6, references, doubts, outside);
    }

    // A doubt is about every address.
    private static (AddressRange, int)[] Slabs(SideTable? old, SideTable? @new, IpFamily family, ServiceAlgebra sets, int doubts)
    {
        if (doubts == ServicePool.Empty && old is not null && @new is not null && old.HasSameSlabs(@new, family)) return [];
        var result = new List<(AddressRange, int)>();
        using var left = SlabsOf(old, family).GetEnumerator();
        using var right = SlabsOf(@new, family).GetEnumerator();
        left.MoveNext();
        right.MoveNext();
        for (AddressNumber first = 0; ;)
        {
            var (a, b) = (left.Current, right.Current);
            var last = AddressNumber.Min(a.Range.Last, b.Range.Last);
            var services = sets.Union(doubts, sets.Differ(a.Services, b.Services));
            if (services != ServicePool.Empty) result.Add((new AddressRange(first, last), services));
            if (last == Address.Max(family)) return [.. result];
            first = last + 1;
            if (a.Range.Last == last) left.MoveNext();
            if (b.Range.Last == last) right.MoveNext();
        }
    }

    private static IEnumerable<(AddressRange Range, int Services)> SlabsOf(SideTable? table, IpFamily family) =>
        table?.Slabs(family) ?? [(new AddressRange(0, Address.Max(family)), ServicePool.Empty)];

    private static (int, int)[] ReferencesOf(SideTable? old, SideTable? @new, GroupNumbers groups, ServiceAlgebra sets)
    {
        if (old is not null && @new is not null && AreAlike(old, @new, groups)) return [];
        var before = Named(old, groups, isNew: false);
        var after = Named(@new, groups, isNew: true);
        var result = new List<(int, int)>();
        foreach (var group in before.Keys.Union(after.Keys).Order())
        {
            var services = sets.Differ(before.GetValueOrDefault(group, ServicePool.Empty), after.GetValueOrDefault(group, ServicePool.Empty));
            if (services != ServicePool.Empty) result.Add((group, services));
        }

        return [.. result];
    }

    private static bool AreAlike(SideTable old, SideTable @new, GroupNumbers groups)
    {
        if (!old.ReferenceSets.SequenceEqual(@new.ReferenceSets)) return false;
        for (var i = 0; i < old.ReferenceGroups.Length; i++)
        {
            if (groups.Of(isNew: false, old.ReferenceGroups[i]) != groups.Of(isNew: true, @new.ReferenceGroups[i])) return false;
        }

        return true;
    }

    private static Dictionary<int, int> Named(SideTable? table, GroupNumbers groups, bool isNew)
    {
        var result = new Dictionary<int, int>();
        if (table is null) return result;
        for (var i = 0; i < table.ReferenceGroups.Length; i++) result.Add(groups.Of(isNew, table.ReferenceGroups[i]), table.ReferenceSets[i]);
        return result;
    }

    private static IEnumerable<(int, int)> Doubtful(SideTable? table, GroupNumbers groups, bool isNew) =>
        (table?.DoubtfulReferences ?? []).Select(d => (groups.Of(isNew, d.Group), d.Services)).Order();
}
