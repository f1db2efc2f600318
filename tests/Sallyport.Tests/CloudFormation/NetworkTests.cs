using Sallyport.Estates;

namespace Sallyport.Tests.CloudFormation;

/// <summary>VPCs and what belongs to them.</summary>
public sealed class NetworkTests
{
    [Fact]
    public void A_VPC_has_all_its_blocks()
    {
        var read = TemplateRead.Group("  More: {Type: 'AWS::EC2::VPCCidrBlock', Properties: {VpcId: !Ref Vpc, CidrBlock: 10.9.0.0/16}}");
        Assert.Equal("10.0.0.0/16, 10.9.0.0/16", string.Join(", ", Assert.Single(read.Estate.Vpcs).Cidrs));
    }

    [Theory]
    [InlineData("  It: {Type: 'AWS::EC2::NetworkAcl', Properties: {VpcId: !Ref Vpc}}\n  E: {Type: 'AWS::EC2::NetworkAclEntry', Properties: {NetworkAclId: !Ref It, RuleNumber: 1, Protocol: 6, RuleAction: allow, CidrBlock: 10.0.0.0/8, PortRange: {From: 1e1000000000, To: 1e1000000000}}}", GapKind.NetworkAcls, "It")]
    [InlineData("  It: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: !Ref Open}}", GapKind.Vpcs, "It")]
    [InlineData("  It: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Ref Vpc, CidrBlock: !Ref Open}}", GapKind.Subnets, "It")]
    [InlineData("  It: {Type: 'AWS::EC2::RouteTable', Properties: {VpcId: !Ref Vpc}}\n  R: {Type: 'AWS::EC2::Route', Properties: {RouteTableId: !Ref It, DestinationCidrBlock: !Ref Open, GatewayId: igw-0123456789abcdef0}}", GapKind.RouteTables, "It")]
    [InlineData("  It: {Type: 'AWS::EC2::RouteTable', Properties: {VpcId: !Ref Vpc}}\n  R: {Type: 'AWS::EC2::Route', Condition: Prod, Properties: {RouteTableId: !Ref It, DestinationCidrBlock: 0.0.0.0/0, GatewayId: igw-0123456789abcdef0}}", GapKind.RouteTables, "It")]
    [InlineData("  It: {Type: 'AWS::EC2::NetworkAcl', Properties: {VpcId: !Ref Vpc}}\n  E: {Type: 'AWS::EC2::NetworkAclEntry', Properties: {NetworkAclId: !Ref It, RuleNumber: 1, Protocol: -1, RuleAction: allow, CidrBlock: !Ref Open}}", GapKind.NetworkAcls, "It")]
    [InlineData("  It: {Type: 'AWS::EC2::NatGateway', Properties: {VpcId: !Ref Vpc, AvailabilityMode: regional}}", GapKind.Gateways, "nat-It")]
    [InlineData("  It: {Type: 'AWS::EC2::NatGateway', Properties: {SubnetId: !If [Prod, subnet-0123456789abcdef0, subnet-0123456789abcdef1]}}", GapKind.Gateways, "nat-It")]
    public void What_is_known_in_part_is_left_out_with_a_gap(string resources, GapKind kind, string where)
    {
        var read = TemplateRead.Group(resources, "Parameters: {Open: {Type: String}}\nConditions: {Prod: !Equals [!Ref Open, x]}");
        Assert.Contains(read.Estate.Gaps, g => g.What == kind && g.Where == where);
        Assert.DoesNotContain(where, read.Estate.Vpcs.Select(v => v.Id.Value).Concat(read.Estate.Subnets.Select(s => s.Id.Value)).Concat(read.Estate.RouteTables.Select(t => t.Id)).Concat(read.Estate.NetworkAcls.Select(a => a.Id)).Concat(read.Estate.Gateways.Select(g => g.Id)));
    }

