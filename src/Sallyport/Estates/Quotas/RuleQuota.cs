using System.Collections.Immutable;
using Sallyport.Packets;

namespace Sallyport.Estates.Quotas;

/// <summary>
/// AWS's weights under the quota "rules per security group", which holds per direction and per family: a block costs 1 in its
/// family, a group reference 1 in both, a customer prefix list its maximum number of entries (not its entries), an AWS-managed
/// list what AWS publishes. (reference: ec2-semantics §4)
/// </summary>
public sealed class RuleQuota(Estate estate)
{
    // Published with the managed lists; EC2's API does not return them.
    private static readonly (string Suffix, int Weight)[] ManagedWeights =
    [
        (".s3", 1), (".dynamodb", 1), (".s3express", 1), (".ec2-instance-connect", 2), (".vpc-lattice", 10), (".groundstation", 5),
        (".cloudfront.origin-facing", 55), (".route53-healthchecks", 25),
    ];

    /// <summary>
    /// The weight of a rule. A prefix list whose weight nobody knows counts as its known entries, at least 1, and
    /// <paramref name="isKnown"/> is false: the true weight may be higher.
    /// </summary>
    public RuleWeight WeightOf(RuleKey rule, out bool isKnown)
    {
        isKnown = true;
        switch (rule.Peer)
        {
            case CidrPeer cidr:
                return cidr.Cidr.Family == IpFamily.V4 ? new RuleWeight(1, 0) : new RuleWeight(0, 1);
            case PrefixListPeer peer:
                estate.Index.PrefixLists.TryGetValue(peer.PrefixList, out var list);
                var weight = list is null ? null : WeightOf(list);
                isKnown = weight is not null;
                var cost = weight ?? Math.Max(1, list?.Entries?.Length ?? 1);
                return (list?.Family ?? IpFamily.V4) == IpFamily.V4 ? new RuleWeight(cost, 0) : new RuleWeight(0, cost);
            default:
                return new RuleWeight(1, 1);
        }
    }

    /// <summary>The weight of a rule, whether known or assumed.</summary>
    public RuleWeight WeightOf(RuleKey rule) => WeightOf(rule, out _);

    /// <summary>The weight of rules of one group and direction together.</summary>
    public RuleWeight WeightOf(IEnumerable<RuleKey> rules) => rules.Aggregate(default(RuleWeight), (sum, rule) => sum + WeightOf(rule));

    /// <summary>The known costs of the prefix lists that rules of some groups name, sorted.</summary>
    public ImmutableArray<PrefixListCost> CostsOf(IEnumerable<SecurityGroup> groups, IEnumerable<RuleKey> more) =>
        [.. groups.SelectMany(g => g.Rules.Select(r => r.Key)).Concat(more).Select(k => k.Peer).OfType<PrefixListPeer>().Distinct().Order().Select(Cost).OfType<PrefixListCost>()];

    private PrefixListCost? Cost(PrefixListPeer peer) =>
        estate.Index.PrefixLists.TryGetValue(peer.PrefixList, out var list) && WeightOf(list) is { } weight ? new PrefixListCost(peer.PrefixList, list.Family, weight) : null;

    private static int? WeightOf(PrefixList list)
    {
        if (!list.IsAwsManaged) return list.MaxEntries;
        foreach (var (suffix, weight) in ManagedWeights)
        {
            var name = list.Name.Replace(".ipv6.", ".", StringComparison.Ordinal);
            if (name.EndsWith(suffix, StringComparison.Ordinal)) return weight;
        }

        return null;
    }
}
