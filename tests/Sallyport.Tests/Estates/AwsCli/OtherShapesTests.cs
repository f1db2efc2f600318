using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Tests.Estates.Files;

namespace Sallyport.Tests.Estates.AwsCli;

public class OtherShapesTests
{
    private static readonly Scope Home = new("111122223333", "eu-west-1");

    [Theory]
    [InlineData("""{"NetworkInterfaces": [X]}""")]
    [InlineData("[X]")]
    [InlineData("X")]
    public void Interfaces(string shape)
    {
        var nic = Assert.Single(FileRead.Quietly(shape.Replace("X", """
            {"Attachment": {"InstanceId": "i-1", "Status": "attached"}, "AvailabilityZone": "eu-west-1b", "Description": "app",
             "Groups": [{"GroupName": "b", "GroupId": "sg-2"}, {"GroupName": "a", "GroupId": "sg-1"}], "InterfaceType": "lambda",
             "Ipv6Addresses": [{"Ipv6Address": "2001:db8::5"}], "MacAddress": "02:00", "NetworkInterfaceId": "eni-1", "OwnerId": "111122223333",
             "PrivateIpAddress": "10.0.1.5", "PrivateIpAddresses": [{"Primary": false, "PrivateIpAddress": "10.0.1.6"}, {"Primary": true, "PrivateIpAddress": "10.0.1.5", "Association": {"PublicIp": "198.51.100.7"}}],
             "Ipv4Prefixes": [{"Ipv4Prefix": "10.0.2.0/28"}], "RequesterId": "AROA:x", "RequesterManaged": true, "SourceDestCheck": false,
             "Status": "in-use", "SubnetId": "subnet-1", "TagSet": [{"Key": "k", "Value": "v"}], "VpcId": "vpc-1"}
            """, StringComparison.Ordinal)).NetworkInterfaces);

        Assert.Equal(Home, nic.Scope);
        Assert.Equal(["sg-1", "sg-2"], nic.Groups.Select(g => g.Value));
        Assert.Equal(["10.0.1.5", "10.0.1.6", "2001:db8::5"], nic.Addresses.Select(a => a.ToString()));
        Assert.Equal(new(Address.Parse("10.0.1.5"), Address.Parse("198.51.100.7")), Assert.Single(nic.PublicAddresses));
        Assert.Equal("10.0.2.0/28", Assert.Single(nic.Prefixes).ToString());
        Assert.Equal(("lambda", "in-use", "app", true, "AROA:x", "i-1", false, "v"),
            (nic.InterfaceType, nic.Status, nic.Description, nic.RequesterManaged, nic.RequesterId, nic.Instance, nic.SourceDestCheck, nic.Tags["k"]));
        Assert.Equal((new VpcId("vpc-1"), new SubnetId("subnet-1")), (nic.Vpc, nic.Subnet));
    }

    [Theory]
    [InlineData("""{"Vpcs": [X]}""")]
    [InlineData("[X]")]
    [InlineData("X")]
    public void Vpcs(string shape)
    {
        var vpc = Assert.Single(FileRead.Quietly(shape.Replace("X", """
            {"OwnerId": "111122223333", "CidrBlock": "10.0.0.0/16", "IsDefault": true, "VpcId": "vpc-1", "Tags": [],
             "CidrBlockAssociationSet": [{"CidrBlock": "10.0.0.0/16", "CidrBlockState": {"State": "associated"}}, {"CidrBlock": "10.1.0.0/16", "CidrBlockState": {"State": "associated"}}, {"CidrBlock": "10.2.0.0/16", "CidrBlockState": {"State": "disassociated"}}],
             "Ipv6CidrBlockAssociationSet": [{"Ipv6CidrBlock": "2001:db8::/56", "Ipv6CidrBlockState": {"State": "associated"}}]}
            """, StringComparison.Ordinal)).Vpcs);

        Assert.Equal(["10.0.0.0/16", "10.1.0.0/16", "2001:db8::/56"], vpc.Cidrs.Select(c => c.ToString()));
        Assert.True(vpc.IsDefault);
    }

