using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Sallyport.Connections;
using Sallyport.Connections.Compiling;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Tests.Generators;

/// <summary>
/// Connections files over the groups of an estate: several ends, shared tuples, self connections, halves, externals of both families
/// and prefix lists, residuals, a read-only group now and then. Services and blocks come from <see cref="EstateGenerator"/>'s pools,
/// so connections overlap often. References are asked for always (<c>peerAs: group</c>), since generated VPCs are not all related.
/// </summary>
internal static class ConnectionsGenerator
{
    private static readonly ImmutableArray<ExternalDeclaration> Externals =
    [
        new("internet") { Cidrs = [Cidr.AnyV4, Cidr.AnyV6], IsPublic = true },
        new("office") { Cidrs = [Cidr.Parse("198.51.100.0/24"), Cidr.Parse("2001:db8::/32")] },
        new("net") { Cidrs = [Cidr.Parse("10.0.0.0/8")] },
        new("halves") { Cidrs = [Cidr.Parse("0.0.0.0/1"), Cidr.Parse("128.0.0.0/1")] },
        new("listed") { PrefixList = EstateGenerator.ListV4.Value },
        new("listed6") { PrefixList = "offices6" },
    ];

    public static Gen<(Estate Estate, ConnectionsFile File)> EstateAndFile { get; } =
        from estate in EstateGenerator.Estate
        from file in File(estate)
        select (estate, file);

    public static Gen<ConnectionsFile> File(Estate estate) =>
        from readOnly in Gen.Frequency((4, Gen.Constant(-1)), (1, Gen.Choose(0, estate.SecurityGroups.Length - 1)))
        let groups = estate.SecurityGroups.Select((g, i) => new GroupDeclaration($"g{i}", g.Id, null) { IsReadOnly = i == readOnly }).ToImmutableArray()
        from connections in Gen.CollectToArray(Enumerable.Range(0, 6).Select(n => Connection(n, groups)))
        from residuals in Residual(groups).ArrayOf(2)
        from quota in Gen.Elements(60, 60, 3)
        select new ConnectionsFile
        {
            Groups = groups,
            Externals = Externals,
            Connections = [.. connections],
            Residuals = [.. residuals],
            Settings = new ConnectionsSettings { RulesPerGroup = quota },
        };

    private static Gen<Connection> Connection(int n, ImmutableArray<GroupDeclaration> groups) =>
        from sides in Gen.Elements(ConnectionSides.Both, ConnectionSides.Both, ConnectionSides.Ingress, ConnectionSides.Egress)
        from external in Gen.Choose(0, 3)
        from one in Names(groups)
        from other in Names(groups)
        from outside in Gen.Elements(Externals.Select(e => e.Name).ToArray())
        from services in EstateGenerator.Service.ArrayOf(3)
        from count in Gen.Choose(1, 3)
        from reason in Gen.Elements("reads", "nightly & weekly", "why – not", "x")
        let outer = (ImmutableArray<string>)[outside]
        let sources = external == 1 && sides != ConnectionSides.Egress ? outer : one
        let targets = external == 2 && sides != ConnectionSides.Ingress ? outer : other
        select new Connection($"c{n}", sources, targets, [.. services.Take(count).Distinct()], reason) { Sides = sides, PeerAs = PeerForm.Group };

    private static Gen<ImmutableArray<string>> Names(ImmutableArray<GroupDeclaration> groups) =>
        from count in Gen.Frequency((3, Gen.Constant(1)), (1, Gen.Constant(2)))
        from picked in Gen.Elements(groups.ToArray()).ArrayOf(count)
        select picked.Select(g => g.Name).Distinct().ToImmutableArray();

    private static Gen<Residual> Residual(ImmutableArray<GroupDeclaration> groups) =>
        from owner in Gen.Elements(groups.ToArray())
        from direction in Gen.Elements(Direction.Ingress, Direction.Egress)
        from service in EstateGenerator.Service
        from block in EstateGenerator.Cidr
        from far in Gen.Elements(groups.ToArray())
        from peer in Gen.Elements(block.ToString(), far.Name, far.Sg!.Value.Value, EstateGenerator.ListV6.Value, "office")
        select new Residual(owner.Name, direction, peer, [service]);

    /// <summary>The same file with everything whose order means nothing in another order.</summary>
    public static Gen<ConnectionsFile> Shuffled(ConnectionsFile file) =>
        from groups in Gen.Shuffle(file.Groups.ToArray())
        from externals in Gen.Shuffle(file.Externals.ToArray())
        from residuals in Gen.Shuffle(file.Residuals.ToArray())
        from connections in Gen.Shuffle(file.Connections.ToArray())
        from inner in Gen.CollectToArray(connections.Select(ShuffledEnds))
        select file with { Groups = [.. groups], Externals = [.. externals], Residuals = [.. residuals], Connections = [.. inner] };

    private static Gen<Connection> ShuffledEnds(Connection connection) =>
        from sources in Gen.Shuffle(connection.From.ToArray())
        from targets in Gen.Shuffle(connection.To.ToArray())
        from services in Gen.Shuffle(connection.Services.ToArray())
        select connection with { From = [.. sources], To = [.. targets], Services = [.. services] };

    /// <summary>The file as YAML (flow style, every text quoted), for laws about the reader.</summary>
    public static string ToYaml(ConnectionsFile file)
    {
        var lines = new List<string> { "version: 1", "groups:" };
        lines.AddRange(file.Groups.Select(g => $"  {g.Name}: {{sg: {g.Sg}{(g.IsReadOnly ? ", readOnly: true" : string.Empty)}}}"));
        lines.Add("externals:");
        lines.AddRange(file.Externals.Select(e => e.PrefixList is null
            ? $"  {e.Name}: {{cidrs: [{string.Join(", ", e.Cidrs.Select(c => $"\"{c}\""))}], public: {(e.IsPublic ? "true" : "false")}}}"
            : $"  {e.Name}: {{prefixList: {e.PrefixList}}}"));
        lines.Add("connections:");
        lines.AddRange(file.Connections.Select(c =>
            $"  {c.Id}: {{from: [{string.Join(", ", c.From)}], to: [{string.Join(", ", c.To)}], services: [{string.Join(", ", c.Services)}], "
            + $"reason: \"{c.Reason}\", sides: {c.Sides.ToString().ToLowerInvariant()}, peerAs: {c.PeerAs.ToString().ToLowerInvariant()}}}"));
        lines.Add("residual:");
        lines.AddRange(file.Residuals.Select(r =>
            $"  - {{group: {r.Group}, direction: {r.Direction.ToString().ToLowerInvariant()}, peer: \"{r.Peer}\", services: [{string.Join(", ", r.Services)}]}}"));
        lines.Add($"settings: {{quotas: {{rulesPerSg: {file.Settings.RulesPerGroup}}}, unmanagedRules: {(file.Settings.UnmanagedRules == UnmanagedRules.Report ? "report" : "revoke")}}}");
        return string.Concat(lines.Select(l => $"{l}\n"));
    }
}
