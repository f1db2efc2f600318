using System.Collections.Immutable;
using Sallyport.Connectivity;
using Sallyport.Connectivity.Questions;
using Sallyport.Connectivity.Tables;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Policies;

/// <summary>Names the rules of a side that let one packet through to or from one address.</summary>
internal sealed class RuleMatcher(ConnectivityModel model, int point)
{
    public ImmutableArray<DecidingRule> RulesOf(Direction direction, Party near, Party far, Address address)
    {
        var found = ImmutableArray.CreateBuilder<DecidingRule>();
        foreach (var index in near.Groups ?? [])
        {
            if (!model.Estate.Index.Groups.TryGetValue(model.GroupId(index), out var group)) continue;
            foreach (var rule in group.RulesOf(direction).Where(r => r.Service.Interval.First <= point && point <= r.Service.Interval.Last && Matches(r.Peer, direction, near, far, address)))
            {
                found.Add(new DecidingRule(group, rule, ServiceSet.FromIntervals([new Interval(point, point)])));
            }
        }

        return found.DrainToImmutable();
    }

    private bool Matches(Peer peer, Direction direction, Party near, Party far, Address address) => peer switch
    {
        CidrPeer cidr => cidr.Cidr.Contains(address),
        PrefixListPeer list => model.Estate.Index.EntriesOf(list.PrefixList) is { } entries && entries.Any(e => e.Cidr.Contains(address)),
        GroupPeer group => far.Groups is { } groups && GroupReference.IsAlive(group) && model.FindGroup(group.Group) is { } index && groups.Contains(index)
            && model.Links.Between(near.Vpc, far.Vpc) is var link && (link == VpcLink.Full || (link == VpcLink.IngressOnly && direction == Direction.Ingress)),
        _ => false,
    };
}
