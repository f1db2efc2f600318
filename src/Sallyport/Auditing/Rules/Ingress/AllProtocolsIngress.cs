using System.Collections.Immutable;
using Sallyport.Auditing.Compliance;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules.Ingress;

/// <summary>SP-ING-10: a rule admits every protocol from somebody other than the group itself.</summary>
internal sealed class AllProtocolsIngress : AuditRule
{
    public override string Code => "SP-ING-10";

    public override string Title => "All protocols in one rule";

    public override RuleFamily Family => RuleFamily.Ingress;

    public override FindingSeverity Severity => FindingSeverity.Medium;

    public override ImmutableArray<Control> Controls => ControlBundles.Ranges;

    public override RuleGuide Guide => new(
        What: "An ingress rule has protocol -1, whatever its ports say, and its peer is not the group itself.",
        Why: "A rule for everything admits what nobody thought of, tunnels and new services included.",
        Fix: "Name the protocols and ports the peer needs.",
        Fires: "group web\n  ingress any from 10.0.0.0/16",
        Quiet: "group web\n  ingress any from web\n  ingress tcp/0-65535 from 10.0.0.0/16");

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        var offending = group.Ingress.Rules
            .Where(r => r.Service == Service.Any && !group.IsSelf(r))
            .ToList();
        if (offending.Count == 0) return;
        sink.Report(this, group, $"Every protocol is admitted from {PeerWords.Of(offending)}.", offending);
    }
}
