using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connections.Importing;

/// <summary>
/// How many rules of EC2's quota the estate already uses, so that an imported file never asks for less than there is:
/// blocks count 1 in their family, references 1 in both, prefix lists their maximum (reference: ec2-semantics §5).
/// </summary>
internal static class RuleWeight
{
    private const int DefaultQuota = 60;

    /// <summary>The default quota, or the largest number of rules per group, direction and family when that is more.</summary>
    public static int QuotaFor(Estate estate) => estate.SecurityGroups
        .SelectMany(g => new[] { Direction.Ingress, Direction.Egress }.Select(d => Count(g, d, estate)))
        .Append(DefaultQuota).Max();

    private static int Count(SecurityGroup group, Direction direction, Estate estate)
    {
        var (v4, v6, all) = (0, 0, 0);
        foreach (var rule in group.RulesOf(direction))
        {
            var weight = 1;
            var family = rule.Peer is CidrPeer cidr ? cidr.Cidr.Family : (IpFamily?)null;
            if (rule.Peer is PrefixListPeer list && estate.Index.PrefixLists.TryGetValue(list.PrefixList, out var found))
            {
                weight = Math.Max(1, found.MaxEntries ?? 1);
                family = found.Family;
            }

            if (family is null or IpFamily.V4) v4 += weight;
            if (family is null or IpFamily.V6) v6 += weight;
            all++;
        }

        // The plain count too: a reader of the file who counts rules must not find more of them than the quota says.
        return Math.Max(all > DefaultQuota ? all : 0, Math.Max(v4, v6));
    }
}
