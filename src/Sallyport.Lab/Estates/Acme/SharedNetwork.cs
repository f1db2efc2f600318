using Sallyport.Estates;
using Sallyport.Lab.Estates.Drafting;

namespace Sallyport.Lab.Estates.Acme;

/// <summary>What all teams use, in an account of its own: bastion, monitoring, CI, VPN, registry. Peered with both shops.</summary>
internal sealed class SharedNetwork
{
    public SharedNetwork(EstateDraft estate)
    {
        Vpc = estate.Vpc(new Scope(AcmeEstate.Shared, AcmeEstate.Europe), "shared", "10.40.0.0/16");
        Bastion = Group("shared-bastion", "Jump host");
        Monitoring = Group("shared-monitoring", "Prometheus and Grafana");
        LoadBalancer = Group("shared-alb", "Internal load balancer");
        Ci = Group("shared-ci", "Build runners");
        Vpn = Group("shared-vpn", "OpenVPN and the tunnel to the Lyon office");
        Registry = Group("shared-registry", "Container registry and package mirror");
    }

    public VpcDraft Vpc { get; }

    public GroupDraft Bastion { get; }

    public GroupDraft Monitoring { get; }

    public GroupDraft LoadBalancer { get; }

    public GroupDraft Ci { get; }

    public GroupDraft Vpn { get; }

    public GroupDraft Registry { get; }

    public void AddRules(AcmeLists lists, ShopNetwork shop)
    {
        Bastion
            .Ingress("tcp/22", lists.OfficesShared, "staff in the offices")
            .Ingress("tcp/22", Vpn, "staff at home")
            .Egress("tcp/22", shop.Web, "SSH")
            .Egress("tcp/22", shop.Api, "SSH")
            .Egress("tcp/5432", shop.Database, "DBA access")
            .Egress("tcp/22", "10.30.0.0/16", "SSH to the stand-by");
        Monitoring
            .Ingress("tcp/3000", LoadBalancer, "Grafana")
            .Ingress("tcp/9093-9094", Monitoring, "Alertmanager gossip")
            .Egress("tcp/9100", shop.Web, "scrape")
            .Egress("tcp/9100", shop.Api, "scrape")
            .Egress("tcp/9100", shop.Worker, "scrape");
        LoadBalancer
            .Ingress("tcp/443", "10.0.0.0/8", "everybody inside")
            .Ingress("tcp/443", lists.OfficesShared, "staff in the offices")
            .Egress("tcp/3000", Monitoring, "Grafana");
        Ci
            .Ingress("tcp/0-65535", Ci, "runners share a build cache")
            .Egress("tcp/443", Registry, "push and pull");
        Vpn
            .Ingress("udp/1194", "0.0.0.0/0", "staff at home")
            .Ingress("icmp/8/-1", "0.0.0.0/0", "is it up")
            .Ingress("udp/500", "198.51.100.130/32", "IKE, Lyon")
            .Ingress("udp/4500", "198.51.100.130/32", "IPsec NAT traversal, Lyon")
            .Ingress("proto/50", "198.51.100.130/32", "ESP, Lyon")
            .Egress("tcp/22", Bastion, "staff at home");
        Registry
            .Ingress("tcp/443", Ci, "push and pull")
            .Ingress("any", "10.40.0.0/16", "everything inside; sort out later");
    }

    public void AddPlaces(EstateDraft estate)
    {
        var outside = Vpc.Subnet("shared-public", "a", "10.40.0.0/24", isPublic: true);
        var a = Vpc.Subnet("shared-a", "a", "10.40.10.0/24");
        var b = Vpc.Subnet("shared-b", "b", "10.40.11.0/24");
        Vpc.Instance("bastion", outside, [Bastion], isPublic: true);
        Vpc.Instance("vpn", outside, [Vpn], isPublic: true);
        Vpc.Instance("monitoring", a, [Monitoring]);
        Vpc.LoadBalancer("shared-alb", [a, b], LoadBalancer, isPublic: false);
        for (var i = 1; i <= 3; i++) Vpc.Instance($"ci-{i}", i == 1 ? a : b, [Ci]);
        Vpc.Instance("registry", b, [Registry], secondaries: 1);

        var internet = Vpc.InternetGateway();
        var nat = Vpc.NatGateway("shared-nat", outside);
        _ = Vpc.RouteTable("shared-public", isMain: false, [outside], ("0.0.0.0/0", internet));
        _ = Vpc.RouteTable("shared-main", isMain: true, [], ("0.0.0.0/0", nat));
        estate.FlowLog(Vpc, "ALL", "cloud-watch-logs", "/acme/flow-logs/shared");
    }

    private GroupDraft Group(string name, string description) => Vpc.Group(name, description, "platform", "shared", "prod");
}
