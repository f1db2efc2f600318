using System.Text;
using System.Xml;
using FsCheck;
using FsCheck.Fluent;
using Sallyport.Aws.Ec2.Query;
using Sallyport.Aws.Ec2.Wire;
using Sallyport.Estates;

namespace Sallyport.Aws.Tests.Ec2;

public sealed class ResponseFuzzTests
{
    private static readonly Scope Scope = new("111122223333", "eu-west-1");

    private static readonly string[] Names =
    [
        "item", "groupId", "ipPermissions", "ipPermissionsEgress", "ipProtocol", "fromPort", "toPort", "groups", "ipRanges", "ipv6Ranges", "prefixListIds",
        "cidrIp", "cidrIpv6", "cidrIpv4", "prefixListId", "description", "isEgress", "referencedGroupInfo", "tagSet", "key", "value", "ownerId", "vpcId", "subnetId",
        "networkInterfaceId", "privateIpAddressesSet", "association", "publicIp", "routeTableId", "routeSet", "destinationCidrBlock", "gatewayId", "entrySet",
        "networkAclId", "portRange", "icmpTypeCode", "type", "code", "protocol", "ruleNumber", "cidrBlock", "egress", "state", "attachmentSet", "options",
        "cidrBlockAssociationSet", "cidrBlockState", "requesterVpcInfo", "accepterVpcInfo", "vpcPeeringConnectionId", "status", "transitGatewayId",
        "transitGatewayAttachments", "transitGatewayAttachmentId", "cidr", "instancesSet", "instanceId", "instanceState", "name", "requestId", "nextToken",
    ];

    private static readonly string[] Texts =
    [
        "", " ", "tcp", "-1", "6", "99999999999999999999", "-2147483649", "65536", "true", "perhaps", "10.0.0.0/8", "10.0.0.0/33", "::/0", "::1", "1.2.3.4", "sg-1", "pl-1",
        "\u0661", "&amp;", "&lt;x&gt;", "<![CDATA[x]]>", "associated", "4294967295",
    ];

    private static readonly (string Name, Action<ResponseReader> Read)[] Readers =
    [
        ("groups", x => x.List(() => SecurityGroupXml.Read(x, Scope))),
        ("rules", x => x.List(() => SecurityGroupRuleXml.Read(x))),
        ("interfaces", x => x.List(() => NetworkInterfaceXml.Read(x, Scope))),
        ("vpcs", x => x.List(() => VpcXml.Read(x, Scope))),
        ("subnets", x => x.List(() => SubnetXml.Read(x, Scope))),
        ("route tables", x => x.List(() => RouteTableXml.Read(x, Scope))),
        ("acls", x => x.List(() => NetworkAclXml.Read(x, Scope))),
        ("lists", x => x.List(() => PrefixListXml.Read(x, Scope))),
        ("peerings", x => x.List(() => PeeringXml.Read(x))),
        ("endpoints", x => x.List(() => VpcEndpointXml.Read(x, Scope))),
        ("gateways", x => x.List(() => GatewayXml.ReadAttached(x, Scope, GatewayKind.Internet))),
        ("nats", x => x.List(() => GatewayXml.ReadNat(x, Scope))),
        ("transit attachments", x => x.List(() => TransitGatewayXml.ReadAttachment(x, Scope))),
        ("transit routes", x => x.List(() => TransitGatewayXml.ReadRoutes(x))),
        ("instances", x => x.List(() => InstanceXml.ReadReservation(x, Scope))),
        ("flow logs", x => x.List(() => FlowLogXml.Read(x, Scope))),
        ("regions", x => x.List(() => RegionXml.Read(x))),
        ("associations", x => x.List(() => VpcAssociationXml.Read(x))),
        ("revoke", x => RevokeAnswer.Read(x, Direction.Ingress)),
    ];

    private static readonly Gen<string> Tree = Element(5);

    [Fact]
    public void Any_tree_of_known_names_is_read_or_refused_whole_and_never_crashes() =>
        Prop.ForAll(Tree.ListOf().Select(items => $"<root>{string.Concat(items)}</root>").ToArbitrary(), ReadsOrRefuses).QuickCheckThrowOnFailure();

    [Fact]
    public void Broken_documents_are_refused_and_never_hang()
    {
        var broken =
            from items in Tree.ListOf(3)
            from at in Gen.Choose(0, 10_000)
            from cut in Gen.Choose(0, 40)
            from put in Gen.Elements("", "<", ">", "</", "\0", "\uFFFE", "&", "]]>", "<!--", "<?x", "<!DOCTYPE a [", "\"")
            let text = $"<root>{string.Concat(items)}</root>"
            let start = at % text.Length
            select text[..start] + put + text[Math.Min(text.Length, start + cut)..];
        Prop.ForAll(broken.ToArbitrary(), ReadsOrRefuses).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Random_bytes_are_no_error_document()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes => ErrorDocument.TryRead(new MemoryStream(bytes)) is null).QuickCheckThrowOnFailure();
        Prop.ForAll(Tree.ToArbitrary(), tree =>
        {
            ErrorDocument.TryRead(new MemoryStream(Encoding.UTF8.GetBytes($"<Response><Errors>{tree}</Errors></Response>")));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void An_error_documents_texts_are_bounded()
    {
        var huge = new string('x', 1_000_000);
        var error = ErrorDocument.TryRead(new MemoryStream(Encoding.UTF8.GetBytes($"<Response><Errors><Error><Code>{huge}</Code><Message>{huge}</Message></Error></Errors><RequestID>{huge}</RequestID></Response>")))!;
        Assert.Equal((128, 1000, 128), (error.Code.Length, error.Message.Length, error.RequestId!.Length));
    }

    private static void ReadsOrRefuses(string document)
    {
        var bytes = Encoding.UTF8.GetBytes(document);
        foreach (var (_, read) in Readers)
        {
            using var reader = new ResponseReader(new MemoryStream(bytes));
            try
            {
                reader.Root();
                read(reader);
            }
            catch (XmlException)
            {
                // refused: the one way an answer may fail
            }
        }
    }

    private static Gen<string> Element(int depth)
    {
        var leaf = from name in Gen.Elements(Names) from text in Gen.Elements(Texts) select $"<{name}>{text}</{name}>";
        if (depth == 0) return leaf;
        var branch =
            from name in Gen.Elements(Names)
            from count in Gen.Choose(0, 4)
            from inner in Element(depth - 1).ListOf(count)
            select $"<{name}>{string.Concat(inner)}</{name}>";
        return Gen.OneOf(leaf, branch, branch);
    }
}
