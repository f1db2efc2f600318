using Sallyport.Estates;

namespace Sallyport.Auditing.Links;

/// <summary>Strongly connected sets of a graph of groups (Tarjan), without recursion: a chain may be as long as the estate.</summary>
internal static class CycleFinder
{
    /// <summary>The sets with more than one group, each sorted, by their first group.</summary>
    public static IReadOnlyList<IReadOnlyList<SecurityGroupId>> Find(
        IEnumerable<SecurityGroupId> groups, Func<SecurityGroupId, IReadOnlyList<SecurityGroupId>> targetsOf)
    {
        var found = new List<IReadOnlyList<SecurityGroupId>>();
        var order = new Dictionary<SecurityGroupId, (int Number, int Low)>();
        var path = new Stack<(SecurityGroupId Group, int Next)>();
        var open = new Stack<SecurityGroupId>();
        var isOpen = new HashSet<SecurityGroupId>();
        foreach (var start in groups)
        {
            if (order.ContainsKey(start)) continue;
            Enter(start);
            while (path.TryPop(out var at))
            {
                var targets = targetsOf(at.Group);
                if (at.Next < targets.Count)
                {
                    path.Push((at.Group, at.Next + 1));
                    var target = targets[at.Next];
                    if (!order.TryGetValue(target, out var known)) Enter(target);
                    else if (isOpen.Contains(target)) Lower(at.Group, known.Number);
                    continue;
                }

                if (path.TryPeek(out var parent)) Lower(parent.Group, order[at.Group].Low);
                if (order[at.Group].Low == order[at.Group].Number) Close(at.Group);
            }
        }

        return [.. found.OrderBy(s => s[0])];

        void Enter(SecurityGroupId group)
        {
            order.Add(group, (order.Count, order.Count));
            path.Push((group, 0));
            open.Push(group);
            isOpen.Add(group);
        }

        void Lower(SecurityGroupId group, int low)
        {
            var (number, known) = order[group];
            if (low < known) order[group] = (number, low);
        }

        void Close(SecurityGroupId group)
        {
            var set = new List<SecurityGroupId>();
            while (open.TryPop(out var top))
            {
                isOpen.Remove(top);
                set.Add(top);
                if (top == group) break;
            }

            if (set.Count < 2) return;
            set.Sort();
            found.Add(set);
        }
    }

    /// <summary>The fewest steps from a group back to itself inside a set: the groups in order, the first one again at the end.</summary>
    public static IReadOnlyList<SecurityGroupId> ShortestFrom(
        SecurityGroupId start, IReadOnlyList<SecurityGroupId> set, Func<SecurityGroupId, IReadOnlyList<SecurityGroupId>> targetsOf)
    {
        var inside = set.ToHashSet();
        var before = new Dictionary<SecurityGroupId, SecurityGroupId>();
        var waiting = new Queue<SecurityGroupId>([start]);
        while (waiting.TryDequeue(out var group))
        {
            foreach (var target in targetsOf(group))
            {
                if (!inside.Contains(target) || before.ContainsKey(target)) continue;
                before.Add(target, group);
                if (target == start) return Path(start, before);
                waiting.Enqueue(target);
            }
        }

        return [start];
    }

    private static List<SecurityGroupId> Path(SecurityGroupId start, Dictionary<SecurityGroupId, SecurityGroupId> before)
    {
        var path = new List<SecurityGroupId> { start };
        var group = before[start];
        while (group != start)
        {
            path.Add(group);
            group = before[group];
        }

        path.Add(start);
        path.Reverse();
        return path;
    }
}
