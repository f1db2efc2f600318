using System.Globalization;
using Sallyport.Connectivity;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Strategy;

/// <summary>Which labelled groups an ingress rule admits.</summary>
internal static class Sources
{
    /// <summary>
    /// Groups with one of the labels whose members the rule admits: the group it names, those carried beside it when it has no
    /// label of its own, or those with an address in its block in the same VPC. What cannot be told goes to
    /// <paramref name="gaps"/>.
    /// </summary>
    public static IEnumerable<LabelledGroup> Of(
        AuditContext context, LabelledGroups groups, SecurityGroup owner, SecurityGroupRule rule, IReadOnlyCollection<string> labels, List<string> gaps)
    {
        if (rule.Peer is GroupPeer peer) return IsGone(context, peer) ? [] : ByGroup(context, groups, peer, labels, gaps);
        if (owner.Vpc is not { } vpc || !groups.LabelsIn(vpc).Any(labels.Contains)) return [];
        if (rule.Peer is PrefixListPeer list && context.Facts.ListOf(list.PrefixList) is null)
        {
            gaps.Add($"the entries of prefix list {list.PrefixList} were not read");
            return [];
        }

        var found = new List<LabelledGroup>();
        foreach (var family in new[] { IpFamily.V4, IpFamily.V6 })
        {
            if (context.Facts.AddressesOf(rule.Peer, family) is not { IsEmpty: false } addresses) continue;
            foreach (var label in labels) found.AddRange(groups.At(vpc, label, addresses).Where(g => g.Group.Id != owner.Id));
            if (context.Facts.IsMissing(GapKind.NetworkInterfaces, owner.Scope)) gaps.Add($"{owner.Scope.Describe("interfaces")} were not read");
        }

        return found.DistinctBy(g => g.Group.Id);
    }

    /// <summary>True when a reference admits nobody: its peering is gone, or its group is, which EC2 shows by forgetting the owner.</summary>
    public static bool IsGone(AuditContext context, GroupPeer peer) => !GroupReference.IsAlive(peer)
        || (peer.Peering is not null && peer.Account is null && !context.Estate.Index.Groups.ContainsKey(peer.Group));

    /// <summary>A list cut short when it is very long.</summary>
    public static string List(IEnumerable<string> items)
    {
        const int Most = 5;
        var all = items.ToList();
        return all.Count <= Most ? string.Join(", ", all) : string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", all.Take(Most))} and {all.Count - Most} more");
    }

    private static IEnumerable<LabelledGroup> ByGroup(AuditContext context, LabelledGroups groups, GroupPeer peer, IReadOnlyCollection<string> labels, List<string> gaps)
    {
        if (context.Estate.Index.Groups.TryGetValue(peer.Group, out var far) && groups.DoubtOf(far) is { } doubt) gaps.Add($"of group {peer.Group} {doubt}");
        if (groups.Of(peer.Group) is { } own) return labels.Contains(own.Label) ? [own] : [];
        if (!context.Estate.Index.Groups.TryGetValue(peer.Group, out var named)) gaps.Add($"the tags of group {peer.Group} were not read");
        else if (context.Facts.IsMissing(GapKind.NetworkInterfaces, named.Scope) && labels.Any(groups.HasLabel)) gaps.Add($"{named.Scope.Describe("interfaces")} were not read");

        return groups.Beside(peer.Group).Where(g => labels.Contains(g.Label));
    }
}
