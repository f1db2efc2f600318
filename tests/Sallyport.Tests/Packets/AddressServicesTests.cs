using FsCheck;
using FsCheck.Fluent;
using Sallyport.Packets;

namespace Sallyport.Tests.Packets;

public sealed class AddressServicesTests
{
    private static readonly Gen<(int First, int Last, ServiceSet Services)> Box =
        from a in Gen.Choose(0, PacketGenerators.Window - 1)
        from b in Gen.Choose(0, PacketGenerators.Window - 1)
        from services in PacketGenerators.ServiceSet
        select (Math.Min(a, b), Math.Max(a, b), services);

    private static readonly Gen<(int First, int Last, ServiceSet Services)[]> Boxes = Box.ArrayOf().Select(b => b.Take(7).ToArray());

    private static readonly Gen<((IpFamily Family, AddressNumber Base) Place, (int First, int Last, ServiceSet Services)[] A, (int First, int Last, ServiceSet Services)[] B)> Windows =
        from place in PacketGenerators.WindowPlace
        from a in Boxes
        from b in Boxes
        select (place, a, b);

    [Fact]
    public void Every_verb_agrees_with_brute_force_in_a_window() => Prop.ForAll(Windows.ToArbitrary(), given =>
    {
        var (place, a, b) = given;
        var (left, right) = (Make(place, a), Make(place, b));
        AssertHolds(place, left, i => At(a, i));
        AssertHolds(place, left.Union(right), i => At(a, i).Union(At(b, i)));
        AssertHolds(place, left.Intersect(right), i => At(a, i).Intersect(At(b, i)));
        AssertHolds(place, left.Subtract(right), i => At(a, i).Subtract(At(b, i)));
        Assert.Equal(Enumerable.Range(0, PacketGenerators.Window).All(i => At(a, i).IsSubsetOf(At(b, i))), left.IsSubsetOf(right));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Set_laws_hold_at_full_width() => Prop.ForAll(Three.ToArbitrary(), given =>
    {
        var (a, b, c) = given;
        var empty = AddressServices.Empty(a.Family);
        Assert.Equal(a.Union(b), b.Union(a));
        Assert.Equal(a.Intersect(b), b.Intersect(a));
        Assert.Equal(a.Union(b).Union(c), a.Union(b.Union(c)));
        Assert.Equal(a.Intersect(b).Intersect(c), a.Intersect(b.Intersect(c)));
        Assert.Equal(a.Intersect(b.Union(c)), a.Intersect(b).Union(a.Intersect(c)));
        Assert.Equal(a, a.Subtract(b).Union(a.Intersect(b)));
        Assert.Equal(a.Subtract(b).Subtract(c), a.Subtract(b.Union(c)));
        Assert.Equal(empty, a.Subtract(a));
        Assert.Equal((a, empty, a), (a.Union(empty), a.Intersect(empty), a.Subtract(empty)));
        Assert.Equal(a.IsSubsetOf(b), a.Union(b).Equals(b));
        foreach (var set in new[] { a, a.Union(b), a.Intersect(b), a.Subtract(b) }) AssertCanonical(set);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_same_traffic_is_equal_values_however_it_was_given() => Prop.ForAll(Windows.ToArbitrary(), given =>
    {
        var (place, a, _) = given;

        // One box an address and interval, backwards, against the boxes as they came.
        var crumbs = a.SelectMany(box => Enumerable.Range(box.First, box.Last - box.First + 1)
            .SelectMany(i => box.Services.Intervals.Select(s => (i, i, ServiceSet.FromIntervals([s])))));
        var (whole, crumbled) = (Make(place, a), Make(place, [.. crumbs.Reverse()]));
        Assert.Equal(whole, crumbled);
        Assert.Equal(whole.GetHashCode(), crumbled.GetHashCode());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Addresses_of_services_are_those_that_have_them_all() => Prop.ForAll(Windows.ToArbitrary(), given =>
    {
        var (place, a, b) = given;
        var wanted = b.Length == 0 ? ServiceSet.Empty : b[0].Services;
        var addresses = Make(place, a).AddressesOf(wanted);
        for (var i = 0; i < PacketGenerators.Window; i++)
        {
            Assert.Equal(wanted.IsSubsetOf(At(a, i)), addresses.Contains(new Address(place.Family, place.Base + (uint)i)));
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Slabs_reach_both_ends_of_the_space()
    {
        foreach (var family in Enum.GetValues<IpFamily>())
        {
            var max = Address.Max(family);
            var https = ServiceSet.Of(Service.Tcp(443));
            var whole = AddressServices.FromBoxes(family, [new(new(0, max), https)]);
            Assert.Equal(whole, AddressServices.FromBoxes(family, [new(new(max, max), https), new(new(0, max - 1), https)]));
            Assert.Equal((https, https), (whole.At(0), whole.At(max)));
            var top = whole.Subtract(AddressServices.FromBoxes(family, [new(new(0, max - 1), ServiceSet.Any)]));
            Assert.Equal(new AddressRange(max, max), Assert.Single(top.Slabs).Range);
            var ends = whole.Subtract(AddressServices.FromBoxes(family, [new(new(1, max - 1), ServiceSet.Any)]));
            Assert.Equal(2, ends.Slabs.Length);
            Assert.Equal(AddressSet.FromRanges(family, [new(0, 0), new(max, max)]), ends.AddressesOf(https));
        }
    }

    [Fact]
    public void Families_do_not_mix()
    {
        var https = ServiceSet.Of(Service.Tcp(443));
        var v4 = AddressServices.FromBoxes(IpFamily.V4, [new(new(0, 1), https)]);
        var v6 = AddressServices.FromBoxes(IpFamily.V6, [new(new(0, 1), https)]);
        Assert.Throws<ArgumentException>(() => v4.Union(v6));
        Assert.Throws<ArgumentException>(() => v4.Union(AddressServices.Empty(IpFamily.V6)));
        Assert.Throws<ArgumentException>(() => v4.Intersect(v6));
        Assert.Throws<ArgumentException>(() => v4.Subtract(v6));
        Assert.NotEqual(v4, v6);
    }

    [Fact]
    public void Boxes_of_no_service_leave_nothing() =>
        Assert.True(AddressServices.FromBoxes(IpFamily.V4, [new(new(0, 9), ServiceSet.Empty), new(new(5, 5), ServiceSet.Empty)]).IsEmpty);

    private static readonly Gen<(AddressServices A, AddressServices B, AddressServices C)> Three =
        from family in PacketGenerators.Family
        from a in Wide(family)
        from b in Wide(family)
        from c in Wide(family)
        select (a, b, c);

    private static Gen<AddressServices> Wide(IpFamily family)
    {
        var box = from range in PacketGenerators.Range(family) from services in PacketGenerators.ServiceSet select new AddressServices.Slab(range, services);
        return box.ArrayOf().Select(b => AddressServices.FromBoxes(family, b.Take(6)));
    }

    private static AddressServices Make((IpFamily Family, AddressNumber Base) place, (int First, int Last, ServiceSet Services)[] boxes) => AddressServices.FromBoxes(
        place.Family, boxes.Select(b => new AddressServices.Slab(new AddressRange(place.Base + (uint)b.First, place.Base + (uint)b.Last), b.Services)));

    private static ServiceSet At((int First, int Last, ServiceSet Services)[] boxes, int i) =>
        ServiceSet.FromIntervals(boxes.Where(b => b.First <= i && i <= b.Last).SelectMany(b => b.Services.Intervals));

    private static void AssertHolds((IpFamily Family, AddressNumber Base) place, AddressServices set, Func<int, ServiceSet> expected)
    {
        AssertCanonical(set);
        for (var i = 0; i < PacketGenerators.Window; i++) Assert.Equal(expected(i), set.At(place.Base + (uint)i));
        Assert.All(set.Slabs, s => Assert.True(place.Base <= s.Range.First && s.Range.First <= place.Base + (PacketGenerators.Window - 1)));
    }

    private static void AssertCanonical(AddressServices set)
    {
        for (var i = 0; i < set.Slabs.Length; i++)
        {
            Assert.False(set.Slabs[i].Services.IsEmpty);
            Assert.True(set.Slabs[i].Range.First <= set.Slabs[i].Range.Last);
            if (i == 0) continue;
            Assert.True(set.Slabs[i - 1].Range.Last < set.Slabs[i].Range.First);
            var touching = set.Slabs[i - 1].Range.Last + 1 == set.Slabs[i].Range.First;
            Assert.False(touching && set.Slabs[i - 1].Services.Equals(set.Slabs[i].Services));
        }
    }
}
