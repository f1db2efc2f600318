using System.Text;
using System.Xml;
using Sallyport.Aws.Ec2.Query;
using Sallyport.Aws.Ec2.Wire;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Aws.Tests.Ec2;

public sealed class WireReadingTests
{
    private static readonly Scope Scope = new("111122223333", "eu-west-1");

    [Fact]
    public void A_grouped_permission_becomes_one_rule_a_peer()
    {
        var group = Read("""
            <ownerId>111122223333</ownerId><groupId>sg-1</groupId><groupName>web</groupName><groupDescription>d</groupDescription><vpcId>vpc-1</vpcId>
            <ipPermissions>
              <item><ipProtocol>tcp</ipProtocol><fromPort>22</fromPort><toPort>22</toPort>
                <groups><item><userId>444455556666</userId><groupId>sg-2</groupId><vpcId>vpc-2</vpcId><vpcPeeringConnectionId>pcx-1</vpcPeeringConnectionId><peeringStatus>active</peeringStatus><description>from peer</description></item></groups>
                <ipRanges><item><cidrIp>10.0.0.1/8</cidrIp><description>host bits</description></item></ipRanges>
                <ipv6Ranges><item><cidrIpv6>2001:DB8::/32</cidrIpv6></item></ipv6Ranges>
                <prefixListIds><item><prefixListId>pl-1</prefixListId></item></prefixListIds></item>
            </ipPermissions>
            <ipPermissionsEgress><item><ipProtocol>-1</ipProtocol><groups/><ipRanges><item><cidrIp>0.0.0.0/0</cidrIp></item></ipRanges></item></ipPermissionsEgress>
            <tagSet><item><key>b</key><value>2</value></item><item><key>a</key><value/></item></tagSet>
            """, x => SecurityGroupXml.Read(x, Scope))!;
        Assert.Equal(
            ["ingress tcp/22 from sg-2", "ingress tcp/22 from 10.0.0.0/8", "ingress tcp/22 from 2001:db8::/32", "ingress tcp/22 from pl-1", "egress any to 0.0.0.0/0"],
            group.Rules.Select(r => r.Key.ToString()));
        var peer = Assert.IsType<GroupPeer>(group.Rules[0].Peer);
        Assert.Equal(("444455556666", "vpc-2", "pcx-1", "active"), (peer.Account, peer.Vpc!.Value.Value, peer.Peering!.Value.Value, peer.PeeringStatus));
        Assert.Equal("from peer", group.Rules[0].Description);
        Assert.Equal("a=, b=2", group.Tags.ToString());
        Assert.Null(group.Rules[0].Tags);
    }

    [Theory]
    [InlineData("<ipProtocol>tcp</ipProtocol><fromPort>-1</fromPort><toPort>70000</toPort><ipRanges><item><cidrIp>10.0.0.0/8</cidrIp></item></ipRanges>")]
    [InlineData("<ipProtocol>nope</ipProtocol><ipRanges><item><cidrIp>10.0.0.0/8</cidrIp></item></ipRanges>")]
    [InlineData("<ipProtocol>-1</ipProtocol><ipRanges><item><cidrIp>10.0.0.0/64</cidrIp></item></ipRanges>")]
    [InlineData("<ipProtocol>-1</ipProtocol>")]
    public void A_rule_EC2_would_not_take_is_kept_apart(string permission)
    {
        var group = Read($"<groupId>sg-1</groupId><ipPermissions><item>{permission}</item></ipPermissions>", x => SecurityGroupXml.Read(x, Scope))!;
        Assert.Empty(group.Rules);
        Assert.Equal(Direction.Ingress, Assert.Single(group.Malformed).Direction);
    }

    [Fact]
    public void The_owner_of_a_shared_vpc_is_not_the_caller() =>
        Assert.Equal("444455556666", Read("<vpcId>vpc-1</vpcId><ownerId>444455556666</ownerId>", x => VpcXml.Read(x, Scope))!.Scope.Account);

