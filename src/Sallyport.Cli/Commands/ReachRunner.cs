using System.Collections.Immutable;
using Sallyport.Cli.Output;
using Sallyport.Connectivity;
using Sallyport.Connectivity.Questions;
using Sallyport.Packets;
using Sallyport.Reports.Connectivity;

namespace Sallyport.Cli.Commands;

/// <summary>Answers one question of <c>reach</c>: two ends, everybody from or to one, or all pairs of groups.</summary>
internal sealed class ReachRunner(IOContext io, ConnectivityModel model)
{
    // A question a pair: a few hundred groups take a second.
    private const int MostByRules = 300;

    public ServiceSet? Services { get; init; }

    public bool IsEffective { get; init; }

    public int Hops { get; init; } = 1;

    public Task<ExitCode> RunAsync(EndpointSet? from, EndpointSet? to, ImmutableArray<OutputChoice> choices, CancellationToken cancellationToken)
    {
        if (from is not null && to is not null) return PairAsync(from, to, choices, cancellationToken);
        return from is null && to is null ? GroupsAsync(choices, cancellationToken) : ListAsync(from, to, choices, cancellationToken);
    }

    private Task<ExitCode> PairAsync(EndpointSet from, EndpointSet to, ImmutableArray<OutputChoice> choices, CancellationToken cancellationToken)
    {
        var report = ReachReport.Of(model, new ReachQuestion(from, to, Services, IsEffective), cancellationToken);
        return ReachOutput.WriteAsync(
            io,
            choices,
            (format, stream) =>
            {
                if (format == "json") ReachJsonWriter.Write(report, stream);
                else ReachOutput.WriteText(stream, text => ReachTextWriter.Write(report, text));
            },
            cancellationToken);
    }

    private async Task<ExitCode> ListAsync(EndpointSet? from, EndpointSet? to, ImmutableArray<OutputChoice> choices, CancellationToken cancellationToken)
    {
        var lister = new ReachLister(model) { Services = Services };

        // From outside the question is what is exposed, and the groups alone cannot say.
        var list = from is not null
            ? lister.TargetsOf(from, IsEffective || model.InterfacesOf(from).IsEmpty && from.EmptyGroups.IsEmpty, Hops, cancellationToken)
            : lister.SourcesOf(to!, IsEffective, cancellationToken);
        long leftOut = 0;
        var code = await ReachOutput.WriteAsync(
            io,
            choices,
            (format, stream) =>
            {
                if (format == "json") ReachListJsonWriter.Write(model, list, stream);
                else if (GraphFormat.Find(format) is { } drawn) leftOut += Draw(drawn, ConnectivityGraph.OfList(model, list, drawn.MostEdges), stream);
                else ReachOutput.WriteText(stream, text => ReachListTextWriter.Write(model, list, text));
            },
            cancellationToken);
        await SayLeftOutAsync(leftOut);
        return code;
    }

    private async Task<ExitCode> GroupsAsync(ImmutableArray<OutputChoice> choices, CancellationToken cancellationToken)
    {
        long leftOut = 0;
        var code = await ReachOutput.WriteAsync(
            io,
            choices,
            (format, stream) =>
            {
                var pairs = Pairs(cancellationToken);
                if (format == "json") ReachListJsonWriter.Write(model.Estate, pairs, stream);
                else if (GraphFormat.Find(format) is { } drawn) leftOut += Draw(drawn, ConnectivityGraph.OfPairs(model.Estate, pairs, drawn.MostEdges), stream);
                else ReachOutput.WriteText(stream, text => ReachListTextWriter.Write(model.Estate, pairs, text));
            },
            cancellationToken);
        await SayLeftOutAsync(leftOut);
        if (new GroupMatrix(model).UnreadGroups is > 0 and var unread)
        {
            var how = unread <= MostByRules ? "its pairs are those of the rules alone" : "there are too many to pair by their rules alone: ask about one end (--from, --to)";
            await io.Error.WriteLineAsync($"note: interfaces were not read; of {unread} group(s) no interface is known: {how}");
        }

        return code;
    }

    private IEnumerable<GroupPair> Pairs(CancellationToken cancellationToken)
    {
        var matrix = new GroupMatrix(model);
        var byRules = matrix.UnreadGroups is > 0 and <= MostByRules ? matrix.PairsByRules(cancellationToken) : [];
        foreach (var pair in matrix.Pairs(cancellationToken).Concat(byRules))
        {
            if (Services is null) yield return pair;
            else if (pair.Services.Intersect(Services) is { IsEmpty: false } services) yield return pair with { Services = services };
        }
    }

    private static long Draw(GraphFormat format, ConnectivityGraph graph, Stream stream)
    {
        ReachOutput.WriteText(stream, text => format.Write(graph, text));
        return graph.LeftOut;
    }

    private async Task SayLeftOutAsync(long leftOut)
    {
        if (leftOut > 0) await io.Error.WriteLineAsync($"note: {leftOut} more arrows were left out, nobody could read them; ask about one end (--from, --to), one --service, or take -o json");
    }
}
