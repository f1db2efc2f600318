using System.Collections.Immutable;
using Sallyport.Auditing.Strategy;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Exposure;

/// <summary>What the groups of an interface open to the world together, none of them by itself.</summary>
/// <param name="Set">The groups, and the interfaces that carry them.</param>
/// <param name="Direction">Of the rules.</param>
/// <param name="Family">The world's.</param>
/// <param name="Coverage">Of all the groups' rules taken together.</param>
/// <param name="Services">Open together and through no group alone; never empty.</param>
/// <param name="Rules">What the coverage's indexes mean.</param>
internal sealed record JoinedWorld(
    GroupSet Set, Direction Direction, IpFamily Family, WorldCoverage Coverage, ServiceSet Services, ImmutableArray<SecurityGroupRule> Rules)
{
    /// <summary>
    /// All of an estate. Most groups open nothing public, and are passed over: only sets with two groups that each open a part of
    /// the world, and together perhaps all of it, are worked out.
    /// </summary>
    public static ImmutableArray<JoinedWorld> Find(AuditContext context)
    {
        var found = ImmutableArray.CreateBuilder<JoinedWorld>();
        var known = new Dictionary<SecurityGroupId, WorldShares>();
        var shares = new List<WorldShares>();
        foreach (var set in context.Strategy.Sets)
        {
            if (set.Groups.Length < 2) continue;
            shares.Clear();
            foreach (var id in set.Groups) shares.Add(SharesOf(id));
            if (shares.Count(s => s != WorldShares.None) < 2) continue;
            foreach (var direction in new[] { Direction.Ingress, Direction.Egress })
            {
                foreach (var family in new[] { IpFamily.V4, IpFamily.V6 })
                {
                    if (shares.Sum(s => s.In(direction, family)) < (double)PublicSpace.WorldOf(family).Count) continue;
                    var parts = set.Groups.Where((_, i) => shares[i].In(direction, family) > 0).ToList();
                    if (parts.Count >= 2) Join(set, parts, direction, family);
                }
            }
        }

        return found.ToImmutable();

        WorldShares SharesOf(SecurityGroupId id)
        {
            if (known.TryGetValue(id, out var one)) return one;
            one = context.Estate.Index.Groups.TryGetValue(id, out var group) ? WorldShares.Of(group, context.Facts) : WorldShares.None;
            known.Add(id, one);
            return one;
        }

        void Join(GroupSet set, List<SecurityGroupId> parts, Direction direction, IpFamily family)
        {
            var rules = ImmutableArray.CreateBuilder<SecurityGroupRule>();
            var boxes = new List<ReachBox>();
            var alone = ServiceSet.Empty;
            foreach (var id in parts)
            {
                var facts = new DirectionFacts(context, context.Estate.Index.Groups[id], direction);
                alone = alone.Union(facts.World(family).World);
                foreach (var rule in facts.Rules)
                {
                    if (facts.AddressesOf(rule, family) is { } peer)
                    {
                        boxes.AddRange(peer.ToCidrs().Select(block => new ReachBox(rules.Count, rule.Service.Interval, block)));
                    }

                    rules.Add(rule);
                }
            }

            var coverage = WorldCoverage.Of(family, boxes, warn: 1);
            var together = coverage.World.Subtract(alone);
            if (!together.IsEmpty) found.Add(new JoinedWorld(set, direction, family, coverage, together, rules.ToImmutable()));
        }
    }

    /// <summary>The rules, each once, that open some of the services.</summary>
    public IEnumerable<SecurityGroupRule> Evidence(ServiceSet services) => Coverage.EvidenceOf(services).Distinct().Select(i => Rules[i]);
}