    [Fact]
    public void Only_associated_blocks_are_a_vpcs()
    {
        var vpc = Read("""
            <vpcId>vpc-1</vpcId><cidrBlock>10.0.0.0/16</cidrBlock>
            <cidrBlockAssociationSet>
              <item><cidrBlock>10.0.0.0/16</cidrBlock><cidrBlockState><state>disassociating</state></cidrBlockState></item>
              <item><cidrBlock>10.1.0.0/16</cidrBlock><cidrBlockState><state>associated</state></cidrBlockState></item>
            </cidrBlockAssociationSet>
            <ipv6CidrBlockAssociationSet><item><ipv6CidrBlock>2001:db8::/56</ipv6CidrBlock><ipv6CidrBlockState><state>associated</state></ipv6CidrBlockState></item></ipv6CidrBlockAssociationSet>
            """, x => VpcXml.Read(x, Scope))!;
        Assert.Equal(["10.1.0.0/16", "2001:db8::/56"], vpc.Cidrs.Select(c => c.ToString()));
    }

    [Fact]
    public void An_interface_has_its_primary_address_first_and_every_public_one()
    {
        var nic = Read("""
            <networkInterfaceId>eni-1</networkInterfaceId><privateIpAddress>10.0.0.9</privateIpAddress><association><publicIp>203.0.113.9</publicIp></association>
            <privateIpAddressesSet>
              <item><privateIpAddress>10.0.0.5</privateIpAddress><primary>false</primary><association><publicIp>203.0.113.5</publicIp></association></item>
              <item><privateIpAddress>10.0.0.9</privateIpAddress><primary>true</primary><association><publicIp>203.0.113.9</publicIp></association></item>
            </privateIpAddressesSet>
            <ipv6AddressesSet><item><ipv6Address>2001:db8::1</ipv6Address></item></ipv6AddressesSet><ipv4PrefixSet><item><ipv4Prefix>10.0.1.0/28</ipv4Prefix></item></ipv4PrefixSet>
            <groupSet><item><groupId>sg-2</groupId></item><item><groupId>sg-1</groupId></item></groupSet><attachment><instanceId>i-1</instanceId></attachment>
            <requesterManaged>true</requesterManaged><requesterId>amazon-elb</requesterId><sourceDestCheck>false</sourceDestCheck><interfaceType>load_balancer</interfaceType>
            """, x => NetworkInterfaceXml.Read(x, Scope))!;
        Assert.Equal(["10.0.0.9", "10.0.0.5", "2001:db8::1"], nic.Addresses.Select(a => a.ToString()));
        Assert.Equal(["10.0.0.5=203.0.113.5", "10.0.0.9=203.0.113.9"], nic.PublicAddresses.Select(p => $"{p.Key}={p.Value}"));
        Assert.Equal(["sg-1", "sg-2"], nic.Groups.Select(g => g.Value));
        Assert.Equal((true, "amazon-elb", false, "load_balancer", "i-1"), (nic.RequesterManaged, nic.RequesterId, nic.SourceDestCheck, nic.InterfaceType, nic.Instance));
    }

    [Fact]
    public void Routes_name_their_target_and_blackholes()
    {
        var table = Read("""
            <routeTableId>rtb-1</routeTableId><vpcId>vpc-1</vpcId>
            <routeSet>
              <item><destinationCidrBlock>0.0.0.0/0</destinationCidrBlock><natGatewayId>nat-1</natGatewayId><state>active</state></item>
              <item><destinationIpv6CidrBlock>::/0</destinationIpv6CidrBlock><egressOnlyInternetGatewayId>eigw-1</egressOnlyInternetGatewayId><state>blackhole</state></item>
              <item><destinationPrefixListId>pl-1</destinationPrefixListId><gatewayId>vpce-1</gatewayId></item>
              <item><destinationCidrBlock>10.9.0.0/16</destinationCidrBlock><instanceId>i-1</instanceId><networkInterfaceId>eni-1</networkInterfaceId></item>
            </routeSet>
            <associationSet><item><main>true</main></item><item><subnetId>subnet-1</subnetId><associationState><state>disassociated</state></associationState></item><item><subnetId>subnet-2</subnetId></item><item><gatewayId>igw-1</gatewayId></item></associationSet>
            """, x => RouteTableXml.Read(x, Scope))!;
        Assert.Equal(["0.0.0.0/0 nat-1", "10.9.0.0/16 i-1", "::/0 eigw-1 blackhole", "pl-1 vpce-1"],
            table.Routes.Select(r => $"{r.Destination?.ToString() ?? r.DestinationPrefixList?.Value} {r.Target}{(r.IsBlackhole ? " blackhole" : "")}"));
        Assert.Equal("eni-1", table.Routes[1].Interface!.Value.Value);
        Assert.True(table.IsMain);
        Assert.Equal(["subnet-2"], table.Subnets.Select(s => s.Value));
        Assert.Equal(["igw-1"], table.Gateways);
    }

