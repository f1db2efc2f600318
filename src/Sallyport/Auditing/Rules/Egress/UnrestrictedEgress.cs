using System.Collections.Immutable;
using Sallyport.Auditing.Compliance;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules.Egress;

/// <summary>SP-EGR-01: some TCP or UDP traffic may leave for the whole world (Trend Conformity EC2-033).</summary>
internal sealed class UnrestrictedEgress : WorldRule
{
    private static readonly ServiceSet Ported = ServiceSet.Of([Service.Tcp(0, 65_535), Service.Udp(0, 65_535)]);

    public override string Code => "SP-EGR-01";

    public override string Title => "Unrestricted egress";

    public override RuleFamily Family => RuleFamily.Egress;

    public override FindingSeverity Severity => FindingSeverity.Medium;

    public override ImmutableArray<string> Aliases => ["EC2-033"];

    public override ImmutableArray<Control> Controls => ControlBundles.Egress;

    public override RuleGuide Guide => new(
        What: "Egress rules of the group together admit the whole world, in one family or both, on any TCP or UDP port (all protocols included). Prefix lists are expanded and blocks are added up, so two /1 count as much as a /0. The alias EC2-033 is given when a literal /0 is among the rules.",
        Why: "A compromised host can fetch tools from, and send data to, any address: the rule leaves exfiltration and command channels open.",
        Fix: "Replace the rule by the connections the workload needs: other groups, VPC endpoints, prefix lists, or the blocks of known partners.",
        Fires: "group web\n  egress tcp/443 to 0.0.0.0/0",
        Quiet: "group web\n  egress tcp/443 to 198.51.100.0/24");

    internal override bool BeginsEarly => true;

    protected override Direction Direction => Direction.Egress;

    protected override ServiceSet Forbidden(AuditContext context) => Ported;

    protected override string Describe(DirectionFacts facts, ServiceSet open) =>
        $"Egress of {Words(facts.WorldServices.IsAny ? ServiceSet.Any : open)} is open to the whole {facts.FamiliesOf(open)} Internet.";

    protected override void Object(GroupFacts group, DirectionFacts facts, ServiceSet open, AuditSink sink)
    {
        var evidence = facts.WorldEvidence(open);
        sink.Report(this, group, Describe(facts, open), evidence, aliases: evidence.Any(r => r.Peer is CidrPeer { Cidr.PrefixLength: 0 }));
    }
}
