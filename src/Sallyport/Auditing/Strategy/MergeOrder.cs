using Sallyport.Estates;

namespace Sallyport.Auditing.Strategy;

/// <summary>
/// Which of two groups is kept when they become one: the one that more interfaces carry, then the one that more rules name, then
/// the one with the lower id, so that a merge changes as little as can be.
/// </summary>
internal sealed class MergeOrder(EstateIndex index)
{
    /// <summary>Kept first.</summary>
    public List<SecurityGroup> Sort(IEnumerable<SecurityGroup> groups)
    {
        // Every group is looked up once: a comparison that asks for both would do it some thirty times a group.
        var keyed = groups.Select(g => new Used(index.MembersOf(g.Id).Count, index.References.CountFromOthers(g.Id), g)).ToArray();
        Array.Sort(keyed, static (a, b) =>
        {
            var order = b.Interfaces.CompareTo(a.Interfaces);
            if (order == 0) order = b.References.CompareTo(a.References);
            return order != 0 ? order : a.Group.Id.CompareTo(b.Group.Id);
        });
        return [.. keyed.Select(k => k.Group)];
    }

    private readonly record struct Used(int Interfaces, int References, SecurityGroup Group);
}
