using Sallyport.Estates;
using Sallyport.Lab.Storage;
using Sallyport.Lab.Tagging;
using Sallyport.Lab.Wire;

namespace Sallyport.Lab.Networks;

/// <summary>Gateways of every kind, each with its own operation.</summary>
internal static class GatewayDescribes
{
    public static IEnumerable<Operation> All =>
    [
        Internet.ToOperation(), EgressOnly.ToOperation(), Nat.ToOperation(), Vpn.ToOperation(), Transit.ToOperation(),
    ];

    private static Describe<Gateway> Internet => Of(GatewayKind.Internet, ResourceKind.InternetGateway, "DescribeInternetGateways", "internetGatewaySet", WriteInternet) with
    {
        IdParameter = "InternetGatewayId",
        Filters =
        [
            ("attachment.state", (_, g) => g.Vpcs.Select(_ => AttachmentState(g))),
            ("attachment.vpc-id", (_, g) => g.Vpcs.Select(v => v.Value)),
            ("internet-gateway-id", (_, g) => [g.Id]),
            ("owner-id", (_, g) => [g.Scope.Account]),
        ],
    };

    private static Describe<Gateway> EgressOnly => Of(
        GatewayKind.EgressOnlyInternet, ResourceKind.EgressOnlyGateway, "DescribeEgressOnlyInternetGateways", "egressOnlyInternetGatewaySet", WriteEgressOnly) with
    {
        IdParameter = "EgressOnlyInternetGatewayId",
        PageBounds = "[5..255]",
    };

    private static Describe<Gateway> Nat => Of(GatewayKind.Nat, ResourceKind.NatGateway, "DescribeNatGateways", "natGatewaySet", WriteNat) with
    {
        IdParameter = "NatGatewayId",
        Filters =
        [
            ("nat-gateway-id", (_, g) => [g.Id]),
            ("state", (_, g) => [State(g)]),
            ("subnet-id", (_, g) => [g.Subnet?.Value]),
            ("vpc-id", (_, g) => g.Vpcs.Select(v => v.Value)),
        ],
    };

    private static Describe<Gateway> Vpn => Of(GatewayKind.Vpn, ResourceKind.VpnGateway, "DescribeVpnGateways", "vpnGatewaySet", WriteVpn) with
    {
        IdParameter = "VpnGatewayId",
        PageBounds = null,
        Filters =
        [
            ("attachment.state", (_, g) => g.Vpcs.Select(_ => "attached")),
            ("attachment.vpc-id", (_, g) => g.Vpcs.Select(v => v.Value)),
            ("state", (_, g) => [State(g)]),
            ("type", (_, _) => ["ipsec.1"]),
            ("vpn-gateway-id", (_, g) => [g.Id]),
            .. FilterNames.Without<Gateway>("amazon-side-asn", "availability-zone"),
        ],
    };

    private static Describe<Gateway> Transit => Of(GatewayKind.Transit, ResourceKind.TransitGateway, "DescribeTransitGateways", "transitGatewaySet", WriteTransit) with
    {
        IdParameter = "TransitGatewayIds",
        Filters =
        [
            ("owner-id", (_, g) => [g.Scope.Account]),
            ("state", (_, g) => [State(g)]),
            ("transit-gateway-id", (_, g) => [g.Id]),
        ],
    };

    private static Describe<Gateway> Of(GatewayKind kind, ResourceKind resource, string name, string wrapper, Action<ReplyWriter, Gateway> write) => new(
        name,
        wrapper,
        (call, after) => call.Here.Gateways.VisibleAfter(after).Where(g => g.Kind == kind),
        g => g.Id,
        (_, g) => writer => write(writer, g))
    {
        IdKind = resource,
        Find = (call, id) => call.Here.Gateways.Visible(id) is { } found && found.Kind == kind ? found : null,
        Tags = g => g.Tags,
    };

    private static string State(Gateway gateway) => gateway.State.Length > 0 ? gateway.State : "available";

    /// <summary>An internet gateway is "available" where others are "attached".</summary>
    private static string AttachmentState(Gateway gateway) => gateway.State.Length > 0 ? gateway.State : "available";

    private static void Attachments(ReplyWriter writer, Gateway gateway, string list, string state) => writer.List(list, gateway.Vpcs, vpc =>
    {
        writer.Text("state", state);
        writer.Text("vpcId", vpc.Value);
    });

    private static void WriteInternet(ReplyWriter writer, Gateway gateway)
    {
        writer.Text("internetGatewayId", gateway.Id);
        writer.Text("ownerId", gateway.Scope.Account);
        Attachments(writer, gateway, "attachmentSet", AttachmentState(gateway));
        TagXml.Write(writer, gateway.Tags);
    }

    private static void WriteEgressOnly(ReplyWriter writer, Gateway gateway)
    {
        writer.Text("egressOnlyInternetGatewayId", gateway.Id);
        Attachments(writer, gateway, "attachmentSet", gateway.State.Length > 0 ? gateway.State : "attached");
        TagXml.Write(writer, gateway.Tags);
    }

    private static void WriteNat(ReplyWriter writer, Gateway gateway)
    {
        writer.Text("natGatewayId", gateway.Id);
        writer.Text("state", State(gateway));
        writer.Text("subnetId", gateway.Subnet?.Value);
        foreach (var vpc in gateway.Vpcs.Take(1)) writer.Text("vpcId", vpc.Value);
        writer.Text("connectivityType", gateway.PublicAddresses.IsEmpty ? "private" : "public");
        var count = Math.Max(gateway.Addresses.Length, gateway.PublicAddresses.Length);
        writer.List("natGatewayAddressSet", Enumerable.Range(0, count), i =>
        {
            if (i < gateway.Addresses.Length) writer.Text("privateIp", gateway.Addresses[i].ToString());
            if (i < gateway.PublicAddresses.Length)
            {
                writer.Text("publicIp", gateway.PublicAddresses[i].ToString());
                writer.Text("allocationId", IdSequence.Derived("eipalloc-", gateway.PublicAddresses[i].ToString()));
            }

            writer.Flag("isPrimary", i == 0);
            writer.Text("status", "succeeded");
        });
        TagXml.Write(writer, gateway.Tags);
    }

    private static void WriteVpn(ReplyWriter writer, Gateway gateway)
    {
        writer.Text("vpnGatewayId", gateway.Id);
        writer.Text("state", State(gateway));
        writer.Text("type", "ipsec.1");
        Attachments(writer, gateway, "attachments", "attached");
        TagXml.Write(writer, gateway.Tags);
    }

    private static void WriteTransit(ReplyWriter writer, Gateway gateway)
    {
        writer.Text("transitGatewayId", gateway.Id);
        writer.Text("transitGatewayArn", $"arn:aws:ec2:{gateway.Scope.Region}:{gateway.Scope.Account}:transit-gateway/{gateway.Id}");
        writer.Text("state", State(gateway));
        writer.Text("ownerId", gateway.Scope.Account);
        TagXml.Write(writer, gateway.Tags);
    }
}
