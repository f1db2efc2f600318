using System.Collections.Immutable;
using Sallyport.Auditing.Compliance;
using Sallyport.Auditing.Parameters;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules.Ingress;

/// <summary>SP-ING-04: a rule, of either direction, names a wide public block.</summary>
internal sealed class WidePublicBlock : BlockRule
{
    public override string Code => "SP-ING-04";

    public override string Title => "Wide public CIDR";

    public override RuleFamily Family => RuleFamily.Ingress;

    public override FindingSeverity Severity => FindingSeverity.Medium;

    public override ImmutableArray<Control> Controls => ControlBundles.WideBlocks;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.WideV4, AuditParameters.WideV6, AuditParameters.TrustedPrefixes];

    public override RuleGuide Guide => new(
        What: "An ingress or egress rule names a block with public addresses that is wider than wide.v4 (IPv4) or wide.v6 (IPv6) and lies in no block of trusted_prefixes. High when it is wider than a /16, or a /32 of IPv6. Lists that AWS keeps, and rules that make up the world (SP-ING-01, SP-ING-02, SP-EGR-01), are left alone.",
        Why: "A block of thousands of addresses is never one partner: strangers share it.",
        Fix: "Narrow the rule to the addresses that need it, or add the provider's block to trusted_prefixes.",
        Fires: "group web\n  ingress tcp/443 from 52.0.0.0/20",
        Quiet: "group web\n  ingress tcp/443 from 52.0.0.0/24\n  ingress tcp/443 from 10.0.0.0/8\n  ingress tcp/443 from 0.0.0.0/0");

    protected override ImmutableArray<Direction> Directions => Both;

    protected override bool? Judge(GroupFacts group, SecurityGroupRule rule, Cidr block) => PublicBlocks.IsWide(group.Context, block);

    protected override bool IsLeftToOthers(GroupFacts group, SecurityGroupRule rule) => group.Of(rule.Direction).IsOfWorld(rule);

    protected override string Describe(GroupFacts group, IReadOnlyList<SecurityGroupRule> offending) =>
        $"Wide public blocks are allowed: {PeerWords.Of(offending)}.";

    protected override FindingSeverity? SeverityOf(GroupFacts group, IReadOnlyList<SecurityGroupRule> offending) =>
        offending.Any(r => group.Context.Facts.BlocksOf(r.Peer)!.Value.Any(b => PublicBlocks.IsVeryWide(b) && PublicBlocks.IsWide(group.Context, b)))
            ? FindingSeverity.High
            : null;
}
