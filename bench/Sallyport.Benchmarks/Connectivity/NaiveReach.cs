using Sallyport.Connectivity;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Benchmarks.Connectivity;

/// <summary>
/// What one would write first, with look-ups by id and nothing else made ready: walk the rules of the groups of an end and match
/// each against the other end. Knows no gaps; the estates measured have none.
/// </summary>
internal sealed class NaiveReach(Estate estate)
{
    private readonly Dictionary<SecurityGroupId, SecurityGroup> _groups = estate.SecurityGroups.ToDictionary(g => g.Id);
    private readonly Dictionary<PrefixListId, PrefixList> _lists = estate.PrefixLists.ToDictionary(l => l.Id);
    private readonly HashSet<(VpcId, VpcId)> _linked = [.. estate.Peerings
        .Where(p => p.Status == "active" && p.Requester.Scope.Region == p.Accepter.Scope.Region)
        .SelectMany(p => new[] { (p.Requester.Vpc, p.Accepter.Vpc), (p.Accepter.Vpc, p.Requester.Vpc) })];

    public Verdict Judge(Endpoint from, Endpoint to, int point)
    {
        if (from.Interface is not null && from.Interface.Id == to.Interface?.Id) return Verdict.Allowed;
        if (!Stands(Direction.Egress, from, to, point)) return Verdict.DeniedAtEgress;
        return Stands(Direction.Ingress, to, from, point) ? Verdict.Allowed : Verdict.DeniedAtIngress;
    }

    /// <summary>Every interface that reaches an interface, with the services.</summary>
    public Dictionary<NetworkInterfaceId, ServiceSet> SourcesOf(NetworkInterface target)
    {
        var found = new Dictionary<NetworkInterfaceId, ServiceSet>();
        foreach (var nic in estate.NetworkInterfaces)
        {
            if (nic.Id == target.Id) continue;
            var services = ServiceSet.Empty;
            foreach (var a in nic.Addresses)
            {
                foreach (var b in target.Addresses.Where(b => b.Family == a.Family))
                {
                    var (source, sink) = (Endpoint.Of(nic, a), Endpoint.Of(target, b));
                    services = services.Union(Side(Direction.Egress, nic.Groups, source, sink).Intersect(Side(Direction.Ingress, target.Groups, sink, source)));
                }
            }

            if (!services.IsEmpty) found.Add(nic.Id, services);
        }

        return found;
    }

    /// <summary>What two groups let through between some of their members.</summary>
    public ServiceSet Between(SecurityGroupId from, SecurityGroupId to, ILookup<SecurityGroupId, NetworkInterface> members)
    {
        var (sources, targets) = (members[from].ToList(), members[to].ToList());
        if (sources.Count == 0 || targets.Count == 0 || (sources.Count == 1 && targets.Count == 1 && sources[0].Id == targets[0].Id)) return ServiceSet.Empty;
        return Between(from, to, sources, targets, IpFamily.V4).Union(Between(from, to, sources, targets, IpFamily.V6));
    }

    private ServiceSet Between(SecurityGroupId from, SecurityGroupId to, List<NetworkInterface> sources, List<NetworkInterface> targets, IpFamily family)
    {
        var (senders, receivers) = (Ends(sources), Ends(targets));
        if (senders.Count == 0 || receivers.Count == 0) return ServiceSet.Empty;
        var egress = Some(Direction.Egress, from, senders[0], receivers);
        return egress.IsEmpty ? egress : egress.Intersect(Some(Direction.Ingress, to, receivers[0], senders));

        List<Endpoint> Ends(List<NetworkInterface> nics) => [.. nics.SelectMany(n => n.Addresses.Where(a => a.Family == family).Select(a => Endpoint.Of(n, a)))];
    }

    private ServiceSet Some(Direction direction, SecurityGroupId group, Endpoint near, List<Endpoint> others) =>
        others.Aggregate(ServiceSet.Empty, (services, far) => services.Union(Side(direction, [group], near, far)));

    private ServiceSet Side(Direction direction, IEnumerable<SecurityGroupId> groups, Endpoint near, Endpoint far)
    {
        var services = ServiceSet.Empty;
        foreach (var id in groups)
        {
            foreach (var rule in _groups[id].Rules)
            {
                if (rule.Direction == direction && Matches(direction, rule.Peer, near, far)) services = services.Union(ServiceSet.Of(rule.Service));
            }
        }

        return services;
    }

    private bool Stands(Direction direction, Endpoint near, Endpoint far, int point)
    {
        if (near.Interface is not { Groups.IsEmpty: false } nic) return true;
        foreach (var id in nic.Groups)
        {
            foreach (var rule in _groups[id].Rules)
            {
                if (rule.Direction == direction && rule.Service.Interval.First <= point && point <= rule.Service.Interval.Last && Matches(direction, rule.Peer, near, far)) return true;
            }
        }

        return false;
    }

    private bool Matches(Direction direction, Peer peer, Endpoint near, Endpoint far) => peer switch
    {
        CidrPeer cidr => cidr.Cidr.Contains(far.Address),
        PrefixListPeer list => _lists[list.PrefixList].Entries!.Value.Any(e => e.Cidr.Contains(far.Address)),
        GroupPeer group => far.Interface is { } nic && nic.Groups.Contains(group.Group) && GroupReference.IsAlive(group) && IsLinked(near.Vpc, nic.Vpc),
        _ => throw new InvalidOperationException($"A peer of a new kind, {direction}."),
    };

    private bool IsLinked(VpcId? a, VpcId? b) => a == b || (a is { } one && b is { } other && _linked.Contains((one, other)));
}