    [Fact]
    public void A_block_that_AWS_picks_takes_nothing_from_those_that_are_known()
    {
        var read = TemplateRead.Group("""
              More: {Type: 'AWS::EC2::VPCCidrBlock', Properties: {VpcId: !Ref Vpc, AmazonProvidedIpv6CidrBlock: true}}
              Subnet: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24, Ipv6CidrBlock: !Select [0, !Cidr [!Select [0, !GetAtt Vpc.Ipv6CidrBlocks], 1, 64]]}}
              Only6: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Ref Vpc, Ipv6Native: true, Ipv6CidrBlock: !Select [0, !Cidr [!Select [0, !GetAtt Vpc.Ipv6CidrBlocks], 1, 64]]}}
              Table: {Type: 'AWS::EC2::RouteTable', Properties: {VpcId: !Ref Vpc}}
            """);
        Assert.Equal("10.0.0.0/16", string.Join(' ', Assert.Single(read.Estate.Vpcs).Cidrs));
        Assert.Equal("Subnet 10.0.1.0/24", string.Join(' ', read.Estate.Subnets.Select(s => $"{s.Id} {string.Join(' ', s.Cidrs)}")));
        Assert.Equal("10.0.0.0/16", string.Join(' ', Assert.Single(read.Estate.RouteTables).Routes.Select(r => r.Destination)));
        Assert.Contains(read.Estate.Gaps, g => g is { What: GapKind.Vpcs, Where: "Vpc" });
        Assert.Contains(read.Estate.Gaps, g => g is { What: GapKind.Subnets, Where: "Subnet" });
        Assert.Contains(read.Estate.Gaps, g => g is { What: GapKind.Subnets, Where: "Only6" });
    }

    [Theory]
    [InlineData("AllocationId: !GetAtt Ip.AllocationId", "", true)]
    [InlineData("PrivateIpAddress: 10.0.1.9, AllocationId: !GetAtt Ip.AllocationId", "", true)]
    [InlineData("ConnectivityType: private, PrivateIpAddress: 10.0.1.9", "10.0.1.9", false)]
    [InlineData("ConnectivityType: private", "", true)]
    [InlineData("ConnectivityType: private, PrivateIpAddress: 10.0.1.9, SecondaryPrivateIpAddressCount: 2", "", true)]
    public void A_NAT_gateway_is_read_as_far_as_it_is_known(string properties, string addresses, bool isOpen)
    {
        var read = TemplateRead.Group($$$"""
              Subnet: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24}}
              Ip: {Type: 'AWS::EC2::EIP'}
              Nat: {Type: 'AWS::EC2::NatGateway', Properties: {SubnetId: !Ref Subnet, {{{properties}}}, Tags: [{Key: a, Value: b}]}}
            """);
        var nat = read.Estate.Gateways.Single(g => g.Kind == GatewayKind.Nat);
        Assert.Equal(("nat-Nat", "Subnet", "Vpc", addresses), (nat.Id, nat.Subnet?.Value, Assert.Single(nat.Vpcs).Value, string.Join(' ', nat.Addresses)));
        Assert.Equal(isOpen, read.Estate.Gaps.Any(g => g is { What: GapKind.Gateways, Where: "nat-Nat" }));
    }

