using System.Collections.Immutable;
using Sallyport.Anomalies.Overlaps;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Reachability;

namespace Sallyport.Anomalies.Attachments;

/// <summary>
/// REDA: on every interface that carries the group, the interface's other groups allow all that the rule allows. Of a group that no
/// interface carries nothing is said: every rule of it would do.
/// </summary>
internal sealed class AttachmentRedundantRules : KindFinder
{
    private const AnomalyKind Kind = AnomalyKind.AttachmentRedundant;

    public override void Find(GroupSide side, AnomalySink sink)
    {
        if (side.Rules.IsEmpty || (side.Members.Sets.IsEmpty && !side.Members.IsIncomplete)) return;
        var companies = side.Members.Sets.Select(s => new Company(side, s.Groups)).ToList();
        foreach (var box in side.Boxes)
        {
            if (!box.IsEmpty) Judge(side, box, companies, sink);
        }
    }

    private static void Judge(GroupSide side, RuleBox box, List<Company> companies, AnomalySink sink)
    {
        // An interface where nobody else could ever allow the rule's first packet settles the matter without any algebra.
        if (companies.Exists(c => !c.MayHold(box))) return;
        var others = new List<RuleOfGroup>();
        string? gap = null;
        foreach (var company in companies)
        {
            if (company.CoverOf(box) is { } cover) others.AddRange(cover);
            else if (company.GapFor(box) is { } reason) gap ??= reason;
            else return;
        }

        if (gap is not null) sink.Doubt(Kind, side, box.Rule, gap);
        else if (side.Members.IsIncomplete) sink.Doubt(Kind, side, null, $"{side.Group.Scope.Describe("interfaces")} were not read");
        else Report(side, box, others, sink);
    }

    private static void Report(GroupSide side, RuleBox box, List<RuleOfGroup> others, AnomalySink sink)
    {
        var count = side.Members.Ids.Length;
        var rules = others.DistinctBy(o => (o.Group, o.Rule.Key)).ToList();
        sink.Report(
            Kind, side, box.Rule,
            $"{box.Rule.Key} changes nothing on {(count == 1 ? "the only interface that carries" : $"any of the {count} interfaces that carry")} the group: {string.Join(", ", rules.Select(r => r.Group).Distinct().Order())} allow{(rules.Select(r => r.Group).Distinct().Count() == 1 ? "s" : "")} it there already.",
            "Revoke it if the group is never to be used without the others, then look again.", rules, side.Members.Ids, AnomalyBasis.Snapshot);
    }

    /// <summary>The other groups that some interfaces of a group carry, as one list of rules.</summary>
    private sealed class Company
    {
        private readonly EstateFacts _facts;
        private readonly List<(SecurityGroupId Group, ImmutableArray<RuleBox> Boxes)> _others = [];
        private readonly SecurityGroupId? _missing;

        public Company(GroupSide side, ImmutableArray<SecurityGroupId> groups)
        {
            _facts = side.Facts;
            foreach (var id in groups)
            {
                if (id == side.Group.Id) continue;
                if (!_facts.Estate.Index.Groups.TryGetValue(id, out var group)) _missing ??= id;
                else _others.Add((id, _facts.BoxesOf(group, side.Direction)));
            }
        }

        private IEnumerable<(SecurityGroupId Group, RuleBox Box)> Boxes =>
            from other in _others from box in other.Boxes where !box.IsEmpty select (other.Group, box);

        /// <summary>False when the rule's first packet is certainly not allowed.</summary>
        public bool MayHold(RuleBox box)
        {
            if (_missing is not null) return true;
            var first = box.Blocks is [var block, ..] ? block.First : (Address?)null;
            foreach (var (_, boxes) in _others)
            {
                foreach (var other in boxes)
                {
                    if (other.Services.First > box.Services.First || box.Services.First > other.Services.Last || other.IsEmpty) continue;
                    if (other.IsUnread || box.IsUnread || (first is { } address ? other.Blocks is { } blocks && Holds(blocks, address) : other.Peer.Equals(box.Peer))) return true;
                }
            }

            return false;
        }

        /// <summary>Rules that hold the box together, one if one does; null when they do not.</summary>
        public IEnumerable<RuleOfGroup>? CoverOf(RuleBox box)
        {
            var meeting = new List<(SecurityGroupId Group, RuleBox Box)>();
            foreach (var (group, other) in Boxes)
            {
                switch (other.To(box))
                {
                    case BoxRelation.Equal or BoxRelation.Holds:
                        return [new RuleOfGroup(group, other.Rule)];
                    case BoxRelation.Apart:
                        break;
                    default:
                        meeting.Add((group, other));
                        break;
                }
            }

            return meeting.Count > 0 && Traffic([box]).IsSubsetOf(Traffic(meeting.Select(m => m.Box))) ? meeting.Select(m => new RuleOfGroup(m.Group, m.Box.Rule)) : null;
        }

        /// <summary>Why the box may be held after all; null when it certainly is not.</summary>
        public string? GapFor(RuleBox box)
        {
            if (_missing is { } missing) return $"group {missing}, which shares interfaces with it, is not in the estate";
            return UnreadLists.GapFor(box, Boxes.Select(b => b.Box), _facts);
        }

        private AllowedTraffic Traffic(IEnumerable<RuleBox> boxes) => AllowedTraffic.Of(boxes.Select(b => b.Rule.Key), _facts.Estate.Index.EntriesOf);

        private static bool Holds(ImmutableArray<Cidr> blocks, Address address)
        {
            foreach (var block in blocks)
            {
                if (block.Contains(address)) return true;
            }

            return false;
        }
    }
}
