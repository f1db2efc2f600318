using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Networks;

/// <summary>
/// A network ACL with its order worked out: for each direction and family, what the first match lets through for each far
/// address. (reference: reachability-and-synthesis §4.3)
/// </summary>
internal sealed class CompiledAcl
{
    private readonly AddressServices _ingressV4;
    private readonly AddressServices _ingressV6;
    private readonly AddressServices _egressV4;
    private readonly AddressServices _egressV6;

    public CompiledAcl(NetworkAcl acl)
    {
        Id = acl.Id;
        _ingressV4 = Compile(acl, Direction.Ingress, IpFamily.V4);
        _ingressV6 = Compile(acl, Direction.Ingress, IpFamily.V6);
        _egressV4 = Compile(acl, Direction.Egress, IpFamily.V4);
        _egressV6 = Compile(acl, Direction.Egress, IpFamily.V6);
    }

    /// <summary>The ACL's id.</summary>
    public string Id { get; }

    /// <summary>What passes in a direction, far addresses of a family.</summary>
    public AddressServices Side(Direction direction, IpFamily family) => direction == Direction.Ingress
        ? family == IpFamily.V4 ? _ingressV4 : _ingressV6
        : family == IpFamily.V4 ? _egressV4 : _egressV6;

    /// <summary>What passes in a direction from or to a far address.</summary>
    public ServiceSet At(Direction direction, Address far) => Side(direction, far.Family).At(far.Bits);

    private static AddressServices Compile(NetworkAcl acl, Direction direction, IpFamily family)
    {
        var entries = acl.Entries.Where(e => e.Direction == direction && e.Cidr.Family == family).OrderBy(e => e.Number).ToList();
        var starts = new SortedSet<AddressNumber>();
        foreach (var entry in entries)
        {
            starts.Add(entry.Cidr.Bits);
            if (entry.Cidr.Last.Bits < Address.Max(family)) starts.Add(entry.Cidr.Last.Bits + 1);
        }

        var slabs = new List<AddressServices.Slab>();
        AddressNumber? last = null;
        foreach (var first in starts.Reverse())
        {
            slabs.Add(new AddressServices.Slab(new AddressRange(first, last ?? Address.Max(family)), FirstMatches(entries, new Address(family, first))));
            last = first - 1;
        }

        return AddressServices.FromBoxes(family, slabs);
    }

    private static ServiceSet FirstMatches(List<NetworkAclEntry> entries, Address far)
    {
        var (decided, allowed) = (ServiceSet.Empty, ServiceSet.Empty);
        foreach (var entry in entries)
        {
            if (!entry.Cidr.Contains(far)) continue;
            var matched = ServiceSet.Of(entry.Service);
            if (entry.Allows) allowed = allowed.Union(matched.Subtract(decided));
            decided = decided.Union(matched);
            if (decided.IsAny) break;
        }

        return allowed;
    }
}
