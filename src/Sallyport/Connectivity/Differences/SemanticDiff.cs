using System.Collections.Immutable;
using Sallyport.Connectivity.Questions;
using Sallyport.Estates;

namespace Sallyport.Connectivity.Differences;

/// <summary>
/// What a change of an estate means: not which lines differ, but which flows. Ends are addresses of interfaces, known by VPC and address,
/// and addresses that no interface of either estate holds. (reference: reachability-and-synthesis §5)
/// </summary>
public static class SemanticDiff
{
    /// <summary>The difference from one estate to another, at the groups' layer.</summary>
    public static DiffReport Between(Estate old, Estate @new, DiffOptions? options = null, CancellationToken cancellationToken = default)
    {
        var before = ConnectivityModel.Of(old);
        return Between(before, ConnectivityModel.Beside(before, @new), options, cancellationToken);
    }

    /// <summary>The same with models at hand; the second was made by <see cref="ConnectivityModel.Beside"/> of the first, or the other way round.</summary>
    public static DiffReport Between(ConnectivityModel old, ConnectivityModel @new, DiffOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (!ReferenceEquals(old.Pool, @new.Pool)) throw new ArgumentException("The two models do not number service sets alike: make one beside the other.", nameof(@new));
        var symbolic = new SymbolicComparer(old.Estate, @new.Estate);
        symbolic.Compare();
        var latent = SymbolicBoxes.Of(symbolic, old.Estate, @new.Estate);
        var report = new DiffReport
        {
            Relation = latent.Relation,
            LatentRelation = latent.Relation,
            Basis = AnswerBasis.Symbolic,
            LatentAdded = latent.Added,
            LatentRemoved = latent.Removed,
            Notes = NotesOf(old.Estate, @new.Estate),
            Summary = new DiffSummary { TextualChanges = symbolic.TextualChanges, RulesAdded = symbolic.RulesAdded, RulesRemoved = symbolic.RulesRemoved },
        };
        var unread = new[] { old.Estate, @new.Estate }.Where(AreInterfacesUnread).ToList();
        if (unread.Count == 0)
        {
            return UnplacedCarriers.AddTo(SnapshotDiff.Between(old, @new, report, options ?? DiffOptions.Default, cancellationToken), old.Estate, @new.Estate);
        }

        var which = unread.Count == 2 ? "either estate" : unread[0] == old.Estate ? "the old estate" : "the new estate";
        var symbolically = report with
        {
            Added = latent.Added,
            Removed = latent.Removed,
            Unknown = latent.Unknown,
            Notes = report.Notes.Insert(0, $"The interfaces of {which} were not read: rules are compared, whoever carries the groups."),
        };
        return UnplacedCarriers.AddTo(symbolically, old.Estate, @new.Estate);
    }

    /// <summary>The relation of two lists of flows.</summary>
    internal static DiffRelation RelationOf(bool hasAdded, bool hasRemoved) => (hasAdded, hasRemoved) switch
    {
        (false, false) => DiffRelation.Equal,
        (true, false) => DiffRelation.Widens,
        (false, true) => DiffRelation.Narrows,
        (true, true) => DiffRelation.Incomparable,
    };

    // Interfaces seen from the side (in the description of their instances) are a reading, if not a whole one. Those of code have no addresses yet.
    private static bool AreInterfacesUnread(Estate estate) => UnplacedCarriers.IsAllUnplaced(estate);

    private static ImmutableArray<string> NotesOf(Estate old, Estate @new)
    {
        var lists = new[] { old, @new }
            .Select(e => e.Gaps.Where(g => g.What == GapKind.PrefixLists && g.Where.Length > 0).Select(g => g.Where).ToHashSet(StringComparer.Ordinal))
            .Aggregate((a, b) => a.Intersect(b).ToHashSet(StringComparer.Ordinal));
        return [.. lists.Order(StringComparer.Ordinal).Select(l => $"The entries of {l} were read in neither estate and are taken to be the same in both.")];
    }
}
