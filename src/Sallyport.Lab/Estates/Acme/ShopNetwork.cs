using Sallyport.Estates;
using Sallyport.Lab.Estates.Drafting;
using Sallyport.Packets;

namespace Sallyport.Lab.Estates.Acme;

/// <summary>
/// The shop in production: ALB, web, API, database and what grew around them. Most groups still have the egress EC2 gave them,
/// and the pairs are as years of hand work leave them: some whole, some with one half, some with other ports on each side.
/// </summary>
internal sealed class ShopNetwork
{
    public ShopNetwork(EstateDraft estate)
    {
        Vpc = estate.Vpc(new Scope(AcmeEstate.Production, AcmeEstate.Europe), "shop", "10.20.0.0/16", "2001:db8:20::/56");
        LoadBalancer = Group("shop-alb", "Public load balancer of the shop", "platform");
        Web = Group("shop-web", "Web tier behind shop-alb", "storefront");
        Api = Group("shop-api", "Orders and catalogue API", "orders");
        Database = Group("shop-db", "PostgreSQL of the shop", "orders");
        Cache = Group("shop-cache", "Redis for sessions and carts", "orders").WithoutDefaultEgress();
        Worker = Group("shop-worker", "Background jobs: mails, exports, reindex", "orders");
        Broker = Group("shop-broker", "RabbitMQ order queue", "orders");
        Checkout = Group("shop-checkout", "Checkout functions", "payments").WithoutDefaultEgress();
        Payments = Group("shop-payments", "Payment gateway, in scope of PCI DSS", "payments").WithoutDefaultEgress();
        Search = Group("shop-search", "OpenSearch cluster", "search");
        Files = Group("shop-files", "EFS for product images", "storefront");
        Endpoints = Group("shop-endpoints", "Interface endpoints of the shop VPC", "platform");
        Admin = Group("shop-admin", "Back office", "support");
        WebOld = Group("shop-web-old", "Web tier before the move to containers", "storefront");
        LaunchWizard = Vpc.Group("launch-wizard-1", "launch-wizard-1 created 2021-03-14T09:26:53.589+01:00");
    }

    public VpcDraft Vpc { get; }

    public GroupDraft LoadBalancer { get; }

    public GroupDraft Web { get; }

    public GroupDraft Api { get; }

    public GroupDraft Database { get; }

    public GroupDraft Cache { get; }

    public GroupDraft Worker { get; }

    public GroupDraft Broker { get; }

    public GroupDraft Checkout { get; }

    public GroupDraft Payments { get; }

    public GroupDraft Search { get; }

    public GroupDraft Files { get; }

    public GroupDraft Endpoints { get; }

    public GroupDraft Admin { get; }

    public GroupDraft WebOld { get; }

    public GroupDraft LaunchWizard { get; }

    /// <summary>Rules within the shop and towards the other networks.</summary>
    public void AddRules(AcmeLists lists, SharedNetwork shared, DataNetwork data)
    {
        AddFrontRules(lists, shared, data);
        AddStateRules(lists, shared, data);
        AddLeftovers();
    }

    public void AddPlaces(EstateDraft estate, AcmeLists lists)
    {
        var publicA = Vpc.Subnet("shop-public-a", "a", "10.20.0.0/24", "2001:db8:20::/64", isPublic: true);
        var publicB = Vpc.Subnet("shop-public-b", "b", "10.20.1.0/24", "2001:db8:20:1::/64", isPublic: true);
        var appA = Vpc.Subnet("shop-app-a", "a", "10.20.10.0/24", "2001:db8:20:10::/64");
        var appB = Vpc.Subnet("shop-app-b", "b", "10.20.11.0/24", "2001:db8:20:11::/64");
        var dataA = Vpc.Subnet("shop-data-a", "a", "10.20.20.0/24");
        var dataB = Vpc.Subnet("shop-data-b", "b", "10.20.21.0/24");
        AddInterfaces(publicA, publicB, [appA, appB], [dataA, dataB]);

        var internet = Vpc.InternetGateway();
        var outwards = Vpc.EgressOnlyGateway();
        var (natA, natB) = (Vpc.NatGateway("shop-nat-a", publicA), Vpc.NatGateway("shop-nat-b", publicB));
        _ = Vpc.RouteTable("shop-public", isMain: false, [publicA, publicB], ("0.0.0.0/0", internet), ("::/0", internet));
        var a = Vpc.RouteTable("shop-app-a", isMain: false, [appA], ("0.0.0.0/0", natA), ("::/0", outwards));
        var b = Vpc.RouteTable("shop-app-b", isMain: false, [appB], ("0.0.0.0/0", natB), ("::/0", outwards));
        var main = Vpc.RouteTable("shop-main", isMain: true, []);
        Vpc.GatewayEndpoint("s3", lists.StorageEurope, a, b, main);
        Vpc.NetworkAcl("shop-data", [dataA, dataB], [.. DataAclEntries()]);
        estate.FlowLog(Vpc, "ALL", "s3", "arn:aws:s3:::acme-flow-logs-eu-west-1");
    }

