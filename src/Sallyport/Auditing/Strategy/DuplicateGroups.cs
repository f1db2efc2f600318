using System.Runtime.InteropServices;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Reachability;

namespace Sallyport.Auditing.Strategy;

/// <summary>
/// Groups of one VPC that allow exactly the same, however their rules are written: lists are expanded, other groups stay symbols.
/// A group that names itself is its own symbol, so two such groups are never the same; nor are groups used in different VPCs. Exact: groups are put in buckets by what
/// equal groups must share, and compared within them.
/// </summary>
internal sealed class DuplicateGroups
{
    private readonly Dictionary<SecurityGroupId, SecurityGroup> _keepers = [];
    private readonly Dictionary<SecurityGroupId, string> _doubts = [];

    private DuplicateGroups()
    {
    }

    /// <summary>The group that makes this one needless; null when none does.</summary>
    public SecurityGroup? KeeperOf(SecurityGroupId group) => _keepers.GetValueOrDefault(group);

    /// <summary>Why it cannot be said that no other group allows the same; null when it can.</summary>
    public string? DoubtOf(SecurityGroupId group) => _doubts.GetValueOrDefault(group);

    public static DuplicateGroups Find(AuditContext context, MergeOrder order)
    {
        var found = new DuplicateGroups();
        var outliner = new Outliner(context.Estate.Index.References);
        foreach (var vpc in context.Estate.SecurityGroups.Where(g => !g.IsDefault && !g.Rules.IsEmpty && g.Vpc is not null).GroupBy(g => new Place(g.Scope, g.Vpc, string.Join(',', context.Facts.VpcIdsOf(g.Id).Order()))))
        {
            foreach (var bucket in vpc.GroupBy(outliner.Of).Where(b => b.Skip(1).Any())) found.Compare(context, order, [.. bucket]);
        }

        foreach (var group in context.Estate.SecurityGroups)
        {
            if (group.IsDefault || found._keepers.ContainsKey(group.Id)) continue;
            if (!group.Malformed.IsEmpty || context.Facts.HasMalformedRules(group.Id)) found._doubts[group.Id] = "some of the group's rules were not understood";
            else if (group.Vpc is null && !group.Rules.IsEmpty) found._doubts[group.Id] = "the group's VPC was not read";
        }

        return found;
    }

    private void Compare(AuditContext context, MergeOrder order, List<SecurityGroup> bucket)
    {
        bucket.RemoveAll(g => !g.Malformed.IsEmpty || context.Facts.HasMalformedRules(g.Id));
        var firstOf = new Dictionary<BothWays, SecurityGroup>();
        var known = new Dictionary<string, BothWays>(StringComparer.Ordinal);
        foreach (var group in order.Sort(bucket))
        {
            // Most equal groups are written alike: their algebra is done once.
            var text = string.Join('\n', group.Rules.Select(r => r.Key));
            if (!known.TryGetValue(text, out var traffic)) known.Add(text, traffic = new BothWays(Traffic(context, group, Direction.Ingress), Traffic(context, group, Direction.Egress)));
            if (firstOf.TryGetValue(traffic, out var keeper)) _keepers.Add(group.Id, keeper);
            else firstOf.Add(traffic, group);
        }

        if (bucket.Count < 2) return;
        var unread = bucket.SelectMany(g => g.Rules).Select(r => r.Peer).OfType<PrefixListPeer>().FirstOrDefault(l => context.Estate.Index.EntriesOf(l.PrefixList) is null);
        if (unread is null) return;
        foreach (var group in bucket)
        {
            if (!_keepers.ContainsKey(group.Id)) _doubts[group.Id] = $"the entries of prefix list {unread.PrefixList} were not read";
        }
    }

    private static AllowedTraffic Traffic(AuditContext context, SecurityGroup group, Direction direction) =>
        AllowedTraffic.Of(group.RulesOf(direction).Select(r => r.Key), context.Estate.Index.EntriesOf);

    private sealed record Place(Scope Scope, VpcId? Vpc, string UsedIn);

    private sealed record BothWays(AllowedTraffic Ingress, AllowedTraffic Egress);

    /// <summary>
    /// What equal traffic shares: services and named groups, whatever lists hold. What differs by chance alone is compared. A large
    /// estate is outlined in one go, so the working space is the same for all its groups.
    /// </summary>
    private sealed class Outliner(GroupGraph references)
    {
        private readonly List<Interval> _services = [];
        private readonly List<int> _peers = [];

        public long Of(SecurityGroup group)
        {
            var own = references.Of(references.NumberOf(group.Id)).Peers.Span;
            return ((long)Of(group, own, Direction.Ingress) << 32) | (uint)Of(group, own, Direction.Egress);
        }

        private int Of(SecurityGroup group, ReadOnlySpan<int> peers, Direction direction)
        {
            _services.Clear();
            _peers.Clear();
            var next = 0;
            foreach (var rule in group.Rules)
            {
                var peer = rule.Peer is GroupPeer ? peers[next++] : -1;
                if (rule.Direction != direction) continue;
                _services.Add(rule.Service.Interval);
                if (peer >= 0) _peers.Add(peer);
            }

            var hash = default(HashCode);
            hash.Add(ServiceSet.FromIntervals(CollectionsMarshal.AsSpan(_services)));
            _peers.Sort();
            for (var i = 0; i < _peers.Count; i++)
            {
                if (i == 0 || _peers[i] != _peers[i - 1]) hash.Add(_peers[i]);
            }

            return hash.ToHashCode();
        }
    }
}
