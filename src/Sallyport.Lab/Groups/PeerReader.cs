using Sallyport.Estates;
using Sallyport.Lab.Storage;
using Sallyport.Lab.Wire;
using Sallyport.Packets;

namespace Sallyport.Lab.Groups;

/// <summary>
/// Reads what a rule points at. When a rule is to be made the peer must exist and be in reach; when one is to be found
/// (revoke, describe) only its id matters, since the thing it points at may be gone.
/// </summary>
internal sealed class PeerReader(Call call, SecurityGroup owner, Direction direction, bool mustExist)
{
    /// <summary>A block of one family; host bits are zeroed silently.</summary>
    public static CidrPeer Cidr(string? text, IpFamily family, string parameter)
    {
        if (text is null) throw Refusals.MissingParameter(parameter);
        return Packets.Cidr.TryParse(text, out var cidr) && cidr.Family == family ? new CidrPeer(cidr) : throw Refusals.MalformedCidr(text);
    }

    public PrefixListPeer PrefixList(string? id)
    {
        if (id is null) throw Refusals.MissingParameter("PrefixListId");
        if (!ResourceKind.PrefixList.IsWellFormed(id)) throw Refusals.PrefixListMalformed(id);
        var list = new PrefixListId(id);
        if (mustExist && call.World.FindPrefixList(call.Scope, list) is null) throw Refusals.PrefixListNotFound(id);
        return new PrefixListPeer(list);
    }

    /// <summary>A group given by one <c>Groups.n</c> structure.</summary>
    public GroupPeer Group(ParameterNode node)
    {
        var (id, name, account) = (node.Text("GroupId"), node.Text("GroupName"), node.Text("UserId"));
        if (id is not null && name is not null) throw Refusals.GroupIdAndName();
        if (id is null && name is null) throw Refusals.MissingGroup();
        if (node.Text("VpcPeeringConnectionId") is { } peering)
        {
            ResourceKind.Peering.Check(peering);
            if (mustExist && call.World.Peerings[peering] is null) throw ResourceKind.Peering.NotFound(peering);
        }

        return id is not null ? Group(id, account) : GroupByName(name!);
    }

    /// <summary>A group by id; an account must be given for one of another account, except where the request has no room for it.</summary>
    public GroupPeer Group(string id, string? account, bool anyAccount = false)
    {
        ResourceKind.Group.Check(id);
        var group = new SecurityGroupId(id);
        if (!mustExist) return new GroupPeer(group);
        var found = call.World.FindGroup(call.Scope.Region, group);
        if (found is null) throw Refusals.GroupNotFound(id);
        if (!anyAccount && found.Scope.Account != (account ?? call.Scope.Account)) throw Refusals.GroupNotFound(id);
        return ReferenceScope.Reach(call.World, owner, found, direction) ?? throw Refusals.DifferentNetworks();
    }

    /// <summary>A group by name, as the flat form and old clients give it: default VPC only.</summary>
    public GroupPeer GroupByName(string name)
    {
        if (call.World.FindVpc(owner.Vpc ?? default) is not { IsDefault: true }) throw Refusals.GroupByNameInVpc(name);
        return Group(GroupResolver.ByName(call, name).Id.Value, null);
    }
}
