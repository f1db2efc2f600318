using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connections.Importing;

/// <summary>One group's rules of one direction towards one set of blocks, or one prefix list, with the same services and description.</summary>
/// <param name="Group">The group.</param>
/// <param name="Direction">On which side of it.</param>
/// <param name="Peers">Block peers in order, or one prefix-list peer.</param>
/// <param name="Services">In order; every peer has a rule for each.</param>
/// <param name="Reason">Cleaned description; may be empty.</param>
internal sealed record ExternalUse(
    SecurityGroup Group, Direction Direction, ImmutableArray<Peer> Peers, ImmutableArray<Service> Services, string Reason)
{
    /// <summary>Equal for equal ends.</summary>
    public string Key { get; } = string.Join(' ', Peers);

    /// <summary>The rules it stands for.</summary>
    public IEnumerable<RuleKey> Rules => Peers.SelectMany(p => Services.Select(s => new RuleKey(Direction, s, p)));

    /// <summary>
    /// Partitions rules with block and list peers: each peer's rules of one description are one service list; peers with the same
    /// description and list go together, the internet (/0) and prefix lists apart from everything else.
    /// </summary>
    public static IEnumerable<ExternalUse> Of(SecurityGroup group, Direction direction, IEnumerable<SecurityGroupRule> rules)
    {
        var perPeer = rules
            .GroupBy(r => (r.Peer, Reason: ReasonText.Of(r)))
            .Select(g => (g.Key.Peer, g.Key.Reason, Services: g.Select(r => r.Service).Distinct().Order().ToImmutableArray()));
        return perPeer
            .GroupBy(p => (Kind: KindOf(p.Peer), p.Reason, Services: string.Join(',', p.Services)))
            .OrderBy(g => g.Key.Kind, StringComparer.Ordinal).ThenBy(g => g.Key.Services, StringComparer.Ordinal).ThenBy(g => g.Key.Reason, StringComparer.Ordinal)
            .Select(g => new ExternalUse(group, direction, [.. g.Select(p => p.Peer).Order()], g.First().Services, g.Key.Reason));
    }

    private static string KindOf(Peer peer) => peer switch
    {
        CidrPeer { Cidr.PrefixLength: 0 } => "world",
        CidrPeer => "blocks",
        _ => peer.ToString()!,
    };
}
