using FsCheck;
using FsCheck.Fluent;
using Sallyport.Packets;
using Interval = Sallyport.Packets.Interval;

namespace Sallyport.Tests.Packets;

public sealed class ServiceSetTests
{
    private static readonly Gen<Interval[]> Intervals = PacketGenerators.Interval.ArrayOf().Select(i => i.Take(6).ToArray());

    [Fact]
    public void Every_verb_agrees_with_brute_force() => Prop.ForAll(Intervals.Two().ToArbitrary(), pair =>
    {
        var (a, b) = pair;
        var (left, right) = (ServiceSet.FromIntervals(a), ServiceSet.FromIntervals(b));
        foreach (var point in Interesting(a, b))
        {
            var (inA, inB) = (In(a, point), In(b, point));
            Assert.Equal(inA, left.Contains(point));
            Assert.Equal(inA || inB, left.Union(right).Contains(point));
            Assert.Equal(inA && inB, left.Intersect(right).Contains(point));
            Assert.Equal(inA && !inB, left.Subtract(right).Contains(point));
            Assert.Equal(!inA, left.Complement().Contains(point));
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Questions_about_one_interval_need_no_set() =>
        Prop.ForAll((from s in PacketGenerators.ServiceSet from i in PacketGenerators.Interval select (Set: s, Interval: i)).ToArbitrary(), given =>
        {
            var asSet = ServiceSet.FromIntervals([given.Interval]);
            Assert.Equal(given.Set.Overlaps(asSet), given.Set.Overlaps(given.Interval));
            Assert.Equal(asSet.IsSubsetOf(given.Set), given.Set.Contains(given.Interval));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Set_laws_hold() => Prop.ForAll(PacketGenerators.ServiceSet.Three().ToArbitrary(), given =>
    {
        var (a, b, c) = given;
        Assert.Equal(a.Union(b), b.Union(a));
        Assert.Equal(a.Intersect(b), b.Intersect(a));
        Assert.Equal(a.Union(b).Union(c), a.Union(b.Union(c)));
        Assert.Equal(a.Intersect(b.Union(c)), a.Intersect(b).Union(a.Intersect(c)));
        Assert.Equal(a.Union(b).Complement(), a.Complement().Intersect(b.Complement()));
        Assert.Equal(a, a.Complement().Complement());
        Assert.Equal(a.Subtract(b), a.Intersect(b.Complement()));
        Assert.Equal(a, a.Subtract(b).Union(a.Intersect(b)));
        Assert.Equal(a.Count + b.Count, a.Union(b).Count + a.Intersect(b).Count);
        Assert.Equal((ServiceSet.Any, a, ServiceSet.Empty), (a.Union(ServiceSet.Any), a.Intersect(ServiceSet.Any), a.Subtract(ServiceSet.Any)));
        Assert.Equal(a.IsSubsetOf(b), a.Union(b).Equals(b));
        Assert.Equal(a.Overlaps(b), !a.Intersect(b).IsEmpty);
        Assert.Equal(a.IsAny, a.Complement().IsEmpty);
        foreach (var set in new[] { a, a.Union(b), a.Intersect(b), a.Subtract(b), a.Complement() }) AssertCanonical(set);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_same_services_are_equal_values_however_they_were_given() => Prop.ForAll(Intervals.ToArbitrary(), intervals =>
    {
        var halves = intervals.SelectMany(i =>
        {
            var middle = i.First + ((i.Last - i.First) / 2);
            return middle == i.Last ? [i] : new[] { new Interval(middle + 1, i.Last), new Interval(i.First, middle) };
        });
        var (whole, cutUp) = (ServiceSet.FromIntervals(intervals), ServiceSet.FromIntervals(halves.Reverse()));
        Assert.Equal(whole, cutUp);
        Assert.Equal(whole.GetHashCode(), cutUp.GetHashCode());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Services_written_for_ec2_are_exact_disjoint_and_fewest() => Prop.ForAll(PacketGenerators.ServiceSet.ToArbitrary(), set =>
    {
        var services = set.ToServices();
        Assert.Equal(set, ServiceSet.Of(services));
        Assert.Equal(set.Count, services.Sum(s => s.Interval.Last - s.Interval.First + 1));
        Assert.Equal(Fewest(set), services.Length);
        Assert.All(services, s => Assert.True(set.Contains(s)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void All_of_the_three_great_protocols_is_not_everything()
    {
        var three = ServiceSet.Of([Service.Tcp(0, 65_535), Service.Udp(0, 65_535), Service.Parse("icmp")]);
        Assert.False(three.IsAny);
        Assert.NotEqual(ServiceSet.Any, three);
        Assert.Equal(ServiceLine.Length - 65_536 - 252, three.Count);
        Assert.Equal("tcp/0-65535, udp/0-65535, icmp", three.ToString());
        Assert.False(three.Contains(Service.Parse("proto/50")));
        Assert.False(three.Contains(Service.Parse("icmpv6")));
        Assert.False(three.Contains(Service.Any));
    }

    [Fact]
    public void All_256_protocols_are_everything()
    {
        var all = ServiceSet.Of(Enumerable.Range(0, 256).Select(n => Service.Create(Protocol.Of(n), null, null)));
        Assert.True(all.IsAny);
        Assert.Equal([Service.Any], all.ToServices());
        Assert.False(all.Subtract(ServiceSet.Of(Service.Parse("proto/255"))).IsAny);
    }

    [Theory]
    [InlineData("tcp/0-442, tcp/444-65535", "tcp/443")]
    [InlineData("tcp/443-65535, udp/0", "tcp/0-442, udp/1-65535")]
    [InlineData("icmp/8/-1", "icmp/3/-1")]
    [InlineData("none", "any")]
    public void Text_lists_the_services(string text, string without)
    {
        var missing = ServiceSet.Of(without.Split(", ").Select(Service.Parse));
        var from = text.StartsWith("icmp", StringComparison.Ordinal)
            ? ServiceSet.Of([Service.Parse("icmp/3/-1"), Service.Parse("icmp/8/-1")])
            : text.Contains("udp", StringComparison.Ordinal) ? ServiceSet.Of([Service.Tcp(0, 65_535), Service.Udp(0, 65_535)]) : ServiceSet.Of(Service.Tcp(0, 65_535));
        Assert.Equal(text, from.Subtract(missing).ToString());
    }

    [Fact]
    public void Part_of_an_icmp_type_becomes_one_service_a_code()
    {
        var set = ServiceSet.Of(Service.Parse("icmp/3/-1")).Subtract(ServiceSet.Of(Service.Parse("icmp/3/4")));
        Assert.Equal(255, set.ToServices().Length);
        Assert.Equal("icmp/3/-1", set.Union(ServiceSet.Of(Service.Parse("icmp/3/4"))).ToString());
    }

    private static bool In(Interval[] intervals, int point) => intervals.Any(i => i.First <= point && point <= i.Last);

    private static IEnumerable<int> Interesting(Interval[] a, Interval[] b) => a.Concat(b)
        .SelectMany(i => new[] { i.First - 1, i.First, i.First + 1, i.Last - 1, i.Last, i.Last + 1 })
        .Concat([0, ServiceLine.Length - 1]).Where(p => p is >= 0 and < ServiceLine.Length).Distinct();

    private static void AssertCanonical(ServiceSet set)
    {
        for (var i = 0; i < set.Intervals.Length; i++)
        {
            Assert.InRange(set.Intervals[i].First, 0, set.Intervals[i].Last);
            Assert.True(set.Intervals[i].Last < ServiceLine.Length);
            if (i > 0) Assert.True(set.Intervals[i].First > set.Intervals[i - 1].Last + 1);
        }
    }

    /// <summary>Counted point by point: runs of ports, whole ICMP blocks and types, single codes, single protocols.</summary>
    private static int Fewest(ServiceSet set)
    {
        if (set.Count == ServiceLine.Length) return 1;
        var line = new bool[ServiceLine.Length];
        foreach (var interval in set.Intervals) line.AsSpan(interval.First, interval.Last - interval.First + 1).Fill(true);
        var count = line.AsSpan(ServiceLine.OthersStart).Count(true);
        for (var block = 0; block < 4; block++)
        {
            var points = line.AsSpan(block * ServiceLine.BlockSize, ServiceLine.BlockSize);
            count += block < 2 ? Runs(points) : Types(points);
        }

        return count;
    }

    private static int Runs(ReadOnlySpan<bool> points)
    {
        var count = 0;
        for (var i = 0; i < points.Length; i++)
        {
            if (points[i] && (i == 0 || !points[i - 1])) count++;
        }

        return count;
    }

    private static int Types(ReadOnlySpan<bool> points)
    {
        if (!points.Contains(false)) return 1;
        var count = 0;
        for (var type = 0; type < 256; type++)
        {
            var inside = points.Slice(type * 256, 256).Count(true);
            count += inside == 256 ? 1 : inside;
        }

        return count;
    }
}