    [Fact]
    public void Acl_entries_are_ordered_and_one_that_is_not_understood_fails_the_answer()
    {
        const string entry = "<item><ruleNumber>{0}</ruleNumber><protocol>{1}</protocol><ruleAction>allow</ruleAction><egress>false</egress><cidrBlock>0.0.0.0/0</cidrBlock><portRange><from>80</from><to>81</to></portRange><icmpTypeCode><type>8</type><code>-1</code></icmpTypeCode></item>";
        var acl = Read($"<networkAclId>acl-1</networkAclId><vpcId>vpc-1</vpcId><entrySet>{Entry(200, "6")}{Entry(100, "1")}{Entry(150, "-1")}</entrySet>", x => NetworkAclXml.Read(x, Scope))!;
        Assert.Equal(["100 icmp/8/-1", "150 any", "200 tcp/80-81"], acl.Entries.Select(e => $"{e.Number} {e.Service}"));
        Assert.Throws<XmlException>(() => Read($"<networkAclId>acl-1</networkAclId><vpcId>vpc-1</vpcId><entrySet>{Entry(1, "999")}</entrySet>", x => NetworkAclXml.Read(x, Scope)));

        static string Entry(int number, string protocol) => string.Format(null, entry, number, protocol);
    }

    [Fact]
    public void Permissions_are_written_once_a_service_with_their_peers_in_four_lists()
    {
        SecurityGroupRule[] rules =
        [
            new(Direction.Ingress, Service.Any, new CidrPeer(Cidr.AnyV4)),
            new(Direction.Ingress, Service.Tcp(443), new GroupPeer(new("sg-2")) { Account = "444455556666" }) { Description = "x" },
            new(Direction.Ingress, Service.Tcp(443), new GroupPeer(new("sg-3")) { Account = "111122223333" }),
            new(Direction.Ingress, Service.Tcp(443), new CidrPeer(Cidr.AnyV6)),
            new(Direction.Ingress, Service.Tcp(443), new PrefixListPeer(new("pl-1"))),
            new(Direction.Ingress, Service.Parse("proto/47"), new CidrPeer(Cidr.AnyV4)),
            new(Direction.Ingress, Service.Parse("icmp"), new CidrPeer(Cidr.AnyV4)),
        ];
        var form = new QueryParameters().AddPermissions(rules, "111122223333");
        Assert.Equal(
            [
                "IpPermissions.1.IpProtocol=-1", "IpPermissions.1.IpRanges.1.CidrIp=0.0.0.0/0",
                "IpPermissions.2.IpProtocol=icmp", "IpPermissions.2.FromPort=-1", "IpPermissions.2.ToPort=-1", "IpPermissions.2.IpRanges.1.CidrIp=0.0.0.0/0",
                "IpPermissions.3.IpProtocol=tcp", "IpPermissions.3.FromPort=443", "IpPermissions.3.ToPort=443", "IpPermissions.3.Ipv6Ranges.1.CidrIpv6=::/0",
                "IpPermissions.3.Groups.1.GroupId=sg-2", "IpPermissions.3.Groups.1.Description=x", "IpPermissions.3.Groups.1.UserId=444455556666",
                "IpPermissions.3.Groups.2.GroupId=sg-3", "IpPermissions.3.PrefixListIds.1.PrefixListId=pl-1",
                "IpPermissions.4.IpProtocol=47", "IpPermissions.4.IpRanges.1.CidrIp=0.0.0.0/0",
            ],
            form.Pairs.Select(p => $"{p.Key}={p.Value}"));
    }

    [Fact]
    public void A_body_is_percent_encoded_utf8() =>
        Assert.Equal("Action=A&Version=V&D.1=a%20%2B%26%3D%C3%A9%2F", new QueryParameters().Add("D.1", "a +&=é/").Add("E", null).ToBody("A", "V"));

    private static T Read<T>(string inner, Func<ResponseReader, T> read)
    {
        using var reader = new ResponseReader(new MemoryStream(Encoding.UTF8.GetBytes($"<list><item xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\">{inner}</item></list>")));
        reader.Root();
        T? value = default;
        foreach (var _ in reader.Children()) value = read(reader);
        return value!;
    }
}
