using System.Collections.Immutable;
using Sallyport.Anomalies.Overlaps;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Anomalies.Peers;

/// <summary>What some groups together open in each family, in one direction: to anybody at all, and to the whole world.</summary>
internal sealed class FamilySides
{
    private readonly ServiceSet _some4;
    private readonly ServiceSet _some6;
    private readonly ServiceSet _world4;
    private readonly ServiceSet _world6;

    public FamilySides(EstateFacts facts, ImmutableArray<SecurityGroupId> groups, Direction direction)
    {
        var boxes = new List<RuleBox>();
        foreach (var id in groups)
        {
            if (facts.Estate.Index.Groups.TryGetValue(id, out var group)) boxes.AddRange(facts.BoxesOf(group, direction));
            else Gap ??= $"group {id}, which shares interfaces with it, is not in the estate";
        }

        var unread = boxes.Where(b => b.IsUnread).ToList();
        Unknown = Gap is null ? ServiceSet.FromIntervals(unread.Select(b => b.Services)) : ServiceSet.Any;
        if (unread.Count > 0) Gap ??= UnreadLists.GapOf(unread[0]);
        var byReference = boxes.Where(b => b.Peer is GroupPeer).ToList();
        (_some4, _world4) = SetsOf(IpFamily.V4, boxes, byReference);
        (_some6, _world6) = SetsOf(IpFamily.V6, boxes, byReference);
    }

    /// <summary>Services that something which was not read may open in either family.</summary>
    public ServiceSet Unknown { get; }

    /// <summary>What was not read; null when nothing is missing.</summary>
    public string? Gap { get; }

    /// <summary>Services open to somebody.</summary>
    public ServiceSet SomeOf(IpFamily family) => family == IpFamily.V4 ? _some4 : _some6;

    /// <summary>Services open to the whole world.</summary>
    public ServiceSet WorldOf(IpFamily family) => family == IpFamily.V4 ? _world4 : _world6;

    private static (ServiceSet Some, ServiceSet World) SetsOf(IpFamily family, List<RuleBox> boxes, List<RuleBox> byReference)
    {
        var open = boxes.Where(b => !b.Addresses(family).IsEmpty).ToList();
        var some = ServiceSet.FromIntervals(open.Concat(byReference).Select(b => b.Services));
        var world = PublicSpace.WorldOf(family);
        var whole = open.Where(b => world.IsSubsetOf(b.Addresses(family))).Select(b => b.Services);
        var parts = open.Where(b => b.Addresses(family).Overlaps(world)).ToList();

        // Blocks that are the world only together are rare: the exact sweep is made where they may be large enough for it.
        var isLadder = parts.Aggregate((AddressNumber)0, (sum, b) => SaturatingAdd(sum, b.Addresses(family).Count)) >= world.Count;
        if (!isLadder) return (some, ServiceSet.Empty);
        var slabs = parts.SelectMany(b => b.Addresses(family).Ranges.Select(r => new AddressServices.Slab(r, ServiceSet.FromIntervals([b.Services]))));
        return (some, ServiceSet.FromIntervals(whole).Union(AddressServices.FromBoxes(family, slabs).ForAll(world)));
    }

    private static AddressNumber SaturatingAdd(AddressNumber a, AddressNumber b) => a + b < a ? AddressNumber.MaxValue : a + b;
}
