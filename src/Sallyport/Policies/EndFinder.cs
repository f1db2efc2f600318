using System.Collections.Immutable;
using Sallyport.Connectivity;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Policies;

/// <summary>Makes the ends of a test from its names, in one estate.</summary>
/// <param name="model">The estate.</param>
/// <param name="isEffective">
/// True when routes and ACLs count: where a member to come will be is not known, so only groups without any member are then
/// judged by their rules.
/// </param>
internal sealed class EndFinder(ConnectivityModel model, bool isEffective)
{
    private readonly Dictionary<VpcId, Room> _rooms = [];

    public TestEnds Of(ImmutableArray<BoundEnd> ends) =>
        ends.Select(Of).Aggregate(new TestEnds(ConnectivityModel.Nobody("nobody"), TestEnds.Nobody), (a, b) => a.Union(b));

    public TestEnds Of(BoundEnd end)
    {
        if (end.IsEverybody)
        {
            return new TestEnds(model.Everybody(), isEffective ? TestEnds.Nobody : ToCome(model.Estate.SecurityGroups.Select(g => g.Id)));
        }

        var now = ConnectivityModel.Nobody(end.Name);
        foreach (var group in end.Groups) now = now.Union(model.OfGroup(group.Id) with { EmptyGroups = [] });
        var blocks = end.Cidrs.Concat(end.PrefixLists.SelectMany(l => model.Estate.Index.EntriesOf(l) is { } entries ? entries.Select(e => e.Cidr) : []));
        foreach (var block in blocks) now = now.Union(block.PrefixLength == 0 ? Internet(block.Family) : model.OfBlocks(end.Name, [block]));
        return new TestEnds(now, ToCome(end.Groups.Select(g => g.Id).Where(g => !isEffective || HasNoMember(g))));
    }

    /// <summary>True when no interface that was read carries the group.</summary>
    public bool HasNoMember(SecurityGroupId group) => !model.Estate.Index.MembersOf(group).Any(n => n.Addresses.Length > 0 || n.Prefixes.Length > 0);

    /// <summary>Why the ends are not wholly known: what is missing, and groups that unread interfaces may carry.</summary>
    public IEnumerable<string> GapsOf(IEnumerable<BoundEnd> ends) => ends.SelectMany(e => MissingOf([e]).Concat(UnreadMembersOf(e)));

    /// <summary>Groups and entries of lists that were not read at all.</summary>
    public IEnumerable<string> MissingOf(IEnumerable<BoundEnd> ends)
    {
        foreach (var end in ends)
        {
            foreach (var group in end.Groups.Where(g => !model.Estate.Index.Groups.ContainsKey(g.Id))) yield return $"group {end.Name} ({group.Id}{(group.Scope.IsUnknown ? string.Empty : $", {group.Scope}")}) was not read";
            foreach (var list in end.PrefixLists.Where(l => model.Estate.Index.EntriesOf(l) is null)) yield return $"the entries of prefix list {list} ({end.Name}) were not read";
        }
    }

    private IEnumerable<string> UnreadMembersOf(BoundEnd end) =>
        end.Groups.Where(g => model.Estate.Index.Groups.ContainsKey(g.Id) && model.MemberGaps.AreIncomplete(g.Id))
            .Select(g => $"the {g.Scope.Describe("interfaces")} were not read, so who carries {end.Name} ({g.Id}) is not known");

    private EndpointSet Internet(IpFamily family) => family == IpFamily.V4
        ? model.Internet() with { OutsideV6 = AddressSet.Empty(IpFamily.V6) }
        : model.Internet() with { OutsideV4 = AddressSet.Empty(IpFamily.V4) };

    private ImmutableSortedDictionary<FutureMember, Room> ToCome(IEnumerable<SecurityGroupId> groups)
    {
        var result = TestEnds.Nobody.ToBuilder();
        foreach (var id in groups)
        {
            if (!model.Estate.Index.Groups.TryGetValue(id, out var group)) continue;
            foreach (var vpc in VpcsOf(group))
            {
                if (RoomOf(vpc) is { IsEmpty: false } room) result[new FutureMember(id, vpc)] = room;
            }
        }

        return result.ToImmutable();
    }

    private IEnumerable<VpcId?> VpcsOf(SecurityGroup group) =>
        model.Estate.VpcAssociations.Where(a => a.Group == group.Id && a.State == "associated").Select(a => (VpcId?)a.Vpc).Prepend(group.Vpc).Distinct();

    private Room RoomOf(VpcId? vpc)
    {
        if (vpc is not { } id || !model.Estate.Index.Vpcs.TryGetValue(id, out var found) || found.Cidrs.IsEmpty)
        {
            return new Room(model.Unheld(IpFamily.V4), model.Unheld(IpFamily.V6), IsKnown: false);
        }

        if (!_rooms.TryGetValue(id, out var room)) _rooms[id] = room = new Room(Free(IpFamily.V4, found), Free(IpFamily.V6, found), IsKnown: true);
        return room;
    }

    private AddressSet Free(IpFamily family, Vpc vpc) => AddressSet.Of(family, vpc.Cidrs).Intersect(model.Unheld(family));
}
