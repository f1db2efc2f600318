using System.Collections.Immutable;
using Sallyport.Auditing.Parameters;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules.Ingress;

/// <summary>SP-ING-17: a rule admits addresses of AWS that are nobody's of ours.</summary>
internal sealed class AmazonAddressIngress : BlockRule
{
    public override string Code => "SP-ING-17";

    public override string Title => "AWS address space allowed";

    public override RuleFamily Family => RuleFamily.Ingress;

    public override FindingSeverity Severity => FindingSeverity.Medium;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.AmazonRanges];

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Estate, AuditNeed.Interfaces, AuditNeed.Vpcs, AuditNeed.Configuration];

    public override RuleGuide Guide => new(
        What: "An ingress rule names a block inside aws.ranges that is not wholly made of public addresses of your own interfaces, or of your VPCs' IPv6 blocks. Not assessed while aws.ranges is empty. Lists that AWS keeps are left alone.",
        Why: "Every customer of AWS can have an address there, and gives it back to be somebody else's tomorrow.",
        Fix: "Name the group of the caller, use a VPC endpoint, or name an elastic address that you keep.",
        Fires: "set aws.ranges 52.0.0.0/10\ngroup web\n  ingress tcp/443 from 52.1.2.3/32",
        Quiet: "set aws.ranges 52.0.0.0/10\ngroup web\n  ingress tcp/443 from 52.1.2.3/32\n  ingress tcp/443 from 8.8.8.8/32\ninterface eni-1 web 10.1.0.5 public 52.1.2.3");

    protected override ImmutableArray<Direction> Directions => [Direction.Ingress];

    protected override FindingBasis Basis => FindingBasis.Snapshot;

    internal override string? WhyNotAssessed(AuditContext context) =>
        context.Parameters.Get(AuditParameters.AmazonRanges).IsEmpty ? "needs the parameter aws.ranges" : null;

    protected override bool? Judge(GroupFacts group, SecurityGroupRule rule, Cidr block)
    {
        var context = group.Context;
        if (!PublicBlocks.LiesIn(block, context.AmazonSpace(block.Family)) || PublicBlocks.LiesIn(block, context.OwnPublicSpace(block.Family))) return false;
        return context.Facts.IsMissingAnywhere(Missing(block.Family)) ? null : true;
    }

    protected override string GapOf(GroupFacts group, SecurityGroupRule rule) =>
        $"interfaces or VPCs were not wholly read, so {rule.Peer} may be an address of your own";

    protected override string Describe(GroupFacts group, IReadOnlyList<SecurityGroupRule> offending) =>
        $"Addresses of AWS that are not yours may come in: {PeerWords.Of(offending)}.";

    private static GapKind Missing(IpFamily family) => family == IpFamily.V4 ? GapKind.NetworkInterfaces : GapKind.Vpcs;
}
