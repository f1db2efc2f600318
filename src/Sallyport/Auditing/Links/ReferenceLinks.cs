using Sallyport.Connectivity;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Links;

/// <summary>
/// Which groups reach which because the one names the other as target and is named back as source. Rules alone: true whoever
/// carries the groups, and blind to what blocks of addresses add. References over a dead peering count for nothing.
/// </summary>
internal sealed class ReferenceLinks
{
    private readonly Dictionary<(SecurityGroupId Owner, SecurityGroupId Peer), List<Interval>> _egress = [];
    private readonly Dictionary<(SecurityGroupId Owner, SecurityGroupId Peer), List<Interval>> _ingress = [];
    private readonly Dictionary<SecurityGroupId, List<SecurityGroupId>> _targets = [];
    private readonly Lazy<Dictionary<SecurityGroupId, IReadOnlyList<SecurityGroupId>>> _cycles;

    public ReferenceLinks(Estate estate)
    {
        foreach (var group in estate.SecurityGroups)
        {
            foreach (var rule in group.Rules)
            {
                if (rule.Peer is not GroupPeer peer || !GroupReference.IsAlive(peer)) continue;
                var side = rule.Direction == Direction.Egress ? _egress : _ingress;
                if (!side.TryGetValue((group.Id, peer.Group), out var intervals)) side.Add((group.Id, peer.Group), intervals = []);
                intervals.Add(rule.Service.Interval);
            }
        }

        foreach (var (owner, peer) in _egress.Keys)
        {
            if (owner == peer || Between(owner, peer).IsEmpty) continue;
            if (!_targets.TryGetValue(owner, out var targets)) _targets.Add(owner, targets = []);
            targets.Add(peer);
        }

        foreach (var targets in _targets.Values) targets.Sort();
        _cycles = new(() => CycleFinder.Find(estate.SecurityGroups.Select(g => g.Id), TargetsOf).ToDictionary(c => c[0]));
    }

    /// <summary>Services that the first group may open to the second and the second admits from the first.</summary>
    public ServiceSet Between(SecurityGroupId from, SecurityGroupId to)
    {
        if (!_egress.TryGetValue((from, to), out var egress) || !_ingress.TryGetValue((to, from), out var ingress)) return ServiceSet.Empty;
        return ServiceSet.FromIntervals(egress).Intersect(ServiceSet.FromIntervals(ingress));
    }

    /// <summary>Services that a group admits from another by naming it.</summary>
    public ServiceSet Admitted(SecurityGroupId owner, SecurityGroupId from) =>
        _ingress.TryGetValue((owner, from), out var intervals) ? ServiceSet.FromIntervals(intervals) : ServiceSet.Empty;

    /// <summary>Other groups that a group reaches in one step, sorted.</summary>
    public IReadOnlyList<SecurityGroupId> TargetsOf(SecurityGroupId group) => _targets.TryGetValue(group, out var targets) ? targets : [];

    /// <summary>
    /// The groups, sorted, that reach each other in steps, when there are at least two and this is the first of them; null otherwise.
    /// </summary>
    public IReadOnlyList<SecurityGroupId>? CycleFrom(SecurityGroupId group) => _cycles.Value.GetValueOrDefault(group);
}
