using System.Collections.Immutable;
using Sallyport.Anomalies;
using Sallyport.Anomalies.Overlaps;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Strategy;

/// <summary>Rules that a single rule of another group on the same interface holds. Each pair of groups is compared once, however many interfaces carry it.</summary>
internal sealed class GroupOverlaps
{
    private readonly EstateFacts _facts;
    private readonly Dictionary<SecurityGroupId, List<GroupOverlap>> _found = [];
    private readonly Dictionary<SecurityGroupId, SortedSet<string>> _gaps = [];

    public GroupOverlaps(AuditContext context)
    {
        _facts = context.Facts;
        var carried = new Dictionary<SecurityGroupId, Carried>();
        var seen = new HashSet<(int, int)>();
        var together = new List<Carried>();
        var asked = new List<Carried>();
        foreach (var vpc in context.Strategy.Sets.GroupBy(s => s.Interfaces[0].Vpc))
        {
            foreach (var set in vpc)
            {
                if (set.Groups.Length < 2) continue;
                together.Clear();
                foreach (var id in set.Groups)
                {
                    if (!carried.TryGetValue(id, out var one)) carried.Add(id, one = new Carried(id, carried.Count, _facts));
                    together.Add(one);
                }

                asked.AddRange(together);
                foreach (var a in together)
                {
                    foreach (var b in together)
                    {
                        if (a != b && seen.Add((a.Number, b.Number))) Compare(a, b, set.Interfaces[0].Id);
                    }
                }
            }

            // Groups of one VPC meet on interfaces of that VPC: what was worked out for them is not asked for again.
            foreach (var one in asked) one.Forget();
            asked.Clear();
        }
    }

    /// <summary>Overlaps of a group's rules, by the other group and rule.</summary>
    public IReadOnlyList<GroupOverlap> Of(SecurityGroupId group) => _found.TryGetValue(group, out var list) ? list : [];

    /// <summary>Why there may be more.</summary>
    public IReadOnlyCollection<string> GapsOf(SecurityGroupId group) => _gaps.TryGetValue(group, out var gaps) ? gaps : [];

    private void Compare(Carried a, Carried b, NetworkInterfaceId nic)
    {
        if (a.Group is null) return;
        if (b.Group is null)
        {
            if (!a.Group.Rules.IsEmpty) Doubt(a.Id, $"group {b.Id}, which shares interfaces with it, is not in the estate");
            return;
        }

        Compare(a, a.Ingress, b, b.Ingress, nic);
        Compare(a, a.Egress, b, b.Egress, nic);
    }

    private void Compare(Carried a, Side own, Carried b, Side theirs, NetworkInterfaceId nic)
    {
        if (theirs.Boxes.IsEmpty) return;
        foreach (var box in own.Boxes)
        {
            if (box.IsEmpty) continue;
            if (theirs.Holds(box, orEqual: b.Id < a.Id))
            {
                if (!_found.TryGetValue(a.Id, out var list)) _found.Add(a.Id, list = []);
                list.Add(new GroupOverlap(box.Rule, b.Id, nic));
            }
            else if (theirs.UnreadFor(box) is { } gap)
            {
                Doubt(a.Id, gap);
            }
        }
    }

    private void Doubt(SecurityGroupId group, string gap)
    {
        if (!_gaps.TryGetValue(group, out var gaps)) _gaps.Add(group, gaps = new(StringComparer.Ordinal));
        gaps.Add(gap);
    }

    /// <summary>A group that interfaces carry.</summary>
    private sealed class Carried(SecurityGroupId id, int number, EstateFacts facts)
    {
        private Side? _ingress;
        private Side? _egress;

        public SecurityGroupId Id => id;

        /// <summary>Quicker to compare than the id.</summary>
        public int Number => number;

        /// <summary>Null when the estate does not hold it.</summary>
        public SecurityGroup? Group { get; } = facts.Estate.Index.Groups.GetValueOrDefault(id);

        public Side Ingress => _ingress ??= SideOf(Direction.Ingress);

        public Side Egress => _egress ??= SideOf(Direction.Egress);

        public void Forget() => (_ingress, _egress) = (null, null);

        private Side SideOf(Direction direction) => Group is null ? Side.Empty : new Side(facts.MakeBoxes(Group, direction));
    }

    /// <summary>Boxes of one direction of a group; when they are many, found by block or by symbol.</summary>
    private sealed class Side
    {
        private const int Few = 32;

        private readonly bool _hasUnread;
        private BoxIndex? _index;

        public Side(ImmutableArray<RuleBox> boxes)
        {
            Boxes = boxes;
            _hasUnread = boxes.Any(b => b.IsUnread);
        }

        public static Side Empty { get; } = new([]);

        public ImmutableArray<RuleBox> Boxes { get; }

        public bool Holds(RuleBox box, bool orEqual)
        {
            if (Boxes.Length > Few && box.Blocks is null or { Length: 1 })
            {
                foreach (var candidate in (_index ??= new BoxIndex(Boxes)).Candidates(box))
                {
                    if (IsHeldBy(box, candidate, orEqual)) return true;
                }

                return false;
            }

            foreach (var candidate in Boxes)
            {
                if (IsHeldBy(box, candidate, orEqual)) return true;
            }

            return false;
        }

        /// <summary>The list that may hold the box, or hold the box's own entries; null when there is none.</summary>
        public string? UnreadFor(RuleBox box)
        {
            if (!_hasUnread && !box.IsUnread) return null;
            foreach (var candidate in Boxes)
            {
                if (candidate.IsEmpty || !candidate.HoldsServices(box) || candidate.Peer.Equals(box.Peer)) continue;
                if (box.IsUnread && candidate.Peer is not GroupPeer) return $"the entries of prefix list {box.Peer} were not read";
                if (!box.IsUnread && candidate.IsUnread && box.Blocks is not null) return $"the entries of prefix list {candidate.Peer} were not read";
            }

            return null;
        }

        private static bool IsHeldBy(RuleBox box, RuleBox candidate, bool orEqual) => candidate.HoldsServices(box)
            && box.To(candidate) is var relation && (relation == BoxRelation.Within || (orEqual && relation == BoxRelation.Equal));
    }

    /// <summary>Many boxes by block or by symbol.</summary>
    private sealed class BoxIndex
    {
        private readonly Dictionary<Cidr, List<RuleBox>> _byBlock = [];
        private readonly Dictionary<Peer, List<RuleBox>> _bySymbol = [];
        private readonly List<RuleBox> _lists = [];

        public BoxIndex(ImmutableArray<RuleBox> boxes)
        {
            foreach (var box in boxes)
            {
                if (box.Blocks is null) Add(_bySymbol, box.Peer, box);
                else if (box.Blocks is [var block]) Add(_byBlock, block, box);
                else _lists.Add(box);
            }
        }

        /// <summary>Boxes that may hold one of a symbol or a single block.</summary>
        public IEnumerable<RuleBox> Candidates(RuleBox box)
        {
            if (box.Blocks is not [var block]) return _bySymbol.GetValueOrDefault(box.Peer) ?? [];
            return Above(block).Concat(_lists);
        }

        private IEnumerable<RuleBox> Above(Cidr block)
        {
            for (var length = 0; length <= block.PrefixLength; length++)
            {
                foreach (var box in _byBlock.GetValueOrDefault(Cidr.Containing(block.First, length)) ?? []) yield return box;
            }
        }

        private static void Add<TKey>(Dictionary<TKey, List<RuleBox>> map, TKey key, RuleBox box)
            where TKey : notnull
        {
            if (!map.TryGetValue(key, out var list)) map.Add(key, list = []);
            list.Add(box);
        }
    }
}