    [Fact]
    public void Routes_lead_to_targets_of_the_right_kind()
    {
        var read = TemplateRead.Group("""
              Igw: {Type: 'AWS::EC2::InternetGateway'}
              Attach: {Type: 'AWS::EC2::VPCGatewayAttachment', Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref Igw}}
              Nat: {Type: 'AWS::EC2::NatGateway', Properties: {SubnetId: !Ref Subnet}}
              Out6: {Type: 'AWS::EC2::EgressOnlyInternetGateway', Properties: {VpcId: !Ref Vpc}}
              Peer: {Type: 'AWS::EC2::VPCPeeringConnection', Properties: {VpcId: !Ref Vpc, PeerVpcId: vpc-0123456789abcdef0, PeerOwnerId: '444455556666', PeerRegion: us-east-1}}
              Subnet: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24, AvailabilityZone: eu-west-1a, MapPublicIpOnLaunch: true}}
              Table: {Type: 'AWS::EC2::RouteTable', Properties: {VpcId: !Ref Vpc}}
              Of: {Type: 'AWS::EC2::SubnetRouteTableAssociation', Properties: {RouteTableId: !Ref Table, SubnetId: !Ref Subnet}}
              R1: {Type: 'AWS::EC2::Route', Properties: {RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Igw}}
              R2: {Type: 'AWS::EC2::Route', Properties: {RouteTableId: !Ref Table, DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId: !Ref Out6}}
              R3: {Type: 'AWS::EC2::Route', Properties: {RouteTableId: !Ref Table, DestinationCidrBlock: 10.9.0.0/16, VpcPeeringConnectionId: !Ref Peer}}
              R4: {Type: 'AWS::EC2::Route', Properties: {RouteTableId: !Ref Table, DestinationCidrBlock: 192.0.2.0/24, NatGatewayId: !Ref Nat}}
              R5: {Type: 'AWS::EC2::Route', Properties: {RouteTableId: !Ref Table, DestinationPrefixListId: pl-0123456789abcdef0, TransitGatewayId: tgw-0123456789abcdef0}}
            """, scope: new Scope("111122223333", "eu-west-1"));
        var table = Assert.Single(read.Estate.RouteTables);
        Assert.Equal(
            ["0.0.0.0/0 igw-Igw", "10.0.0.0/16 local", "10.9.0.0/16 pcx-Peer", "192.0.2.0/24 nat-Nat", "::/0 eigw-Out6", "pl-0123456789abcdef0 tgw-0123456789abcdef0"],
            table.Routes.Select(r => $"{r.Destination?.ToString() ?? r.DestinationPrefixList?.Value} {r.Target}"));
        Assert.Equal("Subnet", Assert.Single(table.Subnets).Value);
        Assert.Equal("Vpc", Assert.Single(read.Estate.Gateways.Single(g => g.Id == "igw-Igw").Vpcs).Value);
        var peering = Assert.Single(read.Estate.Peerings);
        Assert.Equal((new Scope("111122223333", "eu-west-1"), new Scope("444455556666", "us-east-1")), (peering.Requester.Scope, peering.Accepter.Scope));
        var subnet = Assert.Single(read.Estate.Subnets);
        Assert.Equal(("eu-west-1a", true), (subnet.AvailabilityZone, subnet.MapPublicIpOnLaunch));
    }

    [Fact]
    public void An_ACL_has_its_entries_and_the_last_deny()
    {
        var read = TemplateRead.Group("""
              Acl: {Type: 'AWS::EC2::NetworkAcl', Properties: {VpcId: !Ref Vpc}}
              Of: {Type: 'AWS::EC2::SubnetNetworkAclAssociation', Properties: {NetworkAclId: !Ref Acl, SubnetId: subnet-0123456789abcdef0}}
              In: {Type: 'AWS::EC2::NetworkAclEntry', Properties: {NetworkAclId: !Ref Acl, RuleNumber: 100, Protocol: 6, RuleAction: allow, CidrBlock: 0.0.0.0/0, PortRange: {From: 443, To: 443}}}
              Ping: {Type: 'AWS::EC2::NetworkAclEntry', Properties: {NetworkAclId: !Ref Acl, RuleNumber: 110, Protocol: 1, RuleAction: deny, Egress: true, CidrBlock: 0.0.0.0/0, Icmp: {Type: 8, Code: -1}}}
            """);
        var acl = Assert.Single(read.Estate.NetworkAcls);
        Assert.Equal(
            ["Ingress 100 True tcp/443 0.0.0.0/0", "Ingress 32767 False any 0.0.0.0/0", "Ingress 32767 False any ::/0", "Egress 110 False icmp/8/-1 0.0.0.0/0", "Egress 32767 False any 0.0.0.0/0", "Egress 32767 False any ::/0"],
            acl.Entries.Select(e => $"{e.Direction} {e.Number} {e.Allows} {e.Service} {e.Cidr}"));
        Assert.Equal("subnet-0123456789abcdef0", Assert.Single(acl.Subnets).Value);
    }

