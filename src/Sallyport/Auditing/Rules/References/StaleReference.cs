using System.Collections.Immutable;
using Sallyport.Estates;

namespace Sallyport.Auditing.Rules.References;

/// <summary>SP-REF-01: a rule names a group that it can no longer mean.</summary>
internal sealed class StaleReference : AuditRule
{
    public override string Code => "SP-REF-01";

    public override string Title => "Stale reference";

    public override RuleFamily Family => RuleFamily.Reference;

    public override FindingSeverity Severity => FindingSeverity.Medium;

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Estate, AuditNeed.Peerings];

    public override RuleGuide Guide => new(
        What: "A rule names a group over a peering that is not active, a group beyond a peering that is gone (EC2 then tells no owner any more), or a group in a VPC that nothing connects with. A group that was not read is unknown: a listing that leaves out groups is no proof that they are gone.",
        Why: "The rule opens nothing today, and works again the day somebody restores the peering; until then it hides what is really allowed.",
        Fix: "Revoke the rule, or restore the peering if the traffic is wanted.",
        Fires: "group web\n  ingress tcp/443 from app dead\ngroup app in vpc-b\npeering pcx-1 vpc-a vpc-b status deleted",
        Quiet: "group web\n  ingress tcp/443 from app\ngroup app in vpc-b\npeering pcx-1 vpc-a vpc-b");

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        List<SecurityGroupRule>? stale = null;
        List<string>? reasons = null;
        List<string>? gaps = null;
        foreach (var rule in group.Group.Rules)
        {
            if (rule.Peer is not GroupPeer peer || peer.Group == group.Group.Id) continue;
            if (group.Context.References.StaleReason(group.Group, rule.Direction, peer) is { } reason)
            {
                (stale ??= []).Add(rule);
                (reasons ??= []).Add($"{peer.Group}: {reason}");
            }
            else if (!group.Context.Estate.Index.Groups.ContainsKey(peer.Group))
            {
                (gaps ??= []).Add($"group {peer.Group} was not read");
            }
        }

        if (stale is not null) sink.Report(this, group, $"{stale.Count} rule(s) name groups that they cannot mean any more: {string.Join("; ", reasons!.Distinct())}.", stale, basis: FindingBasis.Snapshot);
        else if (gaps is not null) sink.Doubt(this, group, gaps);
    }
}
