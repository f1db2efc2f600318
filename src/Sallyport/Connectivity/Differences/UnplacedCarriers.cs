using System.Collections.Immutable;
using Sallyport.Connectivity.Questions;
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
    private readonly SortedDictionary<SecurityGroupId, SortedSet<NetworkInterfaceId>> _carriers = [];
    private readonly SortedDictionary<SecurityGroupId, SortedSet<NetworkInterfaceId>> _moved = [];
    private readonly HashSet<SecurityGroupId> _placed;

    private UnplacedCarriers(Estate old, Estate @new)
    {
        (_old, _new) = (old, @new);
        var (before, after) = (Of(old), Of(@new));
        _placed = [.. new[] { old, @new }.SelectMany(e => e.NetworkInterfaces).Where(n => !IsUnplaced(n)).SelectMany(n => n.Groups)];
        foreach (var nic in before.Keys.Union(after.Keys))
        {
            var (then, now) = (before.GetValueOrDefault(nic, []), after.GetValueOrDefault(nic, []));
            foreach (var group in then.Union(now)) Add(_carriers, group, nic);
            foreach (var group in then.Except(now).Concat(now.Except(then))) Add(_moved, group, nic);
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
        if (carriers._carriers.Count == 0) return report;

        // Where the rules alone are compared, what they allow more or less is in the report already.
        var changed = report.Basis == AnswerBasis.Symbolic ? [] : report.LatentAdded.Concat(report.LatentRemoved).SelectMany(b => carriers.Parts(b, carriers._carriers));
        ImmutableArray<DiffBox> unknown = [.. changed, .. carriers._moved.Keys.SelectMany(carriers.Moved)];
        return unknown.IsEmpty ? report : report with { Unknown = BoxOrder.Sorted([.. report.Unknown, .. unknown]) };
    }

    // A group that is in one estate only shows among the rules that came or went.
    private IEnumerable<DiffBox> Moved(SecurityGroupId group)
    {
        if (!_old.Index.Groups.ContainsKey(group) || !_new.Index.Groups.TryGetValue(group, out var found)) return [];
        return new[] { Direction.Ingress, Direction.Egress }.SelectMany(direction =>
        {
            var traffic = AllowedTraffic.Of(found.Rules.Where(r => r.Direction == direction).Select(r => r.Key), _new.Index.EntriesOf);
            return SymbolicBoxes.Of(new SymbolicChange(group, direction, traffic, traffic), _old, _new).SelectMany(b => Parts(b, _moved));
        });
    }

    /// <summary>The box for those carriers of a group, at either end, that have no address.</summary>
    private IEnumerable<DiffBox> Parts(DiffBox box, SortedDictionary<SecurityGroupId, SortedSet<NetworkInterfaceId>> carriers)
    {
        if (Part(box.From, carriers) is var (from, first)) yield return box with { From = from, Gaps = [GapOf(first)] };
        if (Part(box.To, carriers) is var (to, second)) yield return box with { To = to, Gaps = [GapOf(second)] };
    }

    private (DiffEnd End, NetworkInterfaceId First)? Part(DiffEnd end, SortedDictionary<SecurityGroupId, SortedSet<NetworkInterfaceId>> carriers)
    {
        if (end.Group is not { } group || !carriers.TryGetValue(group, out var nics)) return null;
        var isPart = _placed.Contains(group) || nics.Count < _carriers[group].Count;
        return (isPart ? end with { Part = [.. nics.Select(n => new DiffEnd(DiffEndKind.Interface, n.Value) { Interface = n })], PartOf = _carriers[group].Count } : end, nics.Min);
    }

    private static EstateGap GapOf(NetworkInterfaceId nic) => new(GapKind.NetworkInterfaces, nic.Value, "It has no address yet.");

    private static void Add(SortedDictionary<SecurityGroupId, SortedSet<NetworkInterfaceId>> lists, SecurityGroupId group, NetworkInterfaceId nic)
    {
        if (!lists.TryGetValue(group, out var list)) lists[group] = list = [];
        list.Add(nic);
    }

    private static Dictionary<NetworkInterfaceId, ImmutableArray<SecurityGroupId>> Of(Estate estate) => estate.NetworkInterfaces
        .Where(n => IsUnplaced(n) && estate.Index.HasGap(GapKind.NetworkInterfaces, n.Scope))
        .ToDictionary(n => n.Id, n => n.Groups);

    private static bool IsUnplaced(NetworkInterface nic) => nic.Addresses.IsEmpty && nic.Prefixes.IsEmpty;
}
