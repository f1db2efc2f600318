using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Sallyport.Packets;

/// <summary>
/// A set of points of the <see cref="ServiceLine"/>: sorted, disjoint, non-touching intervals, so equal sets are equal values.
/// TCP-all + UDP-all + ICMP-all is not <see cref="Any"/>: 252 protocols and ICMPv6 are missing.
/// </summary>
public sealed class ServiceSet : IEquatable<ServiceSet>
{
    private static readonly Comparison<Interval> ByFirst = (a, b) => a.First.CompareTo(b.First);

    // Most sets are never looked up: worked out when asked for, 0 until then.
    private int _hash;

    private ServiceSet(ImmutableArray<Interval> intervals) => Intervals = intervals;

    /// <summary>No service.</summary>
    public static ServiceSet Empty { get; } = new([]);

    /// <summary>The whole line.</summary>
    public static ServiceSet Any { get; } = new([new Interval(0, ServiceLine.Length - 1)]);

    /// <summary>Sorted, disjoint, non-touching.</summary>
    public ImmutableArray<Interval> Intervals { get; }

    /// <summary>True when nothing is in the set.</summary>
    public bool IsEmpty => Intervals.IsEmpty;

    /// <summary>True when everything is in the set.</summary>
    public bool IsAny => Intervals.Length == 1 && Intervals[0] == new Interval(0, ServiceLine.Length - 1);

    /// <summary>Number of points.</summary>
    public int Count
    {
        get
        {
            var count = 0;
            foreach (var interval in Intervals) count += interval.Last - interval.First + 1;
            return count;
        }
    }

    /// <summary>One service as a set.</summary>
    public static ServiceSet Of(Service service) => service == Service.Any ? Any : new([service.Interval]);

    /// <summary>The union of services.</summary>
    public static ServiceSet Of(IEnumerable<Service> services)
    {
        var intervals = new List<Interval>();
        foreach (var service in services) intervals.Add(service.Interval);
        return FromOwn([.. intervals]);
    }

    /// <summary>The union of intervals in any order.</summary>
    public static ServiceSet FromIntervals(IEnumerable<Interval> intervals) => FromOwn([.. intervals]);

    /// <summary>The union of intervals in any order.</summary>
    public static ServiceSet FromIntervals(ReadOnlySpan<Interval> intervals) => FromOwn(intervals.ToArray());

    // The array is this set's own: sorted and merged where it is.
    private static ServiceSet FromOwn(Interval[] intervals)
    {
        if (intervals.Length == 0) return Empty;
        if (intervals.Length > 1) Array.Sort(intervals, ByFirst);
        var last = 0;
        for (var i = 1; i < intervals.Length; i++)
        {
            if (intervals[i].First > intervals[last].Last + 1) intervals[++last] = intervals[i];
            else if (intervals[i].Last > intervals[last].Last) intervals[last] = intervals[last] with { Last = intervals[i].Last };
        }

        return new ServiceSet(ImmutableCollectionsMarshal.AsImmutableArray(last + 1 == intervals.Length ? intervals : intervals[..(last + 1)]));
    }

    /// <summary>True when the point of the line is in the set.</summary>
    public bool Contains(int point)
    {
        var index = IndexOf(point);
        return index >= 0;
    }

    /// <summary>True when the whole service is in the set.</summary>
    public bool Contains(Service service) => Contains(service.Interval);

    /// <summary>True when the whole interval is in the set.</summary>
    public bool Contains(Interval interval)
    {
        var index = IndexOf(interval.First);
        return index >= 0 && Intervals[index].Last >= interval.Last;
    }

    /// <summary>Services in either set.</summary>
    public ServiceSet Union(ServiceSet other)
    {
        if (IsEmpty || ReferenceEquals(this, other) || other.IsAny) return other;
        return other.IsEmpty || IsAny ? this : FromOwn([.. Intervals, .. other.Intervals]);
    }

    /// <summary>Services in both sets.</summary>
    public ServiceSet Intersect(ServiceSet other)
    {
        if (IsAny || other.IsEmpty) return other;
        if (other.IsAny || IsEmpty || ReferenceEquals(this, other)) return this;
        var result = ImmutableArray.CreateBuilder<Interval>();
        for (int i = FirstReaching(other.Intervals[0].First), j = other.FirstReaching(Intervals[0].First); i < Intervals.Length && j < other.Intervals.Length;)
        {
            var (a, b) = (Intervals[i], other.Intervals[j]);
            var first = Math.Max(a.First, b.First);
            var last = Math.Min(a.Last, b.Last);
            if (first <= last) result.Add(new Interval(first, last));
            if (a.Last < b.Last) i++; else j++;
        }

        return result.Count == 0 ? Empty : new ServiceSet(result.DrainToImmutable());
    }

