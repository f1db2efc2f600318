using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Planning;
using Sallyport.Reachability;

namespace Sallyport.Auditing.Rules.Declarations;

/// <summary>SP-DECL-01: a managed group has rules that its connections do not ask for.</summary>
internal sealed class UndeclaredRule : DeclaredRule
{
    public override string Code => "SP-DECL-01";

    public override string Title => "Live rule not declared";

    public override RuleFamily Family => RuleFamily.Declaration;

    public override FindingSeverity Severity => FindingSeverity.Medium;

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Estate, AuditNeed.Connections];

    public override RuleGuide Guide => new(
        What: "A group that the connections file manages has a rule that allows more than its connections and residuals ask for on that side. Read-only groups and groups that the file does not name are left alone.",
        Why: "Somebody opened something past review, or the file is out of date; either way it no longer says who may talk to whom.",
        Fix: "Declare the connection, or let a plan revoke the rule.",
        Fires: "group web\n  egress tcp/3306 to db\n  egress tcp/22 to db\ngroup db\n  ingress tcp/3306 from web\nconnections\n" + Sample,
        Quiet: "group web\n  egress tcp/3306 to db\ngroup db\n  ingress tcp/3306 from web\ngroup other\n  egress any to 0.0.0.0/0\nconnections\n" + Sample);

    private const string Sample = "version: 1\ngroups: {web: {sg: sg-web}, db: {sg: sg-db}}\nconnections: {web-to-db: {from: web, to: db, services: [tcp/3306], reason: orders}}\n";

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        if (group.Context.Declared.RulesOf(group.Group.Id) is not { } declared) return;
        var entriesOf = group.Context.Estate.Index.EntriesOf;
        var undeclared = new List<SecurityGroupRule>();
        var gaps = new List<string>();
        foreach (var direction in GroupDifference.Of(group.Group, declared).Undeclared.GroupBy(r => r.Direction))
        {
            ImmutableArray<RuleKey> wanted = [.. declared.Select(d => d.Key).Where(k => k.Direction == direction.Key)];
            var allowed = AllowedTraffic.Of(wanted, entriesOf);
            foreach (var rule in direction)
            {
                if (AllowedTraffic.Of([rule.Key], entriesOf).IsSubsetOf(allowed)) continue;
                if (GapFor(rule, wanted, group) is { } gap) gaps.Add(gap);
                else undeclared.Add(rule);
            }
        }

        if (undeclared.Count > 0)
        {
            sink.Report(this, group, $"{ListWords.Count(undeclared.Count, "rule")} of {group.Group.Id} {(undeclared.Count == 1 ? "is" : "are")} not declared: {ListWords.Of(undeclared.Select(r => r.Key.ToString()))}.", undeclared);
        }

        if (!group.Group.Malformed.IsEmpty || group.Context.Facts.HasMalformedRules(group.Group.Id)) gaps.Add("rules of the group are missing");
        if (gaps.Count > 0) sink.Doubt(this, group, gaps);
    }

    // A list that was not read may hold a rule's addresses, or lie inside declared blocks.
    private static string? GapFor(SecurityGroupRule rule, ImmutableArray<RuleKey> wanted, GroupFacts group)
    {
        if (rule.Peer is GroupPeer) return null;
        var meeting = wanted.Where(k => k.Peer is not GroupPeer && ServiceSet.Of(rule.Service).Overlaps(k.Service.Interval)).Select(k => k.Peer).ToList();
        if (meeting.Count == 0) return null;
        var unread = meeting.Append(rule.Peer).OfType<PrefixListPeer>().FirstOrDefault(l => group.Context.Facts.ListOf(l.PrefixList) is null);
        return unread is null ? null : $"{rule.Key}: the entries of prefix list {unread} were not read";
    }
}
