using System.Collections.Immutable;
using Sallyport.Auditing.Parameters;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules.Overlap;

/// <summary>SP-OVL-05: what a world or administration finding names is also open through another group of the same interfaces.</summary>
internal sealed class RevocationWithoutEffect : AuditRule
{
    private const int MostRules = 50;

    public override string Code => "SP-OVL-05";

    public override string Title => "Revocation has no effect";

    public override RuleFamily Family => RuleFamily.Overlap;

    public override FindingSeverity Severity => FindingSeverity.Medium;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.AdminTcp, AuditParameters.AdminUdp, AuditParameters.WorldTcp, AuditParameters.WorldUdp];

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Estate, AuditNeed.Interfaces, AuditNeed.PrefixLists];

    public override RuleGuide Guide => new(
        What: "Ingress of the group is open to the world on a service that SP-ING-01, -02 or -06 objects to, and an interface that carries the group carries another group that opens the same service to the world in the same family.",
        Why: "Whoever revokes the rules of one group only has not closed the port.",
        Fix: "Revoke the whole set that the finding lists.",
        Fires: "group web\n  ingress tcp/22 from 0.0.0.0/0\ngroup old\n  ingress tcp/20-25 from 0.0.0.0/0\ninterface eni-1 web,old 10.1.0.5",
        Quiet: "group web\n  ingress tcp/22 from 0.0.0.0/0\ngroup old\n  ingress tcp/20-25 from 10.0.0.0/8\ninterface eni-1 web,old 10.1.0.5");

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        var open = (V4: OpenIn(group.Ingress, group.Context, IpFamily.V4), V6: OpenIn(group.Ingress, group.Context, IpFamily.V6));
        if (open.V4.IsEmpty && open.V6.IsEmpty) return;
        var gaps = new List<string>();
        var covers = new SortedDictionary<SecurityGroupId, Cover>();
        foreach (var id in group.Members.SelectMany(m => m.Groups).Distinct())
        {
            if (id == group.Group.Id) continue;
            if (!group.Context.Estate.Index.Groups.TryGetValue(id, out var other))
            {
                gaps.Add($"group {id}, which shares interfaces with it, is not in the estate");
                continue;
            }

            var facts = group.Context.Meaning.IngressOf(other);
            var cover = new Cover(facts, facts.World(IpFamily.V4).World.Intersect(open.V4), facts.World(IpFamily.V6).World.Intersect(open.V6));
            if (!cover.V4.IsEmpty || !cover.V6.IsEmpty) covers.Add(id, cover);
            else gaps.AddRange(facts.GapsFor(open.V4.Union(open.V6)));
        }

        if (covers.Count > 0) Report(group, covers, sink);
        else if (gaps.Count > 0) sink.Doubt(this, group, gaps);
        else if (UnreadInterfaces.AreMissing(group.Context, group.Group.Scope)) sink.Doubt(this, group, [$"{group.Group.Scope.Describe("interfaces")} were not read"]);
    }

    private void Report(GroupFacts group, SortedDictionary<SecurityGroupId, Cover> covers, AuditSink sink)
    {
        var (v4, v6) = (ServiceSet.Empty, ServiceSet.Empty);
        foreach (var cover in covers.Values) (v4, v6) = (v4.Union(cover.V4), v6.Union(cover.V6));
        var facts = group.Ingress;
        var evidence = facts.RulesAt(facts.World(IpFamily.V4).EvidenceOf(v4).Concat(facts.World(IpFamily.V6).EvidenceOf(v6)));
        var shared = group.Members.Count(m => m.Groups.Any(covers.ContainsKey));
        var others = ListWords.Of(covers.SelectMany(c => c.Value.Rules.Select(r => $"{c.Key} {EvidenceAtom.Of(r)}")), MostRules, "; ");
        sink.Report(
            this, group,
            $"Revoking {ListWords.Of(evidence.Select(r => r.Key.ToString()), MostRules)} alone leaves {v4.Union(v6)} open to the world on {shared} of {ListWords.Count(group.Members.Count, "interface")} of {group.Group.Id}, which also {(group.Members.Count == 1 ? "carries" : "carry")} others. Revoke these too: {others}.",
            evidence, basis: FindingBasis.Snapshot);
    }

    private static ServiceSet OpenIn(DirectionFacts facts, AuditContext context, IpFamily family) =>
        facts.Rules.IsEmpty ? ServiceSet.Empty : facts.World(family).World.Intersect(context.Meaning.Flagged);

    private sealed record Cover(DirectionFacts Facts, ServiceSet V4, ServiceSet V6)
    {
        public IReadOnlyList<SecurityGroupRule> Rules =>
            Facts.RulesAt(Facts.World(IpFamily.V4).EvidenceOf(V4).Concat(Facts.World(IpFamily.V6).EvidenceOf(V6)));
    }
}
