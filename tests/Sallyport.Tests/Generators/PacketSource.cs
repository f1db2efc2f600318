using Sallyport.Connectivity;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Tests.Generators;

/// <summary>Packets between the ends of an estate, at the boundaries of whatever it names, and the check of one against the oracle.</summary>
internal sealed class PacketSource
{
    private readonly ConnectivityModel _model;
    private readonly ReachOracle _oracle;
    private readonly Dictionary<IpFamily, Endpoint[]> _held;
    private readonly Dictionary<IpFamily, Endpoint[]> _outside;
    private readonly Random _random;

    public PacketSource(Estate estate, int seed)
    {
        _model = ConnectivityModel.Of(estate);
        _oracle = new ReachOracle(estate);
        _random = new Random(seed);
        Probe = new ConnectivityProbe(estate);
        _held = Probe.Held.GroupBy(e => e.Address.Family).ToDictionary(g => g.Key, g => g.ToArray());
        _outside = Probe.Outside.GroupBy(e => e.Address.Family).ToDictionary(g => g.Key, g => g.ToArray());
    }

    public ConnectivityProbe Probe { get; }

    /// <summary>Three ends in four are interfaces; both ends have one family.</summary>
    public IEnumerable<(Endpoint From, Endpoint To, int Point)> Take(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var family = _random.Next(3) == 0 ? IpFamily.V6 : IpFamily.V4;
            yield return (End(family), End(family), Probe.Points[_random.Next(Probe.Points.Length)]);
        }
    }

    /// <summary>The model's verdict, which is the oracle's.</summary>
    public Verdict AssertAgreed((Endpoint From, Endpoint To, int Point) packet)
    {
        var (protocol, a, b) = ConnectivityProbe.HeaderAt(packet.Point);
        var (said, expected) = (_model.Judge(packet.From, packet.To, packet.Point), _oracle.Judge(packet.From, packet.To, protocol, a, b));
        if (said != expected) Assert.Fail($"{packet.From} to {packet.To}, {protocol}/{a}/{b}: {said} instead of {expected}");
        return said;
    }

    private Endpoint End(IpFamily family)
    {
        var ends = _random.Next(4) > 0 && _held.TryGetValue(family, out var held) ? held : _outside[family];
        return ends[_random.Next(ends.Length)];
    }
}
