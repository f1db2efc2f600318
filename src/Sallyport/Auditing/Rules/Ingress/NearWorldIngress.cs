using System.Collections.Immutable;
using System.Globalization;
using Sallyport.Auditing.Compliance;
using Sallyport.Auditing.Parameters;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules.Ingress;

/// <summary>SP-ING-03: much of the world, though not all of it, may come in.</summary>
internal sealed class NearWorldIngress : AuditRule
{
    public override string Code => "SP-ING-03";

    public override string Title => "Near-world ingress";

    public override RuleFamily Family => RuleFamily.Ingress;

    public override FindingSeverity Severity => FindingSeverity.Critical;

    public override ImmutableArray<Control> Controls => ControlBundles.OpenIngress;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.NearWorldFraction, AuditParameters.NearWorldWarning];

    public override RuleGuide Guide => new(
        What: "For some service, ingress rules together admit at least nearworld.warn of public space, or one block of /1 to /7, but not all of it. Critical from nearworld.fraction (any public /1), else high.",
        Why: "Half of the Internet scans as thoroughly as all of it; two halves are how a /0 hides from tools that look for the text 0.0.0.0/0.",
        Fix: "Name the blocks that need access.",
        Fires: "group web\n  ingress tcp/443 from 128.0.0.0/1",
        Quiet: "group web\n  ingress tcp/443 from 8.0.0.0/8");

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        var facts = group.Ingress;
        var near = (V4: facts.World(IpFamily.V4), V6: facts.World(IpFamily.V6));
        if (near.V4.Near.Services.IsEmpty && near.V6.Near.Services.IsEmpty)
        {
            if (facts.Doubts.Count > 0 && facts.GapsFor(ServiceSet.Any.Subtract(facts.WorldServices)) is { Count: > 0 } gaps) sink.Doubt(this, group, gaps);
            return;
        }

        var parts = new List<string>();
        if (!near.V4.Near.Services.IsEmpty) parts.Add(Words(near.V4.Near, "IPv4"));
        if (!near.V6.Near.Services.IsEmpty) parts.Add(Words(near.V6.Near, "IPv6"));
        var most = Math.Max(near.V4.Near.Fraction, near.V6.Near.Fraction);
        var isHalf = most >= group.Context.Parameters.Get(AuditParameters.NearWorldFraction);
        sink.Report(
            this, group, $"Ingress is open to much of the Internet: {string.Join("; ", parts)}.",
            facts.RulesAt(near.V4.NearEvidence().Concat(near.V6.NearEvidence())), isHalf ? FindingSeverity.Critical : FindingSeverity.High);
    }

    private static string Words(Exposure.NearWorld near, string family) => string.Create(
        CultureInfo.InvariantCulture, $"{(near.Services.IsAny ? "all traffic" : near.Services)} to {near.Fraction * 100:0.#} % of {family} space");
}