    [Fact]
    public void Regions_of_vpcs_and_gateways_come_from_their_subnets()
    {
        var read = FileRead.OfAll(
            ("v.json", """{"Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16", "OwnerId": "111122223333"}]}"""),
            ("s.json", """{"Subnets": [{"SubnetId": "subnet-1", "VpcId": "vpc-1", "CidrBlock": "10.0.0.0/24", "AvailabilityZone": "eu-west-1a", "OwnerId": "111122223333", "MapPublicIpOnLaunch": true}]}"""),
            ("n.json", """{"NatGateways": [{"NatGatewayId": "nat-1", "VpcId": "vpc-1", "SubnetId": "subnet-1", "State": "available", "NatGatewayAddresses": [{"PrivateIp": "10.0.0.9", "PublicIp": "198.51.100.9"}]}]}"""),
            ("f.json", """{"FlowLogs": [{"FlowLogId": "fl-1", "ResourceId": "subnet-1", "TrafficType": "ALL", "FlowLogStatus": "ACTIVE", "LogDestinationType": "s3", "LogDestination": "arn:aws:s3:::b", "MaxAggregationInterval": 60}]}"""),
            ("i.json", """{"InternetGateways": [{"InternetGatewayId": "igw-1", "OwnerId": "111122223333", "Attachments": [{"State": "available", "VpcId": "vpc-1"}]}]}"""),
            ("e.json", """{"EgressOnlyInternetGateways": [{"EgressOnlyInternetGatewayId": "eigw-1", "Attachments": [{"State": "attached", "VpcId": "vpc-1"}]}]}"""),
            ("g.json", """{"VpnGateways": [{"VpnGatewayId": "vgw-1", "State": "available", "VpcAttachments": [{"VpcId": "vpc-1", "State": "attached"}]}]}"""));

        Assert.Empty(read.Said);
        Assert.Equal(Home, Assert.Single(read.Estate.Vpcs).Scope);
        Assert.Equal(Home, Assert.Single(read.Estate.FlowLogs).Scope);
        Assert.All(read.Estate.Gateways, g => Assert.Equal(Home, g.Scope));
        Assert.Equal([GatewayKind.EgressOnlyInternet, GatewayKind.Internet, GatewayKind.Nat, GatewayKind.Vpn], read.Estate.Gateways.Select(g => g.Kind));
        Assert.All(read.Estate.Gateways, g => Assert.Equal([new VpcId("vpc-1")], g.Vpcs));
        var nat = read.Estate.Gateways.Single(g => g.Kind == GatewayKind.Nat);
        Assert.Equal(("10.0.0.9", "198.51.100.9"), (nat.Addresses[0].ToString(), nat.PublicAddresses[0].ToString()));
        Assert.Equal([Home], read.Estate.Scopes);
    }

    [Theory]
    [InlineData("""{"RouteTables": [X]}""")]
    [InlineData("[X]")]
    [InlineData("X")]
    public void Route_tables(string shape)
    {
        var table = Assert.Single(FileRead.Quietly(shape.Replace("X", """
            {"Associations": [{"Main": true, "RouteTableId": "rtb-1"}, {"Main": false, "SubnetId": "subnet-1"}, {"GatewayId": "igw-1"}, {"SubnetId": "subnet-2", "AssociationState": {"State": "disassociated"}}],
             "RouteTableId": "rtb-1", "VpcId": "vpc-1", "OwnerId": "111122223333",
             "Routes": [
               {"DestinationCidrBlock": "10.0.0.0/16", "GatewayId": "local", "State": "active"}, {"DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": "nat-1", "State": "blackhole"},
               {"DestinationIpv6CidrBlock": "::/0", "EgressOnlyInternetGatewayId": "eigw-1"}, {"DestinationPrefixListId": "pl-1", "GatewayId": "vpce-1"},
               {"DestinationCidrBlock": "10.9.0.0/16", "InstanceId": "i-1", "NetworkInterfaceId": "eni-1"}, {"DestinationCidrBlock": "10.8.0.0/16", "TransitGatewayId": "tgw-1"}, {"DestinationCidrBlock": "10.7.0.0/16", "VpcPeeringConnectionId": "pcx-1"}]}
            """, StringComparison.Ordinal)).RouteTables);

        Assert.True(table.IsMain);
        Assert.Equal(["subnet-1"], table.Subnets.Select(s => s.Value));
        Assert.Equal(["igw-1"], table.Gateways);
        Assert.Equal(
            ["0.0.0.0/0 nat-1 True", "10.0.0.0/16 local False", "10.7.0.0/16 pcx-1 False", "10.8.0.0/16 tgw-1 False", "10.9.0.0/16 i-1 False", "::/0 eigw-1 False", "pl-1 vpce-1 False"],
            table.Routes.Select(r => $"{r.Destination}{r.DestinationPrefixList} {r.Target} {r.IsBlackhole}"));
        Assert.Equal("eni-1", table.Routes.Single(r => r.Target == "i-1").Interface!.Value.Value);
    }

