using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Anomalies.Peers;

/// <summary>
/// VAC: rules that no packet can match, with the reason. An empty group is empty now: things that scale to zero come back, so a person
/// decides.
/// </summary>
internal sealed class VacuousRules(EstateFacts facts) : KindFinder
{
    private readonly ReferenceStates _references = new(facts);

    public override void Find(GroupSide side, AnomalySink sink)
    {
        foreach (var rule in side.Rules)
        {
            switch (rule.Peer)
            {
                case CidrPeer cidr when OtherFamily(rule.Service) == cidr.Cidr.Family:
                    Report($"{rule.Service} never travels in {NameOf(cidr.Cidr.Family)}, the family of its block", AnomalyBasis.Symbolic);
                    break;
                case PrefixListPeer list:
                    JudgeList(list);
                    break;
                case GroupPeer peer:
                    JudgeGroup(peer);
                    break;
            }

            void JudgeList(PrefixListPeer list)
            {
                if (facts.ListOf(list.PrefixList) is not { } known) sink.Doubt(AnomalyKind.Vacuous, side, rule, $"the entries of prefix list {list} were not read");
                else if (known.Blocks.IsEmpty) Report($"prefix list {list} has no entries", AnomalyBasis.Snapshot);
                else if (known.Blocks.All(b => b.Family == OtherFamily(rule.Service))) Report($"{rule.Service} never travels in {NameOf(known.Blocks[0].Family)}, the family of every entry of {list}", AnomalyBasis.Snapshot);
            }

            void JudgeGroup(GroupPeer peer)
            {
                if (_references.StaleReason(side.Group, side.Direction, peer) is { } stale) Report($"the reference is stale, {stale}", AnomalyBasis.Snapshot);
                else if (facts.Estate.Index.MembersOf(peer.Group).Any() || facts.IsAttachedElsewhere(peer.Group)) return;
                else if (!facts.Estate.Index.Groups.TryGetValue(peer.Group, out var far)) sink.Doubt(AnomalyKind.Vacuous, side, rule, $"group {peer.Group} is not in the estate");
                else if (facts.IsMissing(GapKind.NetworkInterfaces, far.Scope)) sink.Doubt(AnomalyKind.Vacuous, side, rule, $"{far.Scope.Describe("interfaces")} were not read");
                else Report($"no interface carries group {peer.Group} now", AnomalyBasis.Snapshot);
            }

            void Report(string reason, AnomalyBasis basis) => sink.Report(
                AnomalyKind.Vacuous, side, rule, $"{rule.Key} matches nothing: {reason}.", "Revoke it.", basis: basis);
        }
    }

    /// <summary>The family in which a service does not exist; null for services of both.</summary>
    private static IpFamily? OtherFamily(Service service) =>
        service.Protocol == Protocol.Icmp ? IpFamily.V6 : service.Protocol == Protocol.IcmpV6 ? IpFamily.V4 : null;

    private static string NameOf(IpFamily family) => family == IpFamily.V4 ? "IPv4" : "IPv6";
}
