using System.Runtime.InteropServices;
using Sallyport.Estates;

namespace Sallyport.Auditing.Strategy;

/// <summary>
/// Which of two groups is kept when they become one: the one that more interfaces carry, then the one that more rules name, then
/// the one with the lower id, so that a merge changes as little as can be.
/// </summary>
internal sealed class MergeOrder
{
    private readonly Dictionary<SecurityGroupId, (int Members, int References)> _uses = [];

    public MergeOrder(Estate estate)
    {
        foreach (var nic in estate.NetworkInterfaces)
        {
            foreach (var group in nic.Groups) CollectionsMarshal.GetValueRefOrAddDefault(_uses, group, out _).Members++;
        }

        foreach (var group in estate.SecurityGroups)
        {
            foreach (var rule in group.Rules)
            {
                if (rule.Peer is GroupPeer peer && peer.Group != group.Id) CollectionsMarshal.GetValueRefOrAddDefault(_uses, peer.Group, out _).References++;
            }
        }
    }

    /// <summary>Kept first.</summary>
    public List<SecurityGroup> Sort(IEnumerable<SecurityGroup> groups)
    {
        // Every group is looked up once: a comparison that asks for both would do it some thirty times a group.
        var keyed = groups.Select(g => (Uses: _uses.GetValueOrDefault(g.Id), Group: g)).ToArray();
        Array.Sort(keyed, static (a, b) =>
        {
            var order = b.Uses.CompareTo(a.Uses);
            return order != 0 ? order : a.Group.Id.CompareTo(b.Group.Id);
        });
        return [.. keyed.Select(k => k.Group)];
    }
}
