using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Differences;

/// <summary>
/// Judges one packet by reading the rules of both ends one by one. It shares no code with the tables, on purpose: every witness of a
/// difference is put to it before it is shown. (reference: reachability-and-synthesis §0.6, §5.4)
/// </summary>
internal sealed class RuleWalk
{
    private readonly RuleWalkInputs _inputs;
    private readonly bool _isMembershipNew;

    /// <summary>Judges with these inputs; the interfaces are those of the old or of the new estate.</summary>
    public RuleWalk(RuleWalkInputs inputs, bool isMembershipNew)
    {
        _inputs = inputs;
        _isMembershipNew = isMembershipNew;
    }

    /// <summary>True when the groups of both ends certainly let the packet through.</summary>
    public bool LetsThrough(WalkEnd from, WalkEnd to, Service packet)
    {
        var (source, target) = (NicOf(from), NicOf(to));
        if ((source is null && !from.IsOutside) || (target is null && !to.IsOutside)) return false;
        if (source is not null && target is not null && source.Id == target.Id) return false;
        return LetsThrough(Direction.Egress, from, to, packet) && LetsThrough(Direction.Ingress, to, from, packet);
    }

    /// <summary>Rules of the near end that match the far end, whatever their service, with their owners.</summary>
    public IEnumerable<(SecurityGroup Group, SecurityGroupRule Rule)> Matching(Direction direction, WalkEnd near, WalkEnd far)
    {
        if (NicOf(near) is not { } nic) yield break;
        foreach (var id in nic.Groups)
        {
            if (!_inputs.Rules.Index.Groups.TryGetValue(id, out var group)) continue;
            foreach (var rule in group.Rules)
            {
                if (rule.Direction == direction && Matches(rule.Peer, direction, nic, far)) yield return (group, rule);
            }
        }
    }

    private NetworkInterface? NicOf(WalkEnd end) => _isMembershipNew ? end.New : end.Old;

    private bool LetsThrough(Direction direction, WalkEnd near, WalkEnd far, Service packet)
    {
        if (NicOf(near) is not { } nic || nic.Groups.IsEmpty) return true;
        foreach (var id in nic.Groups)
        {
            if (!_inputs.Rules.Index.Groups.TryGetValue(id, out var group)) continue;
            foreach (var rule in group.Rules)
            {
                if (rule.Direction == direction && Covers(rule.Service, packet) && Matches(rule.Peer, direction, nic, far)) return true;
            }
        }

        return false;
    }

    private static bool Covers(Service rule, Service packet)
    {
        if (rule.Protocol == Protocol.All) return true;
        if (rule.Protocol != packet.Protocol) return false;
        if (rule.Protocol.HasPorts) return rule.From <= packet.From && packet.To <= rule.To;
        if (rule.Protocol.HasTypes) return rule.From == -1 || (rule.From == packet.From && (rule.To == -1 || rule.To == packet.To));
        return true;
    }

    private bool Matches(Peer peer, Direction direction, NetworkInterface near, WalkEnd far) => peer switch
    {
        CidrPeer block => block.Cidr.Contains(far.Address),
        PrefixListPeer list => IsListed(list.PrefixList, far.Address),
        GroupPeer { PeeringStatus: null or "active" } group => NicOf(far) is { } nic && nic.Groups.Contains(group.Group) && Carries(direction, near.Vpc, nic.Vpc),
        _ => false,
    };

    private bool IsListed(PrefixListId list, Address address)
    {
        foreach (var entry in _inputs.Lists.Index.EntriesOf(list) ?? [])
        {
            if (entry.Cidr.Contains(address)) return true;
        }

        return false;
    }

    private bool Carries(Direction direction, VpcId? near, VpcId? far)
    {
        if (near == far) return true;
        if (near is not { } a || far is not { } b) return false;
        return _inputs.Links.ArePeered(a, b) || _inputs.Vouches.VouchFor(a, b, _inputs.Links) || (direction == Direction.Ingress && _inputs.Links.ShareTransit(a, b));
    }
}
