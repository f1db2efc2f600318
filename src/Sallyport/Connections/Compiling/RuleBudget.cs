using System.Collections.Immutable;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Estates.Quotas;
using Sallyport.Reachability;

namespace Sallyport.Connections.Compiling;

/// <summary>
/// Rewrites the rules of a group's direction as fewer that allow exactly the same, only when they exceed the quota and only among
/// rules with the same owners. (reference: reachability-and-synthesis §7)
/// </summary>
internal sealed class RuleBudget(int rulesPerGroup, Estate? estate, Action<Diagnostic> report)
{
    private readonly RuleQuota _quota = new(estate ?? new EstateBuilder().Build());

    /// <summary>The rules, rewritten where needed; sorted as given.</summary>
    public ImmutableArray<OwnedRule> Fit(ImmutableArray<OwnedRule> rules)
    {
        var result = ImmutableArray.CreateBuilder<OwnedRule>(rules.Length);
        foreach (var side in rules.GroupBy(r => (r.Group, r.Key.Direction)))
        {
            var given = side.ToList();
            if (_quota.WeightOf(given.Select(r => r.Key)).FitsIn(rulesPerGroup))
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
}
