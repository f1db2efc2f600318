using System.Runtime.InteropServices;

namespace Sallyport.Estates;

/// <summary>
/// Rules whose peer is a group, with groups as numbers: those of the estate by their place in it, then those that are only named. A
/// large estate has hundreds of thousands of references, and an id is slow to look up.
/// </summary>
internal sealed class GroupGraph
{
    private readonly Estate _estate;
    private readonly Dictionary<SecurityGroupId, int> _numbers;
    private readonly List<SecurityGroupId> _ids;
    private readonly int[] _starts;
    private readonly int[] _owners;
    private readonly int[] _peers;
    private readonly SecurityGroupRule[] _rules;
    private readonly int[] _backStarts;
    private readonly int[] _back;

    public GroupGraph(Estate estate)
    {
        _estate = estate;
        var groups = estate.SecurityGroups;
        _numbers = new(groups.Length);
        _ids = new(groups.Length);
        foreach (var group in groups)
        {
            _numbers[group.Id] = _ids.Count;
            _ids.Add(group.Id);
        }

        var count = groups.Sum(g => g.Rules.Count(r => r.Peer is GroupPeer));
        (_starts, _owners, _peers, _rules) = (new int[groups.Length + 1], new int[count], new int[count], new SecurityGroupRule[count]);
        var next = 0;
        for (var owner = 0; owner < groups.Length; owner++)
        {
            foreach (var rule in groups[owner].Rules)
            {
                if (rule.Peer is not GroupPeer peer) continue;
                (_owners[next], _peers[next], _rules[next]) = (owner, NumberFor(peer.Group), rule);
                next++;
            }

            _starts[owner + 1] = next;
        }

        // Counted, then put in place: references to a group stay in the estate's order.
        _backStarts = new int[_ids.Count + 1];
        foreach (var peer in _peers) _backStarts[peer + 1]++;
        for (var i = 1; i < _backStarts.Length; i++) _backStarts[i] += _backStarts[i - 1];
        _back = new int[count];
        var free = _backStarts.AsSpan()[..^1].ToArray();
        for (var i = 0; i < count; i++) _back[free[_peers[i]]++] = i;
    }

    /// <summary>How many groups the estate holds or names.</summary>
    public int Count => _ids.Count;

    /// <summary>The id of a number.</summary>
    public SecurityGroupId IdOf(int number) => _ids[number];

    /// <summary>The number of a group that the estate holds or names; -1 for another.</summary>
    public int NumberOf(SecurityGroupId group) => _numbers.TryGetValue(group, out var number) ? number : -1;

    /// <summary>Peers and rules of the references that a group of the estate makes, in the order of its rules; none for another group.</summary>
    public (ReadOnlyMemory<int> Peers, ReadOnlyMemory<SecurityGroupRule> Rules) Of(int owner) =>
        owner >= 0 && owner + 1 < _starts.Length ? (_peers.AsMemory(_starts[owner].._starts[owner + 1]), _rules.AsMemory(_starts[owner].._starts[owner + 1])) : default;

    /// <summary>The rules that name a group, with their owners, in the estate's order.</summary>
    public IEnumerable<(SecurityGroup Group, SecurityGroupRule Rule)> To(SecurityGroupId group)
    {
        if (!_numbers.TryGetValue(group, out var number)) yield break;
        for (var i = _backStarts[number]; i < _backStarts[number + 1]; i++) yield return (_estate.SecurityGroups[_owners[_back[i]]], _rules[_back[i]]);
    }

    /// <summary>How many rules of other groups name a group.</summary>
    public int CountFromOthers(SecurityGroupId group)
    {
        if (!_numbers.TryGetValue(group, out var number)) return 0;
        var count = 0;
        for (var i = _backStarts[number]; i < _backStarts[number + 1]; i++) count += _owners[_back[i]] == number ? 0 : 1;
        return count;
    }

    private int NumberFor(SecurityGroupId group)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, group, out var isKnown);
        if (isKnown) return number;
        number = _ids.Count;
        _ids.Add(group);
        return number;
    }
}
