using Sallyport.Estates;

namespace Sallyport.Auditing.Rules.Default;

/// <summary>SP-DEF-04: a rule of another group names a VPC's default group. Reported on the group that owns the rule.</summary>
internal sealed class DefaultGroupReferenced : AuditRule
{
    public override string Code => "SP-DEF-04";

    public override string Title => "Default SG referenced by another group";

    public override RuleFamily Family => RuleFamily.Default;

    public override FindingSeverity Severity => FindingSeverity.Medium;

    internal override bool JudgesRulesOf(SecurityGroup group) => true;

    public override RuleGuide Guide => new(
        What: "A rule of the group has another group as its peer that is a VPC's default group. Unknown when a peer group was not read.",
        Why: "Whatever is started without naming a group gets the default one, and with it the access that this rule gives.",
        Fix: "Give the callers a group of their own, name that, then revoke the rule.",
        Fires: "group default\ngroup db\n  ingress tcp/3306 from default",
        Quiet: "group default\n  ingress any from default\ngroup web\ngroup db\n  ingress tcp/3306 from web");

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        List<SecurityGroupRule>? offending = null;
        List<string>? gaps = null;
        var (estate, references) = (group.Context.Estate, group.Context.Estate.Index.References);
        var self = references.NumberOf(group.Group.Id);
        var (peers, rules) = references.Of(self);
        for (var i = 0; i < peers.Length; i++)
        {
            var peer = peers.Span[i];
            if (peer == self) continue;
            if (peer >= estate.SecurityGroups.Length) (gaps ??= []).Add($"group {references.IdOf(peer)} was not read");
            else if (estate.SecurityGroups[peer].IsDefault) (offending ??= []).Add(rules.Span[i]);
        }

        if (offending is not null) sink.Report(this, group, $"Rules of the group name a default group: {PeerWords.Of(offending)}.", offending);
        else if (gaps is not null) sink.Doubt(this, group, gaps);
    }
}
