using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Reachability;

namespace Sallyport.Connectivity.Differences;

/// <summary>
/// Interfaces that code declares and AWS has given no address yet: no flow can be put down to them, yet a change of the groups they
/// carry, or of the rules of these, opens or closes something. Such flows are unknown, never equal.
/// </summary>
internal sealed class UnplacedCarriers
{
    private readonly Estate _old;
    private readonly Estate _new;
    private readonly SortedDictionary<SecurityGroupId, NetworkInterfaceId> _moved = [];
    private readonly SortedDictionary<SecurityGroupId, NetworkInterfaceId> _carried = [];

    private UnplacedCarriers(Estate old, Estate @new)
    {
        (_old, _new) = (old, @new);
        var (before, after) = (Of(old), Of(@new));
        foreach (var (nic, groups) in before.Concat(after))
        {
            foreach (var group in groups) _carried.TryAdd(group, nic);
        }

        foreach (var nic in before.Keys.Union(after.Keys))
        {
            var (then, now) = (before.GetValueOrDefault(nic, []), after.GetValueOrDefault(nic, []));
            foreach (var group in then.Except(now).Concat(now.Except(then))) _moved.TryAdd(group, nic);
        }
    }

    /// <summary>True when an estate tells interfaces, if any, without addresses only, and does not tell all.</summary>
    public static bool IsAllUnplaced(Estate estate) =>
        estate.NetworkInterfaces.All(IsUnplaced)
        && (estate.SecurityGroups.Any(g => estate.Index.HasGap(GapKind.NetworkInterfaces, g.Scope)) || estate.Gaps.Any(g => g.What == GapKind.NetworkInterfaces && g.Where.Length == 0));

    /// <summary>The report with the flows of such interfaces among the unknown ones.</summary>
    public static DiffReport AddTo(DiffReport report, Estate old, Estate @new)
    {
        var carriers = new UnplacedCarriers(old, @new);
        if (carriers._carried.Count == 0) return report;
        var changed = report.Basis == Questions.AnswerBasis.Symbolic ? [] : report.LatentAdded.Concat(report.LatentRemoved).Select(carriers.Doubted).OfType<DiffBox>();
        ImmutableArray<DiffBox> unknown = [.. changed, .. carriers._moved.SelectMany(m => carriers.Moved(m.Key, m.Value))];
        return unknown.IsEmpty ? report : report with { Unknown = BoxOrder.Sorted([.. report.Unknown, .. unknown]) };
    }

    private DiffBox? Doubted(DiffBox box) =>
        Carrier(box.From) is { } from ? box with { Gaps = [GapOf(from)] } : Carrier(box.To) is { } to ? box with { Gaps = [GapOf(to)] } : null;

    private NetworkInterfaceId? Carrier(DiffEnd end) => end.Group is { } group && _carried.TryGetValue(group, out var nic) ? nic : null;

    // A group that is in one estate only shows among the rules that came or went.
    private IEnumerable<DiffBox> Moved(SecurityGroupId group, NetworkInterfaceId nic)
    {
        if (!_old.Index.Groups.ContainsKey(group) || !_new.Index.Groups.TryGetValue(group, out var found)) return [];
        return new[] { Direction.Ingress, Direction.Egress }.SelectMany(direction =>
        {
            var traffic = AllowedTraffic.Of(found.Rules.Where(r => r.Direction == direction).Select(r => r.Key), _new.Index.EntriesOf);
            return SymbolicBoxes.Of(new SymbolicChange(group, direction, traffic, traffic), _old, _new).Select(b => b with { Gaps = [GapOf(nic)] });
        });
    }

    private static EstateGap GapOf(NetworkInterfaceId nic) => new(GapKind.NetworkInterfaces, nic.Value, "It has no address yet.");

    private static Dictionary<NetworkInterfaceId, ImmutableArray<SecurityGroupId>> Of(Estate estate) => estate.NetworkInterfaces
        .Where(n => IsUnplaced(n) && estate.Index.HasGap(GapKind.NetworkInterfaces, n.Scope))
        .ToDictionary(n => n.Id, n => n.Groups);

    private static bool IsUnplaced(NetworkInterface nic) => nic.Addresses.IsEmpty && nic.Prefixes.IsEmpty;
}
