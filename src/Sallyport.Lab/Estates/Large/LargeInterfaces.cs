using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Lab.Estates.Drafting;
using Sallyport.Packets;

namespace Sallyport.Lab.Estates.Large;

/// <summary>Interfaces of one VPC: mostly instances, some of load balancers, databases and functions; one to five groups each.</summary>
internal sealed class LargeInterfaces(LargeVpc vpc, SplitMix64 random)
{
    private static readonly ImmutableArray<(string Type, string Description, string Requester)> Services =
    [
        ("interface", "ELB app/shared/0123456789abcdef", "amazon-elb"), ("interface", "RDSNetworkInterface", "amazon-rds"),
        ("lambda", "AWS Lambda VPC ENI-function", "amazon-lambda"), ("interface", "ElastiCache cache-001", "amazon-elasticache"),
    ];

    public void AddTo(EstateBuilder estate)
    {
        for (var i = 0; i < vpc.InterfaceCount; i++)
        {
            var nic = Make(i);
            estate.Add(nic);
            if (nic.Instance is { } instance) estate.Add(new Instance(instance, vpc.Scope) { State = "running", Vpc = vpc.Id, Groups = nic.Groups });
        }
    }

    private NetworkInterface Make(int i)
    {
        var number = vpc.FirstInterface + i;
        var subnet = i % LargeVpc.SubnetCount;

        // EC2 keeps the first four addresses of a subnet; then primary and secondary take turns, so neither can collide.
        var offset = (AddressNumber)(4 + (2 * (i / LargeVpc.SubnetCount)));
        var primary = new Address(IpFamily.V4, vpc.SubnetCidr(subnet).Bits + offset);
        ImmutableArray<Address> addresses = [primary];
        if (random.Percent(5)) addresses = addresses.Add(new Address(IpFamily.V4, primary.Bits + 1));
        if (vpc.HasIpv6) addresses = addresses.Add(new Address(IpFamily.V6, vpc.SubnetCidrV6(subnet).Bits + offset));
        var nic = new NetworkInterface(new NetworkInterfaceId(vpc.Ids.Of("eni", number)), vpc.Scope)
        {
            Vpc = vpc.Id,
            Subnet = vpc.SubnetId(subnet),
            Groups = Groups(),
            Addresses = addresses,
            Status = "in-use",
        };
        if (number % 30 == 0) nic = nic with { PublicAddresses = [new(primary, new Address(IpFamily.V4, Address.Parse("198.18.0.0").Bits + (uint)(number / 30)))] };
        if (random.Percent(70)) return nic with { Instance = vpc.Ids.Of("i", number) };
        var (type, description, requester) = random.Pick(Services.AsSpan());
        return nic with { InterfaceType = type, Description = description, RequesterManaged = true, RequesterId = requester };
    }

    private ImmutableArray<SecurityGroupId> Groups()
    {
        var count = random.Below(100) switch { < 60 => 1, < 85 => 2, < 95 => 3, < 98 => 4, _ => 5 };
        var chosen = new SortedSet<SecurityGroupId>();
        for (var i = 0; i < count; i++)
        {
            var index = random.Below(vpc.GroupCount);

            // One group in twenty stays unused, as wizard leftovers do.
            if (index % 20 == 19) index--;
            chosen.Add(vpc.Ids.Group(vpc.FirstGroup + index));
        }

        return [.. chosen];
    }
}
