using Sallyport.Estates;
using Sallyport.Lab.Estates.Drafting;

namespace Sallyport.Lab.Estates.Acme;

/// <summary>Analytics in production: warehouse, extracts, notebooks, event streams. Peered with the shop, IPv4 only.</summary>
internal sealed class DataNetwork
{
    public DataNetwork(EstateDraft estate)
    {
        Vpc = estate.Vpc(new Scope(AcmeEstate.Production, AcmeEstate.Europe), "data", "10.21.0.0/16");
        Warehouse = Vpc.Group("data-warehouse", "Redshift", "analytics", "warehouse", "prod");
        Etl = Vpc.Group("data-etl", "Nightly extracts", "analytics", "etl", "prod").WithoutDefaultEgress();
        Notebooks = Vpc.Group("data-notebooks", "Jupyter for analysts", "analytics", "notebooks", "prod");
        Streams = Vpc.Group("data-streams", "Kafka (MSK)", "analytics", "streams", "prod");
    }

    public VpcDraft Vpc { get; }

    public GroupDraft Warehouse { get; }

    public GroupDraft Etl { get; }

    public GroupDraft Notebooks { get; }

    public GroupDraft Streams { get; }

    public void AddRules(AcmeLists lists, ShopNetwork shop)
    {
        Warehouse
            .Ingress("tcp/5439", Etl, "loads")
            .Ingress("tcp/5439", Notebooks, "queries")
            .Ingress("tcp/5439", lists.OfficesEurope, "Tableau in the offices")
            .Egress("tcp/443", lists.StorageEurope, "COPY and UNLOAD");
        Etl
            .Egress("tcp/5439", Warehouse, "loads")
            .Egress("tcp/5432", shop.Database, "orders, over the peering")
            .Egress("tcp/9094", Streams, "order events")
            .Egress("tcp/443", lists.StorageEurope, "landing bucket")
            .Egress("tcp/443", "0.0.0.0/0", "vendor APIs");
        Notebooks
            .Ingress("any", Notebooks, "kernel gateway picks its ports")
            .Ingress("tcp/8888", "10.0.0.0/8", "from inside")
            .Ingress("tcp/8888", "172.16.0.0/12", "from the VPN pool")
            .Egress("tcp/5439", Warehouse, "queries");
        Streams
            .Ingress("tcp/9092-9098", Etl, "consumers")
            .Ingress("tcp/9094", shop.Api, "order events, over the peering")
            .Ingress("tcp/9092-9098", Streams, "between brokers");
    }

    public void AddPlaces(EstateDraft estate, AcmeLists lists)
    {
        var a = Vpc.Subnet("data-a", "a", "10.21.0.0/22");
        var b = Vpc.Subnet("data-b", "b", "10.21.4.0/22");
        var outside = Vpc.Subnet("data-public", "a", "10.21.255.0/24", isPublic: true);
        Vpc.Warehouse("data-warehouse", a, Warehouse);
        Vpc.Lambda("data-etl-orders", a, Etl);
        Vpc.Lambda("data-etl-orders", b, Etl);
        Vpc.Instance("data-notebook-1", a, [Notebooks]);
        Vpc.Instance("data-notebook-2", b, [Notebooks]);
        Vpc.Streams("orders", a, Streams);
        Vpc.Streams("orders", b, Streams);
        Vpc.Detached("data-notebook-old", b, Notebooks);

        var internet = Vpc.InternetGateway();
        var nat = Vpc.NatGateway("data-nat", outside);
        _ = Vpc.RouteTable("data-public", isMain: false, [outside], ("0.0.0.0/0", internet));
        var main = Vpc.RouteTable("data-main", isMain: true, [], ("0.0.0.0/0", nat));
        Vpc.GatewayEndpoint("s3", lists.StorageEurope, main);
        estate.FlowLog(Vpc, "REJECT", "cloud-watch-logs", "/acme/flow-logs/data");
    }
}
