using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Reachability;

namespace Sallyport.Connectivity.Differences;

/// <summary>
/// Compares the rules of two estates group by group: groups are atoms, and no block covers one. Holds for every membership.
/// (reference: reachability-and-synthesis §3, "Symbolic")
/// </summary>
internal sealed class SymbolicComparer
{
    private readonly Estate _old;
    private readonly Estate _new;
    private readonly HashSet<PrefixListId> _changedLists;
    private int _edits;

    public SymbolicComparer(Estate old, Estate @new)
    {
        (_old, _new) = (old, @new);
        _changedLists = [.. old.PrefixLists.Concat(@new.PrefixLists).Select(l => l.Id).Distinct().Where(Differs)];
    }

    /// <summary>The differences, by group and direction.</summary>
    public List<SymbolicChange> Changes { get; } = [];

    /// <summary>Groups whose rules were not read, or not wholly, in one of the estates.</summary>
    public List<(SecurityGroupId Group, EstateGap Gap)> Unknown { get; } = [];

    /// <summary>Rules that came.</summary>
    public int RulesAdded { get; private set; }

    /// <summary>Rules that went.</summary>
    public int RulesRemoved { get; private set; }

    /// <summary>Rules that came, went, or have another description or other tags.</summary>
    public int TextualChanges => RulesAdded + RulesRemoved + _edits;

    /// <summary>Compares everything, once.</summary>
    public void Compare()
    {
        foreach (var id in _old.SecurityGroups.Concat(_new.SecurityGroups).Select(g => g.Id).Distinct().Order())
        {
            var (before, after) = (_old.Index.Groups.GetValueOrDefault(id), _new.Index.Groups.GetValueOrDefault(id));
            if (ReferenceEquals(before, after) && _changedLists.Count == 0) continue;
            var (left, right) = (before?.Rules ?? [], after?.Rules ?? []);
            var isSame = AreAlike(left, right);
            if (!isSame) Count(left, right);
            if (GapOf(id, before, after) is { } gap)
            {
                Unknown.Add((id, gap));
                continue;
            }

            if (isSame && !(_changedLists.Count > 0 && right.Any(r => r.Peer is PrefixListPeer list && _changedLists.Contains(list.PrefixList)))) continue;
            foreach (var direction in new[] { Direction.Ingress, Direction.Egress }) Compare(id, direction, left, right);
        }
    }

    private void Compare(SecurityGroupId id, Direction direction, ImmutableArray<SecurityGroupRule> left, ImmutableArray<SecurityGroupRule> right)
    {
        var (a, b) = (Traffic(_old, left), Traffic(_new, right));
        var (added, removed) = (b.Subtract(a), a.Subtract(b));
        if (!added.IsEmpty || !removed.IsEmpty) Changes.Add(new SymbolicChange(id, direction, added, removed));

        AllowedTraffic Traffic(Estate estate, ImmutableArray<SecurityGroupRule> rules) => AllowedTraffic.Of(
            rules.Where(r => r.Direction == direction && IsAlive(r)).Select(r => r.Key),
            list => IsReadInBoth(list) ? estate.Index.EntriesOf(list) : null);
    }

    // A list read in one estate only stays an atom in both: its entries were there in the other as well, only nobody looked.
    private bool IsReadInBoth(PrefixListId list) => ListReading.IsWhole(_old, list) && ListReading.IsWhole(_new, list);

    private bool Differs(PrefixListId list) => (_old.Index.EntriesOf(list), _new.Index.EntriesOf(list)) switch
    {
        ({ } a, { } b) => !a.Select(e => e.Cidr).SequenceEqual(b.Select(e => e.Cidr)),
        _ => false,
    };

    private EstateGap? GapOf(SecurityGroupId id, SecurityGroup? before, SecurityGroup? after)
    {
        foreach (var (group, other, estate) in new[] { (before, after, _old), (after, before, _new) })
        {
            if (group is null)
            {
                if (estate.Gaps.FirstOrDefault(g => g.What is GapKind.SecurityGroups or GapKind.Scope && (g.Where.Length == 0 || g.Where == id.Value || g.Where == other!.Scope.ToString())) is { } unread) return unread;
                continue;
            }

            if (estate.Gaps.IsEmpty || estate.Gaps.FirstOrDefault(g => g.What == GapKind.Rules && (g.Where.Length == 0 || g.Where == id.Value || g.Where == group.Scope.ToString())) is not { } gap) continue;

            // Malformed rules of both, told in the same words, are the same rules.
            if (other is null || group.Malformed.IsEmpty || !group.Malformed.Select(m => (m.Direction, m.Problem)).SequenceEqual(other.Malformed.Select(m => (m.Direction, m.Problem)))) return gap;
        }

        return null;
    }

    private static bool IsAlive(SecurityGroupRule rule) => rule.Peer is not GroupPeer peer || GroupReference.IsAlive(peer);

    private static bool AreAlike(ImmutableArray<SecurityGroupRule> left, ImmutableArray<SecurityGroupRule> right)
    {
        if (left.Length != right.Length) return false;
        for (var i = 0; i < left.Length; i++)
        {
            var (a, b) = (left[i], right[i]);
            if (!ReferenceEquals(a, b) && (a.Direction != b.Direction || a.Service != b.Service || AreOtherWords(a, b) || !a.Peer.Equals(b.Peer) || IsAlive(a) != IsAlive(b) || AreOtherTags(a, b))) return false;
        }

        return true;
    }

    // What is hidden, or not known yet, says nothing about a change of it.
    private static bool AreOtherWords(SecurityGroupRule a, SecurityGroupRule b) => a.Description != b.Description && a.UnknownDescription is null && b.UnknownDescription is null;

    // A source that does not tell tags says nothing about a change of them.
    private static bool AreOtherTags(SecurityGroupRule a, SecurityGroupRule b) => a.Tags is { } left && b.Tags is { } right && !left.Equals(right);

    private void Count(ImmutableArray<SecurityGroupRule> left, ImmutableArray<SecurityGroupRule> right)
    {
        var known = left.ToDictionary(r => r.Key);
        foreach (var rule in right)
        {
            if (!known.Remove(rule.Key, out var before)) RulesAdded++;
            else if (AreOtherWords(before, rule) || IsAlive(before) != IsAlive(rule) || AreOtherTags(before, rule)) _edits++;
        }

        RulesRemoved += known.Count;
    }
}
