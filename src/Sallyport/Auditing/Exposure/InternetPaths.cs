using System.Collections.Concurrent;
using System.Collections.Immutable;
using Sallyport.Anomalies;
using Sallyport.Connectivity;
using Sallyport.Connectivity.Networks;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Exposure;

/// <summary>
/// The effective layer between interfaces and the internet. Interfaces of one subnet, or of subnets that share their table, ACL and zone,
/// are judged once when they agree on having a public address and no route or ACL entry anywhere tells their addresses apart. An interface that routes lead to is judged by itself, and so
/// is every interface of a VPC whose internet gateway has a route table of its own.
/// </summary>
internal sealed class InternetPaths
{
    private static readonly InternetPath Closed = new([], Gap: null);

    private static readonly Address StandIn = Address.Parse("198.51.100.1");

    private readonly EstateFacts _facts;
    private readonly NetworkLayers _layers;
    private readonly HashSet<VpcId> _edged;
    private readonly HashSet<string> _targets;
    private readonly Dictionary<Scope, PublicAccessBlock> _blocks;
    private readonly ILookup<string, PublicAccessExclusion> _exclusions;
    private readonly AddressNumber[] _edges4;
    private readonly AddressNumber[] _edges6;

    // Subnets that traffic of others passes through: what is true of them is true of no other.
    private readonly HashSet<SubnetId> _passages;
    private readonly ConcurrentDictionary<SubnetId, SubnetId> _likes = [];
    private readonly ConcurrentDictionary<(VpcId, CompiledRoutes, CompiledAcl, string Zone), SubnetId> _firsts = [];
    private readonly ConcurrentDictionary<(string Place, int Piece, IpFamily Family, Direction Direction, bool IsPublic), InternetPath> _known = [];

    public InternetPaths(EstateFacts facts)
    {
        _facts = facts;
        _layers = new NetworkLayers(facts.Estate);
        _edged = [.. facts.Estate.RouteTables.Where(t => !t.Gateways.IsEmpty).Select(t => t.Vpc)];
        _blocks = facts.Estate.PublicAccessBlocks.DistinctBy(b => b.Scope).ToDictionary(b => b.Scope);
        _exclusions = facts.Estate.PublicAccessExclusions.Where(e => !e.State.StartsWith("delete", StringComparison.Ordinal)).ToLookup(e => e.Resource);
        var routes = facts.Estate.RouteTables.SelectMany(t => t.Routes).ToList();
        _targets = [.. routes.SelectMany(r => new[] { r.Interface?.Value, r.Target }).OfType<string>()];
        _passages = [.. PassagesOf(facts.Estate, _targets)];
        var blocks = routes.Concat(facts.Estate.TransitGatewayRouteTables.SelectMany(t => t.Routes ?? []))
            .SelectMany(r => r.Destination is { } block ? [block] : r.DestinationPrefixList is { } list ? facts.ListOf(list)?.Blocks ?? [] : ImmutableArray<Cidr>.Empty)
            .Concat(facts.Estate.NetworkAcls.SelectMany(a => a.Entries).Select(e => e.Cidr)).Distinct().ToList();
        (_edges4, _edges6) = (EdgesOf(blocks, IpFamily.V4), EdgesOf(blocks, IpFamily.V6));
    }

    /// <summary>True when the interface has an address of the family that the internet knows.</summary>
    public static bool IsPublic(NetworkInterface nic, IpFamily family) => family == IpFamily.V4
        ? !nic.PublicAddresses.IsEmpty
        : nic.Addresses.Any(a => PublicSpace.InternetOf(IpFamily.V6).Contains(a));

    /// <summary>What public addresses may open to an interface, were it given a public address; null when it has no address of the family.</summary>
    public InternetPath? Into(NetworkInterface nic, IpFamily family)
    {
        if (AddressOf(nic, family) is not { } address) return null;
        if (_blocks.TryGetValue(nic.Scope, out var block) && block.BlocksIngress && !ExclusionsOf(nic).Any(e => e.Mode != "allow-egress")) return Closed;
        return Of(nic, address, Direction.Ingress, isPublic: family == IpFamily.V4 || IsPublic(nic, family));
    }

    /// <summary>
    /// What an interface may open to public addresses over gateways that lead to the internet, as it is; null when it has no address of
    /// the family. What a gateway endpoint takes to a service of AWS stays inside.
    /// </summary>
    public InternetPath? OutOf(NetworkInterface nic, IpFamily family)
    {
        if (AddressOf(nic, family) is not { } address) return null;
        if (_blocks.TryGetValue(nic.Scope, out var block) && block.Mode == "block-bidirectional" && !ExclusionsOf(nic).Any()) return Closed;
        return Of(nic, address, Direction.Egress, IsPublic(nic, family));
    }

    private IEnumerable<PublicAccessExclusion> ExclusionsOf(NetworkInterface nic) =>
        _exclusions[nic.Vpc?.Value ?? string.Empty].Concat(_exclusions[nic.Subnet?.Value ?? string.Empty]);

