namespace Sallyport.Auditing.Rules.Naming;

/// <summary>SP-NAM-07: the group belongs to no VPC.</summary>
internal sealed class GroupWithoutVpc : AuditRule
{
    public override string Code => "SP-NAM-07";

    public override string Title => "SG without VPC (classic residue)";

    public override RuleFamily Family => RuleFamily.Naming;

    public override FindingSeverity Severity => FindingSeverity.Low;

    public override RuleGuide Guide => new(
        What: "The group names no VPC, as groups of EC2-Classic did.",
        Why: "EC2-Classic is gone: what still speaks of such groups is wrong about what protects what.",
        Fix: "Delete the group, or take it out of the input.",
        Fires: "group old in -",
        Quiet: "group web");

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        if (group.Group.Vpc is not null) return;
        // A source that tells rules alone knows neither names nor VPCs.
        if (group.Group.Name.Length == 0) sink.Doubt(this, group, ["the group's VPC was not read"]);
        else sink.Report(this, group, "The group belongs to no VPC.", []);
    }
}
