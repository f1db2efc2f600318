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
    private readonly Dictionary<(SecurityGroupId, Direction), Side> _sides = [];

    public GroupOverlaps(AuditContext context)
    {
        _facts = context.Facts;
        var seen = new HashSet<(SecurityGroupId, SecurityGroupId)>();
        foreach (var vpc in context.Strategy.Sets.GroupBy(s => s.Interfaces[0].Vpc))
        {
            foreach (var set in vpc)
            {
                foreach (var a in set.Groups)
                {
                    foreach (var b in set.Groups)
                    {
                        if (a != b && seen.Add((a, b))) Compare(a, b, set.Interfaces[0].Id);
                    }
                }
            }

            // Groups of one VPC meet on interfaces of that VPC: what was worked out for them is not asked for again.
            _sides.Clear();
        }
    }

    /// <summary>Overlaps of a group's rules, by the other group and rule.</summary>
    public IReadOnlyList<GroupOverlap> Of(SecurityGroupId group) => _found.TryGetValue(group, out var list) ? list : [];

    /// <summary>Why there may be more.</summary>
    public IReadOnlyCollection<string> GapsOf(SecurityGroupId group) => _gaps.TryGetValue(group, out var gaps) ? gaps : [];

    private void Compare(SecurityGroupId a, SecurityGroupId b, NetworkInterfaceId nic)
    {
        if (!_facts.Estate.Index.Groups.TryGetValue(a, out var group)) return;
        if (!_facts.Estate.Index.Groups.TryGetValue(b, out var other))
        {
            if (!group.Rules.IsEmpty) Doubt(a, $"group {b}, which shares interfaces with it, is not in the estate");
            return;
        }

        foreach (var direction in new[] { Direction.Ingress, Direction.Egress })
        {
            var (own, theirs) = (SideOf(group, direction), SideOf(other, direction));
            foreach (var box in own.Boxes)
            {
                if (box.IsEmpty) continue;
                if (theirs.Holds(box, orEqual: b < a))
                {
                    if (!_found.TryGetValue(a, out var list)) _found.Add(a, list = []);
                    list.Add(new GroupOverlap(box.Rule, b, nic));
                }
                else if (theirs.UnreadFor(box) is { } gap)
                {
                    Doubt(a, gap);
                }
            }
        }
    }

    private void Doubt(SecurityGroupId group, string gap)
    {
        if (!_gaps.TryGetValue(group, out var gaps)) _gaps.Add(group, gaps = new(StringComparer.Ordinal));
        gaps.Add(gap);
    }

    private Side SideOf(SecurityGroup group, Direction direction)
    {
        if (!_sides.TryGetValue((group.Id, direction), out var side))
        {
            _sides.Add((group.Id, direction), side = new Side([.. group.RulesOf(direction).Select((r, i) => RuleBox.Of(r, i, _facts))]));
        }

        return side;
    }

    /// <summary>Boxes of one direction of a group; when they are many, found by block or by symbol.</summary>
    private sealed class Side
    {
        private const int Few = 32;

        private readonly Dictionary<Cidr, List<RuleBox>> _byBlock = [];
        private readonly Dictionary<Peer, List<RuleBox>> _bySymbol = [];
        private readonly List<RuleBox> _lists = [];
        private readonly bool _hasUnread;
        private bool _isIndexed;

        public Side(ImmutableArray<RuleBox> boxes)
        {
            Boxes = boxes;
            _hasUnread = boxes.Any(b => b.IsUnread);
        }

        public ImmutableArray<RuleBox> Boxes { get; }

        public bool Holds(RuleBox box, bool orEqual)
        {
            if (Boxes.Length > Few && box.Blocks is null or { Length: 1 })
            {
                foreach (var candidate in Candidates(box))
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

        private IEnumerable<RuleBox> Candidates(RuleBox box)
        {
            if (!_isIndexed) Index();
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

        private void Index()
        {
            _isIndexed = true;
            foreach (var box in Boxes)
            {
                if (box.Blocks is null) Add(_bySymbol, box.Peer, box);
                else if (box.Blocks is [var block]) Add(_byBlock, block, box);
                else _lists.Add(box);
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
