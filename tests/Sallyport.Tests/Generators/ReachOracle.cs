using Sallyport.Connectivity;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Tests.Generators;

/// <summary>
/// One packet between two ends, judged by walking the estate's lists rule by rule; true, false, or null when something that was
/// not read decides. Written from reachability-and-synthesis §1.4 and §3 and ec2-semantics §5; shares nothing with
/// <c>Sallyport.Connectivity</c> but the names of its answers.
/// </summary>
internal sealed class ReachOracle(Estate estate)
{
    /// <summary>True when outside ends are meant as the internet: outside every VPC, whatever was not read.</summary>
    public bool OutsideIsInternet { get; init; }

    /// <summary>The verdict of the groups on one packet.</summary>
    public Verdict Judge(Endpoint from, Endpoint to, int protocol, int a, int b)
    {
        var egress = Side(Direction.Egress, from, to, protocol, a, b);
        if (egress == false) return Verdict.DeniedAtEgress;
        var ingress = Side(Direction.Ingress, from, to, protocol, a, b);
        if (ingress == false) return Verdict.DeniedAtIngress;
        return egress == true && ingress == true ? Verdict.Allowed : Verdict.Unknown;
    }

    /// <summary>What the groups of one end say to one packet; by itself, or as one of a block of addresses that holds a resolver.</summary>
    public bool? Side(Direction direction, Endpoint from, Endpoint to, int protocol, int a, int b, bool countsUnfiltered = true)
    {
        if (from.Interface is not null && from.Interface.Id == to.Interface?.Id) return true;
        if (countsUnfiltered && to.Interface is null && IsNeverFiltered(from.Vpc, to.Address, protocol, a)) return true;
        return direction == Direction.Egress ? Stands(direction, from, to, protocol, a, b) : Stands(direction, to, from, protocol, a, b);
    }

    private bool? Stands(Direction direction, Endpoint near, Endpoint far, int protocol, int a, int b)
    {
        if (near.Interface is not { } nic) return MayBeAnUnreadInterface(near.Address) ? null : true;
        if (GroupsWereNotRead(nic)) return null;
        if (nic.Groups.IsEmpty) return true;
        bool? answer = false;
        foreach (var id in nic.Groups)
        {
            var said = GroupSays(id, direction, nic, far, protocol, a, b);
            if (said == true) return true;
            if (said is null) answer = null;
        }

        return answer;
    }

    private bool? GroupSays(SecurityGroupId id, Direction direction, NetworkInterface near, Endpoint far, int protocol, int a, int b)
    {
        foreach (var group in estate.SecurityGroups)
        {
            if (group.Id != id) continue;
            bool? answer = RulesAreMissing(group, direction) ? null : false;
            foreach (var rule in group.Rules)
            {
                if (rule.Direction != direction || !RuleOracle.MatchesService(rule.Service, protocol, a, b)) continue;
                var matches = Matches(rule.Peer, group, direction, near, far);
                if (matches == true) return true;
                if (matches is null) answer = null;
            }

            return answer;
        }

        return null;
    }

    private bool? Matches(Peer peer, SecurityGroup owner, Direction direction, NetworkInterface near, Endpoint far) => peer switch
    {
        CidrPeer cidr => RuleOracle.InBlock(cidr.Cidr, far.Address),
        PrefixListPeer list => IsInList(list.PrefixList, far.Address),
        GroupPeer { PeeringStatus: not (null or "active") } => false,
        GroupPeer group when far.Interface is { } nic => IsMember(group, nic) switch
        {
            true => ReferencesWork(direction, near.Vpc, nic.Vpc),
            null => ReferencesWork(direction, near.Vpc, nic.Vpc) == false ? false : null,
            false => false,
        },
        GroupPeer group => !OutsideIsInternet && MayBeAnUnreadMember(group, owner, direction, near, far.Address) ? null : false,
        _ => throw new InvalidOperationException("A peer of a new kind: teach the oracle."),
    };

    private bool? IsMember(GroupPeer peer, NetworkInterface nic)
    {
        foreach (var id in nic.Groups)
        {
            if (id == peer.Group) return true;
        }

        return GroupsWereNotRead(nic) ? null : false;
    }

