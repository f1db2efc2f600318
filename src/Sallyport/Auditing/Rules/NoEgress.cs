using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules;

/// <summary>
/// Egress rules that stand for "no egress": a template that leaves egress out gets AWS's allow-all rule, so templates write a rule
/// that nothing can match instead.
/// </summary>
internal static class NoEgress
{
    private static readonly Cidr LoopbackV4 = Cidr.Parse("127.0.0.1/32");
    private static readonly Cidr LoopbackV6 = Cidr.Parse("::1/128");
    private static readonly Cidr Broadcast = Cidr.Parse("255.255.255.255/32");

    /// <summary>True when rules are there and all of them are such.</summary>
    public static bool IsIdiom(IReadOnlyCollection<SecurityGroupRule> egress) => egress.Count > 0 && egress.All(IsIdiom);

    private static bool IsIdiom(SecurityGroupRule rule) => rule.Peer is CidrPeer peer
        && (peer.Cidr == LoopbackV4 || peer.Cidr == LoopbackV6 || peer.Cidr == Broadcast);
}
