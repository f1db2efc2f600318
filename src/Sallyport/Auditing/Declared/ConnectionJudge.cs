using System.Collections.Immutable;
using System.Globalization;
using Sallyport.Connections;
using Sallyport.Connections.Compiling;
using Sallyport.Connectivity;
using Sallyport.Connectivity.Questions;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Policies;

namespace Sallyport.Auditing.Declared;

/// <summary>
/// Does a declared connection work in the estate? Asked of both sides' groups for every pair of members, or by the rules alone where a
/// group has none, and of network ACLs and routes. What broader rules let through works too.
/// </summary>
internal sealed class ConnectionJudge
{
    // Every pair is followed through the network on its own; beyond this it would take minutes a connection.
    private const long MostPairs = 4_000_000;

    private readonly ConnectivityModel _model;
    private readonly Reacher _reacher;
    private readonly GapFinder _gaps;
    private readonly Dictionary<string, ImmutableArray<ResolvedGroup>> _groups;
    private readonly ImmutableDictionary<string, Result<EndpointSet>> _externals;

    public ConnectionJudge(ConnectionsFile file, ConnectivityModel model)
    {
        _model = model;
        _reacher = new Reacher(model);
        _gaps = new GapFinder(model);

        // What cannot be resolved was said when the file was compiled.
        _groups = new GroupResolver(file, model.Estate, _ => { }).Resolve();
        _externals = DeclaredEnds.Of(file with { Groups = [] }, model);
    }

    /// <summary>Everything the connection lacks; empty when it works.</summary>
    public IEnumerable<Shortfall> Judge(Connection connection)
    {
        foreach (var from in connection.From.SelectMany(EndsOf))
        {
            foreach (var to in connection.To.SelectMany(EndsOf))
            {
                foreach (var services in TestParts.Of(ServiceSet.Of(connection.Services)))
                {
                    foreach (var lack in Judge(connection, from, to, services)) yield return lack;
                }
            }
        }
    }

    private IEnumerable<Shortfall> Judge(Connection connection, End from, End to, ServiceSet services)
    {
        if ((to.Group ?? from.Group) is not { } nearest || from.Set.IsEmpty || to.Set.IsEmpty) yield break;
        var question = Question(from.Set, to.Set, services);
        var answer = _reacher.Ask(question);
        if (answer.NoPair is not null && from.Group is not null && from.Group == to.Group)
        {
            // One member has nobody of its own to talk to; the next one will.
            question = new ReachQuestion(ByRules(from), ByRules(to), services);
            answer = _reacher.Ask(question);
        }

        if (answer.NoPair is { } why)
        {
            yield return Lack(nearest, $"{from.Name} to {to.Name} cannot work: {why}");
            yield break;
        }

        var stopped = answer.Layers.ToDictionary(l => l.Layer, l => services.Subtract(l.Passes).Subtract(l.Unknown));
        var isStopped = false;
        if (from.Group is { } source && connection.Sides != ConnectionSides.Ingress && !stopped[Layer.Egress].IsEmpty)
        {
            isStopped = true;
            yield return Lack(source, $"{from.Name} does not let {stopped[Layer.Egress]} out to {to.Name}");
        }

        if (to.Group is { } target && connection.Sides != ConnectionSides.Egress && !stopped[Layer.Ingress].IsEmpty)
        {
            isStopped = true;
            yield return Lack(target, $"{to.Name} does not admit {stopped[Layer.Ingress]} from {from.Name}");
        }

        // Of a block outside some address may well have no route; of two groups every pair is meant.
        var isOutside = from.Group is null || to.Group is null;
        var network = !question.IsEffective ? ServiceSet.Empty
            : isOutside ? services.Subtract(stopped[Layer.Egress]).Subtract(stopped[Layer.Ingress]).Subtract(answer.Allowed).Subtract(answer.Unknown)
            : stopped[Layer.Nacl].Union(stopped[Layer.Route]);
        if (!network.IsEmpty)
        {
            isStopped = true;
            var reasons = answer.Notes.IsEmpty ? string.Empty : $" ({string.Join(" ", answer.Notes.Take(2)).TrimEnd('.')})";
            yield return Lack(nearest, $"the network stops {network} from {from.Name} to {to.Name}{reasons}");
        }

        if (!isOutside && !isStopped && !answer.PartlyAnswered.IsEmpty)
        {
            isStopped = true;
            yield return Lack(nearest, $"answers to {answer.PartlyAnswered} from {from.Name} to {to.Name} get back to part of the ephemeral ports only");
        }

        if (isStopped) yield break;
        foreach (var group in new[] { from.Group, to.Group }.OfType<SecurityGroupId>().Distinct())
        {
            if (question.IsEffective || !_model.MemberGaps.AreIncomplete(group)) continue;
            yield return new Shortfall(group, $"{connection.Id}: interfaces were not read, so it is unknown what the network lets through", IsUnknown: true, connection.At);
        }

        if (!question.IsEffective && PairsOf(from.Set, to.Set) is > MostPairs and var pairs)
        {
            yield return new Shortfall(nearest, $"{connection.Id}: {from.Name} and {to.Name} make {pairs.ToString("N0", CultureInfo.InvariantCulture)} pairs of addresses, too many to follow through the network", IsUnknown: true, connection.At);
        }

        if (answer.Unknown.IsEmpty || (isOutside && !question.IsEffective && services.IsSubsetOf(answer.Allowed))) yield break;
        foreach (var gap in _gaps.GapsOf(question, CancellationToken.None)) yield return new Shortfall(nearest, $"{connection.Id}: {gap.TrimEnd('.')}", IsUnknown: true, connection.At);

        Shortfall Lack(SecurityGroupId group, string text) => new(group, $"{connection.Id}: {text}", IsUnknown: false, connection.At);
    }

    private static ReachQuestion Question(EndpointSet from, EndpointSet to, ServiceSet services)
    {
        var (a, b) = (TestParts.Restrict(from, services), TestParts.Restrict(to, services));
        return a.HasNoMember || b.HasNoMember || PairsOf(a, b) > MostPairs ? new ReachQuestion(from, to, services) : new ReachQuestion(a, b, services, IsEffective: true);
    }

    private static long PairsOf(EndpointSet from, EndpointSet to) => (long)from.Places.Length * to.Places.Length;

    private static EndpointSet ByRules(End end) => end.Set with { EmptyGroups = [end.Group!.Value] };

    private IEnumerable<End> EndsOf(string name)
    {
        if (_groups.TryGetValue(name, out var groups)) return groups.Select(g => new End(g.ToString(), g.Id, _model.OfGroup(g.Id, g.ToString())));
        if (!_externals.TryGetValue(name, out var external) || external.Value is not { } set) return [];

        // Interfaces inside an outside block are not what the declaration means.
        return [new End(name, null, set with { Places = [] })];
    }

    private sealed record End(string Name, SecurityGroupId? Group, EndpointSet Set);
}