    private static IEnumerable<NetworkAclEntry> DataAclEntries()
    {
        foreach (var direction in new[] { Direction.Ingress, Direction.Egress })
        {
            yield return new(direction, 100, Allows: true, Service.Any, Cidr.Parse("10.20.0.0/16"));
            yield return new(direction, 110, Allows: true, Service.Any, Cidr.Parse("10.21.0.0/16"));
            yield return new(direction, 120, Allows: true, Service.Any, Cidr.Parse("10.30.0.0/16"));
            yield return new(direction, 130, Allows: true, Service.Any, Cidr.Parse("10.40.0.0/16"));
            yield return new(direction, 200, Allows: false, Service.Tcp(22), Cidr.AnyV4);
            yield return new(direction, 300, Allows: true, Service.Tcp(1024, 65_535), Cidr.AnyV4);
        }
    }

    private GroupDraft Group(string name, string description, string owner) => Vpc.Group(name, description, owner, "shop", "prod");

    private void AddFrontRules(AcmeLists lists, SharedNetwork shared, DataNetwork data)
    {
        LoadBalancer
            .Ingress("tcp/443", "0.0.0.0/0", "customers").Ingress("tcp/443", "::/0", "customers")
            .Ingress("tcp/80", "0.0.0.0/0", "redirect to HTTPS").Ingress("tcp/80", "::/0", "redirect to HTTPS")
            .Egress("tcp/8080", Web, "targets");
        Web
            .Ingress("tcp/8080", LoadBalancer, "from the load balancer")
            .Ingress("tcp/22", shared.Bastion, "SSH from the bastion")
            .Ingress("tcp/9100", shared.Monitoring, "node exporter")
            .Ingress("icmp/8/-1", "10.0.0.0/8", "ping from inside")
            .Egress("tcp/8443", Api, "orders and catalogue")
            .Egress("tcp/2049", Files, "product images");
        Api
            .Ingress("tcp/8443", Web, "from the web tier")
            .Ingress("tcp/8443", Checkout, "from the checkout functions")
            .Ingress("tcp/22", shared.Bastion, "SSH from the bastion")
            .Ingress("tcp/9100", shared.Monitoring, "node exporter")
            .Egress("tcp/5432", Database, "orders database")
            .Egress("tcp/6379-6380", Cache, "sessions, and TLS one day")
            .Egress("tcp/9443", Payments, "authorise a payment")
            .Egress("tcp/9200", Search, "catalogue search")
            .Egress("tcp/443", Endpoints, "SQS and Secrets Manager")
            .Egress("tcp/443", lists.StorageEurope, "S3 through the gateway endpoint")
            .Egress("tcp/9094", data.Streams, "order events");
        Checkout
            .Egress("tcp/8443", Api, "orders")
            .Egress("tcp/443", Endpoints, "secrets")
            .Egress("tcp/443", "0.0.0.0/0", "card networks; they publish no address list");
        Payments
            .Ingress("tcp/9443", Api, "authorise a payment")
            .Ingress("tcp/9444", Worker, "settlement run")
            .Egress("tcp/443", "198.51.100.64/27", "acquirer")
            .Egress("tcp/443", "2001:db8:feed::/48", "acquirer, IPv6")
            .Egress("tcp/443", Endpoints, "secrets");
        Admin
            .Ingress("tcp/443", lists.OfficesEurope, "staff in the offices")
            .Ingress("tcp/443", lists.OfficesV6Europe, "staff in the offices, IPv6")
            .Ingress("tcp/8443", shared.Bastion, "admin console")
            .Egress("tcp/5432", Database, "customer look-up");
    }

