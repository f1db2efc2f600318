using System.Collections.Immutable;
using Sallyport.Connections;
using Sallyport.Connectivity;
using Sallyport.Connectivity.Networks;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Policies;

namespace Sallyport.Auditing.Rules.NetworkAcls;

/// <summary>SP-NACL-08: a network ACL stops a declared connection, or its answers.</summary>
internal sealed class BlockedConnection : AuditRule
{
    private const int MostDoubts = 20;

    public override string Code => "SP-NACL-08";

    public override string Title => "Network ACL blocks a declared flow";

    public override RuleFamily Family => RuleFamily.NetworkAcl;

    public override FindingSeverity Severity => FindingSeverity.High;

    public override ImmutableArray<AuditNeed> Needs =>
        [AuditNeed.NetworkAcls, AuditNeed.Interfaces, AuditNeed.Subnets, AuditNeed.Routes, AuditNeed.Connections];

    public override RuleGuide Guide => new(
        What: "Between members of the two ends of a declared connection, on the way that routes and gateways give, a network ACL stops the connection's services, or the answers to the ports a client may send from (1024 to 65535), or lets answers through to part of those ports only.",
        Why: "The groups say that the connection works, and it does not, or only now and then: ACLs keep no state, so answers need entries of their own.",
        Fix: "Allow the services at both subnets' ACLs, and the ephemeral ports for the answers.",
        Fires: Example("tcp/5432", "tcp/1024-9999"),
        Quiet: Example("tcp/5432", "tcp/1024-65535"));

    internal override void CheckEstate(AuditContext context, AuditSink sink)
    {
        if (context.Connections is not { } file) return;
        context.DoubtMissing(this, GapKind.NetworkInterfaces, "interfaces", sink);
        var model = ConnectivityModel.Of(context.Estate);
        var ends = DeclaredEnds.Of(file, model);
        var stops = new SortedDictionary<string, Stopped>(StringComparer.Ordinal);
        var doubts = new SortedSet<string>(StringComparer.Ordinal);
        var samples = new PathSamples(model);
        var known = new Dictionary<(string, string), IReadOnlyList<(Endpoint From, Endpoint To)>?>();
        foreach (var connection in file.Connections)
        {
            foreach (var (from, to) in connection.From.SelectMany(f => connection.To.Select(t => (f, t))))
            {
                if (ends[from].Value is not { } source || ends[to].Value is not { } target)
                {
                    var said = (ends[from].Value is null ? ends[from] : ends[to]).Diagnostics;
                    doubts.Add($"{connection.Id}: {(said.IsEmpty ? "its ends were not found" : said[0].Message.TrimEnd('.'))}");
                    continue;
                }

                if (!known.TryGetValue((from, to), out var pairs)) known.Add((from, to), pairs = samples.Between(source, target));
                if (pairs is null) doubts.Add($"{connection.Id}: there are more kinds of paths than can be judged");
                else Judge(model, connection, pairs, stops, doubts);
            }
        }

        Report(context, stops, sink);
        if (doubts.Count > 0) sink.Doubt(this, FindingResource.Of(context.AnsweredScopes.First()), doubts.Take(MostDoubts));
    }

    private static void Judge(
        ConnectivityModel model, Connection connection, IReadOnlyList<(Endpoint From, Endpoint To)> pairs, SortedDictionary<string, Stopped> stops, SortedSet<string> doubts)
    {
        foreach (var (from, to) in pairs)
        {
            var foreign = ServiceSet.Of(Service.Create(from.Address.Family == IpFamily.V4 ? Protocol.IcmpV6 : Protocol.Icmp, null, null));
            var asked = ServiceSet.Of(connection.Services).Subtract(foreign).Subtract(model.UnfilteredBetween(from, to));
            if (asked.IsEmpty) continue;
            var path = model.PathBetween(from, to, isToPrivateAddress: false);
            var stopped = asked.Subtract(path.Nacl.Possible);
            var partly = asked.Intersect(path.PartlyAnswered);
            if (!stopped.IsEmpty) Add(connection, stopped, path.Notes.Where(n => n.Stops.Overlaps(stopped)), stops);
            else if (!partly.IsEmpty) Add(connection, partly, path.Notes.Where(n => !n.IsGap && n.Stops.IsEmpty && n.Resource.Length > 0), stops);
            else if (asked.Overlaps(path.Nacl.Unknown)) doubts.UnionWith(path.Notes.Where(n => n.Layer == Layer.Nacl && n.IsGap).Select(n => $"{connection.Id}: {n.Text.TrimEnd('.')}"));
        }
    }

    private static void Add(Connection connection, ServiceSet services, IEnumerable<PathNote> notes, SortedDictionary<string, Stopped> stops)
    {
        foreach (var note in notes.Where(n => n.Layer == Layer.Nacl))
        {
            if (!stops.TryGetValue(note.Resource, out var stopped)) stops.Add(note.Resource, stopped = new Stopped(connection.At));
            stopped.ByConnection.TryAdd(connection.Id, $"{connection.Id} ({EntryWords.Of(services)}): {note.Text.TrimEnd('.')}");
        }
    }

    private void Report(AuditContext context, SortedDictionary<string, Stopped> stops, AuditSink sink)
    {
        if (stops.Count == 0) return;
        var acls = context.Estate.NetworkAcls.ToDictionary(a => a.Id, StringComparer.Ordinal);
        foreach (var (id, stopped) in stops)
        {
            // Where several ways lead to the target, all their ACLs together stop it, and none of them alone.
            var resource = acls.TryGetValue(id, out var acl) ? FindingResource.Of(acl) : FindingResource.Of(context.AnsweredScopes.First());
            sink.Report(this, resource, $"Declared connections are stopped: {EntryWords.List(stopped.ByConnection.Values)}.", location: stopped.At);
        }
    }

    private static string Example(string there, string back) => $$"""
        vpc vpc-a 10.1.0.0/16
        subnet subnet-a 10.1.0.0/24
        subnet subnet-b 10.1.1.0/24
        route subnet-a 10.1.0.0/16 local
        route subnet-b 10.1.0.0/16 local
        acl subnet-a allow ingress any 0.0.0.0/0
        acl subnet-a allow egress any 0.0.0.0/0
        acl subnet-b allow ingress {{there}} 10.1.0.0/16
        acl subnet-b allow egress {{back}} 10.1.0.0/16
        group web
          egress tcp/5432 to db
        group db
          ingress tcp/5432 from web
        interface eni-1 web 10.1.0.5 in subnet-a
        interface eni-2 db 10.1.1.5 in subnet-b
        connections
        version: 1
        groups:
          web: {sg: sg-web}
          db: {sg: sg-db}
        connections:
          web-to-db: {from: web, to: db, services: [tcp/5432], reason: orders}
        """;

    /// <summary>What one ACL stops, by connection.</summary>
    private sealed class Stopped(SourceSpan? at)
    {
        public SourceSpan? At { get; } = at;

        public SortedDictionary<string, string> ByConnection { get; } = new(StringComparer.Ordinal);
    }
}
