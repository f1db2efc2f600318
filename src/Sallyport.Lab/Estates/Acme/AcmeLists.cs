using Sallyport.Estates;
using Sallyport.Lab.Estates.Drafting;
using Sallyport.Packets;

namespace Sallyport.Lab.Estates.Acme;

/// <summary>Prefix lists: the offices, once an account as nobody shared them, and the S3 lists that AWS keeps.</summary>
internal sealed class AcmeLists
{
    public AcmeLists(EstateDraft estate)
    {
        var production = new Scope(AcmeEstate.Production, AcmeEstate.Europe);
        OfficesEurope = estate.PrefixList(
            production, "acme-offices", IpFamily.V4, 8, ("192.0.2.0/27", "Dublin"), ("192.0.2.64/28", "Lyon"), ("198.51.100.130/32", "Lyon tunnel"));
        OfficesV6Europe = estate.PrefixList(production, "acme-offices-v6", IpFamily.V6, 4, ("2001:db8:0ff1:ce00::/56", "Dublin"));
        OfficesShared = estate.PrefixList(
            new Scope(AcmeEstate.Shared, AcmeEstate.Europe), "acme-offices", IpFamily.V4, 10, ("192.0.2.0/27", "Dublin"), ("192.0.2.64/28", "Lyon"));
        StorageEurope = estate.ManagedPrefixList(
            production, "pl-6da54004", "s3", ("3.5.64.0/21", ""), ("3.5.72.0/23", ""), ("52.92.0.0/17", ""), ("52.218.0.0/17", ""));
        StorageAmerica = estate.ManagedPrefixList(
            new Scope(AcmeEstate.Production, AcmeEstate.America), "pl-63a5400a", "s3", ("3.5.0.0/19", ""), ("52.216.0.0/15", ""), ("54.231.0.0/16", ""));
    }

    public PrefixListId OfficesEurope { get; }

    public PrefixListId OfficesV6Europe { get; }

    public PrefixListId OfficesShared { get; }

    public PrefixListId StorageEurope { get; }

    public PrefixListId StorageAmerica { get; }
}
