using System.Runtime.InteropServices;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Differences;

/// <summary>
/// Merges what the comparers find into few large boxes: targets that gained the same from the same sources become one row, rows give
/// boxes, and boxes alike in two of their three sides become one.
/// </summary>
internal sealed class BoxMerger(PairedEnds ends, FlowBlocks blocks, ServiceAlgebra sets)
{
    private readonly Dictionary<int[], int[]> _interned = new(NumberSetComparer.Instance);

    /// <summary>Boxes between interfaces.</summary>
    public List<FlowBox> Between(List<FlowBlock> found) => Join([.. Rows(found.Where(b => b.IsAtTarget)), .. Rows(found.Where(b => !b.IsAtTarget))]);

    // Where a group opens its ingress, nearly every source gains nearly all of the group: a row is a source, and what it gains of the
    // group. Sources whose rows are alike are one box with the group whole, and the exceptions stay small. For egress the other way round.
    private IEnumerable<FlowBox> Rows(IEnumerable<FlowBlock> found)
    {
        var rows = new Dictionary<(int Anchor, int End), List<int>>();
        var isAtTarget = true;
        foreach (var block in found)
        {
            isAtTarget = block.IsAtTarget;
            foreach (var end in blocks.Set(isAtTarget ? block.From : block.To))
            {
                ref var row = ref CollectionsMarshal.GetValueRefOrAddDefault(rows, (block.Anchor, end), out _);
                row ??= [];
                row.Add(isAtTarget ? block.To : block.From);
                row.Add(block.Services);
            }
        }

        var alike = new Dictionary<int[], List<int>>(NumberSetComparer.Instance);
        foreach (var ((anchor, end), row) in rows)
        {
            ref var same = ref CollectionsMarshal.GetValueRefOrAddDefault(alike, [.. row, anchor], out _);
            (same ??= []).Add(end);
        }

        foreach (var (key, same) in alike)
        {
            var one = Intern([.. same.Order()]);
            var family = ends.Ends[one[0]].Family;
            foreach (var services in Enumerable.Range(0, key.Length / 2).GroupBy(i => key[(2 * i) + 1]))
            {
                var other = Intern([.. services.SelectMany(i => blocks.Set(key[2 * i])).Distinct().Order()]);
                yield return isAtTarget ? new FlowBox(family, one, other, services.Key) : new FlowBox(family, other, one, services.Key);
            }
        }
    }

    /// <summary>Boxes from outside (ingress) or to outside (egress): what was found for each class.</summary>
    public List<FlowBox> Outside(IEnumerable<(EndClass Near, AddressRange Range, int Services)> found, bool isFrom)
    {
        var result = new List<FlowBox>();
        foreach (var box in found.GroupBy(f => (f.Near.Index, f.Services)))
        {
            var near = box.First().Near;
            var outside = AddressSet.FromRanges(near.Family, box.Select(b => b.Range));
            var inside = Intern(near.Ends);
            result.Add(isFrom
                ? new FlowBox(near.Family, [], inside, box.Key.Services) { FromOutside = outside }
                : new FlowBox(near.Family, inside, [], box.Key.Services) { ToOutside = outside });
        }

        return Join(result);
    }

    /// <summary>
    /// Where interfaces gained the same as every address around them, the blocks say it for all: 0.0.0.0/0 rather than 0.0.0.0/0 and
    /// two thousand groups. What is left of the boxes between interfaces comes last.
    /// </summary>
    /// <param name="outside">Boxes with one side outside.</param>
    /// <param name="between">Boxes between interfaces; changed.</param>
    /// <param name="isNew">Whose interfaces must all be in.</param>
    /// <param name="isFrom">True when the sources are outside.</param>
    public List<FlowBox> Fold(List<FlowBox> outside, List<FlowBox> between, bool isNew, bool isFrom)
    {
        var result = new List<FlowBox>(outside.Count);
        foreach (var box in outside)
        {
            var (near, blocksOutside) = isFrom ? (box.To, box.FromOutside!) : (box.From, box.ToOutside!);
            var index = between.FindIndex(b => b.Services == box.Services && b.Family == box.Family && ReferenceEquals(isFrom ? b.To : b.From, near));
            var inside = index < 0 ? [] : Inside(box.Family, blocksOutside, isNew);
            if (index < 0 || inside.Length == 0 || Rest(inside, isFrom ? between[index].From : between[index].To).Any())
            {
                result.Add(box);
                continue;
            }

            result.Add(box with { IncludesInterfaces = true });
            var rest = Intern([.. Rest(isFrom ? between[index].From : between[index].To, inside)]);
            if (rest.Length == 0) between.RemoveAt(index);
            else between[index] = isFrom ? between[index] with { From = rest } : between[index] with { To = rest };
        }

        return result;
    }

    private int[] Inside(IpFamily family, AddressSet addresses, bool isNew)
    {
        var result = new List<int>();
        foreach (var range in addresses.Ranges)
        {
            var (first, end) = ends.Within(family, range);
            for (var i = first; i < end; i++)
            {
                if (ends.Ends[i].Nic(isNew) >= 0) result.Add(i);
            }
        }

        return [.. result];
    }

    private static IEnumerable<int> Rest(int[] of, int[] without)
    {
        var known = without.ToHashSet();
        return of.Where(e => !known.Contains(e));
    }

    // Each round joins boxes alike but for services, then but for sources, then but for targets; it ends when a round joins nothing.
    private List<FlowBox> Join(List<FlowBox> boxes)
    {
        for (var before = -1; before != boxes.Count;)
        {
            before = boxes.Count;
            boxes = [.. boxes.GroupBy(b => (b.Family, From(b), To(b))).Select(g => g.First() with { Services = g.Select(b => b.Services).Aggregate(sets.Union) })];
            boxes = [.. boxes.GroupBy(b => (b.Family, b.Services, To(b))).Select(JoinSources)];
            boxes = [.. boxes.GroupBy(b => (b.Family, b.Services, From(b))).Select(JoinTargets)];
        }

        return boxes;

        static object From(FlowBox box) => box.FromOutside is { } outside ? outside : box.From;
        static object To(FlowBox box) => box.ToOutside is { } outside ? outside : box.To;
    }

    private FlowBox JoinSources(IEnumerable<FlowBox> group) => group.Skip(1).Any()
        ? group.First() with
        {
            From = Intern([.. group.SelectMany(b => b.From).Distinct().Order()]),
            FromOutside = group.First().FromOutside is null ? null : group.Select(b => b.FromOutside!).Aggregate((a, b) => a.Union(b)),
        }
        : group.First();

    private FlowBox JoinTargets(IEnumerable<FlowBox> group) => group.Skip(1).Any()
        ? group.First() with
        {
            To = Intern([.. group.SelectMany(b => b.To).Distinct().Order()]),
            ToOutside = group.First().ToOutside is null ? null : group.Select(b => b.ToOutside!).Aggregate((a, b) => a.Union(b)),
        }
        : group.First();

    // Equal sets are one array, so that comparing them is comparing references.
    private int[] Intern(int[] numbers)
    {
        if (_interned.TryGetValue(numbers, out var known)) return known;
        _interned.Add(numbers, numbers);
        return numbers;
    }
}
