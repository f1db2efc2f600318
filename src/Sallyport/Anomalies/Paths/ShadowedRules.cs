using Sallyport.Anomalies.Pairs;
using Sallyport.Anomalies.Peers;
using Sallyport.Connectivity;
using Sallyport.Connectivity.Networks;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Anomalies.Paths;

/// <summary>
/// SHD: the groups of both ends let some of the rule's traffic through, and network ACLs or routes stop all of that. One path on which
/// something gets through settles the matter, and nearly every rule has one among its first. What no group filters, such as instance
/// metadata, gets through without the rule and does not count.
/// </summary>
internal sealed class ShadowedRules(EstateFacts facts, HalfBook halves) : KindFinder
{
    private const AnomalyKind Kind = AnomalyKind.Shadowed;

    /// <summary>Paths that are looked at once one of them is unknown: the rule cannot be reported any more, only left out or doubted.</summary>
    private const int MostAfterDoubt = 1_000;

    private readonly FarEnds _ends = new(facts, halves);
    private readonly ReferenceStates _references = new(facts);
    private readonly Lazy<ConnectivityModel> _groups = new(() => ConnectivityModel.Of(facts.Estate));

    public override void Find(GroupSide side, AnomalySink sink)
    {
        if (side.Rules.IsEmpty || (side.Members.Interfaces.IsEmpty && !side.Members.IsIncomplete)) return;
        if (GapOf(side) is { } gap)
        {
            sink.Doubt(Kind, side, null, gap);
            return;
        }

        foreach (var rule in side.Rules) Judge(side, rule, sink);
    }

    private string? GapOf(GroupSide side)
    {
        if (side.Members.IsIncomplete) return $"{side.Group.Scope.Describe("interfaces")} were not read";
        if (facts.IsMissing(GapKind.RouteTables, side.Group.Scope)) return $"{side.Group.Scope.Describe("route tables")} were not read";
        return facts.IsMissing(GapKind.NetworkAcls, side.Group.Scope) ? $"{side.Group.Scope.Describe("network ACLs")} were not read" : null;
    }

    private void Judge(GroupSide side, SecurityGroupRule rule, AnomalySink sink)
    {
        if (rule.Peer is GroupPeer peer && _references.StaleReason(side.Group, side.Direction, peer) is not null) return;
        if (facts.BlocksOf(rule.Peer) is null && rule.Peer is PrefixListPeer list)
        {
            sink.Doubt(Kind, side, rule, $"the entries of prefix list {list} were not read");
            return;
        }

        var asked = ServiceSet.Of(rule.Service);
        var afterDoubt = 0;
        (Endpoint From, Endpoint To)? stopped = null;
        (Endpoint From, Endpoint To)? unknown = null;
        foreach (var (own, far) in _ends.Of(side.Group.Id, side.Members.Interfaces, rule))
        {
            var (from, to) = side.Direction == Direction.Ingress ? (far, own) : (own, far);
            var open = Answered(side.Direction, from, to, far).Within(asked.Subtract(_groups.Value.UnfilteredBetween(from, to)));
            if (open.IsNothing) continue;
            var path = _ends.Judge(from, to);
            var through = open.And(path.Nacl).And(path.Route);
            if (rule.Peer is GroupPeer && !path.ReferencesApply) through = new Passage(ServiceSet.Empty, through.Possible);
            if (!through.Allowed.IsEmpty) return;
            if (!through.IsNothing) unknown ??= (from, to);
            else if (!open.Allowed.IsEmpty) stopped ??= (from, to);
            if (unknown is not null && ++afterDoubt > MostAfterDoubt) break;
        }

        if (unknown is { } unread) sink.Doubt(Kind, side, rule, GapOn(unread.From, unread.To));
        else if (stopped is { } closed) Report(side, rule, _ends.NotesOf(closed.From, closed.To).FirstOrDefault(n => n.Stops.Overlaps(asked)), sink);
    }

    private string GapOn(Endpoint from, Endpoint to) =>
        _ends.NotesOf(from, to).FirstOrDefault(n => n.IsGap)?.Text.TrimEnd('.') ?? $"rules of the groups of {from} or {to} were not read";

    /// <summary>What the far end's own groups let through; the rule itself is the near end's part.</summary>
    private Passage Answered(Direction direction, Endpoint from, Endpoint to, Endpoint far) => far.Interface is null
        ? Passage.Everything
        : _groups.Value.Side(direction == Direction.Ingress ? Direction.Egress : Direction.Ingress, from, to);

    private static void Report(GroupSide side, SecurityGroupRule rule, PathNote? note, AnomalySink sink) => sink.Report(
        Kind, side, rule, $"{rule.Key} is open in the groups and closed in the network{(note is null ? "" : $": {note.Text.TrimEnd('.')}")}.",
        "Nothing in the group need change: look at the network if the traffic is wanted.", interfaces: side.Members.Ids, basis: AnomalyBasis.Snapshot);
}
