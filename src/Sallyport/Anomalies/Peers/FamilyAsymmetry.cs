using System.Collections.Concurrent;
using System.Collections.Immutable;
using Sallyport.Anomalies.Overlaps;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Anomalies.Peers;

/// <summary>
/// ASYM6: a service that an interface with addresses of both families opens to the world in one family and not in the other, or to somebody
/// in one and to nobody in the other. Blocks of two families cannot be compared more closely. ICMP has another protocol in each family and
/// is left out; references to groups open both families alike.
/// </summary>
internal sealed class FamilyAsymmetry(EstateFacts facts) : KindFinder
{
    private const AnomalyKind Kind = AnomalyKind.FamilyAsymmetry;

    private static readonly ServiceSet Comparable = ServiceSet.Any.Subtract(
        ServiceSet.Of([Service.Create(Protocol.Icmp, -1, -1), Service.Create(Protocol.IcmpV6, -1, -1)]));

    private readonly ConcurrentDictionary<ImmutableArray<SecurityGroupId>, FamilySides> _ingress = new(GroupSequence.Comparer);
    private readonly ConcurrentDictionary<ImmutableArray<SecurityGroupId>, FamilySides> _egress = new(GroupSequence.Comparer);

    public override void Find(GroupSide side, AnomalySink sink)
    {
        if (side.Rules.IsEmpty || !side.Boxes.Any(b => b.Blocks is { IsEmpty: false })) return;
        if (side.Members.IsIncomplete) sink.Doubt(Kind, side, null, $"{side.Group.Scope.Describe("interfaces")} were not read");
        var sets = side.Members.Sets.Select(s => (Sides: SidesOf(s.Groups, side.Direction), Interfaces: s.DualStack.Select(i => i.Id).ToList()))
            .Where(s => s.Interfaces.Count > 0).ToList();
        if (sets.Count == 0) return;
        foreach (var box in side.Boxes)
        {
            if (box.Blocks is null or { IsEmpty: true }) continue;
            foreach (var family in new[] { IpFamily.V4, IpFamily.V6 })
            {
                if (!box.Addresses(family).IsEmpty) Judge(side, box, family, sets, sink);
            }
        }
    }

    private static void Judge(
        GroupSide side, RuleBox box, IpFamily family, List<(FamilySides Sides, List<NetworkInterfaceId> Interfaces)> sets, AnomalySink sink)
    {
        var own = ServiceSet.FromIntervals([box.Services]).Intersect(Comparable);
        if (own.IsEmpty) return;
        var other = family == IpFamily.V4 ? IpFamily.V6 : IpFamily.V4;
        var isWorldly = box.Addresses(family).Overlaps(PublicSpace.WorldOf(family));
        var (closed, narrow) = (ServiceSet.Empty, ServiceSet.Empty);
        var interfaces = new List<NetworkInterfaceId>();
        string? gap = null;
        foreach (var (sides, members) in sets)
        {
            var missing = own.Subtract(sides.SomeOf(other));
            var smaller = isWorldly ? own.Intersect(sides.WorldOf(family)).Subtract(sides.WorldOf(other)).Subtract(missing) : ServiceSet.Empty;
            if (missing.IsEmpty && smaller.IsEmpty) continue;
            if (missing.Union(smaller).Overlaps(sides.Unknown))
            {
                gap ??= sides.Gap;
                (missing, smaller) = (missing.Subtract(sides.Unknown), smaller.Subtract(sides.Unknown));
                if (missing.IsEmpty && smaller.IsEmpty) continue;
            }

            (closed, narrow) = (closed.Union(missing), narrow.Union(smaller));
            interfaces.AddRange(members);
        }

        if (interfaces.Count > 0) Report(side, box, family, closed, narrow, interfaces, sink);
        else if (gap is not null) sink.Doubt(Kind, side, box.Rule, gap);
    }

    private static void Report(
        GroupSide side, RuleBox box, IpFamily family, ServiceSet closed, ServiceSet narrow, List<NetworkInterfaceId> interfaces, AnomalySink sink)
    {
        var (own, other) = family == IpFamily.V4 ? ("IPv4", "IPv6") : ("IPv6", "IPv4");
        var clauses = new List<string>();
        if (!closed.IsEmpty) clauses.Add($"{Name(closed)} is open to nobody by {other}");
        if (!narrow.IsEmpty) clauses.Add($"{Name(narrow)} is open to the world by {own} and not by {other}");
        var place = interfaces.Count == 1 ? "an interface that has" : $"{interfaces.Count} interfaces that have";
        sink.Report(
            Kind, side, box.Rule, $"{box.Rule.Key} has no twin in {other}: {string.Join(", and ", clauses)}, on {place} both families.", "Nothing need change if that is meant.",
            interfaces: interfaces, basis: AnomalyBasis.Snapshot);
    }

    private static string Name(ServiceSet services)
    {
        var list = services.ToServices();
        return list.Length switch
        {
            <= 3 => string.Join(", ", list),
            _ when services.Equals(Comparable) => "everything but ICMP",
            _ => $"{list[0]} and {list.Length - 1} more services",
        };
    }

    private FamilySides SidesOf(ImmutableArray<SecurityGroupId> groups, Direction direction)
    {
        var known = direction == Direction.Ingress ? _ingress : _egress;
        return known.TryGetValue(groups, out var sides) ? sides : known.GetOrAdd(groups, new FamilySides(facts, groups, direction));
    }
}
