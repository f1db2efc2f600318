using System.Collections.Immutable;
using Sallyport.Auditing.Compliance;
using Sallyport.Auditing.Parameters;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules.Egress;

/// <summary>SP-EGR-05: much of the world, or a wide public block, may be reached.</summary>
internal sealed class WideEgress : BlockRule
{
    public override string Code => "SP-EGR-05";

    public override string Title => "Near-world or wide public egress";

    public override RuleFamily Family => RuleFamily.Egress;

    public override FindingSeverity Severity => FindingSeverity.Medium;

    public override ImmutableArray<Control> Controls => ControlBundles.NetworkSecurity;

    public override ImmutableArray<AuditParameter> Parameters =>
        [AuditParameters.NearWorldWarning, AuditParameters.WideV4, AuditParameters.WideV6, AuditParameters.TrustedPrefixes];

    public override RuleGuide Guide => new(
        What: "An egress rule names a public block wider than wide.v4 or wide.v6 outside trusted_prefixes; or egress rules together reach, for some service, at least nearworld.warn of public space, or a block of /1 to /7, but not all of it. Rules that make up the world are left to SP-EGR-01, and lists that AWS keeps are left alone.",
        Why: "Among millions of addresses there is always one that an attacker rents.",
        Fix: "Narrow the rule to the addresses that are needed, or use a prefix list, an endpoint or a proxy.",
        Fires: "group web\n  egress tcp/443 to 52.0.0.0/20",
        Quiet: "group web\n  egress tcp/443 to 52.0.0.0/24\n  egress tcp/443 to 10.0.0.0/8\n  egress tcp/443 to ::/0");

    protected override ImmutableArray<Direction> Directions => [Direction.Egress];

    protected override bool? Judge(GroupFacts group, SecurityGroupRule rule, Cidr block) =>
        PublicBlocks.IsWide(group.Context, block) || group.Egress.IsNearWorld(rule);

    protected override bool IsLeftToOthers(GroupFacts group, SecurityGroupRule rule) =>
        group.Egress.IsOfWorld(rule) && !group.Egress.IsNearWorld(rule);

    protected override string Describe(GroupFacts group, IReadOnlyList<SecurityGroupRule> offending) =>
        $"Wide public blocks may be reached: {PeerWords.Of(offending)}.";
}
