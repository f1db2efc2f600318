using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Reachability;

namespace Sallyport.Connections.Importing;

/// <summary>What each group's own rules allow, and the addresses its members have: computed once, on demand.</summary>
internal sealed class GroupTraffic(Estate estate)
{
    /// <summary>Every IPv4 address.</summary>
    public static readonly AddressSet AnyV4 = AddressSet.Of(Cidr.AnyV4);

    private readonly Dictionary<(SecurityGroupId, Direction), AllowedTraffic> _traffic = [];
    private readonly Dictionary<SecurityGroupId, ImmutableArray<NetworkInterface>> _members = [];
    private readonly Dictionary<(SecurityGroupId, IpFamily), AddressSet> _addresses = [];
    private readonly Dictionary<(VpcId, IpFamily), AddressSet> _vpcs = [];

    /// <summary>The rules of one side, prefix lists expanded where they were read.</summary>
    public AllowedTraffic Of(SecurityGroupId group, Direction direction)
    {
        if (_traffic.TryGetValue((group, direction), out var known)) return known;
        var rules = estate.Index.Groups.TryGetValue(group, out var found) ? found.RulesOf(direction).Select(r => r.Key) : [];
        return _traffic[(group, direction)] = AllowedTraffic.Of(rules, estate.Index.EntriesOf);
    }

    /// <summary>Interfaces that carry the group.</summary>
    public ImmutableArray<NetworkInterface> MembersOf(SecurityGroupId group) =>
        _members.TryGetValue(group, out var known) ? known : _members[group] = [.. estate.Index.MembersOf(group)];

    /// <summary>All addresses and delegated prefixes of the group's members.</summary>
    public AddressSet AddressesOf(SecurityGroupId group, IpFamily family)
    {
        if (_addresses.TryGetValue((group, family), out var known)) return known;
        return _addresses[(group, family)] = AddressSet.FromRanges(family, MembersOf(group).SelectMany(m => RangesOf(m, family)));
    }

    /// <summary>
    /// The blocks of the group's VPC. Where the VPC was not read they may be anywhere: every IPv4 address, so that only blocks which hold
    /// all of them hold the VPC, and no IPv6 address, since a VPC need not have any. None for a group that was not read.
    /// </summary>
    public AddressSet VpcOf(SecurityGroupId group, IpFamily family)
    {
        if (!estate.Index.Groups.TryGetValue(group, out var found)) return AddressSet.Empty(family);
        if (found.Vpc is not { } vpc || !estate.Index.Vpcs.TryGetValue(vpc, out var read)) return family == IpFamily.V4 ? AnyV4 : AddressSet.Empty(family);
        if (_vpcs.TryGetValue((vpc, family), out var known)) return known;
        return _vpcs[(vpc, family)] = AddressSet.Of(family, read.Cidrs);
    }

    /// <summary>False where neither a member of the group nor its VPC was read, so that narrower blocks than all addresses prove nothing about it.</summary>
    public bool IsPlaced(SecurityGroup group) => !MembersOf(group.Id).IsEmpty || (group.Vpc is { } vpc && estate.Index.Vpcs.ContainsKey(vpc));

    /// <summary>
    /// Services for which a group's own rules of one direction let the far group through as a whole: by reference, or by blocks
    /// that hold all its members' addresses of a family, or its whole VPC.
    /// </summary>
    public ServiceSet Covering(SecurityGroupId owner, Direction direction, SecurityGroupId far)
    {
        var traffic = Of(owner, direction);
        return traffic.Symbols.GetValueOrDefault(new GroupPeer(far), ServiceSet.Empty).Union(CoveringBlocks(traffic, far));
    }

    /// <summary>As <see cref="Covering"/>, by blocks alone.</summary>
    public ServiceSet CoveringBlocks(AllowedTraffic traffic, SecurityGroupId far) =>
        Every(traffic.V4, AddressesOf(far, IpFamily.V4)).Union(Every(traffic.V4, VpcOf(far, IpFamily.V4)))
            .Union(Every(traffic.V6, AddressesOf(far, IpFamily.V6))).Union(Every(traffic.V6, VpcOf(far, IpFamily.V6)));

    /// <summary>Services allowed for all of the addresses; none when there is no address.</summary>
    public static ServiceSet Every(AddressServices map, AddressSet addresses)
    {
        if (addresses.IsEmpty || map.IsEmpty) return ServiceSet.Empty;
        ServiceSet? result = null;
        foreach (var range in addresses.Ranges)
        {
            var next = range.First;
            for (var i = FirstSlab(map, range.First); i < map.Slabs.Length && map.Slabs[i].Range.First <= range.Last; i++)
            {
                var slab = map.Slabs[i];
                if (slab.Range.First > next) return ServiceSet.Empty;
                result = result is null ? slab.Services : result.Intersect(slab.Services);
                if (result.IsEmpty) return result;
                if (slab.Range.Last >= range.Last) goto nextRange;
                next = slab.Range.Last + 1;
            }

            return ServiceSet.Empty;
        nextRange:;
        }

        return result ?? ServiceSet.Empty;
    }

    /// <summary>Services allowed for at least one of the addresses.</summary>
    public static ServiceSet Some(AddressServices map, AddressSet addresses)
    {
        var result = ServiceSet.Empty;
        foreach (var range in addresses.Ranges)
        {
            for (var i = FirstSlab(map, range.First); i < map.Slabs.Length && map.Slabs[i].Range.First <= range.Last; i++)
            {
                result = result.Union(map.Slabs[i].Services);
            }
        }

        return result;
    }

    /// <summary>The addresses and delegated prefixes of an interface as ranges.</summary>
    public static IEnumerable<AddressRange> RangesOf(NetworkInterface member, IpFamily family) =>
        member.Addresses.Where(a => a.Family == family).Select(a => new AddressRange(a.Bits, a.Bits))
            .Concat(member.Prefixes.Where(p => p.Family == family).Select(p => new AddressRange(p.Bits, p.Last.Bits)));

    private static int FirstSlab(AddressServices map, AddressNumber address)
    {
        var (low, high) = (0, map.Slabs.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (map.Slabs[middle].Range.Last < address) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