    private bool? IsInList(PrefixListId id, Address far)
    {
        foreach (var list in estate.PrefixLists)
        {
            if (list.Id != id || list.Entries is not { } entries) continue;
            foreach (var entry in entries)
            {
                if (RuleOracle.InBlock(entry.Cidr, far)) return true;
            }

            foreach (var gap in estate.Gaps)
            {
                if (gap.What == GapKind.PrefixLists && (gap.Where == id.Value || gap.Where.Length == 0 || gap.Where == list.Scope.ToString())) return null;
            }

            return false;
        }

        return null;
    }

    /// <summary>Is a reference to a group understood between interfaces of these VPCs?</summary>
    private bool? ReferencesWork(Direction direction, VpcId? near, VpcId? far)
    {
        if (near == far) return true;
        if (near is not { } a || far is not { } b) return null;
        foreach (var peering in estate.Peerings)
        {
            if (peering.Status == "active" && peering.Requester.Scope.Region == peering.Accepter.Scope.Region
                && ((peering.Requester.Vpc == a && peering.Accepter.Vpc == b) || (peering.Requester.Vpc == b && peering.Accepter.Vpc == a))) return true;
        }

        if (SomeRuleNamesAnActivePeering(a, b)) return true;
        var gateway = direction == Direction.Ingress ? TransitGatewayCarries(a, b) : false;
        if (gateway == true) return true;
        return gateway is null || LinksMayBeMissing(direction, a) || LinksMayBeMissing(direction, b) ? null : false;
    }

    // EC2 tells the state of the peering beside a reference; a peering that was read itself is the better witness.
    private bool SomeRuleNamesAnActivePeering(VpcId a, VpcId b)
    {
        foreach (var group in estate.SecurityGroups)
        {
            foreach (var rule in group.Rules)
            {
                if (rule.Peer is not GroupPeer { PeeringStatus: "active", Vpc: { } away } peer || group.Vpc is not { } home) continue;
                if (!((home == a && away == b) || (home == b && away == a))) continue;
                var isRead = false;
                foreach (var peering in estate.Peerings) isRead |= peering.Id == peer.Peering;
                if (!isRead) return true;
            }
        }

        return false;
    }

    private bool? TransitGatewayCarries(VpcId a, VpcId b)
    {
        bool? answer = false;
        foreach (var one in estate.TransitGatewayAttachments)
        {
            foreach (var other in estate.TransitGatewayAttachments)
            {
                if (one.Vpc != a || other.Vpc != b || one.TransitGateway != other.TransitGateway) continue;
                if (one.State is not ("available" or "") || other.State is not ("available" or "")) continue;
                if (one.SecurityGroupReferencing == true && other.SecurityGroupReferencing == true) return true;
                if (one.SecurityGroupReferencing != false && other.SecurityGroupReferencing != false) answer = null;
            }
        }

        return answer;
    }

    private bool LinksMayBeMissing(Direction direction, VpcId id)
    {
        foreach (var gap in estate.Gaps)
        {
            var isLink = gap.What is GapKind.Peerings or GapKind.Scope || (gap.What == GapKind.TransitGateways && direction == Direction.Ingress);
            if (isLink && (gap.Where.Length == 0 || ScopeOf(id) is not { } scope || gap.Where == scope.ToString())) return true;
        }

        return false;
    }

    private Scope? ScopeOf(VpcId id)
    {
        foreach (var vpc in estate.Vpcs)
        {
            if (vpc.Id == id) return vpc.Scope;
        }

        return null;
    }

    private bool MayBeAnUnreadInterface(Address address)
    {
        foreach (var vpc in estate.Vpcs)
        {
            if (!InterfacesAreMissing(vpc.Scope)) continue;
            foreach (var block in vpc.Cidrs)
            {
                if (RuleOracle.InBlock(block, address)) return true;
            }
        }

        return false;
    }

