using Sallyport.Estates;
using Sallyport.Lab.Estates.Acme;
using Sallyport.Lab.Estates.Drafting;

namespace Sallyport.Lab.Estates;

/// <summary>
/// A company of two accounts in two Regions, as found: a three-tier shop with open egress everywhere, half-open pairs, default
/// groups in use, wizard leftovers, and one port somebody opened to the world by hand. EC2 would accept every bit of it.
/// The same on every call: ids, addresses and order never change.
/// </summary>
public static class AcmeEstate
{
    /// <summary>Account of the shop, its data and its stand-by.</summary>
    public const string Production = "111122223333";

    /// <summary>Account of what teams share, and of development.</summary>
    public const string Shared = "444455556666";

    /// <summary>Region of the shop, its data and what is shared.</summary>
    public const string Europe = "eu-west-1";

    /// <summary>Region of the stand-by and of development.</summary>
    public const string America = "us-east-1";

    /// <summary>The whole estate.</summary>
    public static Estate Create()
    {
        var estate = new EstateDraft();
        var lists = new AcmeLists(estate);
        var shop = new ShopNetwork(estate);
        var data = new DataNetwork(estate);
        var recovery = new RecoveryNetwork(estate);
        var shared = new SharedNetwork(estate);
        var dev = new DevNetwork(estate);

        // Peerings come first: references and routes across VPCs need them.
        estate.Peer(shop.Vpc, data.Vpc, "shop-data");
        estate.Peer(shared.Vpc, shop.Vpc, "shared-shop");
        estate.Peer(shop.Vpc, recovery.Vpc, "shop-dr");
        estate.Peer(shared.Vpc, recovery.Vpc, "shared-dr");

        shop.AddRules(lists, shared, data);
        data.AddRules(lists, shop);
        recovery.AddRules(lists);
        shared.AddRules(lists, shop);
        dev.AddRules();

        shop.AddPlaces(estate, lists);
        data.AddPlaces(estate, lists);
        recovery.AddPlaces(estate, lists);
        shared.AddPlaces(estate);
        dev.AddPlaces();
        return estate.Build();
    }
}
