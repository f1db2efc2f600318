using System.Collections.Immutable;

namespace Sallyport.Auditing.Rules.Use;

/// <summary>SP-USE-03: another group on the same interface allows what a rule of this one allows.</summary>
internal sealed class OverlappingGroups : AuditRule
{
    // EC2 lets an interface carry no more.
    private const int MostNamed = 16;

    public override string Code => "SP-USE-03";

    public override string Title => "Overlap on one resource";

    public override RuleFamily Family => RuleFamily.Use;

    public override FindingSeverity Severity => FindingSeverity.Low;

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Estate, AuditNeed.Interfaces, AuditNeed.PrefixLists];

    public override RuleGuide Guide => new(
        What: "On some interface another group has a rule that allows all that a rule of this group allows. Of two equal rules the one of the group with the later id is reported.",
        Why: "Revoking one of the two changes nothing, so whoever closes a door finds it open all the same.",
        Fix: "Keep each rule in one group, and let interfaces carry the groups they need.",
        Fires: "group a\n  ingress tcp/443 from 10.0.0.0/8\ngroup b\n  ingress tcp/443 from 10.1.0.0/16\ninterface eni-1 a,b 10.1.0.5",
        Quiet: "group a\n  ingress tcp/443 from 10.0.0.0/8\ngroup b\n  ingress tcp/443 from 10.1.0.0/16\ninterface eni-1 a 10.1.0.5\ninterface eni-2 b 10.1.0.6");

    internal override bool BeginsEarly => true;

    internal override void CheckEstate(AuditContext context, AuditSink sink) => UnreadInterfaces.Doubt(this, context, sink);

    internal override void Prepare(AuditContext context) => _ = context.Strategy.Overlaps;

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        var overlaps = group.Context.Strategy.Overlaps.Of(group.Group.Id);
        if (overlaps.Count == 0)
        {
            if (group.Context.Strategy.Overlaps.GapsOf(group.Group.Id) is { Count: > 0 } gaps) sink.Doubt(this, group, gaps);
            return;
        }

        var (others, interfaces) = (overlaps.Select(o => o.Other).Distinct().Order().ToList(), overlaps.Select(o => o.Interface).Distinct().Order().ToList());
        var rules = overlaps.Select(o => o.Rule).DistinctBy(r => r.Key).OrderBy(r => r.Key).ToList();
        var (where, what) = (interfaces.Count > 1 ? " and other interfaces" : string.Empty, rules.Count > 1 ? $" and {rules.Count - 1} more" : string.Empty);
        sink.Report(
            this, group, $"On {interfaces[0]}{where} {ListWords.Of(others.Select(o => o.Value), MostNamed)} allow{(others.Count == 1 ? "s" : string.Empty)} {rules[0].Key}{what} already.",
            rules, basis: FindingBasis.Snapshot);
    }
}
