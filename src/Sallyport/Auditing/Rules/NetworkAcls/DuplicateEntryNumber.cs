using Sallyport.Estates;

namespace Sallyport.Auditing.Rules.NetworkAcls;

/// <summary>SP-NACL-05: two entries of one direction have the same number.</summary>
internal sealed class DuplicateEntryNumber : AclRule
{
    public override string Code => "SP-NACL-05";

    public override string Title => "Duplicate rule number";

    public override FindingSeverity Severity => FindingSeverity.High;

    public override RuleGuide Guide => new(
        What: "Two entries of one direction of a network ACL have the same rule number, whatever their family. EC2 keeps one entry a number, so only files and code can say so.",
        Why: "One of the two will be refused, or replace the other: which of them holds is chance.",
        Fix: "Give each entry of a direction a number of its own.",
        Fires: "subnet subnet-a 10.1.0.0/24\nacl subnet-a allow ingress tcp/443 0.0.0.0/0 number 100\nacl subnet-a deny ingress tcp/22 0.0.0.0/0 number 100",
        Quiet: "subnet subnet-a 10.1.0.0/24\nacl subnet-a allow ingress tcp/443 0.0.0.0/0 number 100\nacl subnet-a allow egress tcp/443 0.0.0.0/0 number 100");

    protected override void Check(AuditContext context, NetworkAcl acl, AuditSink sink)
    {
        var repeated = acl.Entries.GroupBy(e => (e.Direction, e.Number)).Where(g => g.Skip(1).Any()).OrderBy(g => g.Key)
            .Select(g => $"{(g.Key.Direction == Direction.Ingress ? "ingress" : "egress")} {EntryWords.Number(g.Key.Number)}").ToList();
        if (repeated.Count > 0) sink.Report(this, FindingResource.Of(acl), $"Rule numbers come more than once: {EntryWords.List(repeated, ", ")}.");
    }
}
