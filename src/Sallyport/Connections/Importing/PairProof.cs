using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Reachability;

namespace Sallyport.Connections.Importing;

/// <summary>
/// What the members of two groups may do with each other by one side's rules, all groups that the members carry taken together.
/// A member is never its own counterpart; families are judged apart, since no packet has two.
/// </summary>
internal sealed class PairProof(GroupTraffic traffic)
{
    /// <summary>Services that the near side lets through between at least one pair of members; of the groups themselves when there is no pair.</summary>
    /// <param name="near">The group on whose side the rules are.</param>
    /// <param name="far">The group at the other end.</param>
    /// <param name="direction">Which of the near members' rules.</param>
    /// <param name="counts">Whether a reference from a rule's owner to a group counts; null for all.</param>
    public ServiceSet Some(SecurityGroupId near, SecurityGroupId far, Direction direction, Func<SecurityGroupId, SecurityGroupId, bool>? counts = null)
    {
        var result = ServiceSet.Empty;
        var any = false;
        foreach (var (_, services) in Pairs(near, far, direction, counts))
        {
            result = result.Union(services);
            any = true;
        }

        return any ? result : Symbolic(near, far, direction, counts);
    }

    /// <summary>
    /// As <see cref="Some"/>, but between every pair of members of one family, or of <paramref name="bothFamilies"/> where the
    /// members have addresses of both.
    /// </summary>
    public ServiceSet Every(SecurityGroupId near, SecurityGroupId far, Direction direction, bool bothFamilies)
    {
        var result = new Dictionary<IpFamily, ServiceSet>();
        foreach (var (family, services) in Pairs(near, far, direction, null))
        {
            result[family] = result.TryGetValue(family, out var known) ? known.Intersect(services) : services;
        }

        return result.Count == 0 ? Symbolic(near, far, direction, null) : result.Values.Aggregate((a, b) => bothFamilies ? a.Intersect(b) : a.Union(b));
    }

    /// <summary>True when the two groups are known to have two different members, one each.</summary>
    public bool HasPair(SecurityGroupId near, SecurityGroupId far) =>
        traffic.MembersOf(near).Any(a => traffic.MembersOf(far).Any(b => a.Id != b.Id));

    /// <summary>
    /// Services for which blocks hold every address of the far group, in each family both groups have or in
    /// <paramref name="oneFamily"/> of them; its whole VPC when nobody carries it.
    /// </summary>
    public ServiceSet Holding(AllowedTraffic blocks, SecurityGroupId near, SecurityGroupId far, bool oneFamily = false)
    {
        ServiceSet? result = null;
        foreach (var family in new[] { IpFamily.V4, IpFamily.V6 })
        {
            if (traffic.AddressesOf(far, family).IsEmpty || traffic.AddressesOf(near, family).IsEmpty) continue;
            var held = GroupTraffic.Every(family == IpFamily.V4 ? blocks.V4 : blocks.V6, traffic.AddressesOf(far, family));
            result = result is null ? held : oneFamily ? result.Union(held) : result.Intersect(held);
        }

        return result ?? traffic.CoveringBlocks(blocks, far);
    }

    private ServiceSet Symbolic(SecurityGroupId near, SecurityGroupId far, Direction direction, Func<SecurityGroupId, SecurityGroupId, bool>? counts)
    {
        var own = traffic.Of(near, direction);
        var byBlock = traffic.CoveringBlocks(own, far);
        return counts is null || counts(near, far) ? byBlock.Union(own.Symbols.GetValueOrDefault(new GroupPeer(far), ServiceSet.Empty)) : byBlock;
    }

    private IEnumerable<(IpFamily Family, ServiceSet Services)> Pairs(
        SecurityGroupId near, SecurityGroupId far, Direction direction, Func<SecurityGroupId, SecurityGroupId, bool>? counts)
    {
        // Near members that carry the same groups are alike, so one of them stands for all.
        foreach (var alike in traffic.MembersOf(near).GroupBy(m => string.Join(' ', m.Groups)))
        {
            var groups = alike.First().Groups;
            foreach (var other in traffic.MembersOf(far))
            {
                var partners = alike.Where(m => m.Id != other.Id).ToList();
                if (partners.Count == 0) continue;
                var byReference = References(groups, other.Groups, direction, counts);
                foreach (var family in new[] { IpFamily.V4, IpFamily.V6 })
                {
                    if (!partners.Any(m => GroupTraffic.RangesOf(m, family).Any())) continue;
                    foreach (var range in GroupTraffic.RangesOf(other, family))
                    {
                        yield return (family, byReference.Union(AtBlocks(groups, range, family, direction)));
                    }
                }
            }
        }
    }

    private ServiceSet References(
        ImmutableArray<SecurityGroupId> owners, ImmutableArray<SecurityGroupId> peers, Direction direction, Func<SecurityGroupId, SecurityGroupId, bool>? counts)
    {
        var result = ServiceSet.Empty;
        foreach (var owner in owners)
        {
            var symbols = traffic.Of(owner, direction).Symbols;
            foreach (var peer in peers)
            {
                if ((counts is null || counts(owner, peer)) && symbols.TryGetValue(new GroupPeer(peer), out var services)) result = result.Union(services);
            }
        }

        return result;
    }

    private ServiceSet AtBlocks(ImmutableArray<SecurityGroupId> owners, AddressRange range, IpFamily family, Direction direction)
    {
        var result = ServiceSet.Empty;
        var addresses = AddressSet.FromRanges(family, [range]);
        foreach (var owner in owners)
        {
            var own = traffic.Of(owner, direction);
            result = result.Union(GroupTraffic.Some(family == IpFamily.V4 ? own.V4 : own.V6, addresses));
        }

        return result;
    }
}
