using System.Collections.Immutable;
using Sallyport.Anomalies.Peers;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Anomalies.Pairs;

/// <summary>
/// ONE-I, ONE-E and PART: rules whose other half the far interfaces lack, wholly or in part. Where interfaces on both ends were read the
/// pairs of the snapshot decide; a reference between groups without interfaces is judged symbolically. A block that holds public
/// addresses is left alone: whoever has them has no rules of ours.
/// </summary>
internal sealed class OneSidedRules(EstateFacts facts, HalfBook book) : KindFinder
{
    private readonly PairBook _pairs = new(facts, countsAllowAll: true);
    private readonly HalfJudge _halves = new(book);
    private readonly ReferenceStates _references = new(facts);
    private readonly Dictionary<Peer, bool> _managed = [];

    public override void Find(GroupSide side, AnomalySink sink)
    {
        if (!sink.Wants(AnomalyKind.PartlyOneSided) && !sink.Wants(OneSided(side.Direction))) return;
        foreach (var rule in side.Rules)
        {
            if (rule.Peer is GroupPeer peer) JudgeReference(side, rule, peer, sink);
            else JudgeBlocks(side, rule, sink);
        }
    }

    private void JudgeReference(GroupSide side, SecurityGroupRule rule, GroupPeer peer, AnomalySink sink)
    {
        if (_references.StaleReason(side.Group, side.Direction, peer) is not null) return;
        if (_pairs.JudgeRule(side.Group, rule) is not { } judged) return;

        // Inside one VPC references match whoever carries the groups; else it depends on where the interfaces are.
        if (judged.Kind == PairKind.Matched && facts.LiesInOneVpc(side.Group, judged.Peer)) return;
        var isRead = !side.Members.IsIncomplete && (judged.Peer is not { } far || !facts.IsMissing(GapKind.NetworkInterfaces, far.Scope));
        if (isRead && _halves.Judge(side.Group, rule) is { Kind: not null } verdict)
        {
            Report(side, rule, verdict, sink);
            return;
        }

        switch (judged.Kind)
        {
            case PairKind.OneSided:
                sink.Report(
                    OneSided(side.Direction), side, rule, $"{rule.Key} has no other half: no {Other(side.Direction)} rule of {peer.Group} covers any of it.",
                    AddOrRevoke(side.Direction), basis: judged.Basis);
                break;
            case PairKind.Partial:
                sink.Report(
                    AnomalyKind.PartlyOneSided, side, rule, $"{rule.Key} has half of another half: no {Other(side.Direction)} rule of {peer.Group} covers {Name(judged.Missing)}.",
                    AddOrRevoke(side.Direction), basis: judged.Basis);
                break;
            case PairKind.Unknown:
                sink.Doubt(judged.IsPartlyCovered ? AnomalyKind.PartlyOneSided : OneSided(side.Direction), side, rule, string.Join("; ", judged.Gaps));
                break;
        }
    }

    private void JudgeBlocks(GroupSide side, SecurityGroupRule rule, AnomalySink sink)
    {
        if (facts.BlocksOf(rule.Peer) is not { } blocks)
        {
            sink.Doubt(OneSided(side.Direction), side, rule, $"the entries of prefix list {rule.Peer} were not read");
            return;
        }

        if (blocks.IsEmpty || !IsManaged(rule.Peer, blocks)) return;
        if (side.Members.IsIncomplete) sink.Doubt(OneSided(side.Direction), side, null, $"{side.Group.Scope.Describe("interfaces")} were not read");
        else Report(side, rule, _halves.Judge(side.Group, rule), sink);
    }

    private static void Report(GroupSide side, SecurityGroupRule rule, HalfVerdict verdict, AnomalySink sink)
    {
        var isIngress = side.Direction == Direction.Ingress;
        switch (verdict.Kind)
        {
            case PairKind.OneSided:
                var far = verdict.FarCount == 1 ? $"{verdict.Far}, the only interface it names, " : $"none of the {verdict.FarCount} interfaces it names ";
                var verb = (isIngress, verdict.FarCount == 1) switch
                {
                    (true, true) => "may not open any of it to",
                    (true, false) => "may open any of it to",
                    (false, true) => "admits none of it from",
                    (false, false) => "admits any of it from",
                };
                sink.Report(
                    OneSided(side.Direction), side, rule, $"{rule.Key} has no other half: {far}{verb} the {Count(side.Members.Ids.Length)} of the group.",
                    AddOrRevoke(side.Direction), interfaces: [verdict.Near, verdict.Far], basis: AnomalyBasis.Snapshot);
                break;
            case PairKind.Partial:
                sink.Report(
                    AnomalyKind.PartlyOneSided, side, rule,
                    isIngress
                        ? $"{rule.Key} has half of another half: {verdict.Far} may not open {Name(verdict.Missing)} to {verdict.Near}."
                        : $"{rule.Key} has half of another half: {verdict.Far} does not admit {Name(verdict.Missing)} from {verdict.Near}.",
                    AddOrRevoke(side.Direction), interfaces: [verdict.Near, verdict.Far], basis: AnomalyBasis.Snapshot);
                break;
            case PairKind.Unknown:
                sink.Doubt(verdict.IsPartlyAnswered ? AnomalyKind.PartlyOneSided : OneSided(side.Direction), side, rule, verdict.Gap ?? "rules of the far side were not read");
                break;
        }
    }

    /// <summary>No address of the blocks is public, or all of them lie in VPCs that were read.</summary>
    private bool IsManaged(Peer peer, ImmutableArray<Cidr> blocks)
    {
        if (!_managed.TryGetValue(peer, out var isManaged))
        {
            isManaged = blocks.All(b => PublicSpace.Of(b.Family).CountWithin(new AddressRange(b.Bits, b.Last.Bits)) == 0 || AddressSet.Of(b).IsSubsetOf(facts.OwnSpace(b.Family)));
            _managed.Add(peer, isManaged);
        }

        return isManaged;
    }

    private static AnomalyKind OneSided(Direction direction) => direction == Direction.Ingress ? AnomalyKind.OneSidedIngress : AnomalyKind.OneSidedEgress;

    private static string Other(Direction direction) => direction == Direction.Ingress ? "egress" : "ingress";

    private static string AddOrRevoke(Direction direction) => $"Add the {Other(direction)} half on the far side if the connection is wanted, else revoke this rule.";

    private static string Count(int interfaces) => interfaces == 1 ? "only interface" : $"{interfaces} interfaces";

    private static string Name(ServiceSet services)
    {
        var list = services.ToServices();
        return list.Length <= 3 ? string.Join(", ", list) : $"{list[0]} and {list.Length - 1} more services";
    }
}
