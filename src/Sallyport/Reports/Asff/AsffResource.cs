using System.Collections.Immutable;
using System.Text.Json;
using Sallyport.Auditing;
using Sallyport.Estates;

namespace Sallyport.Reports.Asff;

/// <summary>
/// What a finding is about. The permissions of a group are those that the finding rests on and no others: a report does not hold the rest.
/// </summary>
internal static class AsffResource
{
    /// <summary>Characters of a Region's name.</summary>
    public const int MostRegion = 16;

    private const int MostId = 512;
    private const int MostName = 128;
    private const int MostPermissions = 64;

    public static void Write(Utf8JsonWriter json, FindingResource resource, ImmutableArray<EvidenceAtom> evidence)
    {
        json.WriteStartObject();
        json.WriteString("Type", TypeOf(resource.Type));
        json.WriteString("Id", AsffText.Of(ResourceArn.Of(resource), MostId));
        json.WriteString("Partition", resource.Scope.Partition);
        json.WriteString("Region", AsffText.Of(resource.Scope.Region, MostRegion));
        if (resource.IsGroup)
        {
            json.WriteStartObject("Details");
            json.WriteStartObject("AwsEc2SecurityGroup");
            if (!string.IsNullOrWhiteSpace(resource.Name)) json.WriteString("GroupName", AsffText.Of(resource.Name, MostName));
            json.WriteString("GroupId", AsffText.Of(resource.Id, MostName));
            json.WriteString("OwnerId", AsffText.Of(resource.Scope.Account, MostName));
            if (resource.Vpc is { } vpc) json.WriteString("VpcId", AsffText.Of(vpc.Value, MostName));
            WritePermissions(json, "IpPermissions", evidence.Where(e => e.Direction == Direction.Ingress));
            WritePermissions(json, "IpPermissionsEgress", evidence.Where(e => e.Direction == Direction.Egress));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WritePermissions(Utf8JsonWriter json, string name, IEnumerable<EvidenceAtom> atoms)
    {
        var permissions = atoms.GroupBy(a => a.Service).ToList();
        if (permissions.Count == 0) return;
        var left = MostPermissions;
        json.WriteStartArray(name);
        foreach (var permission in permissions.TakeWhile(_ => left > 0))
        {
            json.WriteStartObject();
            json.WriteString("IpProtocol", permission.Key.Protocol.WireName);
            if (permission.Key.Protocol.HasPorts || permission.Key.Protocol.HasTypes)
            {
                json.WriteNumber("FromPort", permission.Key.From);
                json.WriteNumber("ToPort", permission.Key.To);
            }

            var peers = permission.Select(a => a.Peer).Take(left).ToList();
            left -= peers.Count;
            WritePeers(json, "IpRanges", "CidrIp", peers.OfType<CidrPeer>().Where(p => p.Cidr.Family == Packets.IpFamily.V4).Select(p => p.Cidr.ToString()));
            WritePeers(json, "Ipv6Ranges", "CidrIpv6", peers.OfType<CidrPeer>().Where(p => p.Cidr.Family == Packets.IpFamily.V6).Select(p => p.Cidr.ToString()));
            WritePeers(json, "PrefixListIds", "PrefixListId", peers.OfType<PrefixListPeer>().Select(p => p.PrefixList.Value));
            WriteGroups(json, [.. peers.OfType<GroupPeer>()]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WritePeers(Utf8JsonWriter json, string name, string member, IEnumerable<string> values)
    {
        var all = values.ToList();
        if (all.Count == 0) return;
        json.WriteStartArray(name);
        foreach (var value in all)
        {
            json.WriteStartObject();
            json.WriteString(member, AsffText.Of(value, MostName));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteGroups(Utf8JsonWriter json, List<GroupPeer> peers)
    {
        if (peers.Count == 0) return;
        json.WriteStartArray("UserIdGroupPairs");
        foreach (var peer in peers)
        {
            json.WriteStartObject();
            json.WriteString("GroupId", AsffText.Of(peer.Group.Value, MostName));
            if (!string.IsNullOrWhiteSpace(peer.Account)) json.WriteString("UserId", AsffText.Of(peer.Account, MostName));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string TypeOf(string type) => type switch
    {
        FindingResource.SecurityGroupType => "AwsEc2SecurityGroup",
        FindingResource.AccountType => "AwsAccount",
        "AWS::EC2::VPC" => "AwsEc2Vpc",
        "AWS::EC2::Subnet" => "AwsEc2Subnet",
        "AWS::EC2::NetworkAcl" => "AwsEc2NetworkAcl",
        "AWS::EC2::NetworkInterface" => "AwsEc2NetworkInterface",
        "AWS::EC2::VPCPeeringConnection" => "AwsEc2VpcPeeringConnection",
        "AWS::EC2::RouteTable" => "AwsEc2RouteTable",
        _ => "Other",
    };
}
