using System.Collections.Immutable;
using Sallyport.Connectivity.Questions;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Differences;

/// <summary>The difference of two snapshots: flows between ends that are there.</summary>
internal sealed class SnapshotDiff
{
    private readonly ConnectivityModel _old;
    private readonly ConnectivityModel _new;
    private readonly ServiceAlgebra _sets;
    private readonly GroupNumbers _groups;
    private readonly PairedEnds _ends;
    private readonly DeltaTables _deltas;
    private readonly WitnessPicker _witnesses;
    private readonly DiffOptions _options;
    private int _omitted;
    private bool _isCut;

    private SnapshotDiff(ConnectivityModel old, ConnectivityModel @new, DiffOptions options)
    {
        _options = options;
        (_old, _new) = (old, @new);
        _sets = new ServiceAlgebra(old.Pool);
        _groups = new GroupNumbers(old, @new);
        _ends = new PairedEnds(old, @new, _groups);
        _deltas = new DeltaTables(old, @new, _groups, _sets);
        _witnesses = new WitnessPicker(_ends, old, @new);
    }

    /// <summary>Fills in the flows of a report that has the rules already.</summary>
    public static DiffReport Between(ConnectivityModel old, ConnectivityModel @new, DiffReport report, DiffOptions options, CancellationToken cancellationToken) =>
        new SnapshotDiff(old, @new, options).Fill(report, cancellationToken);

    private DiffReport Fill(DiffReport report, CancellationToken cancellationToken)
    {
        var boxes = Boxes(cancellationToken);
        var (after, before) = (new Lazy<EndNamer>(() => Namer(isNew: true)), new Lazy<EndNamer>(() => Namer(isNew: false)));
        var added = Certain(boxes.Added, after, isNew: true, cancellationToken);
        var removed = Certain(boxes.Removed, before, isNew: false, cancellationToken);
        var unknown = Doubtful(boxes.Unknown, after, before);
        return report with
        {
            Relation = SemanticDiff.RelationOf(added.Length > 0, removed.Length > 0),
            Basis = AnswerBasis.Snapshot,
            Added = added,
            Removed = removed,
            Unknown = unknown,
            Omitted = _omitted,
            Notes = _isCut ? report.Notes.Add("So much differs between interfaces that added, removed and unknown list a part of it; the relation is exact.") : report.Notes,
            IsWhole = !_isCut && _omitted == 0,
            Summary = report.Summary with
            {
                InterfacesOpenedToInternet = OpenedToInternet(boxes.Added, isNew: true),
                InterfacesClosedToInternet = OpenedToInternet(boxes.Removed, isNew: false),
                NewGroupPairs = Pairs(added, _old),
                ClosedGroupPairs = Pairs(removed, _new),
                EndsAdded = Count(e => e is { OldNic: < 0 }),
                EndsRemoved = Count(e => e is { NewNic: < 0 }),
            },
        };
    }

    private FlowBoxes Boxes(CancellationToken cancellationToken)
    {
        var outside = new OutsideComparer(_old, _new, _ends, _deltas, _sets);
        var found = new Dictionary<Direction, List<(EndClass Near, AddressRange Range, int Added, int Removed, int Unknown)>>();
        foreach (var direction in new[] { Direction.Ingress, Direction.Egress })
        {
            found[direction] = [.. _ends.Classes.SelectMany(c => outside.Compare(c, direction).Select(f => (c, f.Range, f.Added, f.Removed, f.Unknown)))];
        }

        var (hasAdded, hasRemoved) = (found.Values.Any(l => l.Exists(f => f.Added != 0)), found.Values.Any(l => l.Exists(f => f.Removed != 0)));
        var blocks = new FlowComparer(_old, _new, _ends, _deltas, _groups, _sets).Compare(_options.MostBlocks, hasAdded, hasRemoved, cancellationToken);
        _isCut = blocks.IsCut;
        var merger = new BoxMerger(_ends, blocks, _sets);
        return new FlowBoxes(
            Folded(merger, merger.Between(blocks.Added), found, f => f.Added, isNew: true),
            Folded(merger, merger.Between(blocks.Removed), found, f => f.Removed, isNew: false),
            Folded(merger, merger.Between(blocks.Unknown), found, f => f.Unknown, isNew: null));
    }

    private static List<FlowBox> Folded(
        BoxMerger merger,
        List<FlowBox> between,
        Dictionary<Direction, List<(EndClass Near, AddressRange Range, int Added, int Removed, int Unknown)>> found,
        Func<(EndClass Near, AddressRange Range, int Added, int Removed, int Unknown), int> services,
        bool? isNew)
    {
        var result = new List<FlowBox>();
        foreach (var (direction, list) in found)
        {
            var boxes = merger.Outside(list.Where(f => services(f) != 0).Select(f => (f.Near, f.Range, services(f))), direction == Direction.Ingress);
            result.AddRange(isNew is { } side ? merger.Fold(boxes, between, side, direction == Direction.Ingress) : boxes);
        }

        return [.. result, .. between];
    }

