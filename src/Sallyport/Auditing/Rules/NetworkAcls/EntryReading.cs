using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules.NetworkAcls;

/// <summary>One entry in its place: what earlier entries leave it to decide.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="IsShadowed">True when earlier entries decide all of its traffic.</param>
/// <param name="Preempted">What earlier entries of the other action decide of its traffic.</param>
/// <param name="Contrary">Earlier entries of the other action that share traffic with it.</param>
internal sealed record EntryReading(NetworkAclEntry Entry, bool IsShadowed, AddressServices Preempted, IReadOnlyList<NetworkAclEntry> Contrary)
{
    /// <summary>EC2's own last entries begin here: 32767 and, for IPv6, 32768.</summary>
    private const int FirstImplicit = 32_767;

    /// <summary>Reads the entries of one direction and family in order; the implicit last deny is left out.</summary>
    public static IEnumerable<EntryReading> Of(NetworkAcl acl, Direction direction, IpFamily family)
    {
        var decided = AddressServices.Empty(family);
        var (allowed, denied) = (AddressServices.Empty(family), AddressServices.Empty(family));
        var earlier = new List<NetworkAclEntry>();
        foreach (var entry in acl.Entries.Where(e => e.Direction == direction && e.Cidr.Family == family && e.Number < FirstImplicit).OrderBy(e => e.Number))
        {
            var box = AddressServices.FromBoxes(family, [new(new AddressRange(entry.Cidr.Bits, entry.Cidr.Last.Bits), ServiceSet.Of(entry.Service))]);
            var contrary = earlier.Where(e => e.Allows != entry.Allows && Meet(e, entry)).ToList();
            yield return new EntryReading(entry, box.IsSubsetOf(decided), box.Intersect(entry.Allows ? denied : allowed), contrary);
            var news = box.Subtract(decided);
            decided = decided.Union(box);
            if (entry.Allows) allowed = allowed.Union(news);
            else denied = denied.Union(news);
            earlier.Add(entry);
        }
    }

    /// <summary>The readings of every direction and family.</summary>
    public static IEnumerable<EntryReading> Of(NetworkAcl acl) =>
        new[] { Direction.Ingress, Direction.Egress }.SelectMany(d => new[] { IpFamily.V4, IpFamily.V6 }.SelectMany(f => Of(acl, d, f)));

    private static bool Meet(NetworkAclEntry a, NetworkAclEntry b) =>
        (a.Cidr.Contains(b.Cidr) || b.Cidr.Contains(a.Cidr)) && ServiceSet.Of(a.Service).Overlaps(b.Service.Interval);
}
