using Sallyport.Estates;
using Sallyport.Lab.Estates.Drafting;

namespace Sallyport.Lab.Estates.Acme;

/// <summary>The shop's stand-by in another Region: no group of eu-west-1 can be named here, so everything across is by address.</summary>
internal sealed class RecoveryNetwork
{
    public RecoveryNetwork(EstateDraft estate)
    {
        Vpc = estate.Vpc(new Scope(AcmeEstate.Production, AcmeEstate.America), "shop-dr", "10.30.0.0/16", "2001:db8:30::/56");
        LoadBalancer = Vpc.Group("dr-alb", "Load balancer of the stand-by shop", "platform", "shop", "dr");
        Web = Vpc.Group("dr-web", "Web tier of the stand-by shop", "storefront", "shop", "dr");
        Database = Vpc.Group("dr-db", "Replica of shop-db", "orders", "shop", "dr");
        LaunchWizard = Vpc.Group("launch-wizard-3", "launch-wizard-3 created 2022-11-02T17:45:10.070+00:00");
    }

    public VpcDraft Vpc { get; }

    public GroupDraft LoadBalancer { get; }

    public GroupDraft Web { get; }

    public GroupDraft Database { get; }

    public GroupDraft LaunchWizard { get; }

    public void AddRules(AcmeLists lists)
    {
        LoadBalancer
            .Ingress("tcp/443", "0.0.0.0/0", "customers").Ingress("tcp/443", "::/0", "customers")
            .Egress("tcp/8080", Web, "targets");
        Web
            .Ingress("tcp/8080", LoadBalancer, "from the load balancer")
            .Ingress("tcp/22", "10.40.0.0/16", "bastion, by address: other Region")
            .Egress("tcp/5432", Database, "orders")
            .Egress("tcp/443", lists.StorageAmerica, "S3 through the gateway endpoint");
        Database
            .Ingress("tcp/5432", Web, "orders")
            .Ingress("tcp/5432", "10.20.0.0/16", "fail-back from eu-west-1")
            .Egress("tcp/5432", "10.20.20.0/23", "replication from shop-db");
        LaunchWizard
            .Ingress("tcp/22", "0.0.0.0/0", string.Empty)
            .Ingress("tcp/3389", "0.0.0.0/0", string.Empty);
    }

    public void AddPlaces(EstateDraft estate, AcmeLists lists)
    {
        var publicA = Vpc.Subnet("dr-public-a", "a", "10.30.0.0/24", "2001:db8:30::/64", isPublic: true);
        var publicB = Vpc.Subnet("dr-public-b", "b", "10.30.1.0/24", "2001:db8:30:1::/64", isPublic: true);
        var a = Vpc.Subnet("dr-app-a", "a", "10.30.10.0/24", "2001:db8:30:10::/64");
        var b = Vpc.Subnet("dr-app-b", "b", "10.30.11.0/24", "2001:db8:30:11::/64");
        Vpc.LoadBalancer("dr-alb", [publicA, publicB], LoadBalancer, isPublic: true);
        Vpc.Instance("dr-web-1", a, [Web], ipv6: true);
        Vpc.Instance("dr-web-2", b, [Web], ipv6: true);
        Vpc.Database("dr-db", a, Database);

        var internet = Vpc.InternetGateway();
        var nat = Vpc.NatGateway("dr-nat", publicA);
        _ = Vpc.RouteTable("dr-public", isMain: false, [publicA, publicB], ("0.0.0.0/0", internet), ("::/0", internet));
        var main = Vpc.RouteTable("dr-main", isMain: true, [], ("0.0.0.0/0", nat));
        Vpc.GatewayEndpoint("s3", lists.StorageAmerica, main);
        estate.FlowLog(Vpc, "ALL", "s3", "arn:aws:s3:::acme-flow-logs-us-east-1");
    }
}