    private void AddStateRules(AcmeLists lists, SharedNetwork shared, DataNetwork data)
    {
        Database
            .Ingress("tcp/5432", Api, "orders")
            .Ingress("tcp/5432", data.Etl, "nightly extract")
            .Ingress("tcp/5432", shared.Bastion, "DBA access")
            .Ingress("tcp/5432", "10.20.10.0/24", "app subnet a, from before we used groups")
            .Ingress("tcp/5432", "10.20.11.0/24", "app subnet b, from before we used groups")
            .Ingress("tcp/5432", "10.30.0.0/16", "replica in us-east-1");
        Cache
            .Ingress("tcp/6379", Api, "sessions")
            .Ingress("tcp/6379", Worker, "job locks")
            .Ingress("tcp/11211", Web, "memcached, to be retired (OPS-2211)");
        Worker
            .Ingress("tcp/9100", shared.Monitoring, "node exporter")
            .Ingress("tcp/8000-8049", "10.20.0.0/16", "job API, first shard")
            .Ingress("tcp/8050-8099", "10.20.0.0/16", "job API, second shard")
            .Ingress("tcp/8040-8060", "10.20.0.0/16", "debugging the shards")
            .Egress("tcp/5432", Database, "exports")
            .Egress("tcp/6379", Cache, "job locks")
            .Egress("tcp/2049", Files, "mail templates")
            .Egress("tcp/5671", Broker, "order queue");
        Broker
            .Ingress("tcp/5671", Api, "order queue")
            .Ingress("tcp/443", lists.OfficesEurope, "RabbitMQ console");
        Search
            .Ingress("tcp/9200", Api, "catalogue search")
            .Ingress("tcp/9200", "0.0.0.0/0", "temporary, remove after the reindex (pk)")
            .Ingress("tcp/9300", Search, "cluster transport")
            .Egress("tcp/9300", Search, "cluster transport");
        Files
            .Ingress("tcp/2049", Web, "product images")
            .Ingress("tcp/2049", Worker, "mail templates")
            .Ingress("tcp/2049", "10.20.0.0/16", "NFS");
        Endpoints
            .Ingress("tcp/443", "10.20.0.0/16", "the whole VPC")
            .Ingress("tcp/443", "10.20.10.0/24", "app subnet a")
            .Ingress("tcp/443", "2001:db8:20::/56", "the whole VPC, IPv6");
    }

    private void AddLeftovers()
    {
        WebOld
            .Ingress("tcp/80", "0.0.0.0/0", "http")
            .Ingress("tcp/22", "192.0.2.0/27", "office");
        LaunchWizard.Ingress("tcp/22", "0.0.0.0/0", string.Empty);
        Vpc.Default
            .Ingress("tcp/22", "10.0.0.0/8", "ssh")
            .Ingress("tcp/8081", Web, "Jenkins webhooks");
    }

    private void AddInterfaces(SubnetDraft publicA, SubnetDraft publicB, SubnetDraft[] app, SubnetDraft[] data)
    {
        Vpc.LoadBalancer("shop-alb", [publicA, publicB], LoadBalancer, isPublic: true);
        for (var i = 0; i < 4; i++)
        {
            Vpc.Instance($"shop-web-{i + 1}", app[i % 2], [Web], ipv6: true);
            Vpc.Instance($"shop-api-{i + 1}", app[i % 2], [Api], ipv6: true, secondaries: i == 0 ? 2 : 0);
        }

        for (var i = 0; i < 2; i++)
        {
            Vpc.Instance($"shop-worker-{i + 1}", app[i], [Worker]);
            Vpc.Lambda($"shop-checkout-{i + 1}", app[i], Checkout);
            Vpc.Instance($"shop-payments-{i + 1}", app[i], [Payments], ipv6: true);
            Vpc.Database($"shop-db-{i + 1}", data[i], Database);
            Vpc.Cache($"shop-cache-00{i + 1}", data[i], Cache);
            Vpc.Search($"shop-search-{i + 1}", data[i], Search);
            Vpc.MountTarget("product-images", app[i], Files);
        }

        Vpc.Broker("shop-broker", data[0], Broker);
        Vpc.Instance("shop-admin", publicA, [Admin], isPublic: true, ipv6: true);
        Vpc.Instance("shop-search-ingest", publicB, [Search, Worker], isPublic: true);
        Vpc.InterfaceEndpoint("sqs", app, Endpoints);
        Vpc.InterfaceEndpoint("secretsmanager", app, Endpoints);
        Vpc.Instance("legacy-cron", app[0], [Vpc.Default]);
        Vpc.Instance("old-jenkins", app[1], [Vpc.Default, Web], state: "stopped");
    }
}
