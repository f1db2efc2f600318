using System.Collections.Immutable;
using Sallyport.Auditing.Compliance;
using Sallyport.Auditing.Parameters;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules.Ingress;

/// <summary>SP-ING-05: a rule admits public addresses that nobody declared as trusted.</summary>
internal sealed class PublicAddressIngress : BlockRule
{
    public override string Code => "SP-ING-05";

    public override string Title => "Specific public address allowed";

    public override RuleFamily Family => RuleFamily.Ingress;

    public override FindingSeverity Severity => FindingSeverity.Low;

    public override ImmutableArray<Control> Controls => ControlBundles.NetworkSecurity;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.TrustedCidrs];

    public override RuleGuide Guide => new(
        What: "An ingress rule names a block with public addresses outside trusted_cidrs. Rules that make up the world are left to SP-ING-01 and SP-ING-02, and lists that AWS keeps are left alone.",
        Why: "Public addresses change hands: the office or partner of last year may be a stranger's host today.",
        Fix: "Use a group, a VPN or a private link; or list the address in trusted_cidrs once somebody answers for it.",
        Fires: "group web\n  ingress tcp/443 from 52.1.2.3/32",
        Quiet: "set trusted_cidrs 52.1.2.0/24\ngroup web\n  ingress tcp/443 from 52.1.2.3/32\n  ingress tcp/443 from 100.64.0.0/10");

    protected override ImmutableArray<Direction> Directions => [Direction.Ingress];

    protected override bool? Judge(GroupFacts group, SecurityGroupRule rule, Cidr block) => PublicBlocks.IsPublic(block)
        && !AddressSet.Of(block).Intersect(PublicSpace.Of(block.Family)).IsSubsetOf(group.Context.TrustedCidrs(block.Family));

    protected override bool IsLeftToOthers(GroupFacts group, SecurityGroupRule rule) => group.Ingress.IsOfWorld(rule);

    protected override string Describe(GroupFacts group, IReadOnlyList<SecurityGroupRule> offending) =>
        $"Public addresses outside trusted_cidrs may come in: {PeerWords.Of(offending)}.";
}