    private EndNamer Namer(bool isNew) => new(
        isNew ? _new : _old, isNew, _ends, _groups, g => _deltas.Of(Direction.Egress, g) is not null || _deltas.Of(Direction.Ingress, g) is not null);

    private ImmutableArray<DiffBox> Certain(List<FlowBox> boxes, Lazy<EndNamer> namer, bool isNew, CancellationToken cancellationToken)
    {
        if (boxes.Count == 0) return [];
        var causes = isNew ? new CauseFinder(_old.Estate, _new.Estate, isWithNew: true) : new CauseFinder(_new.Estate, _old.Estate, isWithNew: false);
        return Named(boxes, (box, outside, ends) => Names(box, outside, ends, namer.Value), (box, from, to) =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_witnesses.Pick(box, from.Ends, to.Ends, isNew) is not { } ends) return null;
            var services = _sets[box.Services];
            var witness = WitnessPicker.Of(ends.From, ends.To, Witness.TellingPoint(services), isNew);
            return new DiffBox(from.Name, to.Name, services)
            {
                Families = [box.Family],
                Witness = witness,
                Because = causes.Find(ends.From, ends.To, witness.Service, services),
            };
        });
    }

    // A flow that a gap decides is there in one estate or the other: an end that has only an old name is called by it.
    private ImmutableArray<DiffBox> Doubtful(List<FlowBox> boxes, Lazy<EndNamer> after, Lazy<EndNamer> before)
    {
        var gaps = new DecidingGaps(_old, _new, _ends);
        return Named(boxes, Both, (box, from, to) => IsAlone(from.Ends, to.Ends, isNew: true) && IsAlone(from.Ends, to.Ends, isNew: false)
            ? null
            : new DiffBox(from.Name, to.Name, _sets[box.Services]) { Families = [box.Family], Gaps = gaps.Of(box) });

        IReadOnlyList<NamedEnds> Both(FlowBox box, AddressSet? outside, int[] ends)
        {
            if (outside is not null) return Names(box, outside, ends, after.Value);
            int[] now = [.. ends.Where(e => _ends.Ends[e].NewNic >= 0)];
            int[] then = [.. ends.Where(e => _ends.Ends[e].NewNic < 0)];
            return
            [
                .. now.Length > 0 ? after.Value.Name(now.Length == ends.Length ? ends : now) : [],
                .. then.Length > 0 ? before.Value.Name(then).Select(n => n with { Name = n.Name with { IsGone = true } }) : [],
            ];
        }
    }

    private ImmutableArray<DiffBox> Named(
        List<FlowBox> boxes, Func<FlowBox, AddressSet?, int[], IReadOnlyList<NamedEnds>> names, Func<FlowBox, NamedEnds, NamedEnds, DiffBox?> make)
    {
        var result = new List<DiffBox>();
        foreach (var box in boxes.OrderBy(b => b.FromOutside is not null ? 0 : b.ToOutside is not null ? 1 : 2).ThenBy(b => b.Family))
        {
            if (result.Count >= _options.MostBoxes)
            {
                _omitted++;
                continue;
            }

            var targets = names(box, box.ToOutside, box.To);
            foreach (var from in names(box, box.FromOutside, box.From))
            {
                foreach (var to in targets)
                {
                    if (result.Count >= _options.MostBoxes) _omitted++;
                    else if (make(box, from, to) is { } named) result.Add(named);
                }
            }
        }

        return BoxOrder.Sorted(result);
    }

    private bool IsAlone(int[] from, int[] to, bool isNew) =>
        from.Length > 0 && to.Length > 0 && from.Concat(to).Select(e => _ends.Ends[e].Nic(isNew)).Where(n => n >= 0).Distinct().Take(2).Count() < 2;

    private static IReadOnlyList<NamedEnds> Names(FlowBox box, AddressSet? outside, int[] ends, EndNamer namer) =>
        outside is null ? namer.Name(ends) : [new NamedEnds(EndNamer.Outside(outside, box.IncludesInterfaces), [])];

    private int OpenedToInternet(List<FlowBox> boxes, bool isNew)
    {
        if (boxes.TrueForAll(b => b.FromOutside is null)) return 0;
        var internet = (isNew ? _new : _old).Internet();
        return boxes
            .Where(b => b.FromOutside is { } outside && outside.Overlaps(internet.Outside(b.Family)))
            .SelectMany(b => b.To)
            .Select(e => _ends.Ends[e].Nic(isNew))
            .Distinct()
            .Count();
    }

    private static int Pairs(ImmutableArray<DiffBox> boxes, ConnectivityModel other) => boxes
        .Where(b => b.From.Group is not null && b.To.Group is not null)
        .Select(b => (From: b.From.Group!.Value, To: b.To.Group!.Value))
        .Distinct()
        .Count(p => !GroupFlow.Exists(other, p.From, p.To));

    private int Count(Func<PairedEnd, bool> of)
    {
        var count = 0;
        foreach (var end in _ends.Ends)
        {
            if (of(end)) count++;
        }

        return count;
    }
}