    private InternetPath Of(NetworkInterface nic, Address address, Direction direction, bool isPublic)
    {
        var isAlone = nic.Subnet is null || nic.Vpc is not { } vpc || _edged.Contains(vpc) || _targets.Contains(nic.Id.Value) || PathJudge.IsNat(nic);
        var piece = Array.BinarySearch(address.Family == IpFamily.V4 ? _edges4 : _edges6, address.Bits);
        if (isAlone) return At(nic.Id.Value);
        var (own, like) = (nic.Subnet!.Value, _likes.GetOrAdd(nic.Subnet!.Value, LikeOf));

        // What was not read is told with the subnet's own name.
        var path = At(like.Value);
        return path.Gap is null || own == like ? path : At(own.Value);

        InternetPath At(string place)
        {
            var key = (place, piece < 0 ? ~piece : piece + 1, address.Family, direction, isPublic);
            return _known.TryGetValue(key, out var known) ? known : _known.GetOrAdd(key, Make(isPublic ? WithPublicAddress(nic, address) : nic, address, direction));
        }
    }

    // Which of the subnets that are alike is asked about does not matter.
    private SubnetId LikeOf(SubnetId subnet) => !_passages.Contains(subnet) && _layers.PlaceOf(subnet) is { Routes: { } routes, Acl: { } acl } place
        ? _firsts.GetOrAdd((place.Vpc, routes, acl, place.Zone), subnet)
        : subnet;

    private static IEnumerable<SubnetId> PassagesOf(Estate estate, HashSet<string> targets)
    {
        var endpoints = estate.VpcEndpoints.Where(e => targets.Contains(e.Id)).SelectMany(e => e.Interfaces).ToHashSet();
        return estate.NetworkInterfaces
            .Where(n => targets.Contains(n.Id.Value) || endpoints.Contains(n.Id) || PathJudge.IsNat(n)).Select(n => n.Subnet)
            .Concat(estate.Gateways.Select(g => g.Subnet)).OfType<SubnetId>()
            .Concat(estate.TransitGatewayAttachments.SelectMany(a => a.Subnets));
    }

    private static NetworkInterface WithPublicAddress(NetworkInterface nic, Address address) =>
        IsPublic(nic, address.Family) ? nic : nic with { PublicAddresses = [new(address, StandIn)] };

    // The first address of each stretch of addresses that no block tells apart.
    private static AddressNumber[] EdgesOf(List<Cidr> blocks, IpFamily family) =>
        [.. blocks.Where(b => b.Family == family).SelectMany(b => b.Last.Bits < Address.Max(family) ? new[] { b.Bits, b.Last.Bits + 1 } : [b.Bits]).Distinct().Order()];

    // Of several addresses the one that the internet knows decides whether the interface is there.
    private static Address? AddressOf(NetworkInterface nic, IpFamily family)
    {
        if (family == IpFamily.V4 && nic.PublicAddresses is [var (inside, _), ..]) return inside;
        Address? any = null;
        foreach (var address in nic.Addresses)
        {
            if (address.Family != family) continue;
            if (family == IpFamily.V4 || PublicSpace.InternetOf(family).Contains(address)) return address;
            any ??= address;
        }

        return any;
    }

    private InternetPath Make(NetworkInterface nic, Address address, Direction direction)
    {
        var inside = Endpoint.Of(nic, address);
        var parts = new Dictionary<Passage, List<AddressRange>>();
        string? gap = null;
        var services = direction == Direction.Egress ? ServicesOf(nic, address.Family) : AddressSet.Empty(address.Family);
        foreach (var range in Stretches(nic, address.Family))
        {
            if (services.Overlaps(range)) continue;
            var outside = Endpoint.Outside(new Address(address.Family, range.First));
            var judged = direction == Direction.Ingress ? _layers.Judge(outside, inside) : _layers.Judge(inside, outside);
            var through = judged.Nacl.And(judged.Route);
            var passage = new Passage(through.Allowed, through.Unknown);
            if (!passage.Unknown.IsEmpty) gap ??= judged.Notes.FirstOrDefault(n => n.IsGap)?.Text.TrimEnd('.') ?? $"something between {nic.Subnet?.Value ?? nic.Id.Value} and the internet was not read";
            if (passage.IsNothing) continue;
            if (!parts.TryGetValue(passage, out var ranges)) parts.Add(passage, ranges = []);
            ranges.Add(range);
        }

        return new InternetPath([.. parts.Select(p => (AddressSet.FromRanges(address.Family, p.Value), p.Key))], gap);
    }

    // Routes that were read cut the stretches, so a stretch lies inside such a list or outside.
    private AddressSet ServicesOf(NetworkInterface nic, IpFamily family)
    {
        var table = _facts.TableOf(nic);
        if (table is not null && (_facts.IsMissing(GapKind.RouteTables, nic.Scope) || _facts.Estate.Gaps.Any(g => g.What == GapKind.RouteTables && g.Where == table.Id))) table = null;
        var lists = table?.Routes
            .Where(r => !r.IsBlackhole && r.Target.StartsWith("vpce-", StringComparison.Ordinal))
            .Select(r => r.DestinationPrefixList is { } list ? _facts.ListOf(list) : null);
        return lists is null ? AddressSet.Empty(family) : AddressSet.FromRanges(family, lists.OfType<ListFacts>().SelectMany(l => l.Of(family).Ranges));
    }

    /// <summary>Public addresses in pieces within which nothing changes.</summary>
    private IEnumerable<AddressRange> Stretches(NetworkInterface nic, IpFamily family)
    {
        var cuts = _layers.CutsFor(nic, family).ToArray();
        foreach (var range in PublicSpace.Of(family).Ranges)
        {
            var first = range.First;
            var next = Array.BinarySearch(cuts, first);
            next = next < 0 ? ~next : next + 1;
            for (; next < cuts.Length && cuts[next] <= range.Last; next++)
            {
                yield return new AddressRange(first, cuts[next] - 1);
                first = cuts[next];
            }

            yield return new AddressRange(first, range.Last);
        }
    }
}
