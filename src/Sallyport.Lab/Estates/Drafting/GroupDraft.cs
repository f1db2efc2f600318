using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Lab.Estates.Drafting;

/// <summary>A group while it is written. It starts with the egress that EC2 gives a new group.</summary>
internal sealed class GroupDraft
{
    private readonly Dictionary<RuleKey, SecurityGroupRule> _rules = [];
    private readonly string _description;
    private readonly Tags _tags;

    public GroupDraft(VpcDraft vpc, string name, string description, Tags tags)
    {
        (Vpc, Name, _description, _tags) = (vpc, name, description, tags);
        Id = new SecurityGroupId(LabId.Of("sg", $"{vpc.Id} {name}"));
        Egress("any", "0.0.0.0/0", string.Empty);
        if (vpc.HasIpv6) Egress("any", "::/0", string.Empty);
    }

    public SecurityGroupId Id { get; }

    public string Name { get; }

    public VpcDraft Vpc { get; }

    /// <summary>Takes EC2's default egress away.</summary>
    public GroupDraft WithoutDefaultEgress()
    {
        _rules.Remove(new RuleKey(Direction.Egress, Service.Any, new CidrPeer(Cidr.AnyV4)));
        _rules.Remove(new RuleKey(Direction.Egress, Service.Any, new CidrPeer(Cidr.AnyV6)));
        return this;
    }

    public GroupDraft Ingress(string service, string cidr, string description) =>
        Add(Direction.Ingress, service, new CidrPeer(Cidr.Parse(cidr)), description);

    public GroupDraft Ingress(string service, GroupDraft from, string description) =>
        Add(Direction.Ingress, service, Reference(from), description);

    public GroupDraft Ingress(string service, PrefixListId list, string description) =>
        Add(Direction.Ingress, service, new PrefixListPeer(list), description);

    public GroupDraft Egress(string service, string cidr, string description) =>
        Add(Direction.Egress, service, new CidrPeer(Cidr.Parse(cidr)), description);

    public GroupDraft Egress(string service, GroupDraft to, string description) =>
        Add(Direction.Egress, service, Reference(to), description);

    public GroupDraft Egress(string service, PrefixListId list, string description) =>
        Add(Direction.Egress, service, new PrefixListPeer(list), description);

    /// <summary>The rules of both directions under ids made from the group and the rule's key.</summary>
    public SecurityGroup Build() => new(Id, Vpc.Scope)
    {
        Name = Name,
        Description = _description,
        Vpc = Vpc.Id,
        Tags = _tags,
        Rules = [.. _rules.Values.OrderBy(r => r.Key)],
    };

    private GroupDraft Add(Direction direction, string service, Peer peer, string description)
    {
        var rule = new SecurityGroupRule(direction, Service.Parse(service), peer) { Description = description, Tags = Tags.None };
        _rules.Add(rule.Key, rule with { Id = new SecurityGroupRuleId(LabId.Of("sgr", $"{Id} {rule.Key}")) });
        return this;
    }

    /// <summary>As EC2 reads it back: the VPC and the peering only for another VPC. Throws where EC2 would refuse.</summary>
    private GroupPeer Reference(GroupDraft target)
    {
        var peer = new GroupPeer(target.Id) { Account = target.Vpc.Scope.Account };
        if (target.Vpc == Vpc) return peer;
        if (target.Vpc.Scope.Region != Vpc.Scope.Region || Vpc.Peerings.GetValueOrDefault(target.Vpc) is not { } peering)
        {
            throw new InvalidOperationException($"{Name} cannot name {target.Name}: no peering within one Region joins their VPCs.");
        }

        return peer with { Vpc = target.Vpc.Id, Peering = new PeeringId(peering), PeeringStatus = "active" };
    }
}