    [Fact]
    public void Network_acls()
    {
        var acl = Assert.Single(FileRead.Quietly("""
            {"NetworkAcls": [{"NetworkAclId": "acl-1", "VpcId": "vpc-1", "IsDefault": true, "OwnerId": "111122223333", "Associations": [{"SubnetId": "subnet-1", "NetworkAclId": "acl-1"}],
              "Entries": [{"CidrBlock": "0.0.0.0/0", "Egress": true, "Protocol": "-1", "RuleAction": "deny", "RuleNumber": 32767},
                {"CidrBlock": "10.0.0.0/8", "Egress": false, "Protocol": "6", "PortRange": {"From": 443, "To": 443}, "RuleAction": "allow", "RuleNumber": 100},
                {"Ipv6CidrBlock": "::/0", "Egress": false, "Protocol": "58", "IcmpTypeCode": {"Type": 128, "Code": -1}, "RuleAction": "allow", "RuleNumber": 110}]}]}
            """).NetworkAcls);

        Assert.Equal(
            ["Ingress 100 True tcp/443 10.0.0.0/8", "Ingress 110 True icmpv6/128/-1 ::/0", "Egress 32767 False any 0.0.0.0/0"],
            acl.Entries.Select(e => $"{e.Direction} {e.Number} {e.Allows} {e.Service} {e.Cidr}"));
        Assert.Equal(["subnet-1"], acl.Subnets.Select(s => s.Value));
    }

    [Fact]
    public void Prefix_lists_and_their_entries_by_file_name()
    {
        var read = FileRead.OfAll(
            ("aws.json", """{"PrefixLists": [{"Cidrs": ["52.218.0.0/17"], "PrefixListId": "pl-00000001", "PrefixListName": "com.amazonaws.eu-west-1.s3"}]}"""),
            ("lists.json", """{"PrefixLists": [{"PrefixListId": "pl-00000002", "AddressFamily": "IPv4", "PrefixListArn": "arn:aws:ec2:eu-west-1:111122223333:prefix-list/pl-00000002", "PrefixListName": "offices", "MaxEntries": 20, "Version": 3, "OwnerId": "111122223333", "Tags": []}, {"PrefixListId": "pl-00000001", "OwnerId": "AWS", "PrefixListName": "com.amazonaws.eu-west-1.s3"}]}"""),
            ("x/entries-pl-00000002.p1.json", """{"Entries": [{"Cidr": "203.0.113.0/24", "Description": "hq"}], "NextToken": "t"}"""),
            ("x/entries-pl-00000002.p2.json", """{"Entries": [{"Cidr": "198.51.100.0/24"}]}"""),
            ("pl-00000003/entries.json", "[{\"Cidr\": \"2001:db8::/32\"}]"));

        Assert.Equal(["SPD2056"], read.Codes);
        Assert.Equal(
            ["pl-00000001 com.amazonaws.eu-west-1.s3 AWS 52.218.0.0/17", "pl-00000002 offices 111122223333 198.51.100.0/24,203.0.113.0/24", "pl-00000003   2001:db8::/32"],
            read.Estate.PrefixLists.OrderBy(p => p.Id).Select(p => $"{p.Id} {p.Name} {p.Owner} {string.Join(",", p.Entries!.Value.Select(e => e.Cidr))}"));
        Assert.Equal(20, read.Estate.PrefixLists.Single(p => p.Name == "offices").MaxEntries);
        Assert.DoesNotContain(read.Estate.Gaps, g => g.What == GapKind.PrefixLists);
    }

    [Theory]
    [InlineData("""{"Entries": [{"Cidr": "10.0.0.0/8"}]}""")]
    [InlineData("""{"Entries": []}""")]
    [InlineData("""{"Routes": [{"DestinationCidrBlock": "10.0.0.0/8", "TransitGatewayAttachments": [], "State": "active"}]}""")]
    public void An_id_that_neither_answer_nor_name_gives_is_an_error(string text)
    {
        Assert.Equal(["SPD2014"], FileRead.Of(text, "pl-xyz/apl-00000001x.json").Codes);
    }

