using Sallyport.Connectivity;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Tests.Generators;

/// <summary>The answer about two sets by asking the oracle about every pair of members and every point, one after the other.</summary>
internal sealed class BruteReach
{
    private readonly ReachOracle _oracle;
    private readonly ConnectivityProbe _probe;
    private readonly List<(int Point, bool? Egress, bool? Ingress)> _pairs = [];

    private BruteReach(Estate estate, ConnectivityProbe probe, bool isInternet) =>
        (_oracle, _probe) = (new ReachOracle(estate) { OutsideIsInternet = isInternet }, probe);

    /// <summary>Services that pass for some pair.</summary>
    public ServiceSet Some { get; private set; } = ServiceSet.Empty;

    /// <summary>Services that pass for every pair.</summary>
    public ServiceSet All { get; private set; } = ServiceSet.Empty;

    /// <summary>Services that pass for some pair, or may.</summary>
    public ServiceSet SomePossible { get; private set; } = ServiceSet.Empty;

    /// <summary>Services that pass for every pair, or may.</summary>
    public ServiceSet AllPossible { get; private set; } = ServiceSet.Empty;

    /// <summary>Services that the egress side of some pair certainly stops.</summary>
    public ServiceSet StoppedAtEgress { get; private set; } = ServiceSet.Empty;

    /// <summary>Services that the ingress side of some pair certainly stops.</summary>
    public ServiceSet StoppedAtIngress { get; private set; } = ServiceSet.Empty;

    /// <summary>Not certainly stopped by the source's groups for some pair.</summary>
    public ServiceSet LeavesSource { get; private set; } = ServiceSet.Empty;

    public bool HasPairs => _pairs.Count > 0;

    public static BruteReach Between(Estate estate, ConnectivityProbe probe, EndGroup from, EndGroup to, ServiceSet? services)
    {
        var brute = new BruteReach(estate, probe, from.Set.IsInternet || to.Set.IsInternet);
        var family = FamilyOf(services, from, to);
        foreach (var source in from.Members)
        {
            foreach (var target in to.Members)
            {
                if (source[0].Address.Family != target[0].Address.Family || (family is { } only && source[0].Address.Family != only)) continue;
                if (source[0].Interface is { } nic && nic.Id == target[0].Interface?.Id) continue;
                if (source[0].Interface is null && target[0].Interface is null && !(from.IsOutside && to.IsOutside)) continue;
                foreach (var point in probe.Points) brute.Add(source, target, point, to.IsSingle(target[0].Address.Family));
            }
        }

        brute.Conclude();
        return brute;
    }

    private void Add(IReadOnlyList<Endpoint> sources, IReadOnlyList<Endpoint> targets, int point, bool isSingleTarget)
    {
        _pairs.Add((point, Side(Direction.Egress, sources[0], targets, point, isSingleTarget), Side(Direction.Ingress, targets[0], sources, point, isSingleTarget)));
    }

    // Metadata and its like lie in many blocks; only who names their very address means them. A member to come may have any of its addresses: certain is what holds at all of them.
    private bool? Side(Direction direction, Endpoint near, IReadOnlyList<Endpoint> far, int point, bool isSingleTarget)
    {
        var (protocol, a, b) = ConnectivityProbe.HeaderAt(point);
        bool? answer = true;
        foreach (var end in far)
        {
            var said = direction == Direction.Egress
                ? _oracle.Side(direction, near, end, protocol, a, b, countsUnfiltered: isSingleTarget)
                : _oracle.Side(direction, end, near, protocol, a, b, countsUnfiltered: isSingleTarget);
            if (said == false) return false;
            if (said is null) answer = null;
        }

        return answer;
    }

    // ICMP asked for by itself is a question of IPv4, where both ends have it, and ICMPv6 of IPv6.
    private static IpFamily? FamilyOf(ServiceSet? services, EndGroup from, EndGroup to)
    {
        if (services is null || services.IsEmpty) return null;
        IpFamily? family = services.Intervals.All(i => i is { First: >= 131_072, Last: < 196_608 }) ? IpFamily.V4
            : services.Intervals.All(i => i is { First: >= 196_608, Last: < 262_144 }) ? IpFamily.V6 : null;
        return family is { } one && Has(from) && Has(to) ? one : null;

        bool Has(EndGroup ends) => ends.Members.Any(m => m[0].Address.Family == family);
    }

    private void Conclude()
    {
        var byPoint = _pairs.ToLookup(p => p.Point);
        LeavesSource = Where(p => byPoint[p].Any(x => x.Egress != false));
        Some = Where(p => byPoint[p].Any(x => x.Egress == true && x.Ingress == true));
        All = Where(p => byPoint[p].All(x => x.Egress == true && x.Ingress == true));
        SomePossible = Where(p => byPoint[p].Any(x => x.Egress != false && x.Ingress != false));
        AllPossible = Where(p => byPoint[p].All(x => x.Egress != false && x.Ingress != false));
        StoppedAtEgress = Where(p => byPoint[p].Any(x => x.Egress == false));
        StoppedAtIngress = Where(p => byPoint[p].Any(x => x.Ingress == false));
    }

    // From one point of the probe to the next nothing changes.
    private ServiceSet Where(Func<int, bool> holds) => ServiceSet.FromIntervals(_probe.Points
        .Select((p, i) => new Interval(p, i + 1 < _probe.Points.Length ? _probe.Points[i + 1] - 1 : ServiceLine.Length - 1)).Where(i => holds(i.First)));
}
