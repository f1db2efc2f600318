using Sallyport.Connectivity;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Benchmarks.Connectivity;

/// <summary>Packets at the boundaries of rules: half of them aimed at a rule of the source or the target, so that many get through.</summary>
internal static class PacketDraw
{
    public static (Endpoint From, Endpoint To, int Point)[] Draw(Estate estate, int count, int seed)
    {
        var random = new Random(seed);
        var groups = estate.SecurityGroups.ToDictionary(g => g.Id);
        var vpcs = estate.NetworkInterfaces.Where(n => n.Addresses.Length > 0).ToLookup(n => n.Vpc).ToDictionary(g => g.Key!.Value, g => g.ToArray());
        var all = vpcs.Values.SelectMany(v => v).ToArray();
        var packets = new (Endpoint, Endpoint, int)[count];
        for (var i = 0; i < count; i++)
        {
            var nic = Pick(all);
            var rule = RuleOf(nic);
            var near = Endpoint.Of(nic, nic.Addresses[0]);
            var far = rule?.Peer is CidrPeer { Cidr: { Family: IpFamily.V4 } cidr } && random.Next(2) == 0 ? Outside(cidr) : Inside(nic);
            var point = Math.Clamp((rule is null || random.Next(4) == 0 ? Service.Tcp(443).Interval.First : random.Next(2) == 0 ? rule.Service.Interval.First : rule.Service.Interval.Last) + random.Next(-1, 2), 0, ServiceLine.Length - 1);
            packets[i] = rule?.Direction == Direction.Egress ? (near, far, point) : (far, near, point);
        }

        return packets;

        T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];

        SecurityGroupRule? RuleOf(NetworkInterface nic) => nic.Groups.IsEmpty || groups[Pick(nic.Groups)].Rules is not { IsEmpty: false } rules ? null : Pick(rules);

        Endpoint Inside(NetworkInterface nic)
        {
            var other = Pick(random.Next(4) == 0 ? all : vpcs[nic.Vpc!.Value]);
            return Endpoint.Of(other, other.Addresses[0]);
        }

        Endpoint Outside(Cidr cidr)
        {
            var bits = random.Next(3) switch { 0 => cidr.First.Bits, 1 => cidr.Last.Bits, _ => cidr.Last.Bits + 1 };
            return Endpoint.Outside(new Address(IpFamily.V4, bits & uint.MaxValue));
        }
    }
}
