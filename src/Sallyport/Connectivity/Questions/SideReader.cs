using Sallyport.Connectivity.Tables;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Questions;

/// <summary>What a near party's groups let through for each element of a far party.</summary>
internal sealed class SideReader(ConnectivityModel model)
{
    private readonly ServicePool _pool = model.Pool;

    /// <summary>
    /// One element a place or, for ranges, a piece within which the near side does not change. The element's interface is -1
    /// where there is none.
    /// </summary>
    public IEnumerable<(int Nic, AddressRange Range, int Allowed, int Possible)> Elements(Direction direction, Party near, Party far)
    {
        if (near.Groups is null or { Length: 0 })
        {
            var allowed = near.IsHidden ? ServicePool.Empty : ServicePool.Any;
            foreach (var place in far.Places) yield return (place.Nic, place.Range, allowed, ServicePool.Any);
            foreach (var range in far.Ranges) yield return (-1, range, allowed, ServicePool.Any);
            yield break;
        }

        foreach (var place in far.Places)
        {
            foreach (var piece in place.IsSingle ? [place.Range] : Pieces(direction, near, place.Family, place.Range, isOutside: false))
            {
                var (allowed, possible) = At(direction, near, far, piece.First);
                yield return (place.Nic, piece, allowed, possible);
            }
        }

        foreach (var range in far.Ranges)
        {
            foreach (var piece in Pieces(direction, near, far.Family, range, far.IsOutside))
            {
                var (allowed, possible) = At(direction, near, far, piece.First);
                yield return (-1, piece, allowed, possible);
            }
        }
    }

    /// <summary>The near side at one far address.</summary>
    public (int Allowed, int Possible) At(Direction direction, Party near, Party far, AddressNumber bits)
    {
        var (allowed, doubt) = (ServicePool.Empty, ServicePool.Empty);
        model.AddSide(direction, near.Groups!, near.Vpc, new Far(far.IsInternet ? [] : far.Groups, far.Vpc, far.Family, bits), ref allowed, ref doubt);
        return (allowed, doubt == ServicePool.Empty ? allowed : _pool.Union(allowed, doubt));
    }

    /// <summary>A range cut where the near side's tables change; with doubts also where somebody unread might begin.</summary>
    public List<AddressRange> Pieces(Direction direction, Party near, IpFamily family, AddressRange range, bool isOutside)
    {
        var starts = new SortedSet<AddressNumber> { range.First };
        foreach (var group in near.Groups!)
        {
            var table = model.Table(direction, group);
            foreach (var (slab, _) in table.Slabs(family))
            {
                if (slab.First > range.First && slab.First <= range.Last) starts.Add(slab.First);
            }

            if (!isOutside || table.DoubtfulReferences.Length == 0) continue;
            foreach (var edge in model.MemberGaps.Edges(family).SelectMany(c => new[] { c.Bits, c.Last.Bits == Address.Max(family) ? c.Bits : c.Last.Bits + 1 }))
            {
                if (edge > range.First && edge <= range.Last) starts.Add(edge);
            }
        }

        return Ranges(starts, range.Last);
    }

    /// <summary>Pieces from their starts.</summary>
    public static List<AddressRange> Ranges(SortedSet<AddressNumber> starts, AddressNumber last)
    {
        var result = new List<AddressRange>(starts.Count);
        AddressNumber? open = null;
        foreach (var start in starts)
        {
            if (open is { } first) result.Add(new AddressRange(first, start - 1));
            open = start;
        }

        if (open is { } final) result.Add(new AddressRange(final, last));
        return result;
    }
}
