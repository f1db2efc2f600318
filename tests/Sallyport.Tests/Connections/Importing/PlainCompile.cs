using Sallyport.Connections;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Tests.Connections.Importing;

/// <summary>
/// The dumb compiler: every connection and residual is spelled out, rule by rule, with no sharing, no scope check and no
/// minimisation. Importer and tightener are held against it, and so is the real compiler.
/// </summary>
internal static class PlainCompile
{
    /// <summary>Rules per group that the file does not mark read-only.</summary>
    public static SortedDictionary<SecurityGroupId, SortedSet<RuleKey>> Compile(ConnectionsFile file, Estate estate)
    {
        var result = new SortedDictionary<SecurityGroupId, SortedSet<RuleKey>>();
        var groups = file.Groups.ToDictionary(g => g.Name, g => g);
        var externals = file.Externals.ToDictionary(e => e.Name);
        foreach (var group in file.Groups.Where(g => !g.IsReadOnly)) result[group.Sg!.Value] = [];

        foreach (var connection in file.Connections)
        {
            foreach (var from in connection.From)
            {
                foreach (var to in connection.To)
                {
                    if (connection.Sides != ConnectionSides.Ingress) Add(from, Direction.Egress, to, connection);
                    if (connection.Sides != ConnectionSides.Egress) Add(to, Direction.Ingress, from, connection);
                }
            }
        }

        foreach (var residual in file.Residuals)
        {
            if (!result.TryGetValue(groups[residual.Group].Sg!.Value, out var rules)) continue;
            foreach (var peer in ResidualPeers(residual.Peer)) rules.UnionWith(residual.Services.Select(s => new RuleKey(residual.Direction, s, peer)));
        }

        return result;

        void Add(string owner, Direction direction, string far, Connection connection)
        {
            if (!groups.TryGetValue(owner, out var group) || !result.TryGetValue(group.Sg!.Value, out var rules)) return;
            foreach (var peer in Peers(far, connection.PeerAs)) rules.UnionWith(connection.Services.Select(s => new RuleKey(direction, s, peer)));
        }

        IEnumerable<Peer> Peers(string name, PeerForm form)
        {
            if (!groups.TryGetValue(name, out var group)) return ExternalPeers(externals[name]);
            return form == PeerForm.Cidr
                ? estate.Index.MembersOf(group.Sg!.Value).SelectMany(m => m.Addresses).Select(a => (Peer)new CidrPeer(Cidr.Host(a)))
                : [new GroupPeer(group.Sg!.Value)];
        }

        IEnumerable<Peer> ResidualPeers(string text) =>
            groups.TryGetValue(text, out var group) ? [new GroupPeer(group.Sg!.Value)]
            : externals.TryGetValue(text, out var external) ? ExternalPeers(external)
            : Cidr.TryParse(text, out var cidr) ? [new CidrPeer(cidr)]
            : text.StartsWith("pl-", StringComparison.Ordinal) ? [new PrefixListPeer(new PrefixListId(text))]
            : [new GroupPeer(new SecurityGroupId(text))];
    }

    /// <summary>The estate's own rules, for groups the file manages.</summary>
    public static SortedDictionary<SecurityGroupId, SortedSet<RuleKey>> RulesOf(Estate estate, ConnectionsFile file)
    {
        var result = new SortedDictionary<SecurityGroupId, SortedSet<RuleKey>>();
        foreach (var group in file.Groups.Where(g => !g.IsReadOnly)) result[group.Sg!.Value] = [.. estate.Index.Groups[group.Sg!.Value].Rules.Select(r => r.Key)];
        return result;
    }

    public static string Text(SortedDictionary<SecurityGroupId, SortedSet<RuleKey>> rules) =>
        string.Join('\n', rules.SelectMany(g => g.Value.Select(r => $"{g.Key} {r}").Prepend($"{g.Key}")));

    private static IEnumerable<Peer> ExternalPeers(ExternalDeclaration external) => external.PrefixList is { } list
        ? [new PrefixListPeer(new PrefixListId(list))]
        : external.Cidrs.Select(c => (Peer)new CidrPeer(c));
}