    /// <summary>Could an address that no known interface holds be that of a member nobody read, seen from the near interface?</summary>
    private bool MayBeAnUnreadMember(GroupPeer peer, SecurityGroup owner, Direction direction, NetworkInterface near, Address address)
    {
        SecurityGroup? known = null;
        foreach (var group in estate.SecurityGroups)
        {
            if (group.Id == peer.Group) known = group;
        }

        if (known is not null && !InterfacesAreMissing(known.Scope)) return false;
        var homes = new List<VpcId?> { known is not null ? known.Vpc : peer.Vpc ?? owner.Vpc };
        foreach (var further in estate.VpcAssociations)
        {
            if (further.Group == peer.Group && further.State == "associated") homes.Add(further.Vpc);
        }

        foreach (var home in homes)
        {
            if (ReferencesWork(direction, near.Vpc, home) != false && MayLieIn(home, address)) return true;
        }

        return false;
    }

    private bool MayLieIn(VpcId? id, Address address)
    {
        var blocks = BlocksOf(id);
        foreach (var block in blocks)
        {
            if (RuleOracle.InBlock(block, address)) return true;
        }

        return blocks.Count == 0 && !IsPublicV4(address);
    }

    private List<Cidr> BlocksOf(VpcId? id)
    {
        var blocks = new List<Cidr>();
        foreach (var vpc in estate.Vpcs)
        {
            if (vpc.Id == id) blocks.AddRange(vpc.Cidrs);
        }

        foreach (var peering in estate.Peerings)
        {
            if (blocks.Count > 0) break;
            if (peering.Requester.Vpc == id) blocks.AddRange(peering.Requester.Cidrs);
            else if (peering.Accepter.Vpc == id) blocks.AddRange(peering.Accepter.Cidrs);
        }

        return blocks;
    }

    // The IPv6 addresses of a VPC are public ones as a rule, so none of that family can be ruled out.
    private static bool IsPublicV4(Address address)
    {
        if (address.Family == IpFamily.V6) return false;
        foreach (var block in PublicSpace.SpecialPurpose)
        {
            if (RuleOracle.InBlock(block.Cidr, address)) return false;
        }

        return true;
    }

    private bool InterfacesAreMissing(Scope scope)
    {
        foreach (var gap in estate.Gaps)
        {
            if ((gap.What is GapKind.NetworkInterfaces or GapKind.Scope) && (gap.Where.Length == 0 || gap.Where == scope.ToString())) return true;
        }

        return false;
    }

    private bool GroupsWereNotRead(NetworkInterface nic)
    {
        foreach (var gap in estate.Gaps)
        {
            if (gap.What == GapKind.NetworkInterfaces && gap.Where == nic.Id.Value && nic.Groups.IsEmpty) return true;
        }

        return false;
    }

    // Of malformed rules we know in which direction they stand; any other gap of a group's rules leaves both directions open.
    private bool RulesAreMissing(SecurityGroup group, Direction direction)
    {
        foreach (var rule in group.Malformed)
        {
            if (rule.Direction == direction) return true;
        }

        foreach (var gap in estate.Gaps)
        {
            if (gap.What != GapKind.Rules) continue;
            if (gap.Where.Length == 0 || gap.Where == group.Scope.ToString()) return true;
            if (gap.Where == group.Id.Value && !gap.Why.Contains("malformed", StringComparison.Ordinal)) return true;
        }

        return false;
    }

    // EC2 user guide: resolver, metadata, time and DHCP are out of the groups' reach. (ec2-semantics §6.1)
    private bool IsNeverFiltered(VpcId? home, Address to, int protocol, int port)
    {
        var text = to.ToString();
        if (text is "169.254.169.253" or "fd00:ec2::253" || IsResolver(home, to)) return (protocol is 6 or 17) && port == 53;
        if (text is "169.254.169.254" or "fd00:ec2::254") return protocol == 6 && port == 80;
        if (text is "169.254.169.123" or "fd00:ec2::123") return protocol == 17 && port == 123;
        return text is "255.255.255.255" && protocol == 17 && (port is 67 or 68);
    }

    private bool IsResolver(VpcId? home, Address to)
    {
        foreach (var vpc in estate.Vpcs)
        {
            if (vpc.Id != home || to.Family != IpFamily.V4) continue;
            foreach (var block in vpc.Cidrs)
            {
                if (block.Family == IpFamily.V4 && to.Bits == block.Bits + 2) return true;
            }
        }

        return false;
    }
}
