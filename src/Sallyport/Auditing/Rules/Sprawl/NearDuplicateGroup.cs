using System.Collections.Immutable;
using Sallyport.Auditing.Parameters;
using Sallyport.Auditing.Strategy;

namespace Sallyport.Auditing.Rules.Sprawl;

/// <summary>SP-SPR-02: another group has nearly the same rules.</summary>
internal sealed class NearDuplicateGroup : AuditRule
{
    public override string Code => "SP-SPR-02";

    public override string Title => "Near-duplicate groups";

    public override RuleFamily Family => RuleFamily.Sprawl;

    public override FindingSeverity Severity => FindingSeverity.Low;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.SimilarShare, AuditParameters.AppTag];

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Estate, AuditNeed.Interfaces, AuditNeed.PrefixLists];

    public override RuleGuide Guide => new(
        What: "The group and another one, of the same VPC or with the same app.tag in another VPC, share at least similar.min of the rules that either has; a rule for the group itself counts as the same in both, a list of one block as that block. Of two such groups the one that most interfaces carry is kept. What allows exactly the same in one VPC is SP-USE-02.",
        Why: "Near copies drift apart: a door is closed in one and stays open in the other.",
        Fix: "Agree on one set of rules and move what carries the group to the one that is kept, as the finding lists it.",
        Fires: "group a\n  ingress tcp/443 from 10.0.0.0/8\n  ingress any from a\ngroup b\n  ingress tcp/443 from 10.0.0.0/8\n  ingress any from b\ninterface eni-1 b 10.1.0.5",
        Quiet: "group a\n  ingress tcp/443 from 10.0.0.0/8\n  ingress any from a\ngroup b in vpc-b\n  ingress tcp/443 from 10.0.0.0/8\n  ingress any from b");

    internal override bool BeginsEarly => true;

    internal override void Prepare(AuditContext context) => _ = context.Strategy.Similar;

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        if (group.Group.IsDefault || group.Context.Strategy.Duplicates.KeeperOf(group.Group.Id) is not null) return;
        if (group.Context.Strategy.Similar.Of(group.Group.Id) is not { } similar)
        {
            if (group.Context.Facts.HasMalformedRules(group.Group.Id)) sink.Doubt(this, group, ["some of the group's rules were not understood"]);
            else if (Doubt(group) is { } doubt) sink.Doubt(this, group, [doubt]);
            return;
        }

        var like = similar.Shared == similar.All ? "has the same rules" : $"shares {similar.Shared} of {similar.All} rules with the group";
        var proposal = group.Context.Strategy.CanMerge(group.Group, similar.Group)
            ? MergeProposal.Of(group.Context.Facts, group.Group, similar.Group).Describe()
            : "The two are used in different VPCs or accounts and cannot become one: keep them alike from one source.";
        sink.Report(this, group, $"{similar.Group.Id} ({similar.Group.Name}) {like}. {proposal}", [], basis: FindingBasis.Snapshot);
    }

    // Groups of other VPCs are compared when they are of one application.
    private static string? Doubt(GroupFacts group)
    {
        var own = group.Group;
        if (own.Rules.IsEmpty || own.Vpc is null || group.Context.Parameters.Get(AuditParameters.AppTag).DoubtIn(own.Tags) is not { } doubt) return null;
        return group.Context.Estate.SecurityGroups.Any(g => !g.Rules.IsEmpty && (g.Vpc != own.Vpc || g.Scope != own.Scope)) ? doubt : null;
    }
}
