using System.Collections.Immutable;
using Sallyport.Anomalies.Overlaps;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Anomalies.Attachments;

/// <summary>
/// DUP: the same box as a rule of another group on the same interface. EC2 takes no rule twice on one group, but two groups of one
/// interface may repeat each other. Of two such rules the one of the later group is reported, so one always stays.
/// </summary>
internal sealed class DuplicateRules(EstateFacts facts) : KindFinder
{
    private readonly Dictionary<(SecurityGroupId, Direction), Dictionary<(Interval, Peer), RuleBox>> _byBox = [];

    public override void Find(GroupSide side, AnomalySink sink)
    {
        if (side.Rules.IsEmpty) return;
        if (side.Members.IsIncomplete) sink.Doubt(AnomalyKind.Duplicate, side, null, $"{side.Group.Scope.Describe("interfaces")} were not read");
        var companions = CompanionsOf(side, sink);
        if (companions.Count == 0) return;
        foreach (var box in side.Boxes)
        {
            if (box.IsEmpty) continue;
            var equal = companions.Where(c => ByBox(c.Group, side.Direction).ContainsKey((box.Services, box.Peer))).ToList();
            if (equal.Count > 0) Report(side, box, equal, sink);
        }
    }

    private void Report(GroupSide side, RuleBox box, List<(SecurityGroup Group, List<NetworkInterfaceId> Shared)> equal, AnomalySink sink)
    {
        var shared = equal.SelectMany(c => c.Shared).Distinct().Order().ToImmutableArray();
        var others = equal.Select(c => new RuleOfGroup(c.Group.Id, ByBox(c.Group, side.Direction)[(box.Services, box.Peer)].Rule));
        sink.Report(
            AnomalyKind.Duplicate, side, box.Rule,
            $"{box.Rule.Key} repeats a rule of {string.Join(", ", equal.Select(c => c.Group.Id))} on {shared.Length} of the {side.Members.Ids.Length} interfaces that carry the group.",
            "Revoke it if every interface of the group carries the other group too and shall go on doing so.", others, shared, box.BasisAgainst(equal.Select(c => ByBox(c.Group, side.Direction)[(box.Services, box.Peer)])));
    }

    /// <summary>Earlier groups that share interfaces with the group, in order, with those interfaces.</summary>
    private List<(SecurityGroup Group, List<NetworkInterfaceId> Shared)> CompanionsOf(GroupSide side, AnomalySink sink)
    {
        var shared = new SortedDictionary<SecurityGroupId, List<NetworkInterfaceId>>();
        foreach (var nic in side.Members.Interfaces)
        {
            foreach (var other in nic.Groups)
            {
                if (other >= side.Group.Id) continue;
                if (!shared.TryGetValue(other, out var list)) shared.Add(other, list = []);
                list.Add(nic.Id);
            }
        }

        var companions = new List<(SecurityGroup, List<NetworkInterfaceId>)>();
        foreach (var (id, interfaces) in shared)
        {
            if (facts.Estate.Index.Groups.TryGetValue(id, out var group)) companions.Add((group, interfaces));
            else sink.Doubt(AnomalyKind.Duplicate, side, null, $"group {id}, which shares interfaces with it, is not in the estate");
        }

        return companions;
    }

    private Dictionary<(Interval, Peer), RuleBox> ByBox(SecurityGroup group, Direction direction)
    {
        if (!_byBox.TryGetValue((group.Id, direction), out var byBox))
        {
            byBox = [];
            foreach (var box in facts.BoxesOf(group, direction)) byBox.TryAdd((box.Services, box.Peer), box);
            _byBox.Add((group.Id, direction), byBox);
        }

        return byBox;
    }
}
