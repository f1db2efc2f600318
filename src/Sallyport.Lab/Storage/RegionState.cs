using Sallyport.Estates;

namespace Sallyport.Lab.Storage;

/// <summary>What one account has in one Region.</summary>
internal sealed class RegionState(Scope scope, ReadView view)
{
    private readonly Dictionary<string, SecurityGroupId> _ownerOfRule = new(StringComparer.Ordinal);

    public Scope Scope { get; } = scope;

    public Shelf<SecurityGroup> Groups { get; } = new(view);

    public Shelf<NetworkInterface> Interfaces { get; } = new(view);

    public Shelf<Vpc> Vpcs { get; } = new(view);

    public Shelf<Subnet> Subnets { get; } = new(view);

    public Shelf<RouteTable> RouteTables { get; } = new(view);

    public Shelf<NetworkAcl> NetworkAcls { get; } = new(view);

    public Shelf<PrefixListState> PrefixLists { get; } = new(view);

    public Shelf<VpcEndpoint> Endpoints { get; } = new(view);

    public Shelf<Gateway> Gateways { get; } = new(view);

    public Shelf<TransitGatewayAttachment> TransitAttachments { get; } = new(view);

    public Shelf<TransitGatewayRouteTable> TransitRouteTables { get; } = new(view);

    public Shelf<Instance> Instances { get; } = new(view);

    public Shelf<FlowLog> FlowLogs { get; } = new(view);

    /// <summary>Block public access of VPCs: <c>off</c>, <c>block-ingress</c> or <c>block-bidirectional</c>.</summary>
    public string PublicAccessMode { get; set; } = "off";

    public List<PublicAccessExclusion> PublicAccessExclusions { get; } = [];

    /// <summary>The account's default VPC here; null when it has none.</summary>
    public Vpc? DefaultVpc => Vpcs.Values.FirstOrDefault(v => v.IsDefault);

    /// <summary>Puts a group, new or changed.</summary>
    public void Put(SecurityGroup group)
    {
        Groups.Put(group.Id.Value, group);
        IndexRules(group);
    }

    /// <summary>Puts a group that was always there.</summary>
    public void Load(SecurityGroup group)
    {
        Groups.Load(group.Id.Value, group);
        IndexRules(group);
    }

    /// <summary>The group that has, or once had, a rule; null when the id was never given here.</summary>
    public SecurityGroupId? OwnerOfRule(string ruleId) => _ownerOfRule.TryGetValue(ruleId, out var group) ? group : null;

    private void IndexRules(SecurityGroup group)
    {
        foreach (var rule in group.Rules)
        {
            if (rule.Id is { } id) _ownerOfRule[id.Value] = group.Id;
        }
    }
}
