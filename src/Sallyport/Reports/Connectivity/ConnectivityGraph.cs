using System.Collections.Immutable;
using Sallyport.Connectivity;
using Sallyport.Connectivity.Questions;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Reports.Connectivity;

/// <summary>Who reaches whom as a picture: a box for each group, or combination of groups that interfaces carry together, and arrows with services.</summary>
public sealed class ConnectivityGraph
{
    private const int MostServices = 6;

    // No id begins with a space.
    private const string MiddleKey = " of";
    private const string NoGroupKey = " none";

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<(string Name, string Note)> _nodes = [];
    private readonly List<(int From, int To, string Label)> _edges = [];
    private readonly int _mostEdges;

    private readonly HashSet<string> _sharedNames;

    private ConnectivityGraph(Estate estate, int mostEdges)
    {
        _mostEdges = mostEdges;

        // Every VPC has a group "default": a name that several have needs its id.
        _sharedNames = estate.SecurityGroups.GroupBy(g => g.Name, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Boxes in the order of their first arrow; the note is a count.</summary>
    public IReadOnlyList<(string Name, string Note)> Nodes => _nodes;

    /// <summary>Arrows by number of their boxes.</summary>
    public IReadOnlyList<(int From, int To, string Label)> Edges => _edges;

    /// <summary>Arrows beyond the limit, which are not in the graph.</summary>
    public long LeftOut { get; private set; }

    /// <summary>All pairs of groups, at most so many arrows.</summary>
    public static ConnectivityGraph OfPairs(Estate estate, IEnumerable<GroupPair> pairs, int mostEdges)
    {
        var graph = new ConnectivityGraph(estate, mostEdges);
        foreach (var pair in pairs) graph.Add(pair.From, pair.To, pair.Services, estate);
        return graph;
    }

    /// <summary>A list: the set asked about in the middle, interfaces that carry the same groups and have the same services as one arrow.</summary>
    public static ConnectivityGraph OfList(ConnectivityModel model, ReachList list, int mostEdges)
    {
        var graph = new ConnectivityGraph(model.Estate, mostEdges);
        var isTargets = list.Direction == Direction.Egress;
        var members = model.InterfacesOf(list.Of).Length;
        var middle = graph.Node(MiddleKey, list.Of.Name, members == 0 ? "" : Count(members));
        var boxes = list.Interfaces.ToDictionary(r => r.Interface.Id, r => graph.BoxOf(model.Estate, r.Interface));
        var sizes = list.Interfaces.GroupBy(r => boxes[r.Interface.Id].Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        var arrows = list.Interfaces
            .Select(r => (Reached: r, Services: r.Effective is { IsEmpty: false } effective ? effective : r.Allowed.IsEmpty ? r.Unknown : r.Allowed))
            .GroupBy(r => (Via: r.Reached.Via is { } via && boxes.TryGetValue(via, out var box) ? box.Key : null, To: boxes[r.Reached.Interface.Id].Key, r.Services, r.Reached.Exposure, IsSure: !r.Reached.Allowed.IsEmpty));
        foreach (var arrow in arrows)
        {
            var (key, name) = boxes[arrow.First().Reached.Interface.Id];
            var near = arrow.Key.Via is { } via ? graph._numbers.GetValueOrDefault(via, middle) : middle;
            var far = graph.Node(key, name, Count(sizes[key]));
            var word = arrow.Key.Exposure is { } exposure ? $" ({ReachListJsonWriter.Word(exposure)})" : arrow.Key.IsSure ? "" : " (unknown)";
            graph.Edge(isTargets ? near : far, isTargets ? far : near, Services(arrow.Key.Services) + word);
        }

        foreach (var blocks in list.Outside)
        {
            var name = $"outside {ReachListTextWriter.Blocks(blocks.Addresses)}";
            var far = graph.Node(name, name, "");
            graph.Edge(isTargets ? middle : far, isTargets ? far : middle, Services(blocks.Services));
        }

        return graph;
    }

    private (string Key, string Name) BoxOf(Estate estate, NetworkInterface nic) => nic.Groups.IsEmpty
        ? (NoGroupKey, "(no group)")
        : (string.Join(' ', nic.Groups), string.Join(" + ", nic.Groups.Select(g => NameOf(estate, g))));

    private string NameOf(Estate estate, SecurityGroupId group) =>
        GroupNames.Short(estate, group) is var name && _sharedNames.Contains(name) ? $"{name} ({group})" : name;

    private static string Services(ServiceSet services)
    {
        if (services.IsAny) return "any";
        var list = services.ToServices();
        return string.Join(", ", list.Take(MostServices)) + (list.Length > MostServices ? $" and {list.Length - MostServices} more" : "");
    }

    private static string Count(int interfaces) => interfaces == 1 ? "1 interface" : $"{interfaces} interfaces";

    private void Add(SecurityGroupId from, SecurityGroupId to, ServiceSet services, Estate estate)
    {
        if (_edges.Count >= _mostEdges)
        {
            LeftOut++;
            return;
        }

        Edge(NodeOf(from, estate), NodeOf(to, estate), Services(services));
    }

    private int NodeOf(SecurityGroupId group, Estate estate) =>
        _numbers.TryGetValue(group.Value, out var known) ? known : Node(group.Value, NameOf(estate, group), Count(estate.Index.MembersOf(group).Count));

    private int Node(string key, string name, string note)
    {
        if (_numbers.TryGetValue(key, out var known)) return known;
        _nodes.Add((name, note));
        return _numbers[key] = _nodes.Count - 1;
    }

    private void Edge(int from, int to, string label)
    {
        if (_edges.Count < _mostEdges) _edges.Add((from, to, label));
        else LeftOut++;
    }
}
