using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Anomalies.Peers;

/// <summary>
/// IRR: a private block from which no route leads to any interface of the group. Public blocks are left alone: a network load balancer may
/// hand on packets of the internet to interfaces that themselves have no way there.
/// </summary>
internal sealed class IrrelevantRules(EstateFacts facts) : KindFinder
{
    private const AnomalyKind Kind = AnomalyKind.Irrelevant;

    private readonly RoutedSpace _routed = new(facts);

    public override void Find(GroupSide side, AnomalySink sink)
    {
        foreach (var rule in side.Rules)
        {
            if (rule.Peer is CidrPeer { Cidr: var block } && RoutedSpace.IsPrivate(block)) Judge(side, rule, block, sink);
        }
    }

    private void Judge(GroupSide side, SecurityGroupRule rule, Cidr block, AnomalySink sink)
    {
        string? gap = side.Members.IsIncomplete ? $"{side.Group.Scope.Describe("interfaces")} were not read" : null;
        if (side.Members.Interfaces.IsEmpty && gap is null) return;
        var range = new AddressRange(block.Bits, block.Last.Bits);
        foreach (var nic in side.Members.Interfaces)
        {
            var (known, reason) = _routed.To(nic, block.Family);
            if (known.CountWithin(range) > 0) return;
            gap ??= reason;
        }

        if (gap is not null)
        {
            sink.Doubt(Kind, side, rule, gap);
            return;
        }

        sink.Report(
            Kind, side, rule, $"{rule.Key} names addresses that no route connects with {(side.Members.Ids is [var only] ? $"{only}, the only interface" : $"any of the {side.Members.Ids.Length} interfaces")} of the group.",
            "Revoke it.", interfaces: side.Members.Ids, basis: AnomalyBasis.Snapshot);
    }
}
