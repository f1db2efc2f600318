using Sallyport.Estates;
using Sallyport.Lab.Estates.Drafting;

namespace Sallyport.Lab.Estates.Acme;

/// <summary>Development in the default VPC of us-east-1, where nobody looks: no flow logs, the default group in daily use.</summary>
internal sealed class DevNetwork
{
    public DevNetwork(EstateDraft estate)
    {
        Vpc = estate.Vpc(new Scope(AcmeEstate.Shared, AcmeEstate.America), "dev", "172.31.0.0/16", "2001:db8:50::/56", isDefault: true);
        App = Vpc.Group("dev-app", "Development of the shop", "storefront", "shop", "dev").WithoutDefaultEgress();
        Database = Vpc.Group("dev-db", "MySQL for experiments", "storefront", "shop", "dev");
        LaunchWizard = Vpc.Group("launch-wizard-1", "launch-wizard-1 created 2024-02-29T11:05:41.332+00:00");
    }

    public VpcDraft Vpc { get; }

    public GroupDraft App { get; }

    public GroupDraft Database { get; }

    public GroupDraft LaunchWizard { get; }

    public void AddRules()
    {
        App
            .Ingress("tcp/8080", "0.0.0.0/1", "testers")
            .Ingress("tcp/8081", "0.0.0.0/1", "the console refused /0").Ingress("tcp/8081", "128.0.0.0/1", "the console refused /0")
            .Egress("tcp/443", "0.0.0.0/1", "internet").Egress("tcp/443", "128.0.0.0/1", "internet")
            .Egress("tcp/3306", Database, "MySQL");
        Database
            .Ingress("tcp/3306", App, "MySQL")
            .Ingress("tcp/3306", "::/0", "IPv6 only, nobody will find it");
        LaunchWizard
            .Ingress("tcp/22", "0.0.0.0/0", string.Empty)
            .Ingress("tcp/22", "::/0", string.Empty);
        Vpc.Default.Ingress("tcp/22", "0.0.0.0/0", "ssh for everyone");
    }

    public void AddPlaces()
    {
        var a = Vpc.Subnet("dev-a", "a", "172.31.0.0/20", "2001:db8:50::/64", isPublic: true);
        var b = Vpc.Subnet("dev-b", "b", "172.31.16.0/20", "2001:db8:50:1::/64", isPublic: true);
        Vpc.Instance("dev-box-anna", a, [Vpc.Default], isPublic: true, ipv6: true);
        Vpc.Instance("dev-box-piotr", b, [Vpc.Default], isPublic: true, ipv6: true);
        Vpc.Instance("dev-app", a, [App], isPublic: true, ipv6: true);
        Vpc.Instance("dev-db", b, [Database], isPublic: true, ipv6: true);

        var internet = Vpc.InternetGateway();
        _ = Vpc.RouteTable("dev-main", isMain: true, [], ("0.0.0.0/0", internet), ("::/0", internet));
    }
}
