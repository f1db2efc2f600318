using Sallyport.Estates;
using Sallyport.Lab.Storage;
using Sallyport.Lab.Wire;

namespace Sallyport.Lab.Tagging;

/// <summary>Reads and replaces the tags of a resource, whatever its kind.</summary>
internal static class TaggedResources
{
    /// <summary>Every resource of the caller's account and Region that can carry tags.</summary>
    public static IEnumerable<(string Id, ResourceKind Kind, Tags Tags)> All(Call call)
    {
        var here = call.Here;
        return here.Groups.VisibleAfter(null).Select(g => (g.Id.Value, ResourceKind.Group, g.Tags))
            .Concat(here.Groups.VisibleAfter(null).SelectMany(g => g.Rules).Select(r => (r.Id!.Value.Value, ResourceKind.Rule, r.Tags ?? Tags.None)))
            .Concat(here.Vpcs.VisibleAfter(null).Select(v => (v.Id.Value, ResourceKind.Vpc, v.Tags)))
            .Concat(here.Subnets.VisibleAfter(null).Select(s => (s.Id.Value, ResourceKind.Subnet, s.Tags)))
            .Concat(here.Interfaces.VisibleAfter(null).Select(i => (i.Id.Value, ResourceKind.Interface, i.Tags)))
            .Concat(here.RouteTables.VisibleAfter(null).Select(t => (t.Id, ResourceKind.RouteTable, t.Tags)))
            .Concat(here.NetworkAcls.VisibleAfter(null).Select(a => (a.Id, ResourceKind.NetworkAcl, a.Tags)))
            .Concat(here.Gateways.VisibleAfter(null).Select(g => (g.Id, ResourceKind.Of(g.Id) ?? ResourceKind.InternetGateway, g.Tags)))
            .Concat(here.Endpoints.VisibleAfter(null).Select(e => (e.Id, ResourceKind.Endpoint, e.Tags)))
            .Concat(here.TransitAttachments.VisibleAfter(null).Select(a => (a.Id, ResourceKind.TransitAttachment, a.Tags)))
            .Concat(here.Instances.VisibleAfter(null).Select(i => (i.Id, ResourceKind.Instance, i.Tags)))
            .Concat(here.PrefixLists.VisibleAfter(null).Where(p => !p.List.IsAwsManaged).Select(p => (p.List.Id.Value, ResourceKind.PrefixList, p.List.Tags)))
            .Concat(call.World.Peerings.VisibleAfter(null).Where(p => IsEnd(call, p)).Select(p => (p.Id.Value, ResourceKind.Peering, p.Tags)));
    }

    /// <summary>The tags of one resource; refuses ids that do not exist or are of no known kind.</summary>
    public static Tags Find(Call call, string id)
    {
        var kind = ResourceKind.Of(id) ?? throw Refusals.InvalidId(id);
        return Read(call, kind, id) ?? throw kind.NotFound(id);
    }

    /// <summary>Replaces the tags of a resource that <see cref="Find"/> found.</summary>
    public static void Put(Call call, string id, Tags tags)
    {
        var here = call.Here;
        switch (ResourceKind.Of(id)!.Prefix)
        {
            case "sg-": here.Put(here.Groups[id]! with { Tags = tags }); break;
            case "sgr-": PutRule(here, id, tags); break;
            case "vpc-": here.Vpcs.Put(id, here.Vpcs[id]! with { Tags = tags }); break;
            case "subnet-": here.Subnets.Put(id, here.Subnets[id]! with { Tags = tags }); break;
            case "eni-": here.Interfaces.Put(id, here.Interfaces[id]! with { Tags = tags }); break;
            case "rtb-": here.RouteTables.Put(id, here.RouteTables[id]! with { Tags = tags }); break;
            case "acl-": here.NetworkAcls.Put(id, here.NetworkAcls[id]! with { Tags = tags }); break;
            case "vpce-": here.Endpoints.Put(id, here.Endpoints[id]! with { Tags = tags }); break;
            case "i-": here.Instances.Put(id, here.Instances[id]! with { Tags = tags }); break;
            case "tgw-attach-": here.TransitAttachments.Put(id, here.TransitAttachments[id]! with { Tags = tags }); break;
            case "pl-": here.PrefixLists.Put(id, here.PrefixLists[id]! with { List = here.PrefixLists[id]!.List with { Tags = tags } }); break;
            case "pcx-": call.World.Peerings.Put(id, call.World.Peerings[id]! with { Tags = tags }); break;
            default: here.Gateways.Put(id, here.Gateways[id]! with { Tags = tags }); break;
        }
    }

    private static Tags? Read(Call call, ResourceKind kind, string id)
    {
        var here = call.Here;
        return kind.Prefix switch
        {
            "sg-" => here.Groups[id]?.Tags,
            "sgr-" => Rule(here, id) is { } rule ? rule.Tags ?? Tags.None : null,
            "vpc-" => here.Vpcs[id]?.Tags,
            "subnet-" => here.Subnets[id]?.Tags,
            "eni-" => here.Interfaces[id]?.Tags,
            "rtb-" => here.RouteTables[id]?.Tags,
            "acl-" => here.NetworkAcls[id]?.Tags,
            "vpce-" => here.Endpoints[id]?.Tags,
            "i-" => here.Instances[id]?.Tags,
            "tgw-attach-" => here.TransitAttachments[id]?.Tags,
            "pl-" => here.PrefixLists[id] is { List.IsAwsManaged: false } list ? list.List.Tags : null,
            "pcx-" => call.World.Peerings[id] is { } peering && IsEnd(call, peering) ? peering.Tags : null,
            _ => here.Gateways[id]?.Tags,
        };
    }

    private static bool IsEnd(Call call, Peering peering) => peering.Requester.Scope == call.Scope || peering.Accepter.Scope == call.Scope;

    private static SecurityGroupRule? Rule(RegionState here, string id) =>
        here.OwnerOfRule(id) is { } owner ? here.Groups[owner.Value]?.Rules.FirstOrDefault(r => r.Id?.Value == id) : null;

    private static void PutRule(RegionState here, string id, Tags tags)
    {
        var group = here.Groups[here.OwnerOfRule(id)!.Value.Value]!;
        here.Put(group with { Rules = [.. group.Rules.Select(r => r.Id?.Value == id ? r with { Tags = tags } : r)] });
    }
}
