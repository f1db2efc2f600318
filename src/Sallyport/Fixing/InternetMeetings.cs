using System.Collections.Immutable;
using Sallyport.Connections.Importing;
using Sallyport.Connectivity;
using Sallyport.Connectivity.Networks;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Reachability;

namespace Sallyport.Fixing;

/// <summary>
/// Whom members of a group may use over the internet where the VPCs have no other way to each other: the far group's ingress blocks
/// hold the address under which the internet knows the near member, and routes, gateways and network ACLs may carry the packet and
/// its answer. References match nothing on that way.
/// </summary>
internal sealed class InternetMeetings
{
    private static readonly ImmutableArray<IpFamily> Families = [IpFamily.V4, IpFamily.V6];

    private readonly Estate _estate;
    private readonly GroupTraffic _traffic;
    private readonly GroupReferences _references;
    private readonly Lazy<NetworkLayers> _network;
    private readonly Lazy<ImmutableArray<IGrouping<VpcId, SecurityGroup>>> _listeners;
    private readonly Dictionary<(SecurityGroupId, IpFamily), ImmutableArray<PublicEnds>> _ends = [];
    private readonly Dictionary<(SecurityGroupId, IpFamily), AddressSet> _addresses = [];
    private readonly Dictionary<(SecurityGroupId Far, bool CountsWorld), AllowedTraffic> _admitted = [];
    private readonly Dictionary<(VpcId, Scope, VpcId), bool> _connected = [];
    private readonly Dictionary<(int Place, IpFamily), ImmutableArray<AddressNumber>> _cuts = [];
    private readonly Dictionary<SubnetId, int> _places = [];
    private readonly Dictionary<(VpcId, CompiledRoutes?, CompiledAcl?, string Zone), int> _alike = [];
    private readonly Dictionary<(int From, int To, int Stretch, int Back, IpFamily), (ServiceSet Carried, Address? ShownAs)> _ways = [];

    private int _last;

    /// <summary>Looks at nothing before it is asked.</summary>
    public InternetMeetings(Estate estate, GroupTraffic traffic, GroupReferences references)
    {
        (_estate, _traffic, _references) = (estate, traffic, references);
        _network = new(() => new NetworkLayers(estate));
        _listeners = new(() => [.. estate.SecurityGroups.Where(MayListen).GroupBy(g => g.Vpc!.Value).OrderBy(g => g.Key)]);
    }

    /// <summary>Everything that egress of a group could be used for.</summary>
    /// <param name="near">The group.</param>
    /// <param name="egress">The egress in question.</param>
    /// <param name="countsWorld">False when ingress from the whole internet proves nothing.</param>
    public IEnumerable<InternetMeeting> Of(SecurityGroup near, AllowedTraffic egress, bool countsWorld)
    {
        if (near.Vpc is not { } home || Families.All(f => AddressesOf(near, f).IsEmpty)) yield break;
        foreach (var vpc in _listeners.Value)
        {
            if (vpc.Key == home || AreConnected(near, vpc)) continue;
            foreach (var far in vpc)
            {
                foreach (var family in Families)
                {
                    foreach (var meeting in Between(near, far, family, egress, Admitted(far, countsWorld))) yield return meeting;
                }
            }
        }
    }

    private bool AreConnected(SecurityGroup near, IGrouping<VpcId, SecurityGroup> far)
    {
        var key = (near.Vpc!.Value, near.Scope, far.Key);
        return _connected.TryGetValue(key, out var known) ? known : _connected[key] = _references.AreConnected(near, far.First());
    }

    private bool MayListen(SecurityGroup group) =>
        group.Vpc is not null && Families.Any(f => !AddressesOf(group, f).IsEmpty && !Of(Admitted(group, countsWorld: true), f).IsEmpty);

    private AllowedTraffic Admitted(SecurityGroup far, bool countsWorld)
    {
        if (_admitted.TryGetValue((far.Id, countsWorld), out var known)) return known;
        var world = countsWorld ? [] : OpenEgress.WorldRules(far, Direction.Ingress, _estate).ToHashSet();
        var rules = far.RulesOf(Direction.Ingress).Select(r => r.Key).Where(k => k.Peer is not GroupPeer && !world.Contains(k));
        return _admitted[(far.Id, countsWorld)] = AllowedTraffic.Of(rules, _estate.Index.EntriesOf);
    }

    private IEnumerable<InternetMeeting> Between(SecurityGroup near, SecurityGroup far, IpFamily family, AllowedTraffic egress, AllowedTraffic admitted)
    {
        var let = GroupTraffic.Some(Of(egress, family), AddressesOf(far, family));
        if (let.IsEmpty || !let.Overlaps(GroupTraffic.Some(Of(admitted, family), AddressesOf(near, family)))) yield break;
        foreach (var sources in EndsOf(near, family))
        {
            foreach (var targets in EndsOf(far, family))
            {
                foreach (var to in Stretches(targets, sources, family))
                {
                    var services = ServiceSet.Empty;
                    foreach (var from in Stretches(sources, targets, family))
                    {
                        var (carried, shownAs) = Way(from, to, family);
                        if (carried.IsEmpty) continue;
                        var seen = shownAs is { } shown ? AddressSet.FromRanges(family, [new AddressRange(shown.Bits, shown.Bits)]) : from.Addresses;
                        services = services.Union(carried.Intersect(GroupTraffic.Some(Of(admitted, family), seen)));
                    }

                    if (services.Overlaps(let)) yield return new InternetMeeting(far, family, to, services);
                }
            }
        }
    }

