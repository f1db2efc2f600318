using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Tests.Generators;

/// <summary>
/// The dumb evaluator: reads one rule at a time, compares field by field, knows nothing of sets or intervals. Every fast path is
/// held against it.
/// </summary>
internal static class RuleOracle
{
    /// <summary>Does any of the rules, all of one direction, let this one packet through?</summary>
    /// <param name="rules">Rules of one side.</param>
    /// <param name="estate">For prefix-list entries.</param>
    /// <param name="far">The far end's address.</param>
    /// <param name="farGroups">Groups the far end carries.</param>
    /// <param name="protocol">Protocol number of the packet.</param>
    /// <param name="a">Destination port, or ICMP type; ignored for other protocols.</param>
    /// <param name="b">ICMP code; ignored otherwise.</param>
    public static bool Allows(
        IEnumerable<RuleKey> rules, Estate estate, Address far, IReadOnlyCollection<SecurityGroupId> farGroups, int protocol, int a, int b)
    {
        foreach (var rule in rules)
        {
            if (MatchesService(rule.Service, protocol, a, b) && MatchesPeer(rule.Peer, estate, far, farGroups)) return true;
        }

        return false;
    }

    public static bool MatchesService(Service service, int protocol, int a, int b)
    {
        if (service.Protocol.Number == -1) return true;
        if (service.Protocol.Number != protocol) return false;
        if (protocol is 6 or 17) return service.From <= a && a <= service.To;
        if (protocol is 1 or 58) return (service.From == -1 || service.From == a) && (service.To == -1 || service.To == b);
        return true;
    }

    private static bool MatchesPeer(Peer peer, Estate estate, Address far, IReadOnlyCollection<SecurityGroupId> farGroups)
    {
        switch (peer)
        {
            case CidrPeer cidr:
                return InBlock(cidr.Cidr, far);
            case GroupPeer group:
                return farGroups.Contains(group.Group);
            case PrefixListPeer list:
                foreach (var known in estate.PrefixLists)
                {
                    if (known.Id == list.PrefixList && known.Entries is { } entries)
                    {
                        foreach (var entry in entries)
                        {
                            if (InBlock(entry.Cidr, far)) return true;
                        }
                    }
                }

                return false;
            default:
                throw new InvalidOperationException("A peer of a new kind: teach the oracle.");
        }
    }

    /// <summary>Compares the bits of the prefix, one by one.</summary>
    public static bool InBlock(Cidr cidr, Address address)
    {
        if (cidr.Family != address.Family) return false;
        var width = cidr.Family == IpFamily.V4 ? 32 : 128;
        for (var bit = 0; bit < cidr.PrefixLength; bit++)
        {
            var shift = width - 1 - bit;
            if (((cidr.Bits >> shift) & 1) != ((address.Bits >> shift) & 1)) return false;
        }

        return true;
    }
}
