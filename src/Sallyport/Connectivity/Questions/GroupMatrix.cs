using Sallyport.Connectivity.Tables;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Questions;

/// <summary>
/// Every pair of groups with what gets through between some member of the one and some member of the other. Since
/// reach(a, b) is the union over the groups h of a and g of b of E_h(b) ∩ I_g(a), the pair (h, g) is E_h over g's members met
/// with I_g over h's members, and no pair of interfaces is ever made. Groups without members have no row.
/// An interface that carries both groups counts as a member of each.
/// </summary>
public sealed class GroupMatrix
{
    private static readonly IpFamily[] Families = [IpFamily.V4, IpFamily.V6];

    private readonly ConnectivityModel _model;
    private readonly ServicePool _pool;
    private readonly int[][] _membersAt;
    private readonly bool[] _hasV4;
    private readonly bool[] _hasV6;

    /// <summary>Of this model.</summary>
    public GroupMatrix(ConnectivityModel model)
    {
        _model = model;
        _pool = model.Pool;
        _membersAt = [.. model.Addresses.Places.Select(p => model.GroupsOf(p.Nic))];
        (_hasV4, _hasV6) = (new bool[model.Estate.NetworkInterfaces.Length], new bool[model.Estate.NetworkInterfaces.Length]);
        foreach (var place in model.Addresses.Places) (place.Family == IpFamily.V4 ? _hasV4 : _hasV6)[place.Nic] = true;
    }

    /// <summary>Pairs in the order of the groups' ids; lazily, one row of the matrix at a time.</summary>
    public IEnumerable<GroupPair> Pairs(CancellationToken cancellationToken = default)
    {
        var count = _model.GroupCount;
        var order = Enumerable.Range(0, count).OrderBy(g => _model.GroupId(g)).ToArray();

        // Rows are wide and mostly empty: whole ones of 25,000 groups would take gigabytes.
        var ingress = new (int[] Cells, int[] Sets)[count];
        for (var g = 0; g < count; g++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ingress[g] = _model.MembersOf(g).Length == 0 ? ([], []) : Filled(Row(Direction.Ingress, g));
        }

        foreach (var from in order)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_model.MembersOf(from).Length == 0) continue;
            var egress = Row(Direction.Egress, from);
            foreach (var to in order)
            {
                var services = ServicePool.Empty;
                foreach (var family in Families)
                {
                    var index = egress[Cell(to, family)] == ServicePool.Empty ? -1 : Array.BinarySearch(ingress[to].Cells, Cell(from, family));
                    if (index >= 0) services = _pool.Union(services, _pool.Intersect(egress[Cell(to, family)], ingress[to].Sets[index]));
                }

                if (services != ServicePool.Empty && IsOnlyItself(from, to)) continue;
                if (services != ServicePool.Empty) yield return new GroupPair(_model.GroupId(from), _model.GroupId(to), _pool[services]);
            }
        }
    }

    private static int Cell(int group, IpFamily family) => (2 * group) + (family == IpFamily.V4 ? 0 : 1);

    private static (int[] Cells, int[] Sets) Filled(int[] row)
    {
        var cells = Enumerable.Range(0, row.Length).Where(c => row[c] != ServicePool.Empty).ToArray();
        return (cells, Array.ConvertAll(cells, c => row[c]));
    }

    /// <summary>Groups that no known interface carries although interfaces were not read: they have no row in <see cref="Pairs"/>.</summary>
    public int UnreadGroups => Unread().Count();

    /// <summary>
    /// Pairs of which at least one group is among <see cref="UnreadGroups"/>, by the rules alone: one question a pair, so for few groups
    /// only.
    /// </summary>
    public IEnumerable<GroupPair> PairsByRules(CancellationToken cancellationToken = default)
    {
        var reacher = new Reacher(_model);
        var unread = Unread().ToHashSet();
        var groups = _model.Estate.SecurityGroups.Select(g => g.Id).Order().ToList();
        foreach (var from in groups)
        {
            foreach (var to in groups.Where(g => unread.Contains(from) || unread.Contains(g)))
            {
                var answer = reacher.Ask(new ReachQuestion(_model.OfGroup(from), _model.OfGroup(to)), cancellationToken);
                if (answer.NoPair is null && !answer.Allowed.IsEmpty) yield return new GroupPair(from, to, answer.Allowed);
            }
        }
    }

    private IEnumerable<SecurityGroupId> Unread() => _model.Estate.SecurityGroups
        .Select(g => g.Id).Where(g => _model.MemberGaps.AreIncomplete(g) && _model.MembersOf(_model.FindGroup(g)!.Value).Length == 0);

    private bool IsOnlyItself(int from, int to) =>
        WithAddress(from) is [var one] && WithAddress(to) is [var other] && one == other;

    private int[] WithAddress(int group) => [.. _model.MembersOf(group).Where(n => _hasV4[n] || _hasV6[n]).Take(2)];

    /// <summary>What one group lets through for some member of each group, by family: no packet leaves in one and arrives in the other.</summary>
    private int[] Row(Direction direction, int group)
    {
        var row = new int[2 * _model.GroupCount];
        var table = _model.Table(direction, group);
        foreach (var family in Families)
        {
            if (!_model.MembersOf(group).Any(n => Has(n, family))) continue;
            foreach (var (range, services) in table.Slabs(family))
            {
                if (services == ServicePool.Empty) continue;
                var places = _model.Addresses.Places;
                for (var i = _model.Addresses.FirstAtOrAfter(family, range.First); i < places.Length && places[i].Family == family && places[i].Range.First <= range.Last; i++) Add(row, family, _membersAt[i], services);
                foreach (var i in _model.Addresses.PrefixesOver(family, range.First)) Add(row, family, _membersAt[i], services);
            }
        }

        for (var i = 0; i < table.ReferenceGroups.Length; i++)
        {
            foreach (var nic in _model.MembersOf(table.ReferenceGroups[i]))
            {
                foreach (var family in Families)
                {
                    if (Has(nic, family) && IsLinked(direction, group, nic, family)) Add(row, family, _model.GroupsOf(nic), table.ReferenceSets[i]);
                }
            }
        }

        return row;
    }

    private bool Has(int nic, IpFamily family) => (family == IpFamily.V4 ? _hasV4 : _hasV6)[nic];

    private bool IsLinked(Direction direction, int group, int nic, IpFamily family) => _model.MembersOf(group).Any(near =>
        Has(near, family) && _model.Links.Between(_model.VpcOf(near), _model.VpcOf(nic)).Carries(direction) == true);

    private void Add(int[] row, IpFamily family, int[] groups, int services)
    {
        foreach (var group in groups)
        {
            ref var cell = ref row[Cell(group, family)];
            cell = _pool.Union(cell, services);
        }
    }
}
