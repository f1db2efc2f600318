using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Anomalies.Overlaps;

/// <summary>
/// The shadows of few rules, found by comparing every two of them. It answers as <see cref="BlockTable"/> does, the same holder included,
/// and gives up where only the table can: at lists of several blocks, and where rules may cover another together.
/// </summary>
internal sealed class PairwiseShadows
{
    private readonly (Interval Services, Cidr? Block, Peer Peer)[] _rules;

    private PairwiseShadows((Interval Services, Cidr? Block, Peer Peer)[] rules) => _rules = rules;

    /// <summary>By rule; null when the table is needed.</summary>
    public static List<RuleOverlaps.Shadow>? Find(ImmutableArray<SecurityGroupRule> rules, EstateFacts facts)
    {
        var entries = new (Interval Services, Cidr? Block, Peer Peer)[rules.Length];
        for (var i = 0; i < rules.Length; i++)
        {
            var blocks = rules[i].Peer is CidrPeer cidr ? [cidr.Cidr] : facts.BlocksOf(rules[i].Peer);
            if (blocks is { Length: not 1 }) return null;
            entries[i] = (rules[i].Service.Interval, blocks?[0], rules[i].Peer);
        }

        var pairs = new PairwiseShadows(entries);
        var shadows = new List<RuleOverlaps.Shadow>();
        for (var i = 0; i < rules.Length; i++)
        {
            if (pairs.HolderOf(i) is { } holder)
            {
                // Of blocks that mean the same only the later ones are needless; of one group no two rules do.
                var isEqual = pairs._rules[i].Block is { } block && block == pairs._rules[holder].Block && pairs._rules[i].Services == pairs._rules[holder].Services;
                if (!isEqual || holder < i) shadows.Add(new(i, holder));
            }
            else if (pairs.MayBeCovered(i))
            {
                return null;
            }
        }

        return shadows;
    }

    /// <summary>The rule with the widest block that holds all of one; of those with the services that reach furthest, then start first.</summary>
    private int? HolderOf(int rule)
    {
        int? best = null;
        var services = _rules[rule].Services;
        for (var i = 0; i < _rules.Length; i++)
        {
            var other = _rules[i].Services;
            if (i == rule || other.First > services.First || other.Last < services.Last || !HoldsPeer(i, rule)) continue;
            if (best is not { } known || IsBetter(i, known)) best = i;
        }

        return best;
    }

    private bool IsBetter(int rule, int known)
    {
        var (a, b) = (_rules[rule], _rules[known]);
        if (a.Block is { } block && b.Block is { } other && block.PrefixLength != other.PrefixLength) return block.PrefixLength < other.PrefixLength;
        if (a.Services.Last != b.Services.Last) return a.Services.Last > b.Services.Last;
        return a.Services.First < b.Services.First;
    }

    private bool HoldsPeer(int outer, int inner) => (_rules[outer].Block, _rules[inner].Block) switch
    {
        ({ } a, { } b) => a.Contains(b),
        (null, null) => _rules[outer].Peer.Equals(_rules[inner].Peer),
        _ => false,
    };

    // Rules that cover one together hold its first packet and its last.
    private bool MayBeCovered(int rule) => IsHeld(rule, first: true) && IsHeld(rule, first: false);

    private bool IsHeld(int rule, bool first)
    {
        var (services, block, peer) = _rules[rule];
        var point = first ? services.First : services.Last;
        for (var i = 0; i < _rules.Length; i++)
        {
            var other = _rules[i];
            if (i == rule || other.Services.First > point || point > other.Services.Last) continue;
            if (block is { } own ? other.Block is { } theirs && theirs.Contains(first ? own.First : own.Last) : other.Block is null && other.Peer.Equals(peer)) return true;
        }

        return false;
    }
}
