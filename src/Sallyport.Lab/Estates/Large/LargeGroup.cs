using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Lab.Estates.Large;

/// <summary>A group while its rules are drawn: how many it shall have, and how much of each direction's quota they take.</summary>
internal sealed class LargeGroup(SecurityGroupId id, int wanted)
{
    /// <summary>EC2's default quota for each direction, held here for both families together.</summary>
    private const int DefaultQuota = 60;

    private readonly HashSet<RuleKey> _keys = new(wanted);
    private readonly int _quota = Math.Max(DefaultQuota, (wanted + 1) / 2);
    private readonly int[] _used = new int[2];

    public SecurityGroupId Id { get; } = id;

    /// <summary>How many rules it shall have.</summary>
    public int Wanted { get; } = wanted;

    public List<SecurityGroupRule> Rules { get; } = new(wanted);

    public bool IsFull => Rules.Count >= Wanted;

    /// <summary>A list may weigh as much as ten rules, so groups with many rules take none.</summary>
    public bool TakesLists => Wanted <= DefaultQuota - 10;

    /// <summary>Adds a rule unless the group has it, has enough, or the direction's quota is used up.</summary>
    public bool TryAdd(Direction direction, Service service, Peer peer, int weight, string description, LargeIds ids)
    {
        if (IsFull || _used[(int)direction] + weight > _quota || !_keys.Add(new RuleKey(direction, service, peer))) return false;
        _used[(int)direction] += weight;
        Rules.Add(new SecurityGroupRule(direction, service, peer) { Id = ids.NextRule(), Description = description, Tags = Tags.None });
        return true;
    }
}
