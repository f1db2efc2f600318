using Sallyport.Estates;
using Sallyport.Lab.Storage;
using Sallyport.Lab.Tagging;
using Sallyport.Lab.Wire;
using Sallyport.Packets;

namespace Sallyport.Lab.Peerings;

/// <summary>VPC peerings, seen from either end.</summary>
internal static class PeeringOperations
{
    public static IEnumerable<Operation> All =>
    [
        Peerings.ToOperation(),
        Operation.Change("CreateVpcPeeringConnection", $"VpcId*,PeerVpcId*,PeerOwnerId,PeerRegion,{TagReader.Notation},DryRun:bool", Create),
        Operation.Change("AcceptVpcPeeringConnection", "VpcPeeringConnectionId*,DryRun:bool", Accept),
        Operation.Change("RejectVpcPeeringConnection", "VpcPeeringConnectionId*,DryRun:bool", Reject),
        Operation.Change("DeleteVpcPeeringConnection", "VpcPeeringConnectionId*,DryRun:bool", Delete),
    ];

    private static Describe<Peering> Peerings => new(
        "DescribeVpcPeeringConnections",
        "vpcPeeringConnectionSet",
        (call, after) => call.World.Peerings.VisibleAfter(after).Where(p => IsEnd(call, p.Requester) || IsEnd(call, p.Accepter)),
        p => p.Id.Value,
        (_, p) => writer => Write(writer, p))
    {
        IdParameter = "VpcPeeringConnectionId",
        IdKind = ResourceKind.Peering,
        Tags = p => p.Tags,
        Filters =
        [
            ("accepter-vpc-info.cidr-block", (_, p) => p.Accepter.Cidrs.Select(c => c.ToString())),
            ("accepter-vpc-info.owner-id", (_, p) => [p.Accepter.Scope.Account]),
            ("accepter-vpc-info.vpc-id", (_, p) => [p.Accepter.Vpc.Value]),
            ("requester-vpc-info.cidr-block", (_, p) => p.Requester.Cidrs.Select(c => c.ToString())),
            ("requester-vpc-info.owner-id", (_, p) => [p.Requester.Scope.Account]),
            ("requester-vpc-info.vpc-id", (_, p) => [p.Requester.Vpc.Value]),
            ("status-code", (_, p) => [p.Status]),
            ("status-message", (_, p) => [Message(p)]),
            ("vpc-peering-connection-id", (_, p) => [p.Id.Value]),
            .. FilterNames.Without<Peering>("expiration-time"),
        ],
    };

    private static bool IsEnd(Call call, PeeringEnd end) => end.Scope == call.Scope;

    private static string Message(Peering peering) => peering.Status switch
    {
        "active" => "Active",
        "pending-acceptance" => $"Pending Acceptance by {peering.Accepter.Scope.Account}",
        "deleted" => "Deleted",
        "rejected" => "Rejected",
        "failed" => "Failed due to incorrect VPC-ID, Account ID, or overlapping CIDR range",
        var other => other,
    };

    private static void Write(ReplyWriter writer, Peering peering)
    {
        writer.Text("vpcPeeringConnectionId", peering.Id.Value);
        WriteEnd(writer, "requesterVpcInfo", peering.Requester);
        WriteEnd(writer, "accepterVpcInfo", peering.Accepter);
        writer.Open("status");
        writer.Text("code", peering.Status);
        writer.Text("message", Message(peering));
        writer.Close("status");
        TagXml.Write(writer, peering.Tags);
    }

    private static void WriteEnd(ReplyWriter writer, string name, PeeringEnd end)
    {
        var v4 = end.Cidrs.Where(c => c.Family == IpFamily.V4).Select(c => c.ToString()).ToList();
        writer.Open(name);
        writer.Text("ownerId", end.Scope.Account);
        writer.Text("vpcId", end.Vpc.Value);
        writer.Text("cidrBlock", v4.Count > 0 ? v4[0] : null);
        writer.List("cidrBlockSet", v4, block => writer.Text("cidrBlock", block));
        writer.List("ipv6CidrBlockSet", end.Cidrs.Where(c => c.Family == IpFamily.V6), block => writer.Text("ipv6CidrBlock", block.ToString()));
        writer.Text("region", end.Scope.Region);
        writer.Close(name);
    }

