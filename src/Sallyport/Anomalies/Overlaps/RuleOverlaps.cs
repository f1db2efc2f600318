using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Anomalies.Overlaps;

/// <summary>
/// Rules of one direction of a group that other rules of it make needless, exactly and symbolically: a block never covers a
/// group. Blocks nest or are disjoint, so what covers a block are its ancestors, its equals, and descendants that fill it;
/// this takes O(n log n) steps times the address width for n rules.
/// </summary>
internal sealed class RuleOverlaps
{
    // Up to here asking every pair whether it overlaps at all is cheaper than building the tree of blocks.
    private const int FewRules = 64;

    private static readonly RuleOverlaps None = new([]);

    private RuleOverlaps(ImmutableArray<Shadow> shadows) => Shadows = shadows;

    /// <summary>By rule. Of rules that mean the same only the later ones are listed, so one always stays.</summary>
    public ImmutableArray<Shadow> Shadows { get; }

    /// <summary>Compares the rules of one direction.</summary>
    public static RuleOverlaps Of(ImmutableArray<SecurityGroupRule> rules, EstateFacts facts)
    {
        if (rules.Length < 2) return None;
        if (rules.Length <= FewRules)
        {
            if (!MayOverlap(rules)) return None;
            if (PairwiseShadows.Find(rules, facts) is { } shadows) return shadows.Count == 0 ? None : new RuleOverlaps([.. shadows]);
        }

        return OfMany(rules, facts);
    }

    /// <summary>The same for any number of rules.</summary>
    public static RuleOverlaps OfMany(ImmutableArray<SecurityGroupRule> rules, EstateFacts facts)
    {
        var blocks = new BlockTable();
        var blocksOf = new ImmutableArray<Cidr>[rules.Length];
        var symbols = new Dictionary<Peer, List<int>>();
        for (var i = 0; i < rules.Length; i++)
        {
            var known = facts.BlocksOf(rules[i].Peer);
            blocksOf[i] = known ?? [];
            if (known is not null)
            {
                foreach (var block in blocksOf[i]) blocks.Add(block, i, rules[i].Service.Interval);
            }
            else
            {
                if (!symbols.TryGetValue(rules[i].Peer, out var list)) symbols.Add(rules[i].Peer, list = []);
                list.Add(i);
            }
        }

        blocks.Seal();
        var shadows = new List<Shadow>();
        for (var i = 0; i < rules.Length; i++)
        {
            if (!blocksOf[i].IsEmpty && JudgeBlocks(blocks, blocksOf, rules, i) is { } shadow) shadows.Add(shadow);
        }

        foreach (var indexes in symbols.Values.Where(l => l.Count > 1)) AddSymbol(shadows, rules, indexes);
        shadows.Sort((a, b) => a.Rule.CompareTo(b.Rule));
        return new RuleOverlaps([.. shadows]);
    }

    private static bool MayOverlap(ImmutableArray<SecurityGroupRule> rules)
    {
        for (var i = 0; i < rules.Length; i++)
        {
            var services = rules[i].Service.Interval;
            for (var j = i + 1; j < rules.Length; j++)
            {
                var other = rules[j].Service.Interval;
                if (services.First <= other.Last && other.First <= services.Last && MayOverlap(rules[i].Peer, rules[j].Peer)) return true;
            }
        }

        return false;
    }

    // A list may overlap any block and any list; what it holds is looked at only when a pair comes this far.
    private static bool MayOverlap(Peer a, Peer b) => (a, b) switch
    {
        (CidrPeer x, CidrPeer y) => x.Cidr.Contains(y.Cidr) || y.Cidr.Contains(x.Cidr),
        (GroupPeer, _) or (_, GroupPeer) => a.Equals(b),
        _ => true,
    };

    private static Shadow? JudgeBlocks(BlockTable table, ImmutableArray<Cidr>[] blocksOf, ImmutableArray<SecurityGroupRule> rules, int rule)
    {
        var services = rules[rule].Service.Interval;
        var own = blocksOf[rule];
        var hasSingle = false;

        // A block has its holder in one look-up; only a list must try everybody who holds its first block.
        IEnumerable<int> holders = own.Length > 1 ? table.Holders(own[0], services)
            : table.HolderOf(own[0], services, rule) is { } holder ? [holder] : [];
        foreach (var other in holders)
        {
            if (other == rule || !HoldsAll(blocksOf[other], own)) continue;
            var isEqual = rules[other].Service.Interval == services && HoldsAll(own, blocksOf[other]);
            if (!isEqual || other < rule) return new Shadow(rule, other);
            hasSingle = true;
        }

        return !hasSingle && own.All(b => table.IsCoveredByOthers(b, services)) ? new Shadow(rule, null) : null;
    }

    // Both lists are sorted and disjoint, and a block inside a list is inside one of its blocks.
    private static bool HoldsAll(ImmutableArray<Cidr> outer, ImmutableArray<Cidr> inner)
    {
        var j = 0;
        foreach (var block in inner)
        {
            while (j < outer.Length && (outer[j].Family < block.Family || (outer[j].Family == block.Family && outer[j].Last < block.First))) j++;
            if (j == outer.Length || !outer[j].Contains(block)) return false;
        }

        return true;
    }

    private static void AddSymbol(List<Shadow> shadows, ImmutableArray<SecurityGroupRule> rules, List<int> indexes)
    {
        var holders = new IntervalHolders(indexes.Select(i => (rules[i].Service.Interval, i)));
        foreach (var index in indexes)
        {
            var services = rules[index].Service.Interval;
            var single = holders.HolderOf(services, except: index);
            if (single is not null) shadows.Add(new Shadow(index, single));
            else if (holders.CoveredTwice.Contains(services)) shadows.Add(new Shadow(index, null));
        }
    }

    /// <summary>A needless rule.</summary>
    /// <param name="Rule">Its index.</param>
    /// <param name="By">Index of a rule that allows all it allows; null when only several do together.</param>
    internal readonly record struct Shadow(int Rule, int? By);
}
