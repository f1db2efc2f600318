using System.Collections.Concurrent;
using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Anomalies.Peers;

/// <summary>
/// Private addresses that routes connect with an interface. Generous on purpose: what lies behind a transit gateway, a VPN or an appliance
/// counts as far as the route says, whatever the far side does with it.
/// </summary>
internal sealed class RoutedSpace
{
    private static readonly ImmutableArray<Cidr> PrivateBlocks =
    [
        Cidr.Parse("10.0.0.0/8"), Cidr.Parse("100.64.0.0/10"), Cidr.Parse("172.16.0.0/12"), Cidr.Parse("192.168.0.0/16"), Cidr.Parse("fc00::/7"),
    ];

    private readonly EstateFacts _facts;
    private readonly Dictionary<PeeringId, Peering> _peerings;
    private readonly Dictionary<string, Gateway> _gateways;
    private readonly HashSet<VpcId> _balanced;
    private readonly ConcurrentDictionary<(VpcId?, SubnetId?, IpFamily), (AddressSet Known, string? Gap)> _spaces = [];

    public RoutedSpace(EstateFacts facts)
    {
        _facts = facts;
        _peerings = facts.Estate.Peerings.ToDictionary(p => p.Id);
        _gateways = facts.Estate.Gateways.ToDictionary(g => g.Id, StringComparer.Ordinal);
        _balanced = [.. facts.Estate.NetworkInterfaces.Where(i => i.InterfaceType == "network_load_balancer").Select(i => i.Vpc).OfType<VpcId>()];
    }

    /// <summary>True when no address of the block can be on the internet, and some network may use it.</summary>
    public static bool IsPrivate(Cidr block) => PrivateBlocks.Any(p => p.Contains(block));

    /// <summary>Addresses with a route to the interface, and what is missing to say that there are no more.</summary>
    public (AddressSet Known, string? Gap) To(NetworkInterface nic, IpFamily family)
    {
        if (nic.Subnet is null) return Make(nic, family);
        var key = (nic.Vpc, nic.Subnet, family);
        return _spaces.TryGetValue(key, out var space) ? space : _spaces.GetOrAdd(key, Make(nic, family));
    }

    private (AddressSet Known, string? Gap) Make(NetworkInterface nic, IpFamily family)
    {
        if (nic.Vpc is not { } vpc) return (AddressSet.Empty(family), $"the VPC of {nic.Id} is unknown");
        var ranges = new List<AddressRange>();
        string? gap = null;
        if (_facts.Estate.Index.Vpcs.TryGetValue(vpc, out var own)) ranges.AddRange(own.Cidrs.Where(c => c.Family == family).Select(RangeOf));
        else gap = $"{vpc} was not read";

        // A network load balancer sends from its own subnets and keeps the client's address.
        var tables = _balanced.Contains(vpc) ? _facts.TablesOf(vpc).ToList() : _facts.TableOf(nic) is { } table ? [table] : [];
        if (tables.Count == 0) gap ??= $"the route table of {nic.Subnet?.Value ?? nic.Id.Value} was not read";
        foreach (var route in tables.SelectMany(t => t.Routes)) gap ??= Add(route, vpc, family, ranges, []);
        return (AddressSet.FromRanges(family, ranges), gap);
    }

    /// <summary>Adds where a route leads; says what is missing where that is not known.</summary>
    private string? Add(Route route, VpcId vpc, IpFamily family, List<AddressRange> ranges, HashSet<string> seen)
    {
        if (route.IsBlackhole || LeadsToTheInternet(route.Target)) return null;
        var isService = route.DestinationPrefixList is not null && route.Target.StartsWith("vpce-", StringComparison.Ordinal);
        ImmutableArray<Cidr>? blocks = route.Destination is { } block ? [block]
            : route.DestinationPrefixList is { } list ? _facts.ListOf(list)?.Blocks : [];
        if (blocks is not { } destinations)
        {
            // A gateway endpoint leads to an AWS service, and those have public addresses.
            return isService ? null : $"the entries of prefix list {route.DestinationPrefixList}, the destination of a route, were not read";
        }

        var leads = AddressSet.Of(family, destinations);
        if (route.Target.StartsWith("nat-", StringComparison.Ordinal)) return AddBehindNat(route.Target, vpc, family, leads, ranges, seen);
        if (route.Target.StartsWith("pcx-", StringComparison.Ordinal) && _peerings.TryGetValue(new PeeringId(route.Target), out var peering))
        {
            if (peering.Status != "active") return null;
            var far = peering.Requester.Vpc == vpc ? peering.Accepter : peering.Requester;
            var cidrs = far.Cidrs.IsEmpty && _facts.Estate.Index.Vpcs.TryGetValue(far.Vpc, out var read) ? read.Cidrs : far.Cidrs;
            if (!cidrs.IsEmpty) leads = leads.Intersect(AddressSet.Of(family, cidrs));
        }

        ranges.AddRange(leads.Ranges);
        return null;
    }

    private string? AddBehindNat(string nat, VpcId vpc, IpFamily family, AddressSet leads, List<AddressRange> ranges, HashSet<string> seen)
    {
        if (!seen.Add(nat)) return null;
        if (!_gateways.TryGetValue(nat, out var gateway) || gateway.Subnet is not { } subnet || _facts.TableOf(subnet, vpc) is not { } table)
        {
            return $"what {nat} leads to was not read";
        }

        var behind = new List<AddressRange>();
        string? gap = null;
        foreach (var route in table.Routes) gap ??= Add(route, vpc, family, behind, seen);
        ranges.AddRange(leads.Intersect(AddressSet.FromRanges(family, behind)).Ranges);
        return gap;
    }

    private static bool LeadsToTheInternet(string target) =>
        target.StartsWith("igw-", StringComparison.Ordinal) || target.StartsWith("eigw-", StringComparison.Ordinal);

    private static AddressRange RangeOf(Cidr block) => new(block.Bits, block.Last.Bits);
}
