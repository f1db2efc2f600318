using System.Collections.Immutable;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Reachability;

namespace Sallyport.Connections.Compiling;

/// <summary>
/// Rewrites the rules of a group's direction as fewer that allow exactly the same, only when they exceed the quota and only among
/// rules with the same owners. (reference: reachability-and-synthesis §7)
/// </summary>
internal sealed class RuleBudget(int rulesPerGroup, Estate? estate, Action<Diagnostic> report)
{
    /// <summary>The rules, rewritten where needed; sorted as given.</summary>
    public ImmutableArray<OwnedRule> Fit(ImmutableArray<OwnedRule> rules)
    {
        var result = ImmutableArray.CreateBuilder<OwnedRule>(rules.Length);
        foreach (var side in rules.GroupBy(r => (r.Group, r.Key.Direction)))
        {
            var given = side.ToList();
            if (Weight(given, IpFamily.V4) <= rulesPerGroup && Weight(given, IpFamily.V6) <= rulesPerGroup)
            {
                result.AddRange(given);
                continue;
            }

            // Rules of different owners may become one and the same: then it has the owners of both.
            var ledger = new RuleLedger();
            foreach (var rule in given.GroupBy(r => string.Join(' ', r.Owners.Keys)).SelectMany(Minimise))
            {
                foreach (var (origin, reason) in rule.Owners) ledger.Add(rule.Group, rule.Key, origin, reason);
            }

            var fewer = ledger.ToRules();
            if (fewer.Length < given.Count)
            {
                report(ConnectionsDiagnostics.Minimised(side.Key.Group.Value, side.Key.Direction == Direction.Ingress ? "ingress" : "egress", given.Count, fewer.Length, null));
            }

            result.AddRange(fewer);
        }

        return result.DrainToImmutable();
    }

    private static IEnumerable<OwnedRule> Minimise(IEnumerable<OwnedRule> sameOwners)
    {
        var rules = sameOwners.ToList();
        var byKey = rules.ToDictionary(r => r.Key);
        return RuleMinimiser.Minimise([.. rules.Select(r => r.Key)])
            .Select(key => byKey.TryGetValue(key, out var rule) ? rule : rules[0] with { Key = key });
    }

    /// <summary>What the rules cost of one family's quota: a reference counts in both, a prefix list its maximum entries.</summary>
    private int Weight(IEnumerable<OwnedRule> rules, IpFamily family) => rules.Sum(rule => rule.Key.Peer switch
    {
        CidrPeer cidr => cidr.Cidr.Family == family ? 1 : 0,
        PrefixListPeer list when estate?.Index.PrefixLists.TryGetValue(list.PrefixList, out var known) == true => known.Family == family ? known.MaxEntries ?? 1 : 0,
        _ => 1,
    });
}
