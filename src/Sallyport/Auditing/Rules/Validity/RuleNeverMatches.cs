using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules.Validity;

/// <summary>SP-VAL-04: a rule names a peer that no packet can come from or go to.</summary>
internal sealed class RuleNeverMatches : BlockRule
{
    private const int Igmp = 2;

    private static readonly Cidr ThisNetwork = Cidr.Parse("0.0.0.0/8");

    private static readonly ImmutableArray<Cidr> Dead =
        [ThisNetwork, Cidr.Parse("127.0.0.0/8"), Cidr.Parse("255.255.255.255/32"), Cidr.Parse("::/128"), Cidr.Parse("::1/128")];

    public override string Code => "SP-VAL-04";

    public override string Title => "Rule can never match";

    public override RuleFamily Family => RuleFamily.Validity;

    public override FindingSeverity Severity => FindingSeverity.Info;

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Estate, AuditNeed.Vpcs];

    internal override bool JudgesRulesOf(SecurityGroup group) => true;

    public override RuleGuide Guide => new(
        What: "Every block of a rule's peer is one that no packet is sent from or to (0.0.0.0/8, 127.0.0.0/8, 255.255.255.255/32, ::/128, ::1/128), or is IPv6 while the group's VPCs have no IPv6 block. Egress that consists of such rules alone is how templates write \"no egress\", and is left alone. How long a group has had no interface cannot be told from one reading.",
        Why: "The rule reads like access and gives none; who trusts it looks for the fault elsewhere.",
        Fix: "Revoke the rule, or write the block that was meant.",
        Fires: "group web\n  ingress tcp/22 from 127.0.0.1/32",
        Quiet: "group web\n  ingress tcp/22 from 10.1.0.5/32\n  ingress tcp/443 from ::/0\n  egress any to 127.0.0.1/32");

    protected override ImmutableArray<Direction> Directions => Both;

    protected override bool NeedsEveryBlock => true;

    protected override FindingBasis Basis => FindingBasis.Snapshot;

    protected override bool Concerns(GroupFacts group, SecurityGroupRule rule) =>
        rule.Direction == Direction.Ingress || !NoEgress.IsIdiom(group.Egress.Rules);

    protected override bool? Judge(GroupFacts group, SecurityGroupRule rule, Cidr block)
    {
        if (Dead.Any(d => d.Contains(block))) return !(ThisNetwork.Contains(block) && rule.Service.Protocol.Number == Igmp);
        if (block.Family == IpFamily.V4) return false;
        var isKnown = false;
        foreach (var vpc in group.Context.Facts.VpcsOf(group.Group))
        {
            isKnown = true;
            if (vpc.Cidrs.Any(c => c.Family == IpFamily.V6)) return false;
        }

        return isKnown ? true : null;
    }

    protected override string GapOf(GroupFacts group, SecurityGroupRule rule) =>
        $"the group's VPC was not read, so it is unknown whether it has IPv6 for {rule.Peer}";

    protected override string Describe(GroupFacts group, IReadOnlyList<SecurityGroupRule> offending) =>
        $"No packet can match the rules for {PeerWords.Of(offending)}.";
}
