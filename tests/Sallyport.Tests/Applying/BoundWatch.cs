using Sallyport.Connections.Compiling;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Reachability;
using Sallyport.Tests.Generators;

namespace Sallyport.Tests.Applying;

/// <summary>
/// Looks at every state a target passes through and holds <c>old ∩ new ⊆ now ⊆ old ∪ new</c>, per group and direction: by the
/// algebra, and packet by packet with the dumb oracle (addresses at every edge, and every real member with its groups).
/// </summary>
internal sealed class BoundWatch
{
    private readonly Estate _estate;
    private readonly Dictionary<(SecurityGroupId, Direction), Bounds> _bounds = [];
    private readonly bool _withOracle;

    public BoundWatch(Estate estate, IReadOnlyDictionary<SecurityGroupId, IReadOnlyList<RuleKey>> after, bool withOracle = true)
    {
        _estate = estate;
        _withOracle = withOracle;
        foreach (var group in estate.SecurityGroups)
        {
            foreach (var direction in new[] { Direction.Ingress, Direction.Egress })
            {
                List<RuleKey> old = [.. group.RulesOf(direction).Select(r => r.Key)];
                List<RuleKey> @new = [.. after[group.Id].Where(k => k.Direction == direction)];
                var (before, behind) = (Traffic(old), Traffic(@new));
                _bounds[(group.Id, direction)] = new Bounds(before.Intersect(behind), before.Union(behind), withOracle ? [.. Fixed(old, @new)] : []);
            }
        }
    }

    /// <summary>States looked at.</summary>
    public int States { get; private set; }

    /// <summary>The end state that a declaration asks for, said without the planner.</summary>
    public static IReadOnlyDictionary<SecurityGroupId, IReadOnlyList<RuleKey>> EndOf(Estate estate, DesiredRules desired)
    {
        var ends = new Dictionary<SecurityGroupId, IReadOnlyList<RuleKey>>();
        foreach (var group in estate.SecurityGroups)
        {
            var now = group.Rules.Select(r => r.Key).ToList();
            var declared = desired.Rules.Where(r => r.Group == group.Id).Select(r => r.Key).ToList();
            var named = desired.Groups.Where(g => g.Id == group.Id).ToList();
            if (named.Count == 0 || named.Exists(g => g.IsReadOnly)) ends[group.Id] = now;
            else ends[group.Id] = desired.Unmanaged == UnmanagedRules.Revoke ? declared : [.. now.Union(declared)];
        }

        return ends;
    }

    public void Check(SecurityGroup group)
    {
        States++;
        foreach (var direction in new[] { Direction.Ingress, Direction.Egress })
        {
            var bounds = _bounds[(group.Id, direction)];
            var now = group.RulesOf(direction).Select(r => r.Key).ToList();
            var between = Traffic(now);
            Assert.True(bounds.Least.IsSubsetOf(between), $"{group.Id} {direction}: wanted traffic was cut: {bounds.Least.Subtract(between)}");
            Assert.True(between.IsSubsetOf(bounds.Most), $"{group.Id} {direction}: more is open than before or after: {between.Subtract(bounds.Most)}");
            if (_withOracle) CheckPackets(group, direction, bounds, now);
        }
    }

    private void CheckPackets(SecurityGroup group, Direction direction, Bounds bounds, List<RuleKey> now)
    {
        foreach (var (address, groups, protocol, a, b, allowed) in bounds.Packets)
        {
            if (RuleOracle.Allows(now, _estate, address, groups, protocol, a, b) == allowed) continue;
            Assert.Fail($"{group.Id} {direction} {address} ({string.Join(",", groups)}) {protocol}/{a}/{b}: allowed is {allowed} before and after, and not on the way");
        }
    }

    /// <summary>Packets whose fate is the same before and after, and so at every state between.</summary>
    private IEnumerable<(Address Address, IReadOnlyCollection<SecurityGroupId> Groups, int Protocol, int A, int B, bool Allowed)> Fixed(List<RuleKey> old, List<RuleKey> @new)
    {
        foreach (var (address, groups) in Peers())
        {
            foreach (var (protocol, a, b) in PacketPool.Headers)
            {
                var allowed = RuleOracle.Allows(old, _estate, address, groups, protocol, a, b);
                if (allowed == RuleOracle.Allows(@new, _estate, address, groups, protocol, a, b)) yield return (address, groups, protocol, a, b, allowed);
            }
        }
    }

    private IEnumerable<(Address Address, IReadOnlyCollection<SecurityGroupId> Groups)> Peers()
    {
        foreach (var address in PacketPool.Addresses) yield return (address, []);
        foreach (var nic in _estate.NetworkInterfaces)
        {
            foreach (var address in nic.Addresses) yield return (address, nic.Groups);
        }
    }

    private AllowedTraffic Traffic(IEnumerable<RuleKey> rules) => AllowedTraffic.Of(rules, _estate.Index.EntriesOf);

    private sealed record Bounds(
        AllowedTraffic Least, AllowedTraffic Most,
        List<(Address Address, IReadOnlyCollection<SecurityGroupId> Groups, int Protocol, int A, int B, bool Allowed)> Packets);
}
