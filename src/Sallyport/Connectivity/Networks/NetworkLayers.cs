using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Networks;

/// <summary>
/// What network ACLs, routes, gateways and public addresses let through between two endpoints, for all services at once, there
/// and back. Reads an estate once; safe for several threads. (reference: reachability-and-synthesis §4)
/// </summary>
public sealed class NetworkLayers
{
    private static readonly PathJudgement Clear = new();

    private readonly NetworkMap _map;
    private readonly NetworkCuts _cuts;
    private readonly AnswerPorts _clientPorts;

    // A NAT gateway sends from these whatever the clients do. (VPC guide, "NAT gateway basics")
    private readonly AnswerPorts _natPorts = new(1024, 65_535);

    /// <summary>Indexes an estate.</summary>
    public NetworkLayers(Estate estate, NetworkOptions? options = null)
    {
        options ??= new NetworkOptions();
        _map = new NetworkMap(estate);
        _cuts = new NetworkCuts(_map);
        _clientPorts = new AnswerPorts(options.EphemeralFirst, options.EphemeralLast);
    }

    /// <summary>Judges a connection that <paramref name="from"/> opens to <paramref name="to"/>.</summary>
    public PathJudgement Judge(Endpoint from, Endpoint to)
    {
        if (IsPlainlyLocal(from, to)) return Clear;
        return new PathJudge(_map, _clientPorts, _natPorts).Judge(from, to);
    }

    /// <summary>
    /// Where the judgement may change along the addresses outside: between two neighbouring cuts all of them are judged alike
    /// against the interface, as source and as target. Sorted; a cut is the first address of a stretch.
    /// </summary>
    public IEnumerable<AddressNumber> CutsFor(NetworkInterface nic, IpFamily family) => _cuts.For(nic, family);

    /// <summary>A subnet with what holds for it; null when nothing is known of it.</summary>
    internal SubnetPlace? PlaceOf(SubnetId subnet) => _map.PlaceOf(subnet);

    /// <summary>Most pairs lie in one VPC with nothing in between: told without building a path.</summary>
    private bool IsPlainlyLocal(Endpoint from, Endpoint to)
    {
        if (from.Interface is not { SourceDestCheck: true } a || to.Interface is not { SourceDestCheck: true } b || from.Address.Family != to.Address.Family) return false;
        if (a.Vpc is null || a.Vpc != b.Vpc || PathJudge.IsNat(a) || PathJudge.IsNat(b)) return false;
        if (ReferenceEquals(a, b)) return true;
        if (_map.PlaceOf(a, from.Address) is not { } near || _map.PlaceOf(b, to.Address) is not { } far) return false;
        if (ReferenceEquals(near, far)) return true;
        return IsLocal(near.Routes, to.Address) && IsLocal(far.Routes, from.Address)
            && LetsAllThrough(near.Acl, to.Address) && LetsAllThrough(far.Acl, from.Address);
    }

    private static bool IsLocal(CompiledRoutes? routes, Address address) =>
        routes is { IsIncomplete: false, Unread.IsEmpty: true } && routes.At(address) is { Kind: RouteKind.Local };

    private static bool LetsAllThrough(CompiledAcl? acl, Address far) =>
        acl is not null && acl.At(Direction.Egress, far).IsAny && acl.At(Direction.Ingress, far).IsAny;
}
