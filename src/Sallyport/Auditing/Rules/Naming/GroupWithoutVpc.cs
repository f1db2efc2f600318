namespace Sallyport.Auditing.Rules.Naming;

/// <summary>SP-NAM-07: the group belongs to no VPC.</summary>
internal sealed class GroupWithoutVpc : AuditRule
{
    public override string Code => "SP-NAM-07";

    public override string Title => "SG without VPC (classic residue)";

    public override RuleFamily Family => RuleFamily.Naming;

    public override FindingSeverity Severity => FindingSeverity.Low;

    public override RuleGuide Guide => new(
        What: "The group names no VPC: code that leaves it to the default VPC, or a group of EC2-Classic.",
        Why: "A default VPC has a way to the internet, and not every Region has one. EC2-Classic is gone: what still speaks of its groups is wrong about what protects what.",
        Fix: "Name the VPC in the code that makes the group; take a group of EC2-Classic out of the input.",
        Fires: "group old in -",
        Quiet: "group web");

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        if (group.Group.Vpc is not null) return;
        // A source that tells rules alone knows neither names nor VPCs.
        if (group.Group.Name.Length == 0) sink.Doubt(this, group, ["the group's VPC was not read"]);
        else sink.Report(this, group, group.Group.Code is null ? "The group belongs to no VPC." : "The code names no VPC for the group, so AWS puts it into the default VPC.", []);
    }
}
