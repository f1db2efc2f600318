using System.Collections.Immutable;
using Sallyport.Connectivity;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Tests.Generators;

/// <summary>
/// The addresses and services of an estate at which some answer may change: first, last, one before and one after everything it
/// names. Between two neighbours nothing changes, so walking these is walking everything.
/// </summary>
internal sealed class ConnectivityProbe
{
    private static readonly ImmutableArray<string> Special =
    [
        "0.0.0.0/0", "::/0", "169.254.169.253/32", "169.254.169.254/32", "169.254.169.123/32", "255.255.255.255/32",
        "fd00:ec2::253/128", "fd00:ec2::254/128", "fd00:ec2::123/128", "2000::/3",
    ];

    private readonly Estate _estate;

    public ConnectivityProbe(Estate estate, params IEnumerable<Cidr> more)
    {
        _estate = estate;
        Addresses = [.. Blocks(estate).Concat(more).SelectMany(Edges).Distinct().Order()];
        Points = [.. Services(estate).SelectMany(Edges).Where(p => p is >= 0 and < ServiceLine.Length).Distinct().Order()];
        Held = [.. estate.NetworkInterfaces.SelectMany(n => At(n).Select(a => Endpoint.Of(n, a)))];
        Outside = [.. Addresses.Where(a => !IsHeld(a)).Select(a => Endpoint.Outside(a))];
    }

    /// <summary>Both families.</summary>
    public ImmutableArray<Address> Addresses { get; }

    /// <summary>Points of the service line, 0 among them.</summary>
    public ImmutableArray<int> Points { get; }

    /// <summary>Every interface at each of its addresses; a delegated prefix at those that may differ.</summary>
    public ImmutableArray<Endpoint> Held { get; }

    /// <summary>Addresses that no interface holds.</summary>
    public ImmutableArray<Endpoint> Outside { get; }

    /// <summary>Protocol number, port or type, and code of a point.</summary>
    public static (int Protocol, int A, int B) HeaderAt(int point) => point switch
    {
        < 65_536 => (6, point, 0),
        < 131_072 => (17, point - 65_536, 0),
        < 196_608 => (1, (point - 131_072) / 256, point % 256),
        < 262_144 => (58, (point - 196_608) / 256, point % 256),
        _ => (ServiceLine.ProtocolAt(point).Number, 0, 0),
    };

    /// <summary>Where an interface answers: addresses, and the edges within its prefixes.</summary>
    public IEnumerable<Address> At(NetworkInterface nic) => nic.Addresses
        .Concat(nic.Prefixes.SelectMany(p => Addresses.Where(a => RuleOracle.InBlock(p, a)).Append(p.First).Append(p.Last))).Distinct();

    private bool IsHeld(Address address)
    {
        foreach (var nic in _estate.NetworkInterfaces)
        {
            if (nic.Addresses.Contains(address) || nic.Prefixes.Any(p => RuleOracle.InBlock(p, address))) return true;
        }

        return false;
    }

    private static IEnumerable<Cidr> Blocks(Estate estate) => Special.Select(Cidr.Parse)
        .Concat(PublicSpace.SpecialPurpose.Select(s => s.Cidr))
        .Concat(estate.Vpcs.SelectMany(v => v.Cidrs))
        .Concat(estate.Vpcs.SelectMany(v => v.Cidrs).Select(c => Cidr.Host(c.First with { Bits = c.Bits + 2 })))
        .Concat(estate.Peerings.SelectMany(p => p.Requester.Cidrs.Concat(p.Accepter.Cidrs)))
        .Concat(estate.PrefixLists.SelectMany(l => l.Entries ?? []).Select(e => e.Cidr))
        .Concat(estate.SecurityGroups.SelectMany(g => g.Rules).Select(r => r.Peer).OfType<CidrPeer>().Select(p => p.Cidr))
        .Concat(estate.NetworkInterfaces.SelectMany(n => n.Prefixes))
        .Concat(estate.NetworkInterfaces.SelectMany(n => n.Addresses).Select(Cidr.Host))
        .Concat(estate.NetworkInterfaces.SelectMany(n => n.PublicAddresses).Select(p => Cidr.Host(p.Value)));

    private static IEnumerable<Service> Services(Estate estate) => estate.SecurityGroups.SelectMany(g => g.Rules).Select(r => r.Service)
        .Concat([Service.Any, Service.Parse("tcp/0-65535"), Service.Parse("udp/0-65535"), Service.Parse("icmp"), Service.Parse("icmpv6")])
        .Concat([Service.Tcp(53), Service.Udp(53), Service.Tcp(80), Service.Udp(123), Service.Udp(67, 68)]);

    private static IEnumerable<Address> Edges(Cidr cidr)
    {
        yield return cidr.First;
        yield return cidr.Last;
        if (cidr.First.Bits > 0) yield return cidr.First with { Bits = cidr.First.Bits - 1 };
        if (cidr.Last.Bits < Address.Max(cidr.Family)) yield return cidr.Last with { Bits = cidr.Last.Bits + 1 };
    }

    private static IEnumerable<int> Edges(Service service) =>
        [service.Interval.First - 1, service.Interval.First, service.Interval.Last, service.Interval.Last + 1];
}
