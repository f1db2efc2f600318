using FsCheck;
using FsCheck.Fluent;
using Sallyport.Connectivity;
using Sallyport.Estates;
using Sallyport.Tests.Generators;

namespace Sallyport.Tests.Connectivity;

/// <summary>R5: the tables give the verdict of the rule-by-rule oracle, packet by packet and side by side.</summary>
public sealed class PacketVerdictTests
{
    private const int PacketsOfABatch = 200_000;

    [Fact]
    public void One_packet_gets_the_oracles_verdict() => Prop.ForAll(ConnectivityEstateGenerator.Drafts, draft =>
    {
        var packets = new PacketSource(draft.Build(), draft.Seed);
        foreach (var packet in packets.Take(1_000)) packets.AssertAgreed(packet);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_side_lets_through_what_the_oracle_lets_through() => Prop.ForAll(ConnectivityEstateGenerator.Drafts, draft =>
    {
        var estate = draft.Build();
        var (model, oracle, packets) = (ConnectivityModel.Of(estate), new ReachOracle(estate), new PacketSource(estate, draft.Seed));
        foreach (var (from, to, _) in packets.Take(30))
        {
            foreach (var direction in new[] { Direction.Egress, Direction.Ingress })
            {
                var side = model.Side(direction, from, to);
                foreach (var point in packets.Probe.Points)
                {
                    var (protocol, a, b) = ConnectivityProbe.HeaderAt(point);
                    bool? said = side.Allowed.Contains(point) ? true : side.Unknown.Contains(point) ? null : false;
                    var expected = oracle.Side(direction, from, to, protocol, a, b);
                    Assert.True(said == expected, $"{direction} of {from} to {to}, {protocol}/{a}/{b}: {said?.ToString() ?? "unknown"} instead of {expected?.ToString() ?? "unknown"}");
                }
            }
        }
    }).QuickCheckThrowOnFailure();

    /// <summary>Twenty estates of several dozen groups each, four million packets in all: about eight seconds.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Batches_of_packets_agree_with_the_oracle(int seed)
    {
        var packets = new PacketSource(ConnectivityEstateGenerator.FromSeed(seed, scale: 6).Build(), seed);
        var verdicts = new Dictionary<Verdict, int>();
        foreach (var packet in packets.Take(PacketsOfABatch))
        {
            var verdict = packets.AssertAgreed(packet);
            verdicts[verdict] = verdicts.GetValueOrDefault(verdict) + 1;
        }

        // A batch that only ever says one thing would prove nothing.
        Assert.True(verdicts.Keys.Count >= 3, string.Join(", ", verdicts));
        Assert.All(verdicts, v => Assert.True(v.Value > PacketsOfABatch / 1_000, string.Join(", ", verdicts)));
    }

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 20)];
}
