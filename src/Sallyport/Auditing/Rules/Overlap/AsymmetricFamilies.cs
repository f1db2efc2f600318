using System.Collections.Immutable;
using Sallyport.Anomalies;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules.Overlap;

/// <summary>SP-OVL-06: a service is restricted in IPv4 and open to the world in IPv6, or forgotten in one family.</summary>
internal sealed class AsymmetricFamilies : AuditRule
{
    private static readonly ServiceSet Comparable = ServiceSet.Any.Subtract(
        ServiceSet.Of([Service.Create(Protocol.Icmp, -1, -1), Service.Create(Protocol.IcmpV6, -1, -1)]));

    public override string Code => "SP-OVL-06";

    public override string Title => "v4/v6 asymmetry";

    public override RuleFamily Family => RuleFamily.Overlap;

    public override FindingSeverity Severity => FindingSeverity.High;

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Estate, AuditNeed.Interfaces, AuditNeed.PrefixLists];

    public override RuleGuide Guide => new(
        What: "High: a service other than ICMP is open to the whole IPv6 Internet, while in IPv4 the group's rules restrict it, or nothing opens it on an interface with addresses of both families. Low: on such an interface a rule opens a service to the world in one family, and in the other it is closed or narrower. Rules for single blocks are not compared: nobody knows which blocks of two families belong together.",
        Why: "Scanners speak both families. A rule that was narrowed in IPv4 only protects nothing, and one that was written in IPv4 only fails clients that prefer IPv6.",
        Fix: "Write both families alike, or revoke the one that is not meant.",
        Fires: "group web\n  ingress tcp/22 from 10.0.0.0/8\n  ingress tcp/22 from ::/0",
        Quiet: "group web\n  ingress tcp/22 from 10.0.0.0/8\n  ingress tcp/22 from 2600:1f18::/56\n  ingress tcp/443 from ::/0\n  ingress tcp/443 from 0.0.0.0/0\ninterface eni-1 web 10.1.0.5 2600:1f18::5");

    internal override void CheckEstate(AuditContext context, AuditSink sink) => UnreadInterfaces.Doubt(this, context, sink);

    internal override void Prepare(AuditContext context) => context.Meaning.Prepare(AnomalyKind.FamilyAsymmetry);

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        if (group.Group.Rules.IsEmpty || (!MayDiffer(group) && !IsWiderIn6(group.Ingress) && !IsWiderIn6(group.Egress))) return;
        var gaps = new List<string>();
        var reported = new HashSet<RuleKey>();
        foreach (var direction in new[] { Direction.Ingress, Direction.Egress }) CompareByRules(group, direction, reported, gaps, sink);
        if (MayDiffer(group) && group.Members.Any(IsDualStack)) AddAsymmetries(group, reported, gaps, sink);
        if (gaps.Count > 0 && reported.Count == 0) sink.Doubt(this, group, gaps);
    }

    private void CompareByRules(GroupFacts group, Direction direction, HashSet<RuleKey> reported, List<string> gaps, AuditSink sink)
    {
        var facts = group.Of(direction);
        if (!IsWiderIn6(facts)) return;
        var restricted = ServiceSet.FromIntervals(facts.Rules
            .Where(r => r.Peer is GroupPeer || facts.AddressesOf(r, IpFamily.V4) is { IsEmpty: false }).Select(r => r.Service.Interval))
            .Intersect(Comparable).Subtract(facts.World(IpFamily.V4).World);
        if (restricted.IsEmpty) return;
        var open = facts.World(IpFamily.V6).World.Intersect(restricted);
        if (open.IsEmpty)
        {
            gaps.AddRange(facts.GapsFor(restricted));
            return;
        }

        var evidence = facts.RulesAt(facts.World(IpFamily.V6).EvidenceOf(open));
        foreach (var rule in evidence) reported.Add(rule.Key);
        sink.Report(
            this, group, $"{(direction == Direction.Ingress ? "Ingress" : "Egress")} of {ListWords.Of(open.ToServices().Select(s => s.ToString()))} is open to the whole IPv6 Internet, while rules for IPv4 restrict it.",
            evidence);
    }

    // Only what is open to the world in IPv6, or may be, can be restricted in IPv4.
    private static bool IsWiderIn6(DirectionFacts facts) =>
        facts.Rules.Length >= 2 && (!facts.World(IpFamily.V6).World.IsEmpty || facts.Doubts.Count > 0);

    private void AddAsymmetries(GroupFacts group, HashSet<RuleKey> reported, List<string> gaps, AuditSink sink)
    {
        var found = group.Context.Meaning.Anomalies(AnomalyKind.FamilyAsymmetry, group.Group);
        foreach (var anomaly in found.Anomalies)
        {
            var rule = anomaly.Rule!;
            var isWorldly6 = OpensTheWorld(group, rule, IpFamily.V6);
            if ((!isWorldly6 && !OpensTheWorld(group, rule, IpFamily.V4)) || !reported.Add(rule.Key)) continue;
            sink.Report(this, group, anomaly.Message, [rule], isWorldly6 ? FindingSeverity.High : FindingSeverity.Low, FindingBasis.Snapshot);
        }

        // That interfaces were not read is said once for all groups.
        gaps.AddRange(found.Doubts.Where(d => d.Rule is not null).Select(d => $"{d.Rule!.Key}: {d.Gap}"));
    }

    private static bool OpensTheWorld(GroupFacts group, SecurityGroupRule rule, IpFamily family)
    {
        var facts = group.Of(rule.Direction);
        return facts.AddressesOf(rule, family) is { IsEmpty: false } addresses && addresses.Overlaps(PublicSpace.WorldOf(family))
            && facts.World(family).World.Overlaps(rule.Service.Interval);
    }

    // What is not open to the world in this group alone, and not doubtful, makes no finding.
    private static bool MayDiffer(GroupFacts group) => MayDiffer(group.Ingress) || MayDiffer(group.Egress);

    private static bool MayDiffer(DirectionFacts facts) =>
        !facts.Rules.IsEmpty && (facts.Doubts.Count > 0 || !facts.World(IpFamily.V4).World.Equals(facts.World(IpFamily.V6).World));

    private static bool IsDualStack(NetworkInterface nic) => Has(nic, IpFamily.V4) && Has(nic, IpFamily.V6);

    private static bool Has(NetworkInterface nic, IpFamily family) => nic.Addresses.Any(a => a.Family == family) || nic.Prefixes.Any(p => p.Family == family);
}
