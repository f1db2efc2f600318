using Sallyport.Connectivity.Tables;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Differences;

/// <summary>
/// Finds every difference of flows between interfaces and addresses that no interface holds. There one side decides, and says the
/// same to every end of a class.
/// </summary>
internal sealed class OutsideComparer
{
    private readonly ConnectivityModel _old;
    private readonly ConnectivityModel _new;
    private readonly PairedEnds _ends;
    private readonly DeltaTables _deltas;
    private readonly ServiceAlgebra _sets;
    private readonly bool _gapsDiffer;

    public OutsideComparer(ConnectivityModel old, ConnectivityModel @new, PairedEnds ends, DeltaTables deltas, ServiceAlgebra sets)
    {
        (_old, _new, _ends, _deltas, _sets) = (old, @new, ends, deltas, sets);
        _gapsDiffer = deltas.HasLinks || !old.Estate.VpcAssociations.SequenceEqual(@new.Estate.VpcAssociations) || UnreadGroups(old).SequenceEqual(UnreadGroups(@new)) is false || new[] { IpFamily.V4, IpFamily.V6 }.Any(f =>
            !old.MemberGaps.Hidden(f).Equals(@new.MemberGaps.Hidden(f)) || !old.MemberGaps.Edges(f).SequenceEqual(@new.MemberGaps.Edges(f)));
    }

    /// <summary>The differences of one class in one direction: ingress is what comes from outside, egress what goes there.</summary>
    public IEnumerable<(AddressRange Range, int Added, int Removed, int Unknown)> Compare(EndClass near, Direction direction)
    {
        var regions = RegionsOf(near, direction);
        if (regions.IsEmpty) yield break;
        var doubts = _deltas.DoubtsOf(direction, near);
        foreach (var piece in Pieces(near, direction, regions))
        {
            if (_ends.IsHeldWholly(near.Family, piece)) continue;
            var (oldAllowed, oldPossible) = Side(_old, near.Old, direction, near.Family, piece.First);
            var (newAllowed, newPossible) = Side(_new, near.New, direction, near.Family, piece.First);
            var (added, removed, unknown) = new FlowState(oldAllowed, oldPossible, newAllowed, newPossible).Compare(doubts, _sets);
            if (direction == Direction.Egress && piece.First == piece.Last && UnfilteredTo(near, new Address(near.Family, piece.First)) is { } never)
            {
                (added, removed, unknown) = (_sets.Subtract(added, never), _sets.Subtract(removed, never), _sets.Subtract(unknown, never));
            }

            if ((added | removed | unknown) != ServicePool.Empty) yield return (piece, added, removed, unknown);
        }
    }

    private AddressSet RegionsOf(EndClass near, Direction direction)
    {
        if (near.IsChanged || _gapsDiffer) return AddressSet.Full(near.Family);
        var result = AddressSet.Empty(near.Family);
        foreach (var group in near.Groups)
        {
            if (_deltas.Of(direction, group) is not { } delta) continue;
            if (delta.OutsideDoubts) return AddressSet.Full(near.Family);
            result = result.Union(AddressSet.FromRanges(near.Family, delta.Of(near.Family).Select(s => s.Range)));
        }

        return result;
    }

    private IEnumerable<AddressRange> Pieces(EndClass near, Direction direction, AddressSet regions)
    {
        var cuts = new List<AddressNumber>();
        foreach (var isNew in new[] { false, true })
        {
            var model = isNew ? _new : _old;
            var hasDoubts = false;
            foreach (var group in near.State(isNew).Groups ?? [])
            {
                var table = model.Table(direction, group);
                hasDoubts |= table.DoubtfulReferences.Length > 0;
                foreach (var (range, _) in table.Slabs(near.Family)) cuts.Add(range.First);
            }

            foreach (var range in model.MemberGaps.Hidden(near.Family).Ranges) AddEdges(range.First, range.Last);
            if (hasDoubts) foreach (var edge in model.MemberGaps.Edges(near.Family)) AddEdges(edge.Bits, edge.Last.Bits);
        }

        cuts.Sort();
        var next = 0;
        foreach (var region in regions.Ranges)
        {
            var first = region.First;
            while (next < cuts.Count && cuts[next] <= first) next++;
            for (; next < cuts.Count && cuts[next] <= region.Last; next++)
            {
                if (cuts[next] == first) continue;
                yield return new AddressRange(first, cuts[next] - 1);
                first = cuts[next];
            }

            yield return new AddressRange(first, region.Last);
        }

        void AddEdges(AddressNumber first, AddressNumber last)
        {
            cuts.Add(first);
            if (last != Address.Max(near.Family)) cuts.Add(last + 1);
        }
    }

    private (int Allowed, int Possible) Side(ConnectivityModel model, EndState near, Direction direction, IpFamily family, AddressNumber bits)
    {
        if (!near.Exists) return (ServicePool.Empty, ServicePool.Empty);
        var (allowed, doubt) = (ServicePool.Empty, ServicePool.Empty);
        if (near.Groups!.Length == 0) allowed = ServicePool.Any;
        else model.AddSide(direction, near.Groups, near.Vpc, new Far(null, -1, family, bits), ref allowed, ref doubt);
        var address = new Address(family, bits);

        // An address in a VPC whose interfaces were not read may be an interface with groups of its own.
        if (model.MemberGaps.IsHidden(address)) (allowed, doubt) = (ServicePool.Empty, _sets.Union(allowed, doubt));
        return (allowed, _sets.Union(allowed, doubt));
    }

    // What no group filters is no difference of groups, not even for an interface that came or went. A rule for such an address alone is
    // therefore none; within a larger block the address stays, rather than five exceptions to every 0.0.0.0/0.
    private int? UnfilteredTo(EndClass near, Address address)
    {
        var (before, after) = (UnfilteredServices.To(address, VpcOf(_old, near.Old)), UnfilteredServices.To(address, VpcOf(_new, near.New)));
        return before.IsEmpty && after.IsEmpty ? null : _sets.Intern(before.Union(after));
    }

    private static Vpc? VpcOf(ConnectivityModel model, EndState near) =>
        near.Exists && near.Vpc >= 0 && model.Estate.Index.Vpcs.TryGetValue(model.Links.Vpcs[near.Vpc], out var vpc) ? vpc : null;

    // Where members of a group may be that was not read is told by the references to it.
    private static IEnumerable<(SecurityGroupId, VpcId?)> UnreadGroups(ConnectivityModel model) =>
        Enumerable.Range(0, model.GroupCount).Where(g => model.MemberGaps.AreIncomplete(model.GroupId(g))).Select(g => (model.GroupId(g), model.GroupVpc(g))).Order();
}