    /// <summary>Ends of one place, by the stretch of addresses in which all are alike to whoever is at another.</summary>
    private IEnumerable<PublicEnds> Stretches(PublicEnds ends, PublicEnds beyond, IpFamily family)
    {
        if (!_cuts.TryGetValue((beyond.Place, family), out var cuts)) _cuts.Add((beyond.Place, family), cuts = [.. _network.Value.CutsFor(beyond.Ends[0].Interface, family)]);
        var stretch = StretchOf(ends.Addresses.Ranges[0].First);
        return stretch == StretchOf(ends.Addresses.Ranges[^1].Last)
            ? [stretch == ends.Stretch ? ends : ends with { Stretch = stretch }]
            : ends.Ends.GroupBy(e => StretchOf(e.Outside.First)).Select(s => PublicEnds.Of(ends.Place, family, s, s.Key));

        int StretchOf(AddressNumber address) => cuts.BinarySearch(address) is var found && found < 0 ? ~found - 1 : found;
    }

    /// <summary>What is carried between two stretches, there and back, and the address of a NAT gateway if one lends its own.</summary>
    private (ServiceSet Carried, Address? ShownAs) Way(PublicEnds from, PublicEnds to, IpFamily family)
    {
        var key = (from.Place, to.Place, to.Stretch, from.Stretch, family);
        if (_ways.TryGetValue(key, out var known)) return known;
        var (a, b) = (from.Ends[0], to.Ends[0]);
        return _ways[key] = family == IpFamily.V6 ? (Carried(_network.Value.Judge(Endpoint.Of(a.Interface, a.Inside), Endpoint.Of(b.Interface, b.Inside))), null) : OutAndIn(a, b);
    }

    // The internet knows neither side's IPv4 address, so this is a way out to one public address and a way in from another.
    private (ServiceSet Carried, Address? ShownAs) OutAndIn(PublicEnd a, PublicEnd b)
    {
        var outwards = _network.Value.Judge(Endpoint.Of(a.Interface, a.Inside), Endpoint.Outside(new Address(IpFamily.V4, b.Outside.First)));
        var own = new Address(IpFamily.V4, a.Outside.First);
        var seen = outwards.SourceSeenAs ?? own;
        var inwards = _network.Value.Judge(Endpoint.Outside(seen), Endpoint.Of(b.Interface, b.Inside));
        return (Carried(outwards).Intersect(Carried(inwards)), seen == own ? null : seen);
    }

    // What depends on something that was not read may work now.
    private static ServiceSet Carried(PathJudgement path) => path.Route.Possible.Intersect(path.Nacl.Possible);

    private AddressSet AddressesOf(SecurityGroup group, IpFamily family)
    {
        if (_addresses.TryGetValue((group.Id, family), out var known)) return known;
        return _addresses[(group.Id, family)] = AddressSet.FromRanges(family, EndsOf(group, family).SelectMany(e => e.Addresses.Ranges));
    }

    private ImmutableArray<PublicEnds> EndsOf(SecurityGroup group, IpFamily family)
    {
        if (_ends.TryGetValue((group.Id, family), out var known)) return known;
        var ends = _traffic.MembersOf(group.Id).SelectMany(m => family == IpFamily.V4 ? PublicV4(m) : PublicV6(m));
        return _ends[(group.Id, family)] = [.. ends.GroupBy(e => PlaceOf(e.Interface)).Select(p => PublicEnds.Of(p.Key, family, p))];
    }

    // Towards other VPCs two subnets with the same tables are one; an interface whose subnet is not known is alone.
    private int PlaceOf(NetworkInterface nic)
    {
        if (nic.Subnet is not { } subnet) return _last++;
        if (_places.TryGetValue(subnet, out var known)) return known;
        if (_network.Value.PlaceOf(subnet) is not { } place) return _places[subnet] = _last++;
        var key = (place.Vpc, place.Routes, place.Acl, place.Zone);
        if (!_alike.TryGetValue(key, out var number)) _alike.Add(key, number = _last++);
        return _places[subnet] = number;
    }

    private static IEnumerable<PublicEnd> PublicV4(NetworkInterface nic) => nic.PublicAddresses.Select(p => new PublicEnd(nic, p.Key, new AddressRange(p.Value.Bits, p.Value.Bits)));

    private static IEnumerable<PublicEnd> PublicV6(NetworkInterface nic) => GroupTraffic.RangesOf(nic, IpFamily.V6)
        .Where(r => PublicSpace.InternetOf(IpFamily.V6).Contains(new Address(IpFamily.V6, r.First)))
        .Select(r => new PublicEnd(nic, new Address(IpFamily.V6, r.First), r));

    private static AddressServices Of(AllowedTraffic traffic, IpFamily family) => family == IpFamily.V4 ? traffic.V4 : traffic.V6;
}
