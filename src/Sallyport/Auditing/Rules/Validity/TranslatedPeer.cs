using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules.Validity;

/// <summary>SP-VAL-05: a peer is written as IPv6 but stands for IPv4 addresses.</summary>
internal sealed class TranslatedPeer : BlockRule
{
    private static readonly ImmutableArray<Cidr> Disguises =
        [PublicSpace.Nat64, Cidr.Parse("64:ff9b:1::/48"), Cidr.Parse("::ffff:0:0/96")];

    public override string Code => "SP-VAL-05";

    public override string Title => "NAT64 or IPv4-mapped disguise";

    public override RuleFamily Family => RuleFamily.Validity;

    public override FindingSeverity Severity => FindingSeverity.Medium;

    internal override bool JudgesRulesOf(SecurityGroup group) => true;

    public override RuleGuide Guide => new(
        What: "A rule names a block inside 64:ff9b::/96 or 64:ff9b:1::/48 (NAT64), or inside ::ffff:0:0/96 (IPv4-mapped addresses).",
        Why: "Such a block reads like a small piece of IPv6 and may stand for all of IPv4: 64:ff9b::/96 does wherever NAT64 is routed. IPv4-mapped addresses are never on the wire at all.",
        Fix: "Write the IPv4 addresses that are meant, or the few NAT64 addresses that are needed.",
        Fires: "group web\n  egress tcp/443 to 64:ff9b::/96",
        Quiet: "group web\n  egress tcp/443 to 2600:1f18::/56\n  egress tcp/443 to 64:ffff::/96");

    protected override ImmutableArray<Direction> Directions => Both;

    protected override bool? Judge(GroupFacts group, SecurityGroupRule rule, Cidr block) => Disguises.Any(d => d.Contains(block));

    protected override string Describe(GroupFacts group, IReadOnlyList<SecurityGroupRule> offending) =>
        $"Blocks written as IPv6 stand for IPv4 addresses: {PeerWords.Of(offending)}.";
}
