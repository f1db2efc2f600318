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
    private readonly GroupGraph _references;

    // Of each group of the estate the references by peer and direction, as one number each, sorted.
    private readonly int[][] _sides;
    private readonly Interval[][] _services;
    private readonly SecurityGroupId[][] _targets;
    private readonly Lazy<Dictionary<SecurityGroupId, IReadOnlyList<SecurityGroupId>>> _cycles;

    public ReferenceLinks(Estate estate)
    {
        _references = estate.Index.References;
        var count = estate.SecurityGroups.Length;
        (_sides, _services, _targets) = (new int[count][], new Interval[count][], new SecurityGroupId[count][]);
        for (var owner = 0; owner < count; owner++) (_sides[owner], _services[owner]) = SidesOf(owner);
        var targets = new List<SecurityGroupId>();
        for (var owner = 0; owner < count; owner++)
        {
            targets.Clear();
            var sides = _sides[owner];
            for (var i = 0; i < sides.Length; i++)
            {
                if (i > 0 && sides[i] == sides[i - 1]) continue;
                var (peer, direction) = (sides[i] >> 1, (Direction)(sides[i] & 1));
                if (direction == Direction.Egress && peer != owner && AreLinked(owner, peer)) targets.Add(_references.IdOf(peer));
            }

            targets.Sort();
            _targets[owner] = [.. targets];
        }

        _cycles = new(() => CycleFinder.Find(estate.SecurityGroups.Select(g => g.Id), TargetsOf).ToDictionary(c => c[0]));
    }

    /// <summary>Services that the first group may open to the second and the second admits from the first.</summary>
    public ServiceSet Between(SecurityGroupId from, SecurityGroupId to)
    {
        var (source, target) = (_references.NumberOf(from), _references.NumberOf(to));
        var egress = Named(source, Direction.Egress, target);
        var ingress = Named(target, Direction.Ingress, source);
        return egress.IsEmpty || ingress.IsEmpty ? ServiceSet.Empty : ServiceSet.FromIntervals(egress).Intersect(ServiceSet.FromIntervals(ingress));
    }

    /// <summary>Services that a group admits from another by naming it.</summary>
    public ServiceSet Admitted(SecurityGroupId owner, SecurityGroupId from) =>
        ServiceSet.FromIntervals(Named(_references.NumberOf(owner), Direction.Ingress, _references.NumberOf(from)));

    /// <summary>Other groups that a group reaches in one step, sorted.</summary>
    public IReadOnlyList<SecurityGroupId> TargetsOf(SecurityGroupId group) =>
        _references.NumberOf(group) is var number && number >= 0 && number < _targets.Length ? _targets[number] : [];

    /// <summary>
    /// The groups, sorted, that reach each other in steps, when there are at least two and this is the first of them; null otherwise.
    /// </summary>
    public IReadOnlyList<SecurityGroupId>? CycleFrom(SecurityGroupId group) => _cycles.Value.GetValueOrDefault(group);

    private static int Side(int peer, Direction direction) => (peer << 1) | (int)direction;

    private (int[] Sides, Interval[] Services) SidesOf(int owner)
    {
        var (peers, rules) = _references.Of(owner);
        var alive = 0;
        foreach (var rule in rules.Span) alive += GroupReference.IsAlive((GroupPeer)rule.Peer) ? 1 : 0;
        var (sides, services) = (new int[alive], new Interval[alive]);
        var next = 0;
        for (var i = 0; i < peers.Length; i++)
        {
            var rule = rules.Span[i];
            if (!GroupReference.IsAlive((GroupPeer)rule.Peer)) continue;
            (sides[next], services[next]) = (Side(peers.Span[i], rule.Direction), rule.Service.Interval);
            next++;
        }

        Array.Sort(sides, services);
        return (sides, services);
    }

    // Cheaper than the set of what they share.
    private bool AreLinked(int from, int to)
    {
        var ingress = Named(to, Direction.Ingress, from);
        foreach (var mine in Named(from, Direction.Egress, to))
        {
            foreach (var theirs in ingress)
            {
                if (mine.First <= theirs.Last && theirs.First <= mine.Last) return true;
            }
        }

        return false;
    }

    private ReadOnlySpan<Interval> Named(int owner, Direction direction, int peer)
    {
        if (owner < 0 || owner >= _sides.Length || peer < 0) return [];
        var (sides, side) = (_sides[owner], Side(peer, direction));
        var first = Array.BinarySearch(sides, side);
        if (first < 0) return [];
        var end = first + 1;
        while (first > 0 && sides[first - 1] == side) first--;
        while (end < sides.Length && sides[end] == side) end++;
        return _services[owner].AsSpan(first..end);
    }
}
