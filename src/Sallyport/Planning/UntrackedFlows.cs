using Sallyport.Diagnostics;
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
        // Other groups on the same interface may hold the other half; who carries this one may not be known: then assume the worst.
        return removed.Where(IsOpen).ToList() is { Count: > 0 } open && (!_membersAreKnown || IsOpposed(open, Beside(group).Prepend(group), direction))
            ? TakesEffect.Immediately
            : TakesEffect.NewConnections;
    }

    /// <summary>Says why a revoke takes effect at once: nothing that was not read is told as if it had been.</summary>
    public Diagnostic Explain(SecurityGroup group, Direction direction, IEnumerable<RuleKey> removed)
    {
        var open = removed.Where(IsOpen).ToList();
        return IsOpposed(open, [group], direction) ? PlanningDiagnostics.UntrackedFlows(group)
            : IsOpposed(open, Beside(group), direction) ? PlanningDiagnostics.UntrackedFlowsBeside(group, direction)
            : PlanningDiagnostics.PerhapsUntrackedFlows(group, direction);
    }

    private IEnumerable<SecurityGroup> Beside(SecurityGroup group) =>
        estate.Index.MembersOf(group.Id).SelectMany(i => i.Groups).Where(g => g != group.Id).Distinct()
            .Select(g => estate.Index.Groups.GetValueOrDefault(g)).OfType<SecurityGroup>();

    private static bool IsOpposed(List<RuleKey> open, IEnumerable<SecurityGroup> groups, Direction direction) =>
        groups.SelectMany(g => g.Rules).Where(r => r.Direction != direction && IsOpen(r.Key)).Any(o => open.Any(r => MakeUntracked(r, o.Key) || MakeUntracked(o.Key, r)));

    private static bool IsOpen(RuleKey rule) =>
        rule.Peer is CidrPeer { Cidr.PrefixLength: 0 } && (rule.Service.Protocol.HasPorts || rule.Service == Service.Any);

    private static bool MakeUntracked(RuleKey enabling, RuleKey everything) =>
        ((CidrPeer)enabling.Peer).Cidr.Family == ((CidrPeer)everything.Peer).Cidr.Family
        && (everything.Service == Service.Any || everything.Service.IsAllPorts)
        && (everything.Service == Service.Any || enabling.Service == Service.Any || enabling.Service.Protocol == everything.Service.Protocol);
}
