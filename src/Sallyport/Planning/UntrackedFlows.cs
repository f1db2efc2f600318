using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Planning;

/// <summary>
/// Whether taking rules away can cut live connections at once. A TCP or UDP flow is untracked when a rule open to every address
/// allows it and the other direction allows every address on every port; then it lives by both rules.
/// (reference: ec2-semantics §6.2, §6.3)
/// </summary>
internal sealed class UntrackedFlows(Estate estate)
{
    private readonly bool _membersAreKnown = !estate.Gaps.Any(g => g.What == GapKind.NetworkInterfaces);

    public TakesEffect OfRevoking(SecurityGroup group, Direction direction, IEnumerable<RuleKey> removed)
    {
        var open = removed.Where(IsOpen).ToList();
        if (open.Count == 0) return TakesEffect.NewConnections;

        // Other groups on the same interface may hold the other half; who carries this one may not be known: then assume the worst.
        if (!_membersAreKnown) return TakesEffect.Immediately;
        var opposite = OppositeOf(group, direction).Where(IsOpen).ToList();
        return open.Any(r => opposite.Any(o => MakeUntracked(r, o) || MakeUntracked(o, r)))
            ? TakesEffect.Immediately
            : TakesEffect.NewConnections;
    }

    private IEnumerable<RuleKey> OppositeOf(SecurityGroup group, Direction direction)
    {
        var beside = estate.Index.MembersOf(group.Id).SelectMany(i => i.Groups).Where(g => g != group.Id).Distinct()
            .Select(g => estate.Index.Groups.GetValueOrDefault(g)).OfType<SecurityGroup>();
        return beside.Prepend(group).SelectMany(g => g.Rules).Where(r => r.Direction != direction).Select(r => r.Key);
    }

    private static bool IsOpen(RuleKey rule) =>
        rule.Peer is CidrPeer { Cidr.PrefixLength: 0 } && (rule.Service.Protocol.HasPorts || rule.Service == Service.Any);

    private static bool MakeUntracked(RuleKey enabling, RuleKey everything) =>
        ((CidrPeer)enabling.Peer).Cidr.Family == ((CidrPeer)everything.Peer).Cidr.Family
        && (everything.Service == Service.Any || everything.Service.IsAllPorts)
        && (everything.Service == Service.Any || enabling.Service == Service.Any || enabling.Service.Protocol == everything.Service.Protocol);
}
