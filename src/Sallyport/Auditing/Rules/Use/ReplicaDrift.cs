using System.Collections.Immutable;
using Sallyport.Auditing.Parameters;
using Sallyport.Auditing.Strategy;
using Sallyport.Estates;
using Sallyport.Reachability;

namespace Sallyport.Auditing.Rules.Use;

/// <summary>SP-USE-08: a copy of a group no longer allows what the group allows.</summary>
internal sealed class ReplicaDrift : AuditRule
{
    private static readonly Peer Self = new GroupPeer(new SecurityGroupId("self"));

    public override string Code => "SP-USE-08";

    public override string Title => "Replica drift";

    public override RuleFamily Family => RuleFamily.Use;

    public override FindingSeverity Severity => FindingSeverity.High;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.ReplicaTag];

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Estate, AuditNeed.PrefixLists, AuditNeed.Configuration];

    public override RuleGuide Guide => new(
        What: "A tag of replica.tag says which group this one is a copy of, by id or name, and the two do not allow the same. Prefix lists count as their entries, and each group's rules for itself as the same.",
        Why: "Whoever changed the copy by hand opened or closed something that the original was meant to decide.",
        Fix: "Revoke what the copy has beyond the original, and authorize what it lacks.",
        Fires: "set replica.tag replica-of\ngroup base\n  ingress tcp/443 from 10.0.0.0/8\ngroup base-b in vpc-b tag replica-of=base\n  ingress tcp/443 from 10.0.0.0/8\n  ingress tcp/22 from 10.0.0.0/8",
        Quiet: "set replica.tag replica-of\ngroup base\n  ingress tcp/443 from 10.0.0.0/8\n  ingress any from base\ngroup base-b in vpc-b tag replica-of=base\n  ingress tcp/443 from 10.0.0.0/8\n  ingress any from base-b");

    internal override string? WhyNotAssessed(AuditContext context) =>
        context.Parameters.Get(AuditParameters.ReplicaTag).IsEmpty ? "needs configuration: replica.tag" : null;

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        if (group.Context.Parameters.Get(AuditParameters.ReplicaTag).ValueIn(group.Group.Tags) is not { } name)
        {
            if (group.Context.Parameters.Get(AuditParameters.ReplicaTag).DoubtIn(group.Group.Tags) is { } doubt) sink.Doubt(this, group, [doubt]);
            return;
        }

        var originals = group.Context.Strategy.ByName[name].Where(g => g.Id != group.Group.Id).ToList();
        if (originals is not [var original])
        {
            sink.Doubt(this, group, [originals.Count == 0 ? $"the group \"{name}\" that it is a copy of was not read" : $"{originals.Count} groups are called \"{name}\""]);
            return;
        }

        var evidence = new List<SecurityGroupRule>();
        var lacks = new List<string>();
        foreach (var direction in new[] { Direction.Ingress, Direction.Egress })
        {
            var (copy, primary) = (Traffic(group, group.Group, direction), Traffic(group, original, direction));
            if (copy.Equals(primary)) continue;
            evidence.AddRange(group.Group.RulesOf(direction).Where(r => !Traffic(group, [Neutral(r, group.Group)]).IsSubsetOf(primary)));
            lacks.AddRange(original.RulesOf(direction).Where(r => !Traffic(group, [Neutral(r, original)]).IsSubsetOf(copy)).Select(r => r.Key.ToString()));
        }

        if (evidence.Count > 0 || lacks.Count > 0)
        {
            var more = evidence.Count > 0 ? $" It has {evidence.Count} rule{(evidence.Count == 1 ? string.Empty : "s")} beyond it." : string.Empty;
            var less = lacks.Count > 0 ? $" It lacks {string.Join(", ", lacks)}." : string.Empty;
            sink.Report(this, group, $"The group is a copy of {original.Id} ({original.Name}) and does not allow the same.{more}{less}", evidence);
        }
        else if (!group.Group.Malformed.IsEmpty || !original.Malformed.IsEmpty)
        {
            sink.Doubt(this, group, ["some rules were not understood"]);
        }
    }

    private static RuleKey Neutral(SecurityGroupRule rule, SecurityGroup owner) =>
        rule.Peer is GroupPeer peer && peer.Group == owner.Id ? new RuleKey(rule.Direction, rule.Service, Self) : rule.Key;

    private static AllowedTraffic Traffic(GroupFacts group, SecurityGroup owner, Direction direction) =>
        Traffic(group, owner.RulesOf(direction).Select(r => Neutral(r, owner)));

    private static AllowedTraffic Traffic(GroupFacts group, IEnumerable<RuleKey> rules) => AllowedTraffic.Of(rules, group.Context.Estate.Index.EntriesOf);
}
