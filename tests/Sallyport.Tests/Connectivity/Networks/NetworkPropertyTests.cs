using FsCheck;
using FsCheck.Fluent;
using Sallyport.Connectivity;
using Sallyport.Connectivity.Networks;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Tests.Generators;

namespace Sallyport.Tests.Connectivity.Networks;

/// <summary>R5 for networks: the layers agree with the dumb oracle on packets at every edge.</summary>
public sealed class NetworkPropertyTests
{
    private static readonly Gen<(int From, int To, int Header)> Pick =
        from a in Gen.Choose(0, 10_000)
        from b in Gen.Choose(0, 10_000)
        from h in Gen.Choose(0, 10_000)
        select (a, b, h);

    private static readonly Gen<(Estate Estate, (int From, int To, int Header)[] Picks)> Cases =
        from estate in NetworkGenerator.Estate
        from picks in Pick.ArrayOf(60)
        select (estate, picks);

    [Fact]
    public void The_layers_agree_with_the_oracle() => Prop.ForAll(Cases.ToArbitrary(), c =>
    {
        var layers = new NetworkLayers(c.Estate);
        var ends = Ends(c.Estate);
        foreach (var (f, t, h) in c.Picks)
        {
            var (from, to) = (ends[f % ends.Count], ends[t % ends.Count]);
            if (from.Interface is null && to.Interface is null) to = ends[t % 15];
            var header = NetworkGenerator.Headers[h % NetworkGenerator.Headers.Length];
            Compare(c.Estate, layers.Judge(from, to), from, to, header);
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));

    [Fact]
    public void Between_two_cuts_all_addresses_outside_fare_alike() => Prop.ForAll(Cases.ToArbitrary(), c =>
    {
        var layers = new NetworkLayers(c.Estate);
        foreach (var (f, t, _) in c.Picks.Take(12))
        {
            var nic = c.Estate.NetworkInterfaces[f % c.Estate.NetworkInterfaces.Length];
            foreach (var inside in nic.Addresses)
            {
                var cuts = layers.CutsFor(nic, inside.Family).ToList();
                var outside = NetworkGenerator.Outside.Where(a => a.Family == inside.Family && !IsHeld(c.Estate, a)).ToList();
                var address = outside[t % outside.Count];
                var at = cuts.FindLastIndex(x => x <= address.Bits);
                var first = new Address(inside.Family, at < 0 ? 0 : cuts[at]);
                var last = new Address(inside.Family, at + 1 < cuts.Count ? cuts[at + 1] - 1 : Address.Max(inside.Family));
                foreach (var other in new[] { first, last }.Where(x => !IsHeld(c.Estate, x)))
                {
                    var end = Endpoint.Of(nic, inside);
                    Same(layers.Judge(end, Endpoint.Outside(address)), layers.Judge(end, Endpoint.Outside(other)), $"{nic.Id} to {address} and {other}");
                    Same(layers.Judge(Endpoint.Outside(address), end), layers.Judge(Endpoint.Outside(other), end), $"{address} and {other} to {nic.Id}");
                }
            }
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));

    [Fact]
    public void The_generated_networks_give_every_answer()
    {
        var seen = new HashSet<(OracleAnswer?, OracleAnswer)>();
        foreach (var (estate, picks) in Cases.Sample(300))
        {
            var ends = Ends(estate);
            foreach (var (f, t, h) in picks)
            {
                var header = NetworkGenerator.Headers[h % NetworkGenerator.Headers.Length];
                var judged = NetworkOracle.Judge(estate, ends[f % 15], ends[t % (h % 2 == 0 ? 15 : ends.Count)], header.Protocol, header.A, header.B);
                seen.Add((judged.Nacl, judged.Route));
            }
        }

        (OracleAnswer? Nacl, OracleAnswer Route)[] wanted =
        [
            (OracleAnswer.Yes, OracleAnswer.Yes), (OracleAnswer.Partly, OracleAnswer.Yes), (OracleAnswer.No, OracleAnswer.Yes),
            (OracleAnswer.Unknown, OracleAnswer.Yes), (null, OracleAnswer.No), (null, OracleAnswer.Unknown),
        ];
        Assert.Empty(wanted.Except(seen));
    }

    private static void Compare(Estate estate, PathJudgement path, Endpoint from, Endpoint to, (int Protocol, int A, int B) header)
    {
        var judged = NetworkOracle.Judge(estate, from, to, header.Protocol, header.A, header.B);
        var protocol = Protocol.Of(header.Protocol);
        var point = ServiceLine.StartOf(protocol) + (protocol.HasTypes ? (header.A * 256) + header.B : protocol.HasPorts ? header.A : 0);
        var route = Answer(path.Route, point, isPartly: false);
        var nacl = Answer(path.Nacl, point, path.PartlyAnswered.Contains(point));
        var told = $"{from} to {to}, {header}: oracle {judged}, layers {nacl} {route} {path.SourceSeenAs} {path.ReferencesApply}. {PathAssert.Told(path)}. {Told(estate)}";

        // Where a transit gateway may use several subnets, not to know is right as long as it is not wrong.
        var isVague = estate.TransitGatewayAttachments.Any(a => a.Subnets.Length != 1);
        Assert.True(route == judged.Route || (isVague && route == OracleAnswer.Unknown), told);
        if (judged.Nacl is not { } expected || route != OracleAnswer.Yes) return;
        Assert.True(nacl == expected || (isVague && nacl == OracleAnswer.Unknown), told);
        Assert.True(path.PartlyAnswered.IsSubsetOf(path.Nacl.Allowed), told);
        if (nacl == OracleAnswer.Unknown || isVague) return;
        Assert.True(path.SourceSeenAs == judged.SeenAs, told);
        Assert.True(path.ReferencesApply == judged.ReferencesApply || to.Interface is null, told);
    }

    private static OracleAnswer Answer(Passage passage, int point, bool isPartly) =>
        isPartly ? OracleAnswer.Partly : passage.Allowed.Contains(point) ? OracleAnswer.Yes : passage.Unknown.Contains(point) ? OracleAnswer.Unknown : OracleAnswer.No;

    private static void Same(PathJudgement a, PathJudgement b, string told)
    {
        Assert.True(a.Nacl == b.Nacl && a.Route == b.Route && a.PartlyAnswered.Equals(b.PartlyAnswered), $"{told}: {PathAssert.Told(a)} // {PathAssert.Told(b)}");
        Assert.True(a.ReferencesApply == b.ReferencesApply && a.SourceSeenAs == b.SourceSeenAs, $"{told}: {PathAssert.Told(a)} // {PathAssert.Told(b)}");
    }

    private static string Told(Estate estate) =>
        string.Join("; ", estate.RouteTables.Select(t => $"{t.Id}{(t.IsMain ? " main" : "")} {string.Join(',', t.Subnets)}: {string.Join(", ", t.Routes.Select(r => $"{r.Destination}{r.DestinationPrefixList} {r.Target}{(r.IsBlackhole ? " gone" : "")}"))}"))
        + " | " + string.Join("; ", estate.TransitGatewayAttachments.Select(a => $"{a.Id} {a.State} {string.Join(',', a.Subnets)}"))
        + " | " + string.Join("; ", estate.TransitGatewayRouteTables.Select(t => $"{t.Id} of {(t.Associations is { } x ? string.Join(',', x) : "?")}: {(t.Routes is { } r ? string.Join(", ", r.Select(y => $"{y.Destination} {y.Target}")) : "?")}"))
        + " | " + string.Join("; ", estate.Gateways.Select(g => $"{g.Id} {g.State}").Concat(estate.Peerings.Select(p => $"{p.Id} {p.Status}")).Concat(estate.Gaps.Select(g => $"{g.What} {g.Where}")));

    private static bool IsHeld(Estate estate, Address address) => estate.NetworkInterfaces.Any(n => n.Addresses.Contains(address));

    private static List<Endpoint> Ends(Estate estate) =>
    [
        .. estate.NetworkInterfaces.SelectMany(n => n.Addresses.Select(a => Endpoint.Of(n, a))),
        .. NetworkGenerator.Outside.Where(a => !IsHeld(estate, a)).Select(a => Endpoint.Outside(a)),
    ];
}
