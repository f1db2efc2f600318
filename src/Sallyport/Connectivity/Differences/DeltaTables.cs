using Sallyport.Connectivity.Tables;
using Sallyport.Estates;

namespace Sallyport.Connectivity.Differences;

/// <summary>What differs in the inputs of two estates: tables by group, and links between VPCs.</summary>
internal sealed class DeltaTables
{
    private readonly TableDelta?[] _egress;
    private readonly TableDelta?[] _ingress;
    private readonly Dictionary<VpcId, HashSet<VpcId>> _links = [];
    private readonly ConnectivityModel _old;
    private readonly ConnectivityModel _new;
    private readonly ServiceAlgebra _sets;

    public DeltaTables(ConnectivityModel old, ConnectivityModel @new, GroupNumbers groups, ServiceAlgebra sets)
    {
        (_old, _new, _sets) = (old, @new, sets);
        _egress = Tables(Direction.Egress, groups);
        _ingress = Tables(Direction.Ingress, groups);
        AddLinks();
    }

    /// <summary>The difference of a group, by its number; null when there is none.</summary>
    public TableDelta? Of(Direction direction, int group) => (direction == Direction.Egress ? _egress : _ingress)[group];

    /// <summary>True when the link between some two VPCs differs.</summary>
    public bool HasLinks => _links.Count > 0;

    /// <summary>VPCs whose link with the VPC of a class differs; null when there is none.</summary>
    public HashSet<VpcId>? LinksOf(EndClass near) =>
        _links.Count > 0 && VpcOf(near) is { } vpc && _links.TryGetValue(vpc, out var found) ? found : null;

    /// <summary>The VPC of a class; null when it is not known.</summary>
    public VpcId? VpcOf(EndClass end)
    {
        var (links, vpc) = end.New.Exists ? (_new.Links, end.New.Vpc) : (_old.Links, end.Old.Vpc);
        return vpc < 0 ? null : links.Vpcs[vpc];
    }

    /// <summary>Services whose doubts have another cause than before, over the groups of a class.</summary>
    public int DoubtsOf(Direction direction, EndClass near)
    {
        var result = ServicePool.Empty;
        foreach (var group in near.Groups)
        {
            if (Of(direction, group) is { Doubts: var doubts }) result = _sets.Union(result, doubts);
        }

        return result;
    }

    private TableDelta?[] Tables(Direction direction, GroupNumbers groups)
    {
        var result = new TableDelta?[groups.Count];
        for (var group = 0; group < result.Length; group++)
        {
            var (before, after) = (groups.In(isNew: false, group), groups.In(isNew: true, group));
            var old = before < 0 ? null : _old.Table(direction, before);
            var @new = after < 0 ? null : _new.Table(direction, after);
            var doubts = old is { DoubtAlways: not ServicePool.Empty } && @new is { DoubtAlways: not ServicePool.Empty }
                ? _sets.Intern(DoubtCauses.Between(_old.Estate.Index.Groups.GetValueOrDefault(groups[group]), _old.Estate, _new.Estate.Index.Groups.GetValueOrDefault(groups[group]), _new.Estate, direction))
                : ServicePool.Empty;
            result[group] = TableDelta.Between(old, @new, groups, _sets, doubts);
        }

        return result;
    }

    private void AddLinks()
    {
        var vpcs = _old.Links.Vpcs.Union(_new.Links.Vpcs).Order().ToList();
        foreach (var a in vpcs)
        {
            foreach (var b in vpcs)
            {
                if (_old.Links.Between(a, b) == _new.Links.Between(a, b)) continue;
                if (!_links.TryGetValue(a, out var far)) _links.Add(a, far = []);
                far.Add(b);
            }
        }
    }
}