    /// <summary>Services of this set that are not in the other.</summary>
    public ServiceSet Subtract(ServiceSet other)
    {
        if (IsEmpty || other.IsEmpty) return this;
        var result = ImmutableArray.CreateBuilder<Interval>();
        var j = other.FirstReaching(Intervals[0].First);
        if (j == other.Intervals.Length || other.Intervals[j].First > Intervals[^1].Last) return this;
        foreach (var interval in Intervals)
        {
            while (j < other.Intervals.Length && other.Intervals[j].Last < interval.First) j++;
            var next = interval.First;
            for (; j < other.Intervals.Length && other.Intervals[j].First <= interval.Last; j++)
            {
                if (other.Intervals[j].First > next) result.Add(new Interval(next, other.Intervals[j].First - 1));
                next = other.Intervals[j].Last + 1;
                if (next > interval.Last) break;
            }

            if (next <= interval.Last) result.Add(new Interval(next, interval.Last));
        }

        return result.Count == 0 ? Empty : new ServiceSet(result.DrainToImmutable());
    }

    /// <summary>Everything else.</summary>
    public ServiceSet Complement()
    {
        var result = ImmutableArray.CreateBuilder<Interval>(Intervals.Length + 1);
        var next = 0;
        foreach (var interval in Intervals)
        {
            if (interval.First > next) result.Add(new Interval(next, interval.First - 1));
            next = interval.Last + 1;
        }

        if (next < ServiceLine.Length) result.Add(new Interval(next, ServiceLine.Length - 1));
        return result.Count == 0 ? Empty : new ServiceSet(result.DrainToImmutable());
    }

    /// <summary>True when everything in this set is in the other.</summary>
    public bool IsSubsetOf(ServiceSet other)
    {
        if (other.IsAny) return true;
        foreach (var interval in Intervals)
        {
            var index = other.IndexOf(interval.First);
            if (index < 0 || other.Intervals[index].Last < interval.Last) return false;
        }

        return true;
    }

    /// <summary>True when the interval and the set share a point: one binary search.</summary>
    public bool Overlaps(Interval interval)
    {
        var low = 0;
        var high = Intervals.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            if (Intervals[middle].Last < interval.First) low = middle + 1;
            else if (Intervals[middle].First > interval.Last) high = middle - 1;
            else return true;
        }

        return false;
    }

    /// <summary>True when the sets share a point.</summary>
    public bool Overlaps(ServiceSet other) => !Intersect(other).IsEmpty;

    /// <summary>
    /// The fewest disjoint services EC2 can write whose union is the set, in line order. A whole line is <c>any</c>;
    /// part of an ICMP type becomes one service a code.
    /// </summary>
    public ImmutableArray<Service> ToServices()
    {
        if (IsAny) return [Service.Any];
        var result = ImmutableArray.CreateBuilder<Service>();
        foreach (var interval in Intervals)
        {
            for (var point = interval.First; point <= interval.Last;)
            {
                var protocol = ServiceLine.ProtocolAt(point);
                var blockEnd = Math.Min(ServiceLine.EndOf(protocol), interval.Last);
                if (protocol.HasTypes) AddTypes(result, protocol, point, blockEnd);
                else if (protocol.HasPorts) result.Add(Ports(protocol, point, blockEnd));
                else result.Add(Service.Create(protocol, null, null));
                point = blockEnd + 1;
            }
        }

        return result.DrainToImmutable();
    }

    /// <inheritdoc/>
    public bool Equals(ServiceSet? other) =>
        other is not null && Intervals.AsSpan().SequenceEqual(other.Intervals.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ServiceSet);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        if (_hash != 0) return _hash;
        var hash = default(HashCode);
        foreach (var interval in Intervals) hash.Add(interval);
        return _hash = hash.ToHashCode();
    }

    /// <summary>The services of <see cref="ToServices"/>, comma-separated; <c>none</c> when empty.</summary>
    public override string ToString() => IsEmpty ? "none" : string.Join(", ", ToServices());

    private static Service Ports(Protocol protocol, int first, int last)
    {
        var start = ServiceLine.StartOf(protocol);
        return Service.Create(protocol, first - start, last - start);
    }

    private static void AddTypes(ImmutableArray<Service>.Builder result, Protocol protocol, int first, int last)
    {
        var start = ServiceLine.StartOf(protocol);
        if (first == start && last == ServiceLine.EndOf(protocol))
        {
            result.Add(Service.Create(protocol, -1, -1));
            return;
        }

        for (var point = first; point <= last;)
        {
            var (type, code) = ((point - start) >> 8, (point - start) & 255);
            if (code == 0 && point + 255 <= last)
            {
                result.Add(Service.Create(protocol, type, -1));
                point += 256;
            }
            else
            {
                result.Add(Service.Create(protocol, type, code));
                point++;
            }
        }
    }

    // Index of the first interval that ends at or after the point: a small set against a large one starts where they meet.
    private int FirstReaching(int point)
    {
        var low = 0;
        var high = Intervals.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            if (Intervals[middle].Last < point) low = middle + 1;
            else high = middle - 1;
        }

        return low;
    }

    private int IndexOf(int point)
    {
        var low = 0;
        var high = Intervals.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            if (Intervals[middle].Last < point) low = middle + 1;
            else if (Intervals[middle].First > point) high = middle - 1;
            else return middle;
        }

        return -1;
    }
}
