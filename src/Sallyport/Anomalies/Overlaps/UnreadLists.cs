using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Reachability;

namespace Sallyport.Anomalies.Overlaps;

/// <summary>Prefix lists whose entries were not read, where one box is held against others: such a list may hold anything, or lie anywhere.</summary>
internal static class UnreadLists
{
    /// <summary>
    /// Why the others, which do not hold the box as far as is known, may hold it after all; null when they do not, whatever the lists hold.
    /// </summary>
    public static string? GapFor(RuleBox box, IEnumerable<RuleBox> others, EstateFacts facts)
    {
        if (box.Peer is GroupPeer) return null;
        var meeting = others.Where(b => b.Peer is not GroupPeer && !b.IsEmpty && b.MeetsServices(box)).ToList();
        if ((box.IsUnread ? box : meeting.Find(b => b.IsUnread)) is not { } unread) return null;
        var free = box.IsUnread ? meeting : meeting.Where(b => b.IsUnread);
        var left = ServiceSet.FromIntervals([box.Services]).Subtract(ServiceSet.FromIntervals(free.Select(b => b.Services)));
        if (!left.IsEmpty && (box.IsUnread || !BlocksHold(box, left, meeting, facts))) return null;
        return GapOf(unread);
    }

    /// <summary>The gap that such a list is.</summary>
    public static string GapOf(RuleBox unread) => $"the entries of prefix list {unread.Peer} were not read";

    private static bool BlocksHold(RuleBox box, ServiceSet services, List<RuleBox> others, EstateFacts facts)
    {
        var known = AllowedTraffic.Of(others.Where(b => b.Blocks is not null).Select(b => b.Rule.Key), facts.Estate.Index.EntriesOf);
        return box.Addresses(IpFamily.V4).IsSubsetOf(known.V4.AddressesOf(services)) && box.Addresses(IpFamily.V6).IsSubsetOf(known.V6.AddressesOf(services));
    }
}
