using FsCheck;
using FsCheck.Fluent;
using Sallyport.Packets;

namespace Sallyport.Tests.Packets;

public sealed class AddressSetTests
{
    private static readonly Gen<((IpFamily Family, AddressNumber Base) Place, (int First, int Last)[] A, (int First, int Last)[] B)> Windows =
        from place in PacketGenerators.WindowPlace
        from a in PacketGenerators.Offsets
        from b in PacketGenerators.Offsets
        select (place, a, b);

    private static readonly Gen<(AddressSet A, AddressSet B, AddressSet C)> Three =
        from family in PacketGenerators.Family
        from a in PacketGenerators.AddressSet(family)
        from b in PacketGenerators.AddressSet(family)
        from c in PacketGenerators.AddressSet(family)
        select (a, b, c);

    [Fact]
    public void Counting_within_a_range_is_counting_the_intersection()
    {
        var given = from family in PacketGenerators.Family
                    from set in PacketGenerators.AddressSet(family)
                    from range in PacketGenerators.Range(family)
                    select (set, range);
        Prop.ForAll(given.ToArbitrary(), g => Assert.Equal(
            g.set.Intersect(AddressSet.FromRanges(g.set.Family, [g.range])).Count, g.set.CountWithin(g.range))).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Every_verb_agrees_with_brute_force_in_a_window() => Prop.ForAll(Windows.ToArbitrary(), given =>
    {
        var (place, a, b) = given;
        var (left, right) = (Make(place, a), Make(place, b));
        AssertHolds(place, left, i => In(a, i));
        AssertHolds(place, left.Union(right), i => In(a, i) || In(b, i));
        AssertHolds(place, left.Intersect(right), i => In(a, i) && In(b, i));
        AssertHolds(place, left.Subtract(right), i => In(a, i) && !In(b, i));
        AssertHolds(place, left.Complement(), i => !In(a, i));
        var all = Enumerable.Range(0, PacketGenerators.Window).ToList();
        Assert.Equal(all.TrueForAll(i => !In(a, i) || In(b, i)), left.IsSubsetOf(right));
        Assert.Equal(all.Exists(i => In(a, i) && In(b, i)), left.Overlaps(right));
        Assert.Equal((AddressNumber)all.Count(i => In(a, i)), left.Count);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Blocks_are_exact_and_as_few_as_halving_gives() => Prop.ForAll(Windows.ToArbitrary(), given =>
    {
        var (place, a, _) = given;
        var set = Make(place, a);
        var cidrs = set.ToCidrs();
        Assert.Equal(set, AddressSet.Of(place.Family, cidrs));
        Assert.Equal(Fewest(a, 0, PacketGenerators.Window), cidrs.Length);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Blocks_are_disjoint_sorted_and_none_has_its_sibling_at_full_width() => Prop.ForAll(Three.ToArbitrary(), given =>
    {
        var cidrs = given.A.ToCidrs();
        Assert.Equal(given.A, AddressSet.Of(given.A.Family, cidrs));
        for (var i = 1; i < cidrs.Length; i++)
        {
            Assert.True(cidrs[i - 1].Last < cidrs[i].First);
            var siblings = cidrs[i].PrefixLength == cidrs[i - 1].PrefixLength && cidrs[i].PrefixLength > 0
                && Cidr.Containing(cidrs[i].First, cidrs[i].PrefixLength - 1) == Cidr.Containing(cidrs[i - 1].First, cidrs[i].PrefixLength - 1);
            Assert.False(siblings);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Set_laws_hold_at_full_width() => Prop.ForAll(Three.ToArbitrary(), given =>
    {
        var (a, b, c) = given;
        var (full, empty) = (AddressSet.Full(a.Family), AddressSet.Empty(a.Family));
        Assert.Equal(a.Union(b), b.Union(a));
        Assert.Equal(a.Intersect(b), b.Intersect(a));
        Assert.Equal(a.Union(b).Union(c), a.Union(b.Union(c)));
        Assert.Equal(a.Intersect(b).Intersect(c), a.Intersect(b.Intersect(c)));
        Assert.Equal(a.Intersect(b.Union(c)), a.Intersect(b).Union(a.Intersect(c)));
        Assert.Equal(a.Union(b.Intersect(c)), a.Union(b).Intersect(a.Union(c)));
        Assert.Equal(a.Union(b).Complement(), a.Complement().Intersect(b.Complement()));
        Assert.Equal(a, a.Complement().Complement());
        Assert.Equal(a.Subtract(b), a.Intersect(b.Complement()));
        Assert.Equal(a, a.Subtract(b).Union(a.Intersect(b)));
        Assert.Equal((a, a, a, empty), (a.Union(a), a.Intersect(a), a.Union(empty), a.Intersect(empty)));
        Assert.Equal((full, a, empty, full), (a.Union(full), a.Intersect(full), a.Subtract(full), a.Union(a.Complement())));
        Assert.Equal(a.IsSubsetOf(b), a.Union(b).Equals(b));
        Assert.Equal(a.Overlaps(b), !a.Intersect(b).IsEmpty);
        Assert.Equal(a.IsFull, a.Complement().IsEmpty);
        foreach (var set in new[] { a, a.Union(b), a.Intersect(b), a.Subtract(b), a.Complement() }) AssertCanonical(set);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_same_addresses_are_equal_values_however_they_were_given() => Prop.ForAll(Cut.ToArbitrary(), given =>
    {
        var (family, ranges, cuts) = given;
        var pieces = new List<AddressRange>();
        foreach (var range in ranges)
        {
            var first = range.First;
            foreach (var cut in cuts.Order().Where(c => c >= range.First && c < range.Last))
            {
                if (cut < first) continue;
                pieces.Add(new AddressRange(first, cut));
                first = cut + 1;
            }

            pieces.Add(new AddressRange(first, range.Last));
        }

        pieces.Reverse();
        var (whole, cutUp) = (AddressSet.FromRanges(family, ranges), AddressSet.FromRanges(family, pieces));
        Assert.Equal(whole, cutUp);
        Assert.Equal(whole.GetHashCode(), cutUp.GetHashCode());
        Assert.Equal(whole.ToString(), cutUp.ToString());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Touching_ranges_join_even_at_the_ends_of_the_space()
    {
        foreach (var family in Enum.GetValues<IpFamily>())
        {
            var max = Address.Max(family);
            Assert.True(AddressSet.FromRanges(family, [new(max, max), new(0, max - 1)]).IsFull);
            Assert.True(AddressSet.FromRanges(family, [new(0, max), new(max, max), new(0, 0)]).IsFull);
            Assert.Equal(2, AddressSet.FromRanges(family, [new(0, 0), new(max, max)]).Ranges.Length);
        }
    }

    [Theory]
    [InlineData("0.0.0.0/1", "128.0.0.0/1", "0.0.0.0/0")]
    [InlineData("::/1", "8000::/1", "::/0")]
    [InlineData("10.0.0.0/25", "10.0.0.128/25", "10.0.0.0/24")]
    [InlineData("10.0.1.0/24", "10.0.2.0/24", "10.0.1.0/24, 10.0.2.0/24")]
    public void Two_blocks_read_as_people_would_write_them(string first, string second, string text) =>
        Assert.Equal(text, AddressSet.Of(Cidr.Parse(first)).Union(AddressSet.Of(Cidr.Parse(second))).ToString());

    [Fact]
    public void The_longest_list_of_blocks_is_that_of_everything_but_two_addresses()
    {
        var max = Address.Max(IpFamily.V4);
        Assert.Equal(62, AddressSet.FromRanges(IpFamily.V4, [new(1, max - 1)]).ToCidrs().Length);
        Assert.Equal(254, AddressSet.FromRanges(IpFamily.V6, [new(1, AddressNumber.MaxValue - 1)]).ToCidrs().Length);
    }

    [Fact]
    public void The_full_spaces_count_what_fits()
    {
        Assert.Equal((AddressNumber)1 << 32, AddressSet.Full(IpFamily.V4).Count);
        Assert.Equal(AddressNumber.MaxValue, AddressSet.Full(IpFamily.V6).Count);
        Assert.Equal(AddressNumber.MaxValue, AddressSet.FromRanges(IpFamily.V6, [new(1, AddressNumber.MaxValue)]).Count);
    }

    [Fact]
    public void Families_do_not_mix()
    {
        var (v4, v6) = (AddressSet.Full(IpFamily.V4), AddressSet.Full(IpFamily.V6));
        Assert.Throws<ArgumentException>(() => v4.Union(v6));
        Assert.Throws<ArgumentException>(() => v4.Intersect(v6));
        Assert.Throws<ArgumentException>(() => v4.Subtract(v6));
        Assert.Throws<ArgumentException>(() => v4.IsSubsetOf(v6));
        Assert.False(v4.Contains(Address.Parse("::1")));
        Assert.NotEqual(AddressSet.Empty(IpFamily.V4), AddressSet.Empty(IpFamily.V6));
        Assert.Equal(AddressSet.Of(Cidr.AnyV6), AddressSet.Of(IpFamily.V6, [Cidr.AnyV4, Cidr.AnyV6]));
    }

    private static readonly Gen<(IpFamily Family, AddressRange[] Ranges, AddressNumber[] Cuts)> Cut =
        from family in PacketGenerators.Family
        from ranges in PacketGenerators.Range(family).ArrayOf()
        from cuts in PacketGenerators.Bits(family).ArrayOf(4)
        select (family, ranges.Take(5).ToArray(), cuts);

    private static AddressSet Make((IpFamily Family, AddressNumber Base) place, (int First, int Last)[] offsets) => AddressSet.FromRanges(
        place.Family, offsets.Select(o => new AddressRange(place.Base + (uint)o.First, place.Base + (uint)o.Last)));

    private static bool In((int First, int Last)[] offsets, int i) => offsets.Any(o => o.First <= i && i <= o.Last);

    private static int Fewest((int First, int Last)[] offsets, int first, int size)
    {
        var inside = Enumerable.Range(first, size).Count(i => In(offsets, i));
        if (inside == 0 || inside == size) return inside == 0 ? 0 : 1;
        return Fewest(offsets, first, size / 2) + Fewest(offsets, first + (size / 2), size / 2);
    }

    private static void AssertHolds((IpFamily Family, AddressNumber Base) place, AddressSet set, Func<int, bool> expected)
    {
        AssertCanonical(set);
        for (var i = 0; i < PacketGenerators.Window; i++)
        {
            Assert.Equal(expected(i), set.Contains(new Address(place.Family, place.Base + (uint)i)));
        }
    }

    private static void AssertCanonical(AddressSet set)
    {
        for (var i = 0; i < set.Ranges.Length; i++)
        {
            Assert.True(set.Ranges[i].First <= set.Ranges[i].Last);
            Assert.True(set.Ranges[i].Last <= Address.Max(set.Family));
            if (i > 0) Assert.True(set.Ranges[i].First - set.Ranges[i - 1].Last > 1);
        }
    }
}
