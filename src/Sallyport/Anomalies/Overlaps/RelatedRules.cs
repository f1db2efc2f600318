using Sallyport.Packets;
using Sallyport.Reachability;

namespace Sallyport.Anomalies.Overlaps;

/// <summary>GEN and OVL: rules around others, and rules that cross others, out of one comparison of every pair.</summary>
internal sealed class RelatedRules : KindFinder
{
    public override void Find(GroupSide side, AnomalySink sink)
    {
        var boxes = side.Boxes;
        var narrower = new Dictionary<int, List<RuleBox>>();
        for (var i = 0; i < boxes.Length; i++)
        {
            List<RuleBox>? crossing = null;
            for (var j = i + 1; j < boxes.Length; j++)
            {
                switch (boxes[i].To(boxes[j]))
                {
                    case BoxRelation.Holds:
                        AddTo(narrower, i, boxes[j]);
                        break;
                    case BoxRelation.Within:
                        AddTo(narrower, j, boxes[i]);
                        break;
                    case BoxRelation.Crossing:
                        (crossing ??= []).Add(boxes[j]);
                        break;
                }
            }

            if (crossing is not null) ReportCrossing(side, boxes[i], crossing, sink);
        }

        foreach (var (broad, inside) in narrower) ReportBroad(side, boxes[broad], inside, sink);
    }

    private static void AddTo(Dictionary<int, List<RuleBox>> narrower, int broad, RuleBox box)
    {
        if (!narrower.TryGetValue(broad, out var list)) narrower.Add(broad, list = []);
        list.Add(box);
    }

    private static void ReportCrossing(GroupSide side, RuleBox box, List<RuleBox> crossing, AnomalySink sink)
    {
        var with = crossing.Count == 1 ? crossing[0].Rule.Key.ToString() : $"{crossing.Count} rules, first {crossing[0].Rule.Key}";
        sink.Report(
            AnomalyKind.Overlapping, side, box.Rule, $"{box.Rule.Key} shares part of its traffic with {with}.", "Nothing need change.",
            crossing.Select(b => new RuleOfGroup(side.Group.Id, b.Rule)), basis: box.BasisAgainst(crossing));
    }

    private static void ReportBroad(GroupSide side, RuleBox box, List<RuleBox> inside, AnomalySink sink)
    {
        if (!sink.Wants(AnomalyKind.Generalising)) return;
        var around = inside.Count == 1 ? inside[0].Rule.Key.ToString() : $"{inside.Count} narrower rules, first {inside.OrderBy(b => b.Index).First().Rule.Key}";
        sink.Report(
            AnomalyKind.Generalising, side, box.Rule, $"{box.Rule.Key} allows more than {around}; {Loss(side, box)}.",
            "Narrow or revoke the broad rule if the narrow ones are what is meant: that takes traffic away.",
            inside.Select(b => new RuleOfGroup(side.Group.Id, b.Rule)), basis: box.BasisAgainst(inside));
    }

    /// <summary>What nobody else allows.</summary>
    private static string Loss(GroupSide side, RuleBox box)
    {
        var rest = side.Boxes.Where(b => b.Index != box.Index && b.To(box) != BoxRelation.Apart).Select(b => b.Rule.Key);
        var lost = AllowedTraffic.Of([box.Rule.Key], side.Facts.Estate.Index.EntriesOf).Subtract(AllowedTraffic.Of(rest, side.Facts.Estate.Index.EntriesOf));
        if (lost.IsEmpty) return "without it nothing would be lost";
        if (!lost.Symbols.IsEmpty) return $"without it {lost.Symbols.Values.First()} would be lost for {lost.Symbols.Keys.First()}";
        var slabs = lost.V4.Slabs.Concat(lost.V6.Slabs).ToList();
        var services = ServiceSet.FromIntervals(slabs.SelectMany(s => s.Services.Intervals)).ToServices();
        var named = services.Length <= 3 ? string.Join(", ", services) : $"{services[0]} and {services.Length - 1} more services";
        return $"without it {Count(slabs)} would lose {(slabs.TrueForAll(s => s.Services.Equals(slabs[0].Services)) ? "" : "some or all of ")}{named}";
    }

    private static string Count(List<AddressServices.Slab> slabs)
    {
        // Beyond 2^64 nobody reads digits: the whole IPv6 space even overflows them.
        AddressNumber count = 0;
        foreach (var slab in slabs)
        {
            var size = slab.Range.Last - slab.Range.First;
            if (size >= ulong.MaxValue || count >= ulong.MaxValue) return "more than 2^64 addresses";
            count += size + 1;
        }

        return count == 1 ? "1 address" : $"{count} addresses";
    }
}
