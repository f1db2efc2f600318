using Sallyport.Auditing.Links;
using Sallyport.Estates;

namespace Sallyport.Auditing.Rules.Overlap;

/// <summary>SP-OVL-07: groups that lead back to themselves, or to groups that no declaration lets them reach.</summary>
internal sealed class ReferenceCycle : AuditRule
{
    private const int MostNamed = 20;

    public override string Code => "SP-OVL-07";

    public override string Title => "Reference cycle / wide closure";

    public override RuleFamily Family => RuleFamily.Overlap;

    public override FindingSeverity Severity => FindingSeverity.Medium;

    public override RuleGuide Guide => new(
        What: "References that both sides write lead from a group over at least one other group back to it; reported once for each set of such groups, on the first of them by id. With a connections file also: from a managed group over groups that the file does not name to another managed group, which the declared connections do not reach in any number of steps.",
        Why: "Whoever holds one group of a cycle can work its way to all of them, and a detour over a group that nobody declared undoes what the file separates.",
        Fix: "Revoke the reference that closes the cycle or opens the detour, or declare it.",
        Fires: "group web\n  egress tcp/8080 to app\n  ingress tcp/9000 from db\ngroup app\n  ingress tcp/8080 from web\n  egress tcp/3306 to db\ngroup db\n  ingress tcp/3306 from app\n  egress tcp/9000 to web",
        Quiet: "group web\n  egress tcp/8080 to app\n  ingress any from web\n  egress any to web\ngroup app\n  ingress tcp/8080 from web\n  egress tcp/3306 to db\ngroup db\n  ingress tcp/3306 from app\n  egress tcp/9000 to web");

    internal override bool BeginsEarly => true;

    internal override void Prepare(AuditContext context) => _ = context.Links;

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        var links = group.Context.Links;
        if (links.CycleFrom(group.Group.Id) is { } cycle) ReportCycle(group, cycle, links, sink);
        if (group.Context.Connections is not null && group.Context.Declared.WhyNotCompiled is null) CheckDetours(group, links, sink);
    }

    private void ReportCycle(GroupFacts group, IReadOnlyList<SecurityGroupId> cycle, ReferenceLinks links, AuditSink sink)
    {
        var inside = cycle.ToHashSet();
        var path = CycleFinder.ShortestFrom(group.Group.Id, cycle, links.TargetsOf);
        var message = $"{Way(path)} leads back to where it starts."
            + (path.Count - 1 < cycle.Count ? $" {ListWords.Count(cycle.Count, "group")} reach each other this way." : string.Empty);
        sink.Report(this, group, message, RulesTo(group, inside.Contains, links));
    }

    // Of a long way its beginning and its end.
    private static string Way(IReadOnlyList<SecurityGroupId> path) => path.Count <= MostNamed
        ? string.Join(" -> ", path)
        : $"{string.Join(" -> ", path.Take(MostNamed - 1))} -> ({ListWords.Count(path.Count - MostNamed, "more group")}) -> {path[^1]}";

    private void CheckDetours(GroupFacts group, ReferenceLinks links, AuditSink sink)
    {
        var declared = group.Context.Declared;
        if (declared.RulesOf(group.Group.Id) is null) return;
        HashSet<SecurityGroupId>? reachable = null;
        var firstSteps = new HashSet<SecurityGroupId>();
        IReadOnlyList<SecurityGroupId>? example = null;
        foreach (var first in links.TargetsOf(group.Group.Id))
        {
            if (declared.IsNamed(first)) continue;
            foreach (var path in PathsOver(group.Group.Id, first, links, declared.IsNamed))
            {
                reachable ??= declared.ReachableFrom(group.Group.Id);
                if (reachable.Contains(path[^1])) continue;
                firstSteps.Add(first);
                example ??= path;
            }
        }

        if (example is null) return;
        sink.Report(this, group, $"{Way(example)} is a way that no declared connection allows.", RulesTo(group, firstSteps.Contains, links));
    }

    /// <summary>One way to each named group that is reached from a first step over groups that nobody named.</summary>
    private static IEnumerable<IReadOnlyList<SecurityGroupId>> PathsOver(
        SecurityGroupId start, SecurityGroupId first, ReferenceLinks links, Func<SecurityGroupId, bool> isNamed)
    {
        var before = new Dictionary<SecurityGroupId, SecurityGroupId> { [first] = start };
        var waiting = new Queue<SecurityGroupId>([first]);
        while (waiting.TryDequeue(out var group))
        {
            foreach (var target in links.TargetsOf(group))
            {
                if (target == start || !before.TryAdd(target, group)) continue;
                if (!isNamed(target))
                {
                    waiting.Enqueue(target);
                    continue;
                }

                var path = new List<SecurityGroupId> { target };
                while (path[^1] != start) path.Add(before[path[^1]]);
                path.Reverse();
                yield return path;
            }
        }
    }

    private static IEnumerable<SecurityGroupRule> RulesTo(GroupFacts group, Func<SecurityGroupId, bool> isWanted, ReferenceLinks links) =>
        group.Egress.Rules.Where(r => r.Peer is GroupPeer { Group: var peer } && peer != group.Group.Id && isWanted(peer)
            && links.Between(group.Group.Id, peer).Overlaps(r.Service.Interval));
}
