using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connections.Importing;

/// <summary>
/// Which egress rules of a group let it reach the whole internet: those that do alone, and those that do together with others
/// for some service (0.0.0.0/1 with 128.0.0.0/1). Of a union the widest blocks are taken first, until less than half of the
/// internet is left, so that a narrow block beside a ladder of wide ones stays what it is.
/// </summary>
internal static class OpenEgress
{
    /// <summary>The keys of those rules, in order.</summary>
    public static ImmutableArray<RuleKey> Of(SecurityGroup group, Estate estate) => WorldRules(group, Direction.Egress, estate);

    /// <summary>As <see cref="Of"/>, for either direction.</summary>
    public static ImmutableArray<RuleKey> WorldRules(SecurityGroup group, Direction direction, Estate estate)
    {
        var rules = group.RulesOf(direction).Select(r => (r.Key, Blocks: BlocksOf(r.Peer, estate)))
            .Where(r => !r.Blocks.IsEmpty).ToList();
        var open = rules.Where(r => IsWorld(r.Blocks)).Select(r => r.Key).ToHashSet();
        foreach (var family in new[] { IpFamily.V4, IpFamily.V6 })
        {
            var rest = rules.Where(r => !open.Contains(r.Key))
                .SelectMany(r => r.Blocks.Where(b => b.Family == family && Public(b)).Select(b => (r.Key, Block: b)))
                .ToList();
            if (rest.Count > 1) TakeUnions(rest, family, open);
        }

        return [.. open.Order()];
    }

    /// <summary>The blocks a peer stands for; empty for groups and unread lists.</summary>
    public static ImmutableArray<Cidr> BlocksOf(Peer peer, Estate estate) => peer switch
    {
        CidrPeer cidr => [cidr.Cidr],
        PrefixListPeer list when estate.Index.EntriesOf(list.PrefixList) is { } entries => [.. entries.Select(e => e.Cidr)],
        _ => [],
    };

    /// <summary>True when the blocks include a /0 or the whole internet of a family.</summary>
    public static bool IsWorld(ImmutableArray<Cidr> blocks) =>
        blocks.Any(b => b.PrefixLength == 0)
        || IsWhole(AddressSet.Of(IpFamily.V4, blocks))
        || IsWhole(AddressSet.Of(IpFamily.V6, blocks));

    private static bool IsWhole(AddressSet addresses) => PublicSpace.WorldOf(addresses.Family).IsSubsetOf(addresses);

    private static bool Public(Cidr block) => PublicSpace.WorldOf(block.Family).Overlaps(AddressSet.Of(block));

    private static void TakeUnions(List<(RuleKey Key, Cidr Block)> rest, IpFamily family, HashSet<RuleKey> open)
    {
        // Most rules apply together at the first point of the one that starts last, so the first points stand for all.
        foreach (var point in rest.Select(r => r.Key.Service.Interval.First).Distinct().Order().ToList())
        {
            var here = rest.Where(r => r.Key.Service.Interval.First <= point && point <= r.Key.Service.Interval.Last).ToList();
            if (!IsWhole(AddressSet.Of(family, here.Select(r => r.Block)))) continue;
            var half = PublicSpace.WorldOf(family).Count >> 1;
            while (here.Count > 0)
            {
                var covered = AddressSet.Of(family, here.Select(r => r.Block)).Intersect(PublicSpace.WorldOf(family));
                if (covered.Count < half) break;
                var widest = here.Min(r => r.Block.PrefixLength);
                var taken = here.Where(r => r.Block.PrefixLength == widest).Select(r => r.Key).ToHashSet();
                open.UnionWith(taken);
                here.RemoveAll(r => taken.Contains(r.Key));
                rest.RemoveAll(r => taken.Contains(r.Key));
            }
        }
    }
}
