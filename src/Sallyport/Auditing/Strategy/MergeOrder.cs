using Sallyport.Estates;

namespace Sallyport.Auditing.Strategy;

/// <summary>
/// Which of two groups is kept when they become one: the one that more interfaces carry, then the one that more rules name, then
/// the one with the lower id, so that a merge changes as little as can be.
/// </summary>
internal sealed class MergeOrder : IComparer<SecurityGroup>
{
    private readonly Dictionary<SecurityGroupId, int> _members = [];
    private readonly Dictionary<SecurityGroupId, int> _references = [];

    public MergeOrder(Estate estate)
    {
        foreach (var nic in estate.NetworkInterfaces)
        {
            foreach (var group in nic.Groups) _members[group] = _members.GetValueOrDefault(group) + 1;
        }

        foreach (var group in estate.SecurityGroups)
        {
            foreach (var rule in group.Rules)
            {
                if (rule.Peer is GroupPeer peer && peer.Group != group.Id) _references[peer.Group] = _references.GetValueOrDefault(peer.Group) + 1;
            }
        }
    }

    /// <summary>Kept first.</summary>
    public int Compare(SecurityGroup? x, SecurityGroup? y)
    {
        if (x is null || y is null) return (x is null ? 1 : 0) - (y is null ? 1 : 0);
        var order = _members.GetValueOrDefault(y.Id).CompareTo(_members.GetValueOrDefault(x.Id));
        if (order == 0) order = _references.GetValueOrDefault(y.Id).CompareTo(_references.GetValueOrDefault(x.Id));
        return order != 0 ? order : x.Id.CompareTo(y.Id);
    }
}
