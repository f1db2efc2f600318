using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules.Ingress;

/// <summary>SP-ING-14: a rule admits a public block of more than one host.</summary>
internal sealed class PublicBlockOfManyHosts : BlockRule
{
    public override string Code => "SP-ING-14";

    public override string Title => "Non-host ingress CIDR";

    public override RuleFamily Family => RuleFamily.Ingress;

    public override FindingSeverity Severity => FindingSeverity.Info;

    public override bool IsOnByDefault => false;

    public override RuleGuide Guide => new(
        What: "An ingress rule names a block with public addresses that is not a single host (/32, or /128 of IPv6). Lists that AWS keeps are left alone. Off unless named.",
        Why: "Of a block of somebody else's addresses only some are the hosts that were meant.",
        Fix: "Name the hosts.",
        Fires: "group web\n  ingress tcp/443 from 52.1.2.0/31",
        Quiet: "group web\n  ingress tcp/443 from 52.1.2.3/32\n  ingress tcp/443 from 10.1.0.0/16");

    protected override ImmutableArray<Direction> Directions => [Direction.Ingress];

    protected override bool? Judge(GroupFacts group, SecurityGroupRule rule, Cidr block) =>
        block.PrefixLength < Cidr.Width(block.Family) && PublicBlocks.IsPublic(block);

    protected override string Describe(GroupFacts group, IReadOnlyList<SecurityGroupRule> offending) =>
        $"Public blocks of more than one host may come in: {PeerWords.Of(offending)}.";
}
