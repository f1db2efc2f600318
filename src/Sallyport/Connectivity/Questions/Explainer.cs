using System.Collections.Immutable;
using Sallyport.Connectivity.Tables;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Questions;

/// <summary>
/// Names the rules behind an answer. A side has at most a thousand rules, so they are walked one by one when somebody asks why,
/// and the tables need not carry them.
/// </summary>
public sealed class Explainer
{
    private readonly ConnectivityModel _model;
    private readonly Reacher _reacher;
    private readonly SideReader _sides;

    /// <summary>Explains answers of this model.</summary>
    public Explainer(ConnectivityModel model)
    {
        _model = model;
        _reacher = new Reacher(model);
        _sides = new SideReader(model);
    }

    /// <summary>Asks and explains.</summary>
    public Explanation Explain(ReachQuestion question, CancellationToken cancellationToken = default) =>
        Explain(question, _reacher.Ask(question, cancellationToken));

    /// <summary>Explains an answer to the question.</summary>
    public Explanation Explain(ReachQuestion question, ReachAnswer answer)
    {
        var services = answer.Allowed.IsEmpty ? answer.Asked : answer.Allowed;
        var pairs = _reacher.PairsOf(question).ToList();
        var gaps = new SortedSet<string>(StringComparer.Ordinal);
        if (answer.Verdict == Verdict.Unknown)
        {
            foreach (var (from, to) in pairs)
            {
                AddGaps(gaps, Direction.Egress, from, to, answer.Asked);
                AddGaps(gaps, Direction.Ingress, to, from, answer.Asked);
            }
        }

        return new Explanation
        {
            Answer = answer,
            Egress = Rules(Direction.Egress, pairs.Select(p => (p.From, p.To)), services),
            Ingress = Rules(Direction.Ingress, pairs.Select(p => (p.To, p.From)), services),
            Missing =
            [
                .. Missing(Direction.Egress, pairs.Select(p => (p.From, p.To)), question.From, question.To, answer.Asked),
                .. Missing(Direction.Ingress, pairs.Select(p => (p.To, p.From)), question.To, question.From, answer.Asked),
            ],
            Gaps = [.. gaps],
        };
    }

    /// <summary>Gaps of the two parties' groups that bear on the services, each once.</summary>
    internal SortedSet<string> GapsBetween(Party from, Party to, ServiceSet asked)
    {
        var gaps = new SortedSet<string>(StringComparer.Ordinal);
        AddGaps(gaps, Direction.Egress, from, to, asked);
        AddGaps(gaps, Direction.Ingress, to, from, asked);
        return gaps;
    }

    private ImmutableArray<DecidingRule> Rules(Direction direction, IEnumerable<(Party Near, Party Far)> pairs, ServiceSet services)
    {
        var found = new SortedDictionary<(SecurityGroupId, int), DecidingRule>();
        foreach (var (near, far) in pairs)
        {
            foreach (var index in near.Groups ?? [])
            {
                if (!_model.Estate.Index.Groups.TryGetValue(_model.GroupId(index), out var group)) continue;
                for (var i = 0; i < group.Rules.Length; i++)
                {
                    var rule = group.Rules[i];
                    if (rule.Direction != direction || found.ContainsKey((group.Id, i)) || !services.Overlaps(rule.Service.Interval)) continue;
                    if (Matches(rule.Peer, direction, near, far)) found.Add((group.Id, i), new DecidingRule(group, rule, services.Intersect(ServiceSet.Of(rule.Service))));
                }
            }
        }

        return [.. found.Values];
    }

    private bool Matches(Peer peer, Direction direction, Party near, Party far) => peer switch
    {
        CidrPeer cidr => Holds(cidr.Cidr, far),
        PrefixListPeer list => _model.Estate.Index.EntriesOf(list.PrefixList) is { } entries && entries.Any(e => Holds(e.Cidr, far)),
        GroupPeer group => far.Groups is { } groups && GroupReference.IsAlive(group) && _model.FindGroup(group.Group) is { } index && groups.Contains(index)
            && IsLinked(direction, near.Vpc, far.Vpc),
        _ => false,
    };

    private bool IsLinked(Direction direction, int near, int far) =>
        _model.Links.Between(near, far).Carries(direction) == true;