    [Fact]
    public void Transit_gateways_in_all_their_answers()
    {
        var read = FileRead.OfAll(
            ("t.json", """{"TransitGateways": [{"TransitGatewayId": "tgw-1", "TransitGatewayArn": "arn:aws:ec2:eu-west-1:111122223333:transit-gateway/tgw-1", "State": "available", "OwnerId": "111122223333"}]}"""),
            ("va.json", """{"TransitGatewayVpcAttachments": [{"TransitGatewayAttachmentId": "tgw-attach-1", "TransitGatewayId": "tgw-1", "VpcId": "vpc-1", "VpcOwnerId": "111122223333", "State": "available", "SubnetIds": ["subnet-2", "subnet-1"], "Options": {"SecurityGroupReferencingSupport": "enable"}}]}"""),
            ("a.json", """{"TransitGatewayAttachments": [{"TransitGatewayAttachmentId": "tgw-attach-1", "TransitGatewayId": "tgw-1", "TransitGatewayOwnerId": "111122223333", "ResourceOwnerId": "111122223333", "ResourceType": "vpc", "ResourceId": "vpc-1", "State": "available", "Association": {"TransitGatewayRouteTableId": "tgw-rtb-0000000a", "State": "associated"}}]}"""),
            ("rt.json", """{"TransitGatewayRouteTables": [{"TransitGatewayRouteTableId": "tgw-rtb-0000000a", "TransitGatewayId": "tgw-1", "State": "available"}]}"""),
            ("assoc-tgw-rtb-0000000a.json", """{"Associations": [{"TransitGatewayAttachmentId": "tgw-attach-2", "ResourceId": "vpc-2", "ResourceType": "vpc", "State": "associated"}]}"""),
            ("routes-tgw-rtb-0000000a.json", """{"Routes": [{"DestinationCidrBlock": "10.1.0.0/16", "TransitGatewayAttachments": [{"ResourceId": "vpc-1", "TransitGatewayAttachmentId": "tgw-attach-1", "ResourceType": "vpc"}], "Type": "propagated", "State": "active"}, {"DestinationCidrBlock": "10.2.0.0/16", "Type": "static", "State": "blackhole"}], "AdditionalRoutesAvailable": false}"""));

        Assert.Empty(read.Said);
        var attachment = Assert.Single(read.Estate.TransitGatewayAttachments);
        Assert.True(attachment.SecurityGroupReferencing);
        Assert.Equal(["subnet-1", "subnet-2"], attachment.Subnets.Select(s => s.Value));
        var table = Assert.Single(read.Estate.TransitGatewayRouteTables);
        Assert.Equal("tgw-1", table.TransitGateway);
        Assert.Equal(["tgw-attach-1", "tgw-attach-2"], table.Associations!.Value);
        Assert.Equal(["10.1.0.0/16 tgw-attach-1 False", "10.2.0.0/16  True"], table.Routes!.Value.Select(r => $"{r.Destination} {r.Target} {r.IsBlackhole}"));
        Assert.Equal(GatewayKind.Transit, Assert.Single(read.Estate.Gateways).Kind);
    }

    [Theory]
    [InlineData("""{"VpcPeeringConnections": [X]}""")]
    [InlineData("[X]")]
    public void Peerings(string shape)
    {
        var peering = Assert.Single(FileRead.Quietly(shape.Replace("X", """
            {"AccepterVpcInfo": {"CidrBlock": "10.2.0.0/16", "CidrBlockSet": [{"CidrBlock": "10.2.0.0/16"}, {"CidrBlock": "10.3.0.0/16"}], "Ipv6CidrBlockSet": [{"Ipv6CidrBlock": "2001:db8::/56"}], "OwnerId": "444455556666", "VpcId": "vpc-2", "Region": "eu-central-1"},
             "RequesterVpcInfo": {"OwnerId": "111122223333", "VpcId": "vpc-1", "Region": "eu-west-1"}, "Status": {"Code": "pending-acceptance"}, "VpcPeeringConnectionId": "pcx-1"}
            """, StringComparison.Ordinal)).Peerings);

        Assert.Equal("pending-acceptance", peering.Status);
        Assert.Equal(new Scope("444455556666", "eu-central-1"), peering.Accepter.Scope);
        Assert.Equal(["10.2.0.0/16", "10.3.0.0/16", "2001:db8::/56"], peering.Accepter.Cidrs.Select(c => c.ToString()));
    }

    [Theory]
    [InlineData("""{"VpcEndpoints": [X]}""")]
    [InlineData("X")]
    public void Endpoints(string shape)
    {
        var endpoint = Assert.Single(FileRead.Quietly(shape.Replace("X", """
            {"VpcEndpointId": "vpce-1", "VpcEndpointType": "Gateway", "VpcId": "vpc-1", "ServiceName": "com.amazonaws.eu-west-1.s3", "State": "available", "RouteTableIds": ["rtb-2", "rtb-1"], "SubnetIds": [], "Groups": [{"GroupId": "sg-1", "GroupName": "a"}], "NetworkInterfaceIds": ["eni-1"], "OwnerId": "111122223333"}
            """, StringComparison.Ordinal)).VpcEndpoints);

        Assert.Equal((Home, "Gateway", "available"), (endpoint.Scope, endpoint.Kind, endpoint.State));
        Assert.Equal(["rtb-1", "rtb-2"], endpoint.RouteTables);
        Assert.Equal("sg-1", Assert.Single(endpoint.Groups).Value);
    }

