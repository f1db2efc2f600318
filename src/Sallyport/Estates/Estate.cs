using System.Collections.Immutable;

namespace Sallyport.Estates;

/// <summary>
/// Everything read, at one time, from one or more sources, plus what could not be read. Immutable; every list is sorted by
/// scope and id (<see cref="EstateBuilder"/> does it), so equal estates print equal bytes.
/// </summary>
public sealed class Estate
{
    private readonly Lazy<EstateIndex> _index;

    internal Estate() => _index = new Lazy<EstateIndex>(() => new EstateIndex(this));

    private Estate(Estate other)
        : this()
    {
        Scopes = other.Scopes;
        SecurityGroups = other.SecurityGroups;
        NetworkInterfaces = other.NetworkInterfaces;
        Vpcs = other.Vpcs;
        Subnets = other.Subnets;
        RouteTables = other.RouteTables;
        NetworkAcls = other.NetworkAcls;
        PrefixLists = other.PrefixLists;
        Peerings = other.Peerings;
        VpcEndpoints = other.VpcEndpoints;
        Gateways = other.Gateways;
        TransitGatewayAttachments = other.TransitGatewayAttachments;
        TransitGatewayRouteTables = other.TransitGatewayRouteTables;
        VpcAssociations = other.VpcAssociations;
        Instances = other.Instances;
        FlowLogs = other.FlowLogs;
        PublicAccessBlocks = other.PublicAccessBlocks;
        PublicAccessExclusions = other.PublicAccessExclusions;
        MetricFilters = other.MetricFilters;
        MetricAlarms = other.MetricAlarms;
        EventRules = other.EventRules;
        Trails = other.Trails;
        Gaps = other.Gaps;
    }

    /// <summary>Accounts and Regions that were read (or that something read belongs to), sorted.</summary>
    public ImmutableArray<Scope> Scopes { get; internal init; } = [];

    /// <summary>Groups with their rules.</summary>
    public ImmutableArray<SecurityGroup> SecurityGroups { get; internal init; } = [];

    /// <summary>Interfaces.</summary>
    public ImmutableArray<NetworkInterface> NetworkInterfaces { get; internal init; } = [];

    /// <summary>VPCs.</summary>
    public ImmutableArray<Vpc> Vpcs { get; internal init; } = [];

    /// <summary>Subnets.</summary>
    public ImmutableArray<Subnet> Subnets { get; internal init; } = [];

    /// <summary>Route tables.</summary>
    public ImmutableArray<RouteTable> RouteTables { get; internal init; } = [];

    /// <summary>Network ACLs.</summary>
    public ImmutableArray<NetworkAcl> NetworkAcls { get; internal init; } = [];

    /// <summary>Prefix lists.</summary>
    public ImmutableArray<PrefixList> PrefixLists { get; internal init; } = [];

    /// <summary>Peerings.</summary>
    public ImmutableArray<Peering> Peerings { get; internal init; } = [];

    /// <summary>VPC endpoints.</summary>
    public ImmutableArray<VpcEndpoint> VpcEndpoints { get; internal init; } = [];

    /// <summary>Gateways of every kind.</summary>
    public ImmutableArray<Gateway> Gateways { get; internal init; } = [];

    /// <summary>Transit gateway attachments.</summary>
    public ImmutableArray<TransitGatewayAttachment> TransitGatewayAttachments { get; internal init; } = [];

    /// <summary>Transit gateway route tables.</summary>
    public ImmutableArray<TransitGatewayRouteTable> TransitGatewayRouteTables { get; internal init; } = [];

    /// <summary>Groups used in further VPCs.</summary>
    public ImmutableArray<VpcAssociation> VpcAssociations { get; internal init; } = [];

    /// <summary>Instances.</summary>
    public ImmutableArray<Instance> Instances { get; internal init; } = [];

    /// <summary>Flow-log settings.</summary>
    public ImmutableArray<FlowLog> FlowLogs { get; internal init; } = [];

    /// <summary>Block-public-access options, at most one an account and Region.</summary>
    public ImmutableArray<PublicAccessBlock> PublicAccessBlocks { get; internal init; } = [];

    /// <summary>What block public access leaves alone.</summary>
    public ImmutableArray<PublicAccessExclusion> PublicAccessExclusions { get; internal init; } = [];

    /// <summary>Metric filters.</summary>
    public ImmutableArray<MetricFilter> MetricFilters { get; internal init; } = [];

    /// <summary>Metric alarms.</summary>
    public ImmutableArray<MetricAlarm> MetricAlarms { get; internal init; } = [];

    /// <summary>Event rules.</summary>
    public ImmutableArray<EventRule> EventRules { get; internal init; } = [];

    /// <summary>Trails.</summary>
    public ImmutableArray<Trail> Trails { get; internal init; } = [];

    /// <summary>What could not be read.</summary>
    public ImmutableArray<EstateGap> Gaps { get; internal init; } = [];

    /// <summary>Number of rules of all groups.</summary>
    public int RuleCount => SecurityGroups.Sum(g => g.Rules.Length);

    /// <summary>Look-ups by id, built on first use.</summary>
    public EstateIndex Index => _index.Value;

    /// <summary>The same estate with other groups, sorted as these are; everything else is shared.</summary>
    internal Estate With(ImmutableArray<SecurityGroup> groups) => With(groups, Gaps);

    /// <summary>The same estate with other gaps.</summary>
    internal Estate With(ImmutableArray<EstateGap> gaps) => With(SecurityGroups, gaps);

    private Estate With(ImmutableArray<SecurityGroup> groups, ImmutableArray<EstateGap> gaps) => new(this) { SecurityGroups = groups, Gaps = gaps };
}