    private static Reply One(Peering peering) => new(writer =>
    {
        writer.Open("vpcPeeringConnection");
        Write(writer, peering);
        writer.Close("vpcPeeringConnection");
    });

    private static Reply Create(Call call)
    {
        var requester = call.World.UsableVpc(call.Scope, call.Input.Required("VpcId"));
        var peerVpc = ResourceKind.Vpc.Check(call.Input.Required("PeerVpcId"));
        if (peerVpc == requester.Id.Value) throw Refusals.PeeringToItself();
        var peerScope = new Scope(call.Input.Text("PeerOwnerId") ?? call.Scope.Account, call.Input.Text("PeerRegion") ?? call.Scope.Region);
        var tags = TagReader.FromSpecifications(call, ResourceKind.Peering);
        var accepter = call.World.Regions.FirstOrDefault(r => r.Scope == peerScope)?.Vpcs[peerVpc];
        var existing = call.World.Peerings.Values.FirstOrDefault(p => p.Status is "active" or "pending-acceptance"
            && ((p.Requester.Vpc == requester.Id && p.Accepter.Vpc.Value == peerVpc) || (p.Accepter.Vpc == requester.Id && p.Requester.Vpc.Value == peerVpc)));
        if (existing is not null) throw Refusals.PeeringExists(existing.Id.Value);
        call.EndOfChecks();

        // EC2 takes the request and fails it afterwards when the far VPC does not exist or overlaps.
        var overlaps = accepter is null || accepter.Cidrs.Any(a => requester.Cidrs.Any(b => a.Contains(b) || b.Contains(a)));
        var peering = new Peering(
            new PeeringId(call.World.NewId(ResourceKind.Peering)),
            new PeeringEnd(requester.Id, requester.Scope) { Cidrs = requester.Cidrs },
            new PeeringEnd(new VpcId(peerVpc), peerScope) { Cidrs = accepter?.Cidrs ?? [] })
        {
            Status = overlaps ? "failed" : "pending-acceptance",
            Tags = tags,
        };
        call.World.Peerings.Put(peering.Id.Value, peering);
        return One(peering);
    }

    private static Reply Accept(Call call) => One(Move(call, p => p.Accepter, "pending-acceptance", "active"));

    private static Reply Reject(Call call)
    {
        Move(call, p => p.Accepter, "pending-acceptance", "rejected");
        return Reply.True;
    }

    private static Reply Delete(Call call)
    {
        var peering = Find(call);
        if (peering.Status is not ("active" or "pending-acceptance")) throw Refusals.PeeringState(peering.Id.Value, peering.Status);
        call.EndOfChecks();
        call.World.Peerings.Put(peering.Id.Value, peering with { Status = "deleted" });
        return Reply.True;
    }

    private static Peering Move(Call call, Func<Peering, PeeringEnd> by, string from, string to)
    {
        var peering = Find(call);
        if (!IsEnd(call, by(peering))) throw ResourceKind.Peering.NotFound(peering.Id.Value);
        if (peering.Status != from) throw Refusals.PeeringState(peering.Id.Value, peering.Status);
        call.EndOfChecks();
        var moved = peering with { Status = to };
        call.World.Peerings.Put(moved.Id.Value, moved);
        return moved;
    }

    private static Peering Find(Call call)
    {
        var id = ResourceKind.Peering.Check(call.Input.Required("VpcPeeringConnectionId"));
        var peering = call.World.Peerings[id];
        return peering is not null && (IsEnd(call, peering.Requester) || IsEnd(call, peering.Accepter)) ? peering : throw ResourceKind.Peering.NotFound(id);
    }
}
