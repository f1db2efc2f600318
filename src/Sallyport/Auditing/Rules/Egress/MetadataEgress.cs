using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules.Egress;

/// <summary>SP-EGR-13: a rule names the instance metadata service, which security groups do not filter.</summary>
internal sealed class MetadataEgress : BlockRule
{
    // The service's addresses, and the blocks inside which a peer means nothing but such local services.
    private static readonly ImmutableArray<(Cidr Block, Address Service)> Local =
    [
        (Cidr.Parse("169.254.0.0/16"), Address.Parse("169.254.169.254")),
        (Cidr.Parse("fd00:ec2::/32"), Address.Parse("fd00:ec2::254")),
    ];

    public override string Code => "SP-EGR-13";

    public override string Title => "Metadata or link-local egress";

    public override RuleFamily Family => RuleFamily.Egress;

    public override FindingSeverity Severity => FindingSeverity.Info;

    public override RuleGuide Guide => new(
        What: "An egress rule names 169.254.169.254 or fd00:ec2::254, alone or in a block of 169.254.0.0/16 or fd00:ec2::/32.",
        Why: "Security groups do not filter the metadata service: the rule changes nothing, and revoking it protects nothing.",
        Fix: "Revoke the rule; require IMDSv2 and limit its hops to keep the metadata service safe.",
        Fires: "group web\n  egress tcp/80 to 169.254.169.254/32",
        Quiet: "group web\n  egress tcp/80 to 169.254.169.253/32\n  egress any to 0.0.0.0/0");

    protected override ImmutableArray<Direction> Directions => [Direction.Egress];

    protected override bool? Judge(GroupFacts group, SecurityGroupRule rule, Cidr block) =>
        Local.Any(l => l.Block.Contains(block) && block.Contains(l.Service));

    protected override string Describe(GroupFacts group, IReadOnlyList<SecurityGroupRule> offending) =>
        $"Security groups do not filter the instance metadata service: rules to {PeerWords.Of(offending)} have no effect on it.";
}
