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
    private readonly Dictionary<(SecurityGroupId, Direction), (List<RuleKey> Old, List<RuleKey> New)> _ends = [];
    private readonly bool _withOracle;

    public BoundWatch(Estate estate, IReadOnlyDictionary<SecurityGroupId, IReadOnlyList<RuleKey>> after, bool withOracle = true)
    {
        _estate = estate;
        _withOracle = withOracle;
        foreach (var group in estate.SecurityGroups)
        {
            foreach (var direction in new[] { Direction.Ingress, Direction.Egress })
            {
                _ends[(group.Id, direction)] = ([.. group.RulesOf(direction).Select(r => r.Key)], [.. after[group.Id].Where(k => k.Direction == direction)]);
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
            var (old, @new) = _ends[(group.Id, direction)];
            var now = group.RulesOf(direction).Select(r => r.Key).ToList();
            var (before, after, between) = (Traffic(old), Traffic(@new), Traffic(now));
            Assert.True(before.Intersect(after).IsSubsetOf(between), $"{group.Id} {direction}: wanted traffic was cut: {before.Intersect(after).Subtract(between)}");
            Assert.True(between.IsSubsetOf(before.Union(after)), $"{group.Id} {direction}: more is open than before or after: {between.Subtract(before.Union(after))}");
            if (_withOracle) CheckPackets(group, direction, old, @new, now);
        }
    }

    private void CheckPackets(SecurityGroup group, Direction direction, List<RuleKey> old, List<RuleKey> @new, List<RuleKey> now)
    {
        foreach (var (address, groups) in Peers())
        {
            foreach (var (protocol, a, b) in PacketPool.Headers)
            {
                var before = RuleOracle.Allows(old, _estate, address, groups, protocol, a, b);
                var after = RuleOracle.Allows(@new, _estate, address, groups, protocol, a, b);
                if (before != after) continue;
                var between = RuleOracle.Allows(now, _estate, address, groups, protocol, a, b);
                Assert.True(between == before, $"{group.Id} {direction} {address} ({string.Join(",", groups)}) {protocol}/{a}/{b}: {before} before and after, {between} on the way");
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
}
