using System.Collections.Concurrent;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Networks;

/// <summary>
/// Which services are answered when an ACL lets a set of services through on the way back: tcp and udp to the ports a client
/// sends from, an echo request by its reply, every other protocol by itself. Other ICMP types have no answer.
/// </summary>
internal sealed class AnswerPorts
{
    private static readonly Interval Tcp = Block(Protocol.Tcp);
    private static readonly Interval Udp = Block(Protocol.Udp);
    private static readonly Interval Others = new(ServiceLine.OthersStart, ServiceLine.Length - 1);
    private static readonly Interval Echo = Service.Create(Protocol.Icmp, 8, -1).Interval;
    private static readonly Interval EchoV6 = Service.Create(Protocol.IcmpV6, 128, -1).Interval;
    private static readonly int Reply = Service.Create(Protocol.Icmp, 0, 0).Interval.First;
    private static readonly int ReplyV6 = Service.Create(Protocol.IcmpV6, 129, 0).Interval.First;
    private static readonly ServiceSet WithoutAnswer =
        ServiceSet.FromIntervals([Block(Protocol.Icmp), Block(Protocol.IcmpV6)]).Subtract(ServiceSet.FromIntervals([Echo, EchoV6]));

    private readonly ConcurrentDictionary<ServiceSet, Answered> _known = new();
    private readonly Interval _tcpPorts;
    private readonly Interval _udpPorts;

    /// <summary>Ports a client may send from, inclusive at both ends.</summary>
    public AnswerPorts(int first, int last)
    {
        _tcpPorts = new Interval(Tcp.First + first, Tcp.First + last);
        _udpPorts = new Interval(Udp.First + first, Udp.First + last);
    }

    /// <summary>What is answered when the services pass on the way back.</summary>
    public Answered By(ServiceSet passing) => passing.IsAny ? Answered.Everything : _known.GetOrAdd(passing, Judge);

    private Answered Judge(ServiceSet passing)
    {
        var all = new List<Interval>(WithoutAnswer.Intervals);
        var some = new List<Interval>(WithoutAnswer.Intervals);
        Add(Tcp, passing.Contains(_tcpPorts), passing.Overlaps(_tcpPorts));
        Add(Udp, passing.Contains(_udpPorts), passing.Overlaps(_udpPorts));
        Add(Echo, passing.Contains(Reply), passing.Contains(Reply));
        Add(EchoV6, passing.Contains(ReplyV6), passing.Contains(ReplyV6));
        var others = passing.Intersect(ServiceSet.FromIntervals([Others])).Intervals;
        all.AddRange(others);
        some.AddRange(others);
        return new Answered(ServiceSet.FromIntervals(all), ServiceSet.FromIntervals(some));

        void Add(Interval services, bool isAll, bool isSome)
        {
            if (isAll) all.Add(services);
            if (isSome) some.Add(services);
        }
    }

    private static Interval Block(Protocol protocol) => new(ServiceLine.StartOf(protocol), ServiceLine.EndOf(protocol));
}
