using System.Collections.Immutable;
using Sallyport.Anomalies.Pairs;
using Sallyport.Auditing.Parameters;
using Sallyport.Estates;

namespace Sallyport.Auditing.Rules.Pair;

/// <summary>SP-PAIR-03: both sides exist but do not agree on the services.</summary>
internal sealed class PortMismatch : AuditRule
{
    public override string Code => "SP-PAIR-03";

    public override string Title => "Half-open port mismatch";

    public override RuleFamily Family => RuleFamily.Pair;

    public override FindingSeverity Severity => FindingSeverity.Low;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.AllowAllCounts];

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Estate, AuditNeed.Interfaces, AuditNeed.Vpcs];

    public override RuleGuide Guide => new(
        What: "A rule names a group that covers some of its services but not all.",
        Why: "One side was changed and the other forgotten; the open remainder is unused at best.",
        Fix: "Make both sides name the same ports.",
        Fires: "group web\n  egress tcp/3306-3307 to db\ngroup db\n  ingress tcp/3306 from web",
        Quiet: "group web\n  egress tcp/3306-3307 to db\ngroup db\n  ingress tcp/3306 from web\n  ingress tcp/3307 from web");

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        foreach (var judgement in group.Pairs)
        {
            if (judgement is { Kind: PairKind.Unknown, IsPartlyCovered: true })
            {
                sink.Doubt(this, group, judgement.Gaps.Select(g => $"{judgement.Rule.Key}: {g}"));
            }

            if (judgement.Kind != PairKind.Partial) continue;
            var isEgress = judgement.Rule.Direction == Direction.Egress;
            var message = $"{PairReport.Name(judgement)} {(isEgress ? "does not admit" : "does not declare as egress")} {judgement.Missing} of {judgement.Rule.Service}.";
            if (!judgement.Extra.IsEmpty) message += $" It {(isEgress ? "admits" : "declares")} {judgement.Extra} that this side lacks.";
            sink.Report(this, group, message, [judgement.Rule], basis: PairReport.BasisOf(judgement));
        }
    }
}
