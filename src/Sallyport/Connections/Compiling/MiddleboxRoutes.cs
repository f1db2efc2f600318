using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connections.Compiling;

/// <summary>
/// Routes that send traffic between two groups' interfaces through something that takes packets in and sends them out again (an
/// appliance's interface, a Gateway Load Balancer endpoint, a NAT gateway). Behind one a reference to a group matches nothing.
/// (reference: reachability-and-synthesis §3, "Middlebox rule")
/// </summary>
internal sealed class MiddleboxRoutes
{
    private readonly Estate _estate;
    private readonly Dictionary<SubnetId, RouteTable> _explicit = [];
    private readonly Dictionary<VpcId, RouteTable> _main = [];
    private readonly Dictionary<(SecurityGroupId, SecurityGroupId), string?> _answers = [];
    private readonly bool _hasAny;

    public MiddleboxRoutes(Estate estate)
    {
        _estate = estate;
        foreach (var table in estate.RouteTables)
        {
            foreach (var subnet in table.Subnets) _explicit.TryAdd(subnet, table);
            if (table.IsMain) _main.TryAdd(table.Vpc, table);
            _hasAny |= HasMiddlebox(table);
        }
    }

    /// <summary>What stands between the groups in either direction; null when nothing known does.</summary>
    public string? Between(SecurityGroupId a, SecurityGroupId b)
    {
        if (!_hasAny) return null;
        var pair = a <= b ? (a, b) : (b, a);
        if (!_answers.TryGetValue(pair, out var answer)) _answers[pair] = answer = OneWay(pair.Item1, pair.Item2) ?? OneWay(pair.Item2, pair.Item1);
        return answer;
    }

    private string? OneWay(SecurityGroupId from, SecurityGroupId to)
    {
        var tables = new Dictionary<SubnetId, RouteTable>();
        foreach (var nic in _estate.Index.MembersOf(from))
        {
            if (nic.Subnet is { } subnet && TableOf(subnet, nic.Vpc) is { } table && HasMiddlebox(table)) tables.TryAdd(subnet, table);
        }

        foreach (var (subnet, table) in tables.OrderBy(t => t.Key))
        {
            foreach (var nic in _estate.Index.MembersOf(to).Where(n => n.Subnet != subnet))
            {
                foreach (var address in nic.Addresses)
                {
                    if (BestRoute(table, address) is { IsBlackhole: false } route && IsMiddlebox(route)) return route.Target;
                }
            }
        }

        return null;
    }

    private RouteTable? TableOf(SubnetId subnet, VpcId? vpc) =>
        _explicit.TryGetValue(subnet, out var table) ? table : vpc is { } id ? _main.GetValueOrDefault(id) : null;

    private static Route? BestRoute(RouteTable table, Address address)
    {
        Route? best = null;
        foreach (var route in table.Routes)
        {
            if (route.Destination is not { } block || !block.Contains(address)) continue;
            if (best is null || block.PrefixLength > best.Destination!.Value.PrefixLength) best = route;
        }

        return best;
    }

    private static bool HasMiddlebox(RouteTable table) => table.Routes.Any(r => r.Destination is not null && IsMiddlebox(r));

    private static bool IsMiddlebox(Route route) =>
        route.Interface is not null || route.Target.StartsWith("eni-", StringComparison.Ordinal) || route.Target.StartsWith("i-", StringComparison.Ordinal)
        || route.Target.StartsWith("vpce-", StringComparison.Ordinal) || route.Target.StartsWith("nat-", StringComparison.Ordinal);
}
