using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Lab.Estates.Drafting;

/// <summary>
/// An estate while it is written: gives ids and addresses, adds what EC2 adds by itself (default groups, main route tables,
/// default ACLs), and throws on what EC2 would not accept.
/// </summary>
internal sealed class EstateDraft
{
    /// <summary>What EC2 reads back when nobody chose the fields (VPC Flow Logs, version 2).</summary>
    private const string DefaultFlowLogFormat =
        "${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} ${bytes} ${start} ${end} ${action} ${log-status}";

    private readonly List<VpcDraft> _vpcs = [];
    private uint _publicAddresses;

    public EstateBuilder Builder { get; } = new();

    public VpcDraft Vpc(Scope scope, string name, string cidr, string? cidr6 = null, bool isDefault = false)
    {
        var vpc = new VpcDraft(this, scope, name, cidr, cidr6, isDefault);
        _vpcs.Add(vpc);
        return vpc;
    }

    /// <summary>An active peering. Route tables drafted after it carry a route to the other side's IPv4 block.</summary>
    public void Peer(VpcDraft requester, VpcDraft accepter, string name)
    {
        var id = LabId.Of("pcx", name);
        requester.Peerings.Add(accepter, id);
        accepter.Peerings.Add(requester, id);
        Builder.Add(new Peering(new PeeringId(id), End(requester), End(accepter)) { Tags = Named(name) });

        static PeeringEnd End(VpcDraft vpc) => new(vpc.Id, vpc.Scope) { Cidrs = vpc.Cidrs };
    }

    /// <summary>A customer's list.</summary>
    public PrefixListId PrefixList(Scope scope, string name, IpFamily family, int maxEntries, params (string Cidr, string Description)[] entries)
    {
        var id = new PrefixListId(LabId.Of("pl", $"{scope} {name}"));
        Builder.Add(new PrefixList(id, scope)
        {
            Name = name,
            Owner = scope.Account,
            Family = family,
            MaxEntries = maxEntries,
            Version = entries.Length,
            Entries = Entries(entries),
            Tags = Named(name),
        });
        return id;
    }

    /// <summary>A list that AWS keeps; these have their well-known ids of eight digits.</summary>
    public PrefixListId ManagedPrefixList(Scope scope, string id, string service, params (string Cidr, string Description)[] entries)
    {
        Builder.Add(new PrefixList(new PrefixListId(id), scope)
        {
            Name = $"com.amazonaws.{scope.Region}.{service}",
            Owner = "AWS",
            Entries = Entries(entries),
        });
        return new PrefixListId(id);
    }

    public void FlowLog(VpcDraft vpc, string trafficType, string destinationType, string destination) =>
        Builder.Add(new FlowLog(LabId.Of("fl", $"{vpc.Id}"), vpc.Scope, vpc.Id.Value)
        {
            TrafficType = trafficType,
            Status = "ACTIVE",
            DestinationType = destinationType,
            Destination = destination,
            Format = DefaultFlowLogFormat,
            MaxAggregationSeconds = 600,
        });

    /// <summary>The next of the addresses that RFC 5737 keeps for examples.</summary>
    public Address NextPublicAddress() => new(IpFamily.V4, Address.Parse("203.0.113.10").Bits + _publicAddresses++);

    public Estate Build()
    {
        foreach (var vpc in _vpcs) vpc.Finish();
        foreach (var scope in _vpcs.Select(v => v.Scope).Distinct()) Builder.Add(new PublicAccessBlock(scope, "off"));
        foreach (var kind in Enum.GetValues<GapKind>()) Builder.MarkCollected(kind);
        return Builder.Build();
    }

    public static Tags Named(string name) => Tags.Of([new("Name", name)]);

    private static ImmutableArray<PrefixListEntry> Entries((string Cidr, string Description)[] entries) =>
        [.. entries.Select(e => new PrefixListEntry(Cidr.Parse(e.Cidr), e.Description)).OrderBy(e => e.Cidr)];
}