    [Theory]
    [InlineData("""{"Reservations": [{"ReservationId": "r-1", "OwnerId": "111122223333", "Groups": [], "Instances": [X]}]}""")]
    [InlineData("""[{"OwnerId": "111122223333", "Instances": [X], "ReservationId": "r-1"}]""")]
    [InlineData("""{"Instances": [X]}""")]
    [InlineData("[[X]]")]
    [InlineData("X")]
    public void Instances_and_the_interfaces_seen_with_them(string shape)
    {
        var read = FileRead.Of(shape.Replace("X", """
            {"Architecture": "x86_64", "InstanceId": "i-1", "State": {"Code": 16, "Name": "running"}, "Placement": {"AvailabilityZone": "eu-west-1a"}, "VpcId": "vpc-1", "SecurityGroups": [{"GroupId": "sg-1", "GroupName": "a"}],
             "NetworkInterfaces": [{"NetworkInterfaceId": "eni-1", "OwnerId": "111122223333", "VpcId": "vpc-1", "Groups": [{"GroupId": "sg-1", "GroupName": "a"}], "PrivateIpAddress": "10.0.0.5", "Status": "in-use"}], "Tags": [{"Key": "Name", "Value": "app"}]}
            """, StringComparison.Ordinal));

        Assert.Empty(read.Said);
        var instance = Assert.Single(read.Estate.Instances);
        Assert.Equal((Home, "running", "app"), (instance.Scope, instance.State, instance.Tags["Name"]));
        var nic = Assert.Single(read.Estate.NetworkInterfaces);
        Assert.Equal(("i-1", Home), (nic.Instance, nic.Scope));
        Assert.Contains(read.Estate.Gaps, g => g.What == GapKind.NetworkInterfaces && g.Where.Length == 0);
    }

    [Fact]
    public void Answers_without_use_for_an_estate_are_read_quietly()
    {
        var read = FileRead.OfAll(
            ("r.json", """{"Regions": [{"OptInStatus": "opted-in", "RegionName": "eu-west-1", "Endpoint": "ec2.eu-west-1.amazonaws.com"}]}"""),
            ("a.json", """{"Addresses": [{"PublicIp": "198.51.100.1", "AllocationId": "eipalloc-1", "NetworkInterfaceId": "eni-1"}]}"""),
            ("v.json", """{"SecurityGroupVpcAssociations": [{"GroupId": "sg-1", "VpcId": "vpc-2", "VpcOwnerId": "111122223333", "State": "associated", "GroupOwnerId": "111122223333"}]}"""));

        Assert.Empty(read.Said);
        Assert.Equal("vpc-2", Assert.Single(read.Estate.VpcAssociations).Vpc.Value);
    }

    [Fact]
    public void An_empty_list_is_knowledge_and_a_missing_one_a_gap()
    {
        Assert.DoesNotContain(FileRead.Quietly("""{"Vpcs": []}""").Gaps, g => g.What == GapKind.Vpcs);
        Assert.Contains(FileRead.Quietly("""{"Subnets": []}""").Gaps, g => g.What == GapKind.Vpcs);
    }

    [Fact]
    public void What_cannot_be_understood_outside_rules_is_a_warning()
    {
        var read = FileRead.Of("""{"NetworkInterfaces": [{"NetworkInterfaceId": "eni-1", "PrivateIpAddress": "x.x.x.x", "Groups": []}]}""");

        Assert.Equal(["SPD2055"], read.Codes);
        Assert.Empty(Assert.Single(read.Estate.NetworkInterfaces).Addresses);
    }

    [Fact]
    public void Account_and_region_fall_back_to_what_the_caller_knows()
    {
        var fallback = new Scope("999900001111", "ap-south-1");
        var group = Assert.Single(FileRead.Quietly("""[{"GroupId": "sg-1", "IpPermissions": [], "IpPermissionsEgress": []}, {"GroupId": "sg-2", "OwnerId": "111122223333", "IpPermissions": [], "IpPermissionsEgress": []}]""", fallback: fallback).SecurityGroups, g => g.Id.Value == "sg-2");

        Assert.Equal(new Scope("111122223333", "ap-south-1"), group.Scope);
    }
}
