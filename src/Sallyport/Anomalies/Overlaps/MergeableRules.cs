using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Anomalies.Overlaps;

/// <summary>
/// MRG: two rules whose union is one rule that EC2 takes, so the same peer with services that touch or cross, or the same service with
/// the two halves of a block. A prefix list is merged with itself only: in place of it a block would stay when the list changes. All of TCP and all of UDP are not such a pair: EC2 has no rule for both that allows nothing else.
/// </summary>
internal sealed class MergeableRules : KindFinder
{
    // Up to here a look at every pair is cheaper than putting rules together by peer and by block.
    private const int FewRules = 64;

    public override void Find(GroupSide side, AnomalySink sink)
    {
        if (side.Rules.Length < 2 || (side.Rules.Length <= FewRules && !MayMerge(side.Rules))) return;
        foreach (var rules in side.Boxes.Where(b => !b.IsEmpty).GroupBy(b => b.Rule.Peer)) FindTouching(side, [.. rules], sink);
        FindHalves(side, sink);
    }

    // What is needed of two rules, whatever the other conditions: services that touch under one peer, or one service and two blocks of one length.
    private static bool MayMerge(ImmutableArray<SecurityGroupRule> rules)
    {
        for (var i = 0; i < rules.Length; i++)
        {
            var own = rules[i].Service.Interval;
            for (var j = i + 1; j < rules.Length; j++)
            {
                var other = rules[j].Service.Interval;
                if (own.First > other.Last + 1 || other.First > own.Last + 1) continue;
                if (own == other ? AreHalves(rules[i].Peer, rules[j].Peer) || rules[i].Peer.Equals(rules[j].Peer) : rules[i].Peer.Equals(rules[j].Peer)) return true;
            }
        }

        return false;
    }

    private static bool AreHalves(Peer a, Peer b) => a is CidrPeer { Cidr: { PrefixLength: > 0 } x } && b is CidrPeer { Cidr: var y }
        && x.PrefixLength == y.PrefixLength && x != y && Cidr.Containing(x.First, x.PrefixLength - 1).Contains(y);

    private static void FindTouching(GroupSide side, List<RuleBox> boxes, AnomalySink sink)
    {
        boxes.Sort((a, b) => a.Services.First != b.Services.First ? a.Services.First.CompareTo(b.Services.First) : a.Index.CompareTo(b.Index));
        for (var i = 0; i < boxes.Count; i++)
        {
            var own = boxes[i].Services;
            for (var j = i + 1; j < boxes.Count && boxes[j].Services.First <= own.Last + 1; j++)
            {
                // One that starts with the other or ends within it is a matter of RED1.
                if (boxes[j].Services.Last <= own.Last || boxes[j].Services.First == own.First) continue;
                var union = ServiceSet.FromIntervals([own, boxes[j].Services]).ToServices();
                if (union is [var service]) Report(side, boxes[i], boxes[j], service, boxes[i].Rule.Peer, sink);
            }
        }
    }

    private static void FindHalves(GroupSide side, AnomalySink sink)
    {
        var byBox = new Dictionary<(Interval Services, Cidr Block), RuleBox>();
        foreach (var box in side.Boxes)
        {
            if (box.Rule.Peer is CidrPeer peer) byBox.TryAdd((box.Services, peer.Cidr), box);
        }

        foreach (var box in byBox.Values)
        {
            if (box.Blocks is not [{ PrefixLength: > 0 } block]) continue;
            var whole = Cidr.Containing(block.First, block.PrefixLength - 1);
            if (whole.First == block.First && byBox.TryGetValue((box.Services, Cidr.Containing(whole.Last, block.PrefixLength)), out var half))
            {
                Report(side, box, half, box.Rule.Service, new CidrPeer(whole), sink);
            }
        }
    }

    private static void Report(GroupSide side, RuleBox a, RuleBox b, Service service, Peer peer, AnomalySink sink)
    {
        var (first, second) = a.Index < b.Index ? (a, b) : (b, a);
        var merged = new RuleKey(side.Direction, service, peer);
        sink.Report(
            AnomalyKind.Mergeable, side, first.Rule, $"{first.Rule.Key} and {second.Rule.Key} are together exactly {merged}.",
            $"Authorize {merged}, then revoke both.", [new RuleOfGroup(side.Group.Id, second.Rule)]);
    }
}
