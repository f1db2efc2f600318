using System.Collections.Immutable;
using Sallyport.Connectivity;
using Sallyport.Packets;

namespace Sallyport.Policies;

/// <summary>Ends of a test: those there are, and those there will be as soon as somebody starts a machine.</summary>
/// <param name="Now">Interfaces and addresses; groups without members are in <paramref name="ToCome"/> alone.</param>
/// <param name="ToCome">Members to come, and where they may be.</param>
internal sealed record TestEnds(EndpointSet Now, ImmutableSortedDictionary<FutureMember, Room> ToCome)
{
    public static ImmutableSortedDictionary<FutureMember, Room> Nobody { get; } = ImmutableSortedDictionary.Create<FutureMember, Room>(FutureMember.Order);

    public bool IsEmpty => Now.HasNoMember && ToCome.IsEmpty;

    public TestEnds Union(TestEnds other)
    {
        var toCome = ToCome.ToBuilder();
        foreach (var (member, room) in other.ToCome) toCome[member] = toCome.TryGetValue(member, out var known) ? known.Union(room) : room;
        return new TestEnds(Now.Union(other.Now), toCome.ToImmutable());
    }

    /// <summary>Who is not in the other, which somebody named: a block names whoever will be at its addresses.</summary>
    public TestEnds Except(TestEnds other)
    {
        var toCome = Nobody.ToBuilder();
        foreach (var (member, room) in ToCome)
        {
            var left = room.Except(other.Now.Outside(IpFamily.V4), other.Now.Outside(IpFamily.V6));
            if (other.ToCome.TryGetValue(member, out var taken)) left = left.Except(taken.V4, taken.V6);
            if (!left.IsEmpty) toCome.Add(member, left);
        }

        return new TestEnds(Now.Except(other.Now), toCome.ToImmutable());
    }

    /// <summary>Who is in the other as well, which somebody named.</summary>
    public TestEnds Intersect(TestEnds other)
    {
        var toCome = Nobody.ToBuilder();
        foreach (var (member, room) in ToCome)
        {
            var (v4, v6) = (other.Now.Outside(IpFamily.V4), other.Now.Outside(IpFamily.V6));
            if (other.ToCome.TryGetValue(member, out var taken)) (v4, v6) = (v4.Union(taken.V4), v6.Union(taken.V6));
            var both = room with { V4 = room.V4.Intersect(v4), V6 = room.V6.Intersect(v6) };
            if (!both.IsEmpty) toCome.Add(member, both);
        }

        return new TestEnds(Now.Except(Now.Except(other.Now)), toCome.ToImmutable());
    }
}
