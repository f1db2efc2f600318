using Sallyport.Estates;
using Sallyport.Lab.Storage;
using Sallyport.Packets;

namespace Sallyport.Lab.Groups;

/// <summary>
/// Counts rules as AWS does: per direction, IPv4 and IPv6 apart; a block is one on its side, a group one on both, a customer
/// prefix list its MaxEntries, an AWS-managed list its weight (VPC user guide: quotas; AWS-managed prefix list weight).
/// </summary>
internal static class RuleQuota
{
    private static readonly (string Ending, int Weight)[] Weights =
    [
        (".cloudfront.origin-facing", 55), (".groundstation", 5), (".vpc-lattice", 10), (".s3", 1), (".dynamodb", 1),
    ];

    /// <summary>True when the group, as it would be, keeps within the limit in both directions and families.</summary>
    public static bool Holds(World world, SecurityGroup group, int limit, Direction direction) =>
        Count(world, group, direction) is var (v4, v6) && v4 <= limit && v6 <= limit;

    /// <summary>How much of the quota one prefix list takes.</summary>
    public static int WeightOf(PrefixList list)
    {
        if (!list.IsAwsManaged) return list.MaxEntries ?? list.Entries?.Length ?? 1;
        var weight = Array.Find(Weights, w => list.Name.EndsWith(w.Ending, StringComparison.Ordinal)).Weight;
        return weight > 0 ? weight : 1;
    }

    private static (int V4, int V6) Count(World world, SecurityGroup group, Direction direction)
    {
        var (v4, v6) = (0, 0);
        foreach (var rule in group.RulesOf(direction))
        {
            switch (rule.Peer)
            {
                case CidrPeer { Cidr.Family: IpFamily.V4 }:
                    v4++;
                    break;
                case CidrPeer:
                    v6++;
                    break;
                case GroupPeer:
                    v4++;
                    v6++;
                    break;
                case PrefixListPeer { PrefixList: var id } when world.FindPrefixList(group.Scope, id)?.List is { } list:
                    if (list.Family == IpFamily.V4) v4 += WeightOf(list);
                    else v6 += WeightOf(list);
                    break;
                default:
                    break;
            }
        }

        return (v4, v6);
    }
}
