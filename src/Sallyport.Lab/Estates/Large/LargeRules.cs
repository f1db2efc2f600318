using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Lab.Estates.Drafting;
using Sallyport.Packets;

namespace Sallyport.Lab.Estates.Large;

/// <summary>
/// Draws the rules of one VPC's groups: about 60 % name a group of the VPC (its own application first), three in four of these
/// with the other half on the far side; about 3 % are open to the world; the rest are blocks and prefix lists.
/// </summary>
internal sealed class LargeRules
{
    private const int MostDraws = 24;

    private readonly LargeVpc _vpc;
    private readonly LargeVpc? _peer;
    private readonly ImmutableArray<(PrefixListPeer List, IpFamily Family, int Weight)> _lists;
    private readonly SplitMix64 _random;
    private readonly LargeGroup[] _groups;
    private readonly GroupPeer[] _peers;
    private readonly CidrPeer[] _blocks;
    private readonly CidrPeer[] _blocksV6;
    private readonly CidrPeer _world = new(Cidr.AnyV4);
    private readonly CidrPeer _worldV6 = new(Cidr.AnyV6);
    private uint _nextHost;

    public LargeRules(LargeVpc vpc, LargeVpc? peer, ImmutableArray<(PrefixListPeer List, IpFamily Family, int Weight)> lists, ReadOnlySpan<int> counts, SplitMix64 random)
    {
        (_vpc, _peer, _lists, _random) = (vpc, peer, lists, random);
        _groups = new LargeGroup[vpc.GroupCount];
        _peers = new GroupPeer[vpc.GroupCount];
        for (var i = 0; i < _groups.Length; i++)
        {
            _groups[i] = new LargeGroup(vpc.Ids.Group(vpc.FirstGroup + i), counts[i]);
            _peers[i] = new GroupPeer(_groups[i].Id) { Account = vpc.Scope.Account };
        }

        _blocks = [.. LargePools.Networks.Append(vpc.Cidr).Concat(Enumerable.Range(0, LargeVpc.SubnetCount).Select(vpc.SubnetCidr)).Select(c => new CidrPeer(c))];
        _blocksV6 = [.. LargePools.NetworksV6.Append(vpc.CidrV6).Concat(Enumerable.Range(0, 4).Select(vpc.SubnetCidrV6)).Select(c => new CidrPeer(c))];
    }

    /// <summary>Every group with as many rules as it was to have.</summary>
    public IReadOnlyList<LargeGroup> Draw()
    {
        AddDefaultGroupRules();
        for (var i = 1; i < _groups.Length; i++) Fill(i);
        if (!_groups[0].IsFull) Fill(0);
        return _groups;
    }

    private void AddDefaultGroupRules()
    {
        Add(_groups[0], Direction.Ingress, Service.Any, _peers[0], string.Empty);
        Add(_groups[0], Direction.Egress, Service.Any, _world, string.Empty);
        if (_vpc.HasIpv6) Add(_groups[0], Direction.Egress, Service.Any, _worldV6, string.Empty);
    }

    private void Fill(int index)
    {
        var group = _groups[index];
        var failures = 0;
        while (!group.IsFull)
        {
            if (DrawOne(index))
            {
                failures = 0;
            }
            else if (++failures > MostDraws)
            {
                // The pools are used up for this group: hosts of the VPC never are.
                var host = new CidrPeer(Cidr.Host(new Address(IpFamily.V4, _vpc.Cidr.Bits + (_nextHost++ & 0xffff))));
                if (!Add(group, Direction.Ingress, Service.Tcp(443), host, "host")) Add(group, Direction.Egress, Service.Tcp(443), host, "host");
            }
        }
    }

    private bool DrawOne(int index)
    {
        var group = _groups[index];
        var direction = _random.Percent(55) ? Direction.Ingress : Direction.Egress;
        var description = _random.Pick(LargePools.Descriptions.AsSpan());
        switch (_random.Below(100))
        {
            case < 58:
                return DrawReference(index, direction, description);
            case < 60:
                return DrawPeeredReference(group, direction, description);
            case < 63:
                return DrawWorld(group, direction);
            case < 69:
                return DrawList(group, direction, description);
            default:
                return DrawBlock(group, direction, description);
        }
    }

    private bool DrawReference(int index, Direction direction, string description)
    {
        var far = FarIndex(index);
        var service = _random.Pick(LargePools.Services.AsSpan());
        if (!Add(_groups[index], direction, service, _peers[far], description)) return false;
        if (_random.Percent(75))
        {
            Add(_groups[far], direction == Direction.Ingress ? Direction.Egress : Direction.Ingress, service, _peers[index], description);
        }

        return true;
    }

    /// <summary>Half stay in their application of five groups, some go to the hubs (monitoring, bastion), some to themselves.</summary>
    private int FarIndex(int index)
    {
        var tiers = LargePools.Tiers.Length;
        var choice = _random.Below(100);
        if (choice < 6) return index;
        if (choice < 56) return Math.Min(((index / tiers) * tiers) + _random.Below(tiers), _groups.Length - 1);
        return choice < 70 ? _random.Below(Math.Min(4, _groups.Length)) : _random.Below(_groups.Length);
    }

    private bool DrawPeeredReference(LargeGroup group, Direction direction, string description)
    {
        if (_peer is null) return false;
        var far = new GroupPeer(_vpc.Ids.Group(_peer.FirstGroup + _random.Below(_peer.GroupCount)))
        {
            Account = _peer.Scope.Account,
            Vpc = _peer.Id,
            Peering = _peer.Peering,
            PeeringStatus = "active",
        };
        return Add(group, direction, _random.Pick(LargePools.Services.AsSpan()), far, description);
    }

    private bool DrawWorld(LargeGroup group, Direction direction)
    {
        var service = _random.Pick((direction == Direction.Ingress ? LargePools.WorldIngress : LargePools.WorldEgress).AsSpan());
        if (!Add(group, direction, service, _world, string.Empty)) return false;
        if (_vpc.HasIpv6 && _random.Percent(60)) Add(group, direction, service, _worldV6, string.Empty);
        return true;
    }

    private bool DrawList(LargeGroup group, Direction direction, string description)
    {
        if (!group.TakesLists) return false;
        var (list, family, weight) = _random.Pick(_lists.AsSpan());
        var service = _random.Pick(LargePools.Services.AsSpan());
        return group.TryAdd(direction, family == IpFamily.V6 ? ForIpv6(service) : service, list, weight, description, _vpc.Ids);
    }

    private bool DrawBlock(LargeGroup group, Direction direction, string description)
    {
        var service = _random.Pick(LargePools.Services.AsSpan());
        if (!Add(group, direction, service, _random.Pick<CidrPeer>(_blocks), description)) return false;
        if (_vpc.HasIpv6 && _random.Percent(25)) Add(group, direction, ForIpv6(service), _random.Pick<CidrPeer>(_blocksV6), description);
        return true;
    }

    /// <summary>ICMP means nothing on IPv6 addresses; people there write ICMPv6.</summary>
    private static Service ForIpv6(Service service) => service.Protocol == Protocol.Icmp ? Service.Create(Protocol.IcmpV6, -1, -1) : service;

    private bool Add(LargeGroup group, Direction direction, Service service, Peer peer, string description) =>
        group.TryAdd(direction, service, peer, 1, description, _vpc.Ids);
}
