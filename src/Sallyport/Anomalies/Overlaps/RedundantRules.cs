using Sallyport.Estates;
using Sallyport.Reachability;

namespace Sallyport.Anomalies.Overlaps;

/// <summary>
/// RED1 and REDU. Rules that cover each other in turn are not all needless at once: they are taken away one after the other, and only
/// those that are still covered then are reported, so that revoking everything reported loses nothing.
/// </summary>
internal sealed class RedundantRules : KindFinder
{
    public override void Find(GroupSide side, AnomalySink sink)
    {
        var live = Enumerable.Repeat(true, side.Rules.Length).ToArray();
        foreach (var shadow in side.Overlaps.Shadows)
        {
            if (shadow.By is not { } by) continue;
            live[shadow.Rule] = false;
            sink.Report(
                AnomalyKind.Subsumed, side, side.Rules[shadow.Rule], $"{side.Rules[shadow.Rule].Key} is allowed by {side.Rules[by].Key} already.",
                "Revoke it.", [new RuleOfGroup(side.Group.Id, side.Rules[by])], basis: side.Boxes[shadow.Rule].BasisAgainst([side.Boxes[by]]));
        }

        foreach (var shadow in side.Overlaps.Shadows)
        {
            if (shadow.By is null && CoverOf(side, live, shadow.Rule) is { } cover)
            {
                live[shadow.Rule] = false;
                sink.Report(
                    AnomalyKind.UnionRedundant, side, side.Rules[shadow.Rule],
                    $"{side.Rules[shadow.Rule].Key} is allowed by {cover.Count} other rules of the group together.",
                    "Revoke it, then look again.", cover.Select(b => new RuleOfGroup(side.Group.Id, b.Rule)), basis: side.Boxes[shadow.Rule].BasisAgainst(cover));
            }
        }

        AddDoubts(side, live, sink);
    }

    /// <summary>A few of the rules left that allow all of one rule together, none of them to spare; null when they do not.</summary>
    private static List<RuleBox>? CoverOf(GroupSide side, bool[] live, int rule)
    {
        var box = side.Boxes[rule];
        var asked = Traffic(side, [box]);
        var cover = side.Boxes.Where(b => b.Index != rule && live[b.Index] && b.To(box) != BoxRelation.Apart).ToList();
        if (!asked.IsSubsetOf(Traffic(side, cover))) return null;
        for (var i = cover.Count - 1; i >= 0 && cover.Count > 1; i--)
        {
            var rest = cover.Where((_, j) => j != i).ToList();
            if (asked.IsSubsetOf(Traffic(side, rest))) cover = rest;
        }

        return cover;
    }

    private static AllowedTraffic Traffic(GroupSide side, IEnumerable<RuleBox> boxes) =>
        AllowedTraffic.Of(boxes.Select(b => b.Rule.Key), side.Facts.Estate.Index.EntriesOf);

    /// <summary>A list that was not read may hold a rule's addresses, or lie inside a rule's block.</summary>
    private static void AddDoubts(GroupSide side, bool[] live, AnomalySink sink)
    {
        if (side.Facts.HasMalformedRules(side.Group.Id) && side.Rules.Length > 0)
        {
            sink.Doubt(AnomalyKind.Subsumed, side, null, "rules of the group are missing");
        }

        if (!side.Boxes.Any(b => b.IsUnread)) return;
        foreach (var box in side.Boxes)
        {
            if (!live[box.Index] || box.IsEmpty) continue;
            var others = side.Boxes.Where(b => b.Index != box.Index && live[b.Index]).ToList();
            if (UnreadLists.GapFor(box, others, side.Facts) is not { } gap) continue;
            var isSingle = others.Exists(b => b.Peer is not GroupPeer && !b.IsEmpty && (b.IsUnread || box.IsUnread) && b.HoldsServices(box));
            sink.Doubt(isSingle ? AnomalyKind.Subsumed : AnomalyKind.UnionRedundant, side, box.Rule, gap);
        }
    }
}
