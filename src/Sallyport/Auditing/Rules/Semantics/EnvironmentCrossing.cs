using System.Collections.Immutable;
using Sallyport.Auditing.Parameters;
using Sallyport.Auditing.Strategy;
using Sallyport.Estates;

namespace Sallyport.Auditing.Rules.Semantics;

/// <summary>SP-SEM-05: production admits what is not production.</summary>
internal sealed class EnvironmentCrossing : AuditRule
{
    public override string Code => "SP-SEM-05";

    public override string Title => "Environment crossing";

    public override RuleFamily Family => RuleFamily.Semantic;

    public override FindingSeverity Severity => FindingSeverity.High;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.EnvironmentTag, AuditParameters.ProductionNames, AuditParameters.EnvironmentAccounts];

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Estate, AuditNeed.Interfaces, AuditNeed.PrefixLists, AuditNeed.Vpcs];

    public override RuleGuide Guide => new(
        What: "A group of production (env.production) has an ingress rule for a group of another environment, or one that is carried beside such a group; for a block that holds an address of such a group's members in the same VPC; or for a block inside a VPC that is known not to be production. An environment is what env.tag of the group says, else of its VPC, else what env.accounts says of its account. Where none says anything, nothing is said.",
        Why: "Development is where everybody may do anything: what it can reach is as safe as it is.",
        Fix: "Revoke the rule, and copy what development needs out of production.",
        Fires: "group shop tag env=prod\n  ingress tcp/443 from trial\ngroup trial tag env=dev",
        Quiet: "group shop tag env=prod\n  ingress tcp/443 from front\ngroup front tag env=production\ngroup trial tag env=dev\n  ingress tcp/443 from shop");

    internal override string? WhyNotAssessed(AuditContext context)
    {
        var environments = context.Strategy.Environments;
        return environments.IsEmpty ? $"no group or VPC has a tag {string.Join(" or ", context.Parameters.Get(AuditParameters.EnvironmentTag))}, and env.accounts is empty" : null;
    }

    internal override void Prepare(AuditContext context) => _ = context.Strategy.Environments.Groups;

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        var environments = group.Context.Strategy.Environments;
        if (environments.Groups.Of(group.Group.Id) is not { } own)
        {
            if (environments.Groups.DoubtOf(group.Group) is { } doubt) sink.Doubt(this, group, [doubt]);
            return;
        }

        if (!environments.IsProduction(own.Label)) return;
        var evidence = new List<SecurityGroupRule>();
        var crossing = new SortedSet<string>(StringComparer.Ordinal);
        var gaps = new List<string>();
        foreach (var rule in group.Ingress.Rules)
        {
            var names = Crossing(group, environments, rule, gaps);
            if (names.Count == 0) continue;
            evidence.Add(rule);
            crossing.UnionWith(names);
        }

        if (evidence.Count > 0)
        {
            sink.Report(this, group, $"Production ({own.Label}) admits {Sources.List(crossing)}.", evidence, basis: FindingBasis.Snapshot);
        }
        else if (gaps.Count > 0)
        {
            sink.Doubt(this, group, gaps);
        }
    }

    private static List<string> Crossing(GroupFacts group, EnvironmentIndex environments, SecurityGroupRule rule, List<string> gaps)
    {
        // A group of another account may be known by its account alone.
        if (rule.Peer is GroupPeer peer && !Sources.IsGone(group.Context, peer) && !group.Context.Estate.Index.Groups.ContainsKey(peer.Group)
            && peer.Account is { } account && environments.OfAccount(account) is { } label)
        {
            return environments.IsProduction(label) ? [] : [$"{peer.Group} ({label})"];
        }

        var others = environments.Others;
        var found = Sources.Of(group.Context, environments.Groups, group.Group, rule, others, gaps).Select(s => $"{s.Group.Id} ({s.Label})").ToList();
        foreach (var block in group.Context.Facts.BlocksOf(rule.Peer) ?? [])
        {
            if (environments.NonProductionAt(block) is { } environment) found.Add($"{block} ({environment})");
        }

        return found;
    }
}