    [Fact]
    public void A_prefix_list_has_its_entries_or_none_when_one_is_not_known()
    {
        const string list = "  List: {Type: 'AWS::EC2::PrefixList', Properties: {PrefixListName: offices, AddressFamily: IPv4, MaxEntries: 5, Entries: [{Cidr: 10.2.0.0/16, Description: b}, {Cidr: ITEM}]}}\n";
        const string rule = "      SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 1, ToPort: 1, SourcePrefixListId: !Ref List}]\n";
        var read = TemplateRead.Group(rule + list.Replace("ITEM", "10.1.0.0/16", StringComparison.Ordinal));
        Assert.Equal(["tcp/1 List"], read.Ingress);
        Assert.Equal(["10.1.0.0/16", "10.2.0.0/16"], Assert.Single(read.Estate.PrefixLists).Entries!.Value.Select(e => e.Cidr.ToString()));
        Assert.DoesNotContain(read.Estate.Gaps, g => g.What == GapKind.PrefixLists);
        var open = TemplateRead.Group(rule + list.Replace("ITEM", "!Ref Open", StringComparison.Ordinal), "Parameters: {Open: {Type: String}}");
        Assert.Null(Assert.Single(open.Estate.PrefixLists).Entries);
        Assert.Contains(open.Estate.Gaps, g => g.What == GapKind.PrefixLists && g.Where == "List");
    }

    [Fact]
    public void Endpoints_tell_service_groups_and_tables()
    {
        var read = TemplateRead.Group("""
              S3: {Type: 'AWS::EC2::VPCEndpoint', Properties: {VpcId: !Ref Vpc, ServiceName: !Sub 'com.amazonaws.${AWS::Region}.s3', RouteTableIds: [!Ref Table]}}
              Kms: {Type: 'AWS::EC2::VPCEndpoint', Properties: {VpcId: !Ref Vpc, ServiceName: com.amazonaws.eu-west-1.kms, VpcEndpointType: Interface, SecurityGroupIds: [!Ref Web]}}
              Table: {Type: 'AWS::EC2::RouteTable', Properties: {VpcId: !Ref Vpc}}
            """, scope: new Scope("111122223333", "eu-west-1"));
        Assert.Equal(
            ["vpce-Kms Interface com.amazonaws.eu-west-1.kms Web ", "vpce-S3 Gateway com.amazonaws.eu-west-1.s3  Table"],
            read.Estate.VpcEndpoints.Select(e => $"{e.Id} {e.Kind} {e.Service} {string.Join(',', e.Groups)} {string.Join(',', e.RouteTables)}"));
        Assert.Equal("vpc_endpoint", Assert.Single(read.Estate.NetworkInterfaces).InterfaceType);
    }

    [Theory]
    [InlineData("'AWS::RDS::DBInstance', Properties: {Engine: postgres}", "tcp/5432 10.0.0.0/8")]
    [InlineData("'AWS::RDS::DBInstance', Properties: {Engine: mysql, Port: 3333}", "tcp/3333 10.0.0.0/8")]
    [InlineData("'AWS::RDS::DBInstance', Properties: {Engine: sqlserver-ex}", "tcp/1433 10.0.0.0/8")]
    [InlineData("'AWS::Redshift::Cluster'", "tcp/5439 10.0.0.0/8")]
    [InlineData("'AWS::RDS::DBCluster', Properties: {Engine: aurora-postgresql}", null)]
    public void The_port_of_a_database_is_that_of_its_engine(string database, string? expected)
    {
        var read = TemplateRead.Group($"      SecurityGroupIngress: [{{IpProtocol: tcp, FromPort: !GetAtt Db.Endpoint.Port, ToPort: !GetAtt Db.Endpoint.Port, CidrIp: 10.0.0.0/8}}]\n  Db: {{Type: {database}}}");
        Assert.Equal(expected is null ? [] : [expected], read.Ingress);
        Assert.Equal(expected is null, read.Rules.Any());
    }
}
