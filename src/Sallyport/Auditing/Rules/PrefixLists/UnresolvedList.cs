using System.Collections.Immutable;
using Sallyport.Estates;

namespace Sallyport.Auditing.Rules.PrefixLists;

/// <summary>SP-PL-01: a rule names a prefix list whose entries nobody read.</summary>
internal sealed class UnresolvedList : AuditRule
{
    public override string Code => "SP-PL-01";

    public override string Title => "Prefix list unresolved";

    public override RuleFamily Family => RuleFamily.PrefixList;

    public override FindingSeverity Severity => FindingSeverity.Medium;

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Estate, AuditNeed.PrefixLists];

    public override RuleGuide Guide => new(
        What: "A rule names a prefix list whose entries are not in the input. Rules that depend on them are unknown, never passed.",
        Why: "Nobody knows whom such a rule admits: the list may hold 0.0.0.0/0.",
        Fix: "Read the entries as well (aws ec2 get-managed-prefix-list-entries), also of lists that other accounts share.",
        Fires: "list pl-1 unread\ngroup web\n  ingress tcp/443 from pl-1",
        Quiet: "list pl-1 10.0.0.0/8\ngroup web\n  ingress tcp/443 from pl-1");

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        List<SecurityGroupRule>? unread = null;
        foreach (var rule in group.Group.Rules)
        {
            if (rule.Peer is PrefixListPeer list && group.Context.Estate.Index.EntriesOf(list.PrefixList) is null) (unread ??= []).Add(rule);
        }

        if (unread is null) return;
        var lists = string.Join(", ", unread.Select(r => r.Peer.ToString()).Distinct().Order(StringComparer.Ordinal));
        sink.Report(this, group, $"The entries of {lists} were not read, so it is unknown what {unread.Count} rule(s) allow.", unread, basis: FindingBasis.Snapshot);
    }
}
