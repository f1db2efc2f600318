using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Sallyport.Connectivity;
using Sallyport.Connectivity.Batches;
using Sallyport.Connectivity.Questions;
using Sallyport.Packets;
using Sallyport.Tests.Generators;

namespace Sallyport.Tests.Connectivity.Batches;

/// <summary>A batch is the question about the same ends and one service, only faster: also for interfaces with several addresses.</summary>
public sealed class PacketBatchOracleTests
{
    [Fact]
    public void A_line_gets_the_answer_of_its_question() => Prop.ForAll(ConnectivityEstateGenerator.Drafts, draft =>
    {
        var estate = draft.Build();
        var (model, probe, random) = (ConnectivityModel.Of(estate), new ConnectivityProbe(estate), new Random(draft.Seed));
        var (resolver, reacher) = (new EndpointResolver(model), new Reacher(model));
        var texts = estate.NetworkInterfaces.Select(n => n.Id.Value)
            .Concat(probe.Addresses.Select(a => a.ToString()))
            .Concat(estate.Vpcs.SelectMany(v => probe.Addresses.Take(20).Select(a => $"{v.Id}/{a}")))
            .Where(t => resolver.Resolve(t).Value is not null).ToList();
        var packets = Enumerable.Range(0, 200).Select(_ => (From: Pick(texts), To: Pick(texts), Point: probe.Points[random.Next(probe.Points.Length)])).ToList();
        var answers = Answers(model, packets);
        Assert.Equal(packets.Count, answers.Length);
        foreach (var ((from, to, point), answer) in packets.Zip(answers))
        {
            var one = ServiceSet.FromIntervals([new Sallyport.Packets.Interval(point, point)]);
            // To itself an interface filters nothing, which a question about sets calls no pair at all.
            var (source, target) = (model.InterfacesOf(resolver.Resolve(from).Value!), model.InterfacesOf(resolver.Resolve(to).Value!));
            if (source is [var near] && target is [var far] && near.Id == far.Id) continue;
            var asked = reacher.Ask(new ReachQuestion(resolver.Resolve(from).Value!, resolver.Resolve(to).Value!, one));
            Assert.True(answer == $$"""{"verdict":"{{VerdictNames.Of(asked.Verdict)}}"}""", $"{from} to {to} on {one}: {answer} instead of {asked.Verdict}");
        }

        string Pick(List<string> from) => from[random.Next(random.Next(3) == 0 ? from.Count : Math.Max(1, estate.NetworkInterfaces.Length))];
    }).QuickCheckThrowOnFailure();

    private static string[] Answers(ConnectivityModel model, IEnumerable<(string From, string To, int Point)> packets)
    {
        var lines = new StringBuilder();
        foreach (var (from, to, point) in packets)
        {
            var (protocol, a, b) = ConnectivityProbe.HeaderAt(point);
            lines.Append($$"""{"from":"{{from}}","to":"{{to}}","protocol":{{protocol}}""");
            if (protocol is 6 or 17) lines.Append($",\"port\":{a}");
            if (protocol is 1 or 58) lines.Append($",\"type\":{a},\"code\":{b}");
            lines.Append("}\n");
        }

        var output = new MemoryStream();
        new PacketBatch(model, isEffective: false).Run(new MemoryStream(Encoding.UTF8.GetBytes(lines.ToString())), "packets", PacketAnswers.Lines(output));
        return Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
