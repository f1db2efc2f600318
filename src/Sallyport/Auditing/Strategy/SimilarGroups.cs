using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Sallyport.Auditing.Parameters;
using Sallyport.Estates;

namespace Sallyport.Auditing.Strategy;

/// <summary>
/// Groups that share nearly all their rules with another. For each group the question is only whether an earlier one of the merge
/// order is near enough, and one such is named.
/// </summary>
internal sealed class SimilarGroups
{
    // No peer has it for a number.
    private const int Self = -1;

    private readonly Dictionary<SecurityGroupId, SimilarGroup> _found = [];

    private SimilarGroups()
    {
    }

    /// <summary>The group that this one resembles; null when there is none.</summary>
    public SimilarGroup? Of(SecurityGroupId group) => _found.GetValueOrDefault(group);

    public static SimilarGroups Find(AuditContext context, MergeOrder order, DuplicateGroups duplicates)
    {
        var result = new SimilarGroups();
        var app = context.Parameters.Get(AuditParameters.AppTag);
        var least = context.Parameters.Get(AuditParameters.SimilarShare);
        var groups = order.Sort(context.Estate.SecurityGroups
            .Where(g => !g.IsDefault && !g.Rules.IsEmpty && g.Vpc is not null && duplicates.KeeperOf(g.Id) is null && !context.Facts.HasMalformedRules(g.Id)));
        var atoms = Atoms(context, groups, out var lone);

        foreach (var vpc in Enumerable.Range(0, groups.Count).GroupBy(i => new Place(groups[i].Scope, groups[i].Vpc))) Join([.. vpc]);
        foreach (var same in Enumerable.Range(0, groups.Count).GroupBy(i => app.ValueIn(groups[i].Tags)).Where(a => a.Key is not null)) Join([.. same]);
        return result;

        void Join(List<int> members)
        {
            if (members.Count < 2) return;
            foreach (var (later, earlier, shared) in SimilarSets.Find([.. members.Select(i => atoms[i])], least, lone))
            {
                var (a, b) = (members[later], members[earlier]);
                result._found.TryAdd(groups[a].Id, new SimilarGroup(groups[b], shared, atoms[a].Length + atoms[b].Length - shared));
            }
        }
    }

    /// <summary>
    /// Rules as numbers, the rarest first; a group's own id is "self" in all of them. Numbers below <paramref name="lone"/> stand for
    /// rules of one group only.
    /// </summary>
    private static int[][] Atoms(AuditContext context, List<SecurityGroup> groups, out int lone)
    {
        // A million rules are told apart by the numbers of their services and peers: far quicker to compare.
        var references = context.Estate.Index.References;
        var blocks = new Dictionary<CidrPeer, int>(ReferenceEqualityComparer.Instance);
        var peers = new Dictionary<Peer, int>();
        var numbers = new Dictionary<(long Service, int Peer), int>();
        var counts = new List<int>();
        var atoms = new int[groups.Count][];
        var own = new List<int>();
        for (var i = 0; i < groups.Count; i++)
        {
            own.Clear();
            var group = references.NumberOf(groups[i].Id);
            var named = references.Of(group).Peers.Span;
            var next = 0;
            foreach (var rule in groups[i].Rules)
            {
                // A group's own number stands for itself in that group only.
                var peer = rule.Peer is GroupPeer ? named[next] == group ? Self : named[next] : references.Count + PeerOf(rule.Peer);
                next += rule.Peer is GroupPeer ? 1 : 0;
                var service = rule.Service.Interval;
                ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, (((long)service.First << 32) | ((long)service.Last << 1) | (long)rule.Direction, peer), out var isKnown);
                if (!isKnown)
                {
                    number = counts.Count;
                    counts.Add(0);
                }

                own.Add(number);
            }

            // Two lists of one block each may be the same rule twice.
            own.Sort();
            atoms[i] = WithoutRepeats(own);
            foreach (var number in atoms[i]) counts[number]++;
        }

        var (keys, ranks) = (counts.ToArray(), Enumerable.Range(0, counts.Count).ToArray());
        Array.Sort(keys, ranks);
        lone = Array.FindIndex(keys, c => c > 1) is var first && first >= 0 ? first : keys.Length;
        var rankOf = new int[ranks.Length];
        for (var rank = 0; rank < ranks.Length; rank++) rankOf[ranks[rank]] = rank;
        foreach (var set in atoms)
        {
            for (var i = 0; i < set.Length; i++) set[i] = rankOf[set[i]];
            Array.Sort(set);
        }

        return atoms;

        // Readers make each block's peer once, so most are known by their reference.
        int PeerOf(Peer peer)
        {
            if (peer is not CidrPeer cidr) return NumberIn(peers, context.Facts.CanonicalPeer(peer));
            ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(blocks, cidr, out var isKnown);
            if (!isKnown) number = NumberIn(peers, cidr);
            return number;
        }
    }

    private static int NumberIn<T>(Dictionary<T, int> numbers, T value)
        where T : notnull
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, value, out var isKnown);
        if (!isKnown) number = numbers.Count - 1;
        return number;
    }

    private static int[] WithoutRepeats(List<int> sorted)
    {
        var count = 0;
        for (var i = 0; i < sorted.Count; i++)
        {
            if (i == 0 || sorted[i] != sorted[i - 1]) sorted[count++] = sorted[i];
        }

        return [.. CollectionsMarshal.AsSpan(sorted)[..count]];
    }

    private sealed record Place(Scope Scope, VpcId? Vpc);
}
