using System.Collections.Immutable;
using Sallyport.Anomalies.Peers;
using Sallyport.Connectivity;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules.Egress;

/// <summary>SP-EGR-12: an egress rule leads to a group or a private block that no route leads to.</summary>
internal sealed class UnroutedEgress : AuditRule
{
    private static readonly ImmutableArray<IpFamily> Families = [IpFamily.V4, IpFamily.V6];

    public override string Code => "SP-EGR-12";

    public override string Title => "Egress to group/CIDR outside VPC reach";

    public override RuleFamily Family => RuleFamily.Egress;

    public override FindingSeverity Severity => FindingSeverity.Low;

    public override ImmutableArray<AuditNeed> Needs =>
        [AuditNeed.Estate, AuditNeed.Interfaces, AuditNeed.Vpcs, AuditNeed.Routes, AuditNeed.PrefixLists, AuditNeed.Peerings];

    public override RuleGuide Guide => new(
        What: "An egress rule names a group of another VPC that no active peering and no transit gateway connects with this one, or to whose blocks no interface of the group has a route; or private blocks to which none has a route. References over a dead peering belong to SP-REF-01, public blocks to SP-EGR-01.",
        Why: "The rule does nothing today and opens a way on the day when somebody adds the route.",
        Fix: "Revoke it, or add the peering or route if the connection is wanted.",
        Fires: "group web\n  egress tcp/443 to 10.9.0.0/16\nroute subnet-a 10.1.0.0/16 local\ninterface eni-1 web 10.1.0.5 in subnet-a",
        Quiet: "group web\n  egress tcp/443 to 10.2.0.0/16\npeering pcx-1 vpc-a vpc-b\nroute subnet-a 10.2.0.0/16 pcx-1\ninterface eni-1 web 10.1.0.5 in subnet-a");

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        List<SecurityGroupRule>? offending = null;
        var gaps = new SortedSet<string>(StringComparer.Ordinal);
        var places = new Lazy<List<NetworkInterface>>(() => [.. group.Members.DistinctBy(m => m.Subnet is { } subnet ? (m.Vpc, subnet.Value) : (m.Vpc, m.Id.Value))]);
        foreach (var rule in group.Egress.Rules)
        {
            var isRouted = rule.Peer switch
            {
                GroupPeer peer => IsRouted(group, peer, places, rule, gaps),
                CidrPeer { Cidr: var block } => !RoutedSpace.IsPrivate(block) || IsRouted(group, [block], places, rule, gaps),
                PrefixListPeer list => IsRouted(group, list, places, rule, gaps),
                _ => true,
            };
            if (!isRouted) (offending ??= []).Add(rule);
        }

        if (offending is not null)
        {
            sink.Report(this, group, $"No route leads from {group.Group.Id} to where {ListWords.Of(offending.Select(r => r.Key.ToString()))} {(offending.Count == 1 ? "goes" : "go")}.", offending, basis: FindingBasis.Snapshot);
        }

        if (gaps.Count > 0) sink.Doubt(this, group, gaps);
    }

    // What is not known counts as routed, and is told as a gap.
    private static bool IsRouted(GroupFacts group, GroupPeer peer, Lazy<List<NetworkInterface>> places, SecurityGroupRule rule, SortedSet<string> gaps)
    {
        var context = group.Context;
        if (!GroupReference.IsAlive(peer) || !context.Estate.Index.Groups.TryGetValue(peer.Group, out var far)) return true;
        if (group.Group.Vpc is not { } home || far.Vpc is not { } away || home == away) return true;
        var link = peer.PeeringStatus is not null ? true : AreLinked(context, group.Group.Id, home, far.Id, away);
        if (link is false) return false;
        if (link is null)
        {
            gaps.Add($"{rule.Key}: peerings or transit gateways were not read");
            return true;
        }

        var blocks = context.Facts.VpcsOf(far).SelectMany(v => v.Cidrs).ToImmutableArray();
        if (!blocks.IsEmpty) return IsRouted(group, blocks, places, rule, gaps);
        if (group.Members.Count > 0 || UnreadInterfaces.AreMissing(context, group.Group.Scope)) gaps.Add($"{rule.Key}: the blocks of {away} were not read");
        return true;
    }

    private static bool IsRouted(GroupFacts group, PrefixListPeer list, Lazy<List<NetworkInterface>> places, SecurityGroupRule rule, SortedSet<string> gaps)
    {
        if (group.Context.Facts.ListOf(list.PrefixList) is not { } facts)
        {
            // AWS's own lists are of services with public addresses.
            var isPublic = group.Context.Estate.Index.PrefixLists.TryGetValue(list.PrefixList, out var known) && known.IsAwsManaged;
            if (group.Members.Count > 0 && !isPublic) gaps.Add($"{rule.Key}: the entries of prefix list {list} were not read");
            return true;
        }

        return facts.Blocks.IsEmpty || !facts.Blocks.All(RoutedSpace.IsPrivate) || IsRouted(group, facts.Blocks, places, rule, gaps);
    }

    private static bool IsRouted(GroupFacts group, ImmutableArray<Cidr> blocks, Lazy<List<NetworkInterface>> places, SecurityGroupRule rule, SortedSet<string> gaps)
    {
        var isIncomplete = UnreadInterfaces.AreMissing(group.Context, group.Group.Scope);
        if (group.Members.Count == 0 && !isIncomplete) return true;
        string? gap = isIncomplete ? $"{group.Group.Scope.Describe("interfaces")} were not read" : null;
        foreach (var place in places.Value)
        {
            foreach (var family in Families)
            {
                if (!blocks.Any(b => b.Family == family)) continue;
                var (known, reason) = group.Context.Meaning.Routed.To(place, family);
                if (blocks.Any(b => b.Family == family && known.Overlaps(new AddressRange(b.Bits, b.Last.Bits)))) return true;
                gap ??= reason;
            }
        }

        if (gap is null) return false;
        gaps.Add($"{rule.Key}: {gap}");
        return true;
    }

    private static bool? AreLinked(AuditContext context, SecurityGroupId near, VpcId home, SecurityGroupId far, VpcId away)
    {
        bool? answer = false;
        foreach (var a in context.Facts.VpcIdsOf(near).Append(home))
        {
            foreach (var b in context.Facts.VpcIdsOf(far).Append(away))
            {
                var link = context.Meaning.Traffic.AreLinked(a, b);
                if (link is true) return true;
                answer = link is null ? null : answer;
            }
        }

        return answer;
    }
}
