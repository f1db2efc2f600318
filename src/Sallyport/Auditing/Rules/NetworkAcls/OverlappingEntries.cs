using Sallyport.Estates;

namespace Sallyport.Auditing.Rules.NetworkAcls;

/// <summary>SP-NACL-04: entries of contrary action share traffic.</summary>
internal sealed class OverlappingEntries : AclRule
{
    public override string Code => "SP-NACL-04";

    public override string Title => "Overlapping or shadowed entries";

    public override FindingSeverity Severity => FindingSeverity.Low;

    public override RuleGuide Guide => new(
        What: "An allow and a deny entry of one direction and family share addresses and services, so that their order decides; or earlier entries decide all of an entry's traffic. The implicit last entry does not count.",
        Why: "An ACL whose meaning hangs on its numbers changes it when somebody inserts an entry.",
        Fix: "Write entries that do not overlap, or keep deny entries first and say why; delete what decides nothing.",
        Fires: "subnet subnet-a 10.1.0.0/24\nacl subnet-a deny ingress tcp/22 10.0.0.0/8\nacl subnet-a allow ingress tcp/0-1023 10.1.0.0/16",
        Quiet: "subnet subnet-a 10.1.0.0/24\nacl subnet-a deny ingress tcp/22 10.0.0.0/8\nacl subnet-a allow ingress tcp/80-443 10.1.0.0/16");

    protected override void Check(AuditContext context, NetworkAcl acl, AuditSink sink)
    {
        var problems = new List<string>();
        foreach (var reading in EntryReading.Of(acl))
        {
            if (reading.Contrary.Count > 0) problems.Add($"{EntryWords.Of(reading.Entry)} overlaps {EntryWords.List(reading.Contrary.Select(EntryWords.Of), ", ")}");
            else if (reading.IsShadowed) problems.Add($"{EntryWords.Of(reading.Entry)} decides nothing: earlier entries do");
        }

        if (problems.Count > 0) sink.Report(this, FindingResource.Of(acl), $"The order of entries decides: {EntryWords.List(problems)}.");
    }
}