    private static bool Holds(Cidr cidr, Party far)
    {
        if (cidr.Family != far.Family) return false;
        var (first, last) = (cidr.Bits, cidr.Last.Bits);
        return far.IsSymbolic
            ? far.Ranges.All(r => first <= r.First && r.Last <= last)
            : far.Places.Any(p => p.Range.First <= last && p.Range.Last >= first) || far.Ranges.Any(r => r.First <= last && r.Last >= first);
    }

    // Grouped by owner, peer and direction: the same gap of twenty pairs is one thing to add.
    private IEnumerable<MissingRule> Missing(
        Direction direction, IEnumerable<(Party Near, Party Far)> pairs, EndpointSet nearSet, EndpointSet farSet, ServiceSet asked)
    {
        var missing = new SortedDictionary<(SecurityGroupId Group, Peer Peer), ServiceSet>();
        foreach (var (near, far) in pairs)
        {
            if (near.Groups is not { Length: > 0 } groups) continue;
            var open = ServicePool.Any;
            foreach (var (_, _, _, possible) in _sides.Elements(direction, near, far)) open = _model.Pool.Intersect(open, possible);
            var stopped = asked.Subtract(_model.Pool[open]);
            if (stopped.IsEmpty) continue;
            var owner = nearSet.Group ?? _model.GroupId(groups[0]);
            foreach (var peer in PeersFor(direction, near, far, farSet))
            {
                missing[(owner, peer)] = missing.TryGetValue((owner, peer), out var known) ? known.Union(stopped) : stopped;
            }
        }

        return missing.Select(m => new MissingRule(direction, m.Key.Group, m.Key.Peer, m.Value));
    }

    private IEnumerable<Peer> PeersFor(Direction direction, Party near, Party far, EndpointSet farSet)
    {
        if (far.Groups is { Length: > 0 } groups && IsLinked(direction, near.Vpc, far.Vpc)) return [new GroupPeer(farSet.Group ?? _model.GroupId(groups[0]))];
        if (far.IsInternet) return [new CidrPeer(far.Family == IpFamily.V4 ? Cidr.AnyV4 : Cidr.AnyV6)];
        var ranges = far.Places.Select(p => p.Range).Concat(far.IsSymbolic ? [] : far.Ranges);
        return AddressSet.FromRanges(far.Family, ranges).ToCidrs().Select(c => new CidrPeer(c));
    }

    private void AddGaps(SortedSet<string> gaps, Direction direction, Party near, Party far, ServiceSet asked)
    {
        if (near.IsHidden) gaps.Add("interfaces were not read, so an address inside a VPC may be one with groups of its own");
        foreach (var index in near.Groups ?? [])
        {
            var table = _model.Table(direction, index);
            var id = _model.GroupId(index);
            if (!_model.Estate.Index.Groups.TryGetValue(id, out var group))
            {
                gaps.Add($"group {id} was not read");
                continue;
            }

            if (!table.HasDoubts && far.Groups is null) continue;
            if (table.DoubtAlways == ServicePool.Any) gaps.Add($"not all {(direction == Direction.Egress ? "egress" : "ingress")} rules of {id} could be read");
            foreach (var rule in group.RulesOf(direction))
            {
                if (!asked.Overlaps(rule.Service.Interval)) continue;
                if (rule.Peer is PrefixListPeer list && _model.Estate.Index.EntriesOf(list.PrefixList) is null) gaps.Add($"the entries of prefix list {list.PrefixList} were not read");
                else if (rule.Peer is GroupPeer peer) AddReferenceGap(gaps, direction, near, far, peer);
            }
        }
    }

    private void AddReferenceGap(SortedSet<string> gaps, Direction direction, Party near, Party far, GroupPeer peer)
    {
        if (_model.FindGroup(peer.Group) is not { } index) return;
        if (far.Groups is { } groups && groups.Contains(index) && _model.Links.Between(near.Vpc, far.Vpc).Carries(direction) is null)
        {
            gaps.Add($"whether references reach {peer.Group} in another VPC was not read (peerings, transit gateways)");
        }
        else if (far.Groups is null && _model.MemberGaps.AreIncomplete(peer.Group))
        {
            gaps.Add($"the interfaces of group {peer.Group} were not read");
        }
    }
}
