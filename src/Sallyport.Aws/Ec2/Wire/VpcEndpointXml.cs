using Sallyport.Aws.Ec2.Query;
using Sallyport.Estates;

namespace Sallyport.Aws.Ec2.Wire;

/// <summary>Reads <c>vpcEndpointSet/item</c> (DescribeVpcEndpoints).</summary>
internal static class VpcEndpointXml
{
    public static VpcEndpoint? Read(ResponseReader xml, Scope scope)
    {
        string? id = null, vpc = null, owner = null;
        var (kind, service, state) = (string.Empty, string.Empty, string.Empty);
        var tags = Tags.None;
        List<SecurityGroupId> groups = [];
        List<string> interfaces = [], tables = [];
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "vpcEndpointId": id = xml.OptionalText(); break;
                case "vpcEndpointType": kind = xml.Text(); break;
                case "vpcId": vpc = xml.OptionalText(); break;
                case "serviceName": service = xml.Text(); break;
                // Endpoints write their states in PascalCase; everything else in EC2 is lower case.
                case "state": state = xml.Text().ToLowerInvariant(); break;
                case "ownerId": owner = xml.OptionalText(); break;
                case "groupSet": groups = NetworkInterfaceXml.GroupSet(xml); break;
                case "networkInterfaceIdSet": interfaces = xml.TextList(); break;
                case "routeTableIdSet": tables = xml.TextList(); break;
                case "tagSet": tags = xml.Tags(); break;
            }
        }

        return id is null || vpc is null ? null : new VpcEndpoint(id, scope.OwnedBy(owner), new VpcId(vpc))
        {
            Kind = kind,
            Service = service,
            State = state,
            Groups = [.. groups.Distinct().Order()],
            Interfaces = [.. interfaces.Distinct().Select(i => new NetworkInterfaceId(i)).Order()],
            RouteTables = [.. tables.Distinct().Order(StringComparer.Ordinal)],
            Tags = tags,
        };
    }
}
