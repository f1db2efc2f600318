using System.Collections.Immutable;
using Sallyport.Connectivity.Tables;
using Sallyport.Estates;

namespace Sallyport.Connectivity.Differences;

/// <summary>Names the gaps that flows between some groups hang on.</summary>
internal sealed class DecidingGaps(ConnectivityModel old, ConnectivityModel @new, PairedEnds ends)
{
    /// <summary>The gaps of a box, of both estates, each once.</summary>
    public ImmutableArray<EstateGap> Of(FlowBox box)
    {
        var result = new HashSet<EstateGap>();
        foreach (var isNew in new[] { false, true })
        {
            var model = isNew ? @new : old;
            AddGroups(result, model, GroupsOf(box.From, isNew), Direction.Egress);
            AddGroups(result, model, GroupsOf(box.To, isNew), Direction.Ingress);
            var isOutside = box.FromOutside is not null || box.ToOutside is not null;
            result.UnionWith(model.Estate.Gaps.Where(g => isOutside
                ? g.What is GapKind.NetworkInterfaces or GapKind.Scope
                : g.What is GapKind.Peerings or GapKind.TransitGateways or GapKind.Scope));
        }

        return [.. result.OrderBy(g => g.What).ThenBy(g => g.Where, StringComparer.Ordinal).ThenBy(g => g.Why, StringComparer.Ordinal)];
    }

    private IEnumerable<int> GroupsOf(int[] set, bool isNew) =>
        set.Select(e => ends.Ends[e].Class).Distinct().SelectMany(c => ends.Classes[c].State(isNew).Groups ?? []).Distinct();

    private static void AddGroups(HashSet<EstateGap> result, ConnectivityModel model, IEnumerable<int> groups, Direction direction)
    {
        foreach (var group in groups)
        {
            if (model.Table(direction, group).DoubtAlways == ServicePool.Empty) continue;
            var id = model.GroupId(group);
            if (!model.Estate.Index.Groups.TryGetValue(id, out var known))
            {
                result.Add(new EstateGap(GapKind.SecurityGroups, id.Value, "The group was not read."));
                continue;
            }

            var lists = known.Rules.Where(r => r.Direction == direction).Select(r => r.Peer).OfType<PrefixListPeer>().Select(p => p.PrefixList.Value).ToHashSet(StringComparer.Ordinal);
            result.UnionWith(model.Estate.Gaps.Where(g => (g.What == GapKind.Rules && (g.Where.Length == 0 || g.Where == id.Value || g.Where == known.Scope.ToString())) || (g.What == GapKind.PrefixLists && (lists.Contains(g.Where) || (lists.Count > 0 && (g.Where.Length == 0 || g.Where == known.Scope.ToString()))))));
        }
    }
}
