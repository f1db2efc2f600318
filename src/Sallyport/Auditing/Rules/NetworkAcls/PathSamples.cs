using System.Collections.Immutable;
using Sallyport.Connectivity;
using Sallyport.Connectivity.Networks;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules.NetworkAcls;

/// <summary>
/// The paths between two sets of ends, one for each that the network judges by itself: interfaces of one subnet between the same
/// cuts of routes and ACLs are judged alike, so the number of members does not matter.
/// </summary>
internal sealed class PathSamples(ConnectivityModel model)
{
    /// <summary>Paths of one pair of ends beyond which nothing is judged.</summary>
    public const int MostPaths = 20_000;

    private readonly NetworkLayers _layers = model.Networks;

    /// <summary>One pair of ends of every kind; null when there are too many kinds.</summary>
    public IReadOnlyList<(Endpoint From, Endpoint To)>? Between(EndpointSet from, EndpointSet to)
    {
        var pairs = new List<(Endpoint From, Endpoint To)>();
        foreach (var family in new[] { IpFamily.V4, IpFamily.V6 })
        {
            var (sources, targets) = (KindsOf(from, to, family), KindsOf(to, from, family));
            if ((long)sources.Count * targets.Count > MostPaths) return null;
            foreach (var source in sources)
            {
                foreach (var target in targets)
                {
                    if (source.Interface is null && target.Interface is null) continue;
                    if (source.Interface is { } a && a.Id == target.Interface?.Id) continue;
                    pairs.Add((source, target));
                }
            }
        }

        return pairs;
    }

    private List<Endpoint> KindsOf(EndpointSet near, EndpointSet far, IpFamily family)
    {
        var cuts = CutsOf(far, family);
        var seen = new Dictionary<(string Place, bool IsPublic, string Type, bool Checks, int Piece), int>();
        var kinds = new List<Endpoint>();
        foreach (var place in near.Places.Where(p => p.Family == family))
        {
            var nic = model.Estate.NetworkInterfaces[place.Nic];
            var isPublic = PublicSpace.Of(family).Contains(place.First) || nic.PublicAddresses.Any(p => p.Key == place.First);
            var kind = (nic.Subnet?.Value ?? nic.Id.Value, isPublic, nic.InterfaceType, nic.SourceDestCheck, PieceOf(cuts, place.Range.First));

            // Two of a kind stand for all: a group talks to itself, and an interface is no pair with itself.
            var count = seen[kind] = seen.GetValueOrDefault(kind) + 1;
            if (count <= 2) kinds.Add(Endpoint.Of(nic, place.First));
        }

        foreach (var range in near.Outside(family).Ranges) kinds.AddRange(PiecesOf(cuts, range).Select(first => Endpoint.Outside(new Address(family, first))));
        return kinds;
    }

    private AddressNumber[] CutsOf(EndpointSet far, IpFamily family) =>
    [
        .. far.Places.Select(p => model.Estate.NetworkInterfaces[p.Nic]).DistinctBy(n => n.Subnet?.Value ?? n.Id.Value)
            .SelectMany(n => _layers.CutsFor(n, family)).Distinct().Order(),
    ];

    private static int PieceOf(AddressNumber[] cuts, AddressNumber address)
    {
        var at = Array.BinarySearch(cuts, address);
        return at < 0 ? ~at : at + 1;
    }

    private static IEnumerable<AddressNumber> PiecesOf(AddressNumber[] cuts, AddressRange range)
    {
        yield return range.First;
        for (var i = PieceOf(cuts, range.First); i < cuts.Length && cuts[i] <= range.Last; i++) yield return cuts[i];
    }
}
