using Sallyport.Estates;

namespace Sallyport.Lab.Estates.Drafting;

/// <summary>Interfaces as the services that make them describe them.</summary>
internal sealed partial class VpcDraft
{
    /// <summary>An instance with one interface.</summary>
    public void Instance(
        string name, SubnetDraft subnet, GroupDraft[] groups, bool isPublic = false, bool ipv6 = false, int secondaries = 0, string state = "running")
    {
        var id = LabId.Of("i", $"{Id} {name}");
        var nic = Interface(name, subnet, groups) with { Instance = id, Tags = EstateDraft.Named(name) };
        for (var i = 0; i < secondaries; i++) nic = nic with { Addresses = nic.Addresses.Add(subnet.TakeV4()) };
        if (ipv6) nic = nic with { Addresses = nic.Addresses.Add(subnet.TakeV6()) };
        _estate.Builder.Add(isPublic ? Published(nic) : nic);
        _estate.Builder.Add(new Instance(id, Scope)
        {
            State = state,
            Vpc = Id,
            Groups = nic.Groups,
            Tags = Tags.Of([new("Name", name), new("app", _name)]),
        });
    }

    /// <summary>An application load balancer: one interface a subnet.</summary>
    public void LoadBalancer(string name, SubnetDraft[] subnets, GroupDraft group, bool isPublic)
    {
        var number = LabId.Of("x", $"{Id} {name}")[3..];
        foreach (var subnet in subnets)
        {
            var nic = Managed($"{name} {subnet.Id}", subnet, [group], $"ELB app/{name}/{number}", "amazon-elb");
            if (isPublic && subnet.HasIpv6) nic = nic with { Addresses = nic.Addresses.Add(subnet.TakeV6()) };
            _estate.Builder.Add(isPublic ? Published(nic) : nic);
        }
    }

    public void Database(string name, SubnetDraft subnet, GroupDraft group) =>
        _estate.Builder.Add(Managed(name, subnet, [group], "RDSNetworkInterface", "amazon-rds"));

    public void Warehouse(string name, SubnetDraft subnet, GroupDraft group) =>
        _estate.Builder.Add(Managed(name, subnet, [group], "RedshiftNetworkInterface", "amazon-redshift"));

    public void Cache(string name, SubnetDraft subnet, GroupDraft group) =>
        _estate.Builder.Add(Managed(name, subnet, [group], $"ElastiCache {name}", "amazon-elasticache"));

    public void Broker(string name, SubnetDraft subnet, GroupDraft group) =>
        _estate.Builder.Add(Managed(name, subnet, [group], $"Amazon MQ network interface for broker {name}", "amazon-mq"));

    public void Search(string name, SubnetDraft subnet, GroupDraft group) =>
        _estate.Builder.Add(Managed($"{name} {subnet.Id}", subnet, [group], $"ES {name}", "amazon-elasticsearch"));

    public void Streams(string name, SubnetDraft subnet, GroupDraft group) =>
        _estate.Builder.Add(Managed($"{name} {subnet.Id}", subnet, [group], $"DO NOT DELETE - Amazon MSK network interface for cluster {name}", "amazon-msk"));

    public void MountTarget(string name, SubnetDraft subnet, GroupDraft group)
    {
        var (system, target) = (LabId.Of("fs", $"{Id} {name}"), LabId.Of("fsmt", $"{subnet.Id} {name}"));
        _estate.Builder.Add(Managed($"{name} {subnet.Id}", subnet, [group], $"EFS mount target for {system} ({target})", "amazon-efs"));
    }

    public void Lambda(string name, SubnetDraft subnet, GroupDraft group) =>
        _estate.Builder.Add(Managed($"{name} {subnet.Id}", subnet, [group], $"AWS Lambda VPC ENI-{name}", "amazon-lambda") with { InterfaceType = "lambda" });

    /// <summary>An interface nobody attached, which still carries its groups.</summary>
    public void Detached(string name, SubnetDraft subnet, GroupDraft group) =>
        _estate.Builder.Add(Interface(name, subnet, [group]) with { Status = "available", Description = name, Tags = EstateDraft.Named(name) });

    public string NatGateway(string name, SubnetDraft subnet)
    {
        var id = LabId.Of("nat", $"{Id} {name}");
        var nic = Managed(name, subnet, [], $"Interface for NAT Gateway {id}", "amazon-vpc") with { InterfaceType = "natGateway", SourceDestCheck = false };
        nic = Published(nic);
        _estate.Builder.Add(nic);
        _estate.Builder.Add(new Gateway(id, Scope, GatewayKind.Nat)
        {
            Vpcs = [Id],
            Subnet = subnet.Id,
            State = "available",
            Addresses = nic.Addresses,
            PublicAddresses = [nic.PublicAddresses[0].Value],
            Tags = EstateDraft.Named(name),
        });
        return id;
    }

    /// <summary>An interface endpoint: one interface a subnet, all with the same groups.</summary>
    public void InterfaceEndpoint(string service, SubnetDraft[] subnets, GroupDraft group)
    {
        var id = LabId.Of("vpce", $"{Id} {service}");
        var nics = subnets.Select(s => Managed($"{service} {s.Id}", s, [group], $"VPC Endpoint Interface {id}", "amazon-vpc") with
        {
            InterfaceType = "vpc_endpoint",
        }).ToList();
        foreach (var nic in nics) _estate.Builder.Add(nic);
        _estate.Builder.Add(new VpcEndpoint(id, Scope, Id)
        {
            Kind = "Interface",
            Service = $"com.amazonaws.{Scope.Region}.{service}",
            State = "available",
            Groups = [group.Id],
            Interfaces = [.. nics.Select(n => n.Id).Order()],
            Tags = EstateDraft.Named($"{_name}-{service}"),
        });
    }

    private NetworkInterface Managed(string name, SubnetDraft subnet, GroupDraft[] groups, string description, string requester) =>
        Interface(name, subnet, groups) with { Description = description, RequesterManaged = true, RequesterId = requester };

    private NetworkInterface Interface(string name, SubnetDraft subnet, GroupDraft[] groups) =>
        new(new NetworkInterfaceId(LabId.Of("eni", $"{Id} {name}")), Scope)
        {
            Vpc = Id,
            Subnet = subnet.Id,
            Status = "in-use",
            Groups = [.. groups.Select(g => g.Id).Order()],
            Addresses = [subnet.TakeV4()],
        };

    private NetworkInterface Published(NetworkInterface nic) => nic with
    {
        PublicAddresses = [new(nic.Addresses[0], _estate.NextPublicAddress())],
    };
}
