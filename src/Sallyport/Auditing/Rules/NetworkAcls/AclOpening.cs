using Sallyport.Auditing.Exposure;
using Sallyport.Connectivity.Networks;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules.NetworkAcls;

/// <summary>
/// Services that a network ACL opens to the world by its first matches, for each direction and family. An ACL that keeps some
/// addresses out first is open to the world all the same: a fraction of public space is enough.
/// </summary>
internal sealed class AclOpening
{
    private readonly NetworkAcl _acl;
    private readonly Dictionary<(Direction, IpFamily), ServiceSet> _open = [];

    public AclOpening(NetworkAcl acl, double fraction)
    {
        _acl = acl;
        var compiled = new CompiledAcl(acl);
        foreach (var direction in new[] { Direction.Ingress, Direction.Egress })
        {
            foreach (var family in new[] { IpFamily.V4, IpFamily.V6 }) _open[(direction, family)] = OpenIn(compiled.Side(direction, family), family, fraction);
        }
    }

    /// <summary>Services open to the world in one family.</summary>
    public ServiceSet Of(Direction direction, IpFamily family) => _open[(direction, family)];

    /// <summary>The families in which some of the services are open, each with the allow entries that take part; empty when none is.</summary>
    public string Describe(Direction direction, Func<ServiceSet, ServiceSet> wanted)
    {
        var parts = new List<string>();
        foreach (var family in new[] { IpFamily.V4, IpFamily.V6 })
        {
            var open = wanted(Of(direction, family));
            if (open.IsEmpty) continue;
            var world = PublicSpace.WorldOf(family);
            var entries = _acl.Entries.Where(e => e.Direction == direction && e.Allows && e.Cidr.Family == family && open.Overlaps(e.Service.Interval)
                && world.Overlaps(new AddressRange(e.Cidr.Bits, e.Cidr.Last.Bits))).Select(e => EntryWords.Number(e.Number)).Distinct();
            parts.Add($"{EntryWords.Of(open)} over {(family == IpFamily.V4 ? "IPv4" : "IPv6")} (entry {string.Join(", ", entries)})");
        }

        return string.Join("; ", parts);
    }

    private static ServiceSet OpenIn(AddressServices side, IpFamily family, double fraction)
    {
        var world = PublicSpace.WorldOf(family);
        var boxes = side.Slabs.SelectMany(s => s.Services.Intervals.Select(i => (Services: i, s.Range))).ToList();
        var least = fraction * (double)world.Count;
        return ServiceSet.FromIntervals(CoverageSweep.Run(world, boxes).Where(s => (double)s.Covered >= least).Select(s => s.Services));
    }
}
