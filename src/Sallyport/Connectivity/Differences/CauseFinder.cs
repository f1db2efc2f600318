using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Differences;

/// <summary>
/// Puts a difference down to its inputs by swapping one at a time: what lets the witness through alone made it; failing that, the fewest
/// that do it together. (reference: reachability-and-synthesis §5.5)
/// </summary>
internal sealed class CauseFinder
{
    private static readonly DiffInput[] Inputs = Enum.GetValues<DiffInput>();

    private static readonly EqualityComparer<PrefixList> ListComparer = EqualityComparer<PrefixList>.Create(
        (a, b) => a?.Id == b?.Id && (a?.Entries ?? []).SequenceEqual(b?.Entries ?? []), list => list.Id.GetHashCode());

    private readonly Estate _without;
    private readonly Estate _with;
    private readonly bool _isWithNew;
    private readonly WalkLinks _linksWithout;
    private readonly WalkLinks _linksWith;
    private readonly Dictionary<int, RuleWalk> _walks = [];
    private readonly bool _listsDiffer;
    private readonly bool _linksDiffer;

    /// <summary>For flows that one estate has and the other lacks.</summary>
    /// <param name="without">The estate that lacks them.</param>
    /// <param name="with">The estate that has them.</param>
    /// <param name="isWithNew">True when that is the new one.</param>
    public CauseFinder(Estate without, Estate with, bool isWithNew)
    {
        (_without, _with, _isWithNew) = (without, with, isWithNew);
        (_linksWithout, _linksWith) = (new WalkLinks(without), new WalkLinks(with));
        _listsDiffer = !without.PrefixLists.SequenceEqual(with.PrefixLists, ListComparer);
        _linksDiffer = !without.Peerings.SequenceEqual(with.Peerings) || !without.TransitGatewayAttachments.SequenceEqual(with.TransitGatewayAttachments);
    }

    /// <summary>Why; throws when the rules, read one by one, deny that there is a difference.</summary>
    public ImmutableArray<DiffCause> Find(WalkEnd from, WalkEnd to, Service packet, ServiceSet services)
    {
        if (!Passes((1 << Inputs.Length) - 1) || Passes(0))
        {
            throw new InvalidOperationException($"The tables say that {packet} from {from.Address} to {to.Address} {(_isWithNew ? "was opened" : "was closed")}; the rules, read one by one, do not.");
        }

        var differing = Inputs.Where(i => MayDiffer(i, from, to)).ToList();
        var alone = differing.Count == 1 ? differing : differing.FindAll(i => Passes(1 << (int)i));
        var isCombined = alone.Count == 0;
        var inputs = isCombined ? Together() : alone;
        return [.. inputs.SelectMany(i => Causes(i, from, to, services)).Distinct().Select(c => isCombined ? c with { IsCombined = true } : c)];

        bool Passes(int taken) => WalkOf(taken).LetsThrough(from, to, packet);

        List<DiffInput> Together()
        {
            var taken = (1 << Inputs.Length) - 1;
            foreach (var input in differing)
            {
                if (Passes(taken & ~(1 << (int)input))) taken &= ~(1 << (int)input);
            }

            return [.. differing.Where(i => (taken & (1 << (int)i)) != 0)];
        }
    }

    private bool MayDiffer(DiffInput input, WalkEnd from, WalkEnd to) => input switch
    {
        DiffInput.Membership => Differs(from) || Differs(to),
        DiffInput.PrefixLists => _listsDiffer,
        DiffInput.Links => _linksDiffer,
        _ => true,
    };

    private static bool Differs(WalkEnd end) => !end.IsOutside
        && (end.Old is not { } old || end.New is not { } @new || old.Id != @new.Id || old.Vpc != @new.Vpc || !old.Groups.AsSpan().SequenceEqual(@new.Groups.AsSpan()));

    // Bit n: the input of that number is taken from the estate that has the flow.
    private RuleWalk WalkOf(int taken)
    {
        if (_walks.TryGetValue(taken, out var walk)) return walk;
        var inputs = new RuleWalkInputs(
            Takes(DiffInput.Rules) ? _with : _without, Takes(DiffInput.Rules) ? _linksWith : _linksWithout,
            Takes(DiffInput.PrefixLists) ? _with : _without, Takes(DiffInput.Links) ? _linksWith : _linksWithout);
        return _walks[taken] = new RuleWalk(inputs, Takes(DiffInput.Membership) == _isWithNew);

        bool Takes(DiffInput input) => (taken & (1 << (int)input)) != 0;
    }

    private IEnumerable<DiffCause> Causes(DiffInput input, WalkEnd from, WalkEnd to, ServiceSet services) => input switch
    {
        DiffInput.Rules => Rules(from, to, services),
        DiffInput.Membership => Membership(from).Concat(Membership(to)),
        DiffInput.PrefixLists => Lists(from, to, services),
        DiffInput.Links => Links(from, to),
        _ => throw new ArgumentOutOfRangeException(nameof(input)),
    };

    private IEnumerable<DiffCause> Rules(WalkEnd from, WalkEnd to, ServiceSet services)
    {
        var isSilent = true;
        foreach (var (_, group, rule) in Matching(from, to, services))
        {
            if (_without.Index.Groups.TryGetValue(group.Id, out var other) && other.Rules.Any(r => r.Key == rule.Key && IsAlive(r) == IsAlive(rule))) continue;
            isSilent = false;
            yield return new DiffCause(DiffInput.Rules, $"{group.Id} {rule.Key}") { Rule = rule.Id, Group = group.Id };
        }

        // A rule of a third group may vouch for a peering that was not read.
        if (!isSilent) yield break;
        var (a, b) = VpcsOf(from, to);
        yield return new DiffCause(DiffInput.Rules, $"rules of other groups {(_isWithNew ? "tell" : "told")} that {a} and {b} are peered");
    }

    private (VpcId? From, VpcId? To) VpcsOf(WalkEnd from, WalkEnd to) => _isWithNew ? (from.New?.Vpc, to.New?.Vpc) : (from.Old?.Vpc, to.Old?.Vpc);

    private static bool IsAlive(SecurityGroupRule rule) => rule.Peer is not GroupPeer peer || GroupReference.IsAlive(peer);

    private IEnumerable<DiffCause> Lists(WalkEnd from, WalkEnd to, ServiceSet services)
    {
        foreach (var (direction, group, rule) in Matching(from, to, services))
        {
            if (rule.Peer is not PrefixListPeer { PrefixList: var id }) continue;
            var far = direction == Direction.Egress ? to.Address : from.Address;
            var entry = _with.Index.EntriesOf(id)!.Value.First(e => e.Cidr.Contains(far));
            if (_without.Index.EntriesOf(id) is { } entries && entries.Any(e => e.Cidr.Contains(far))) continue;
            var name = _with.Index.PrefixLists[id].Name;
            yield return new DiffCause(DiffInput.PrefixLists, $"{(name.Length == 0 ? id.Value : $"{name} ({id})")} {(_isWithNew ? "lists" : "listed")} {entry.Cidr}") { Rule = rule.Id, Group = group.Id };
        }
    }

    private IEnumerable<(Direction Direction, SecurityGroup Group, SecurityGroupRule Rule)> Matching(WalkEnd from, WalkEnd to, ServiceSet services)
    {
        var walk = WalkOf((1 << Inputs.Length) - 1);
        foreach (var (group, rule) in walk.Matching(Direction.Egress, from, to))
        {
            if (services.Overlaps(rule.Service.Interval)) yield return (Direction.Egress, group, rule);
        }

        foreach (var (group, rule) in walk.Matching(Direction.Ingress, to, from))
        {
            if (services.Overlaps(rule.Service.Interval)) yield return (Direction.Ingress, group, rule);
        }
    }

    private static IEnumerable<DiffCause> Membership(WalkEnd end)
    {
        if (end.IsOutside) yield break;
        if (end.Old is not { } old)
        {
            yield return Cause($"{end.New!.Id} ({end.Address}) is new");
            yield break;
        }

        if (end.New is not { } @new)
        {
            yield return Cause($"{old.Id} ({end.Address}) is gone");
            yield break;
        }

        var place = old.Id == @new.Id ? $"{@new.Id}" : $"{@new.Id} ({end.Address}, formerly {old.Id})";
        var (gained, lost) = (@new.Groups.Except(old.Groups).ToList(), old.Groups.Except(@new.Groups).ToList());
        if (gained.Count > 0) yield return Cause($"{place} now carries {string.Join(", ", gained)}");
        if (lost.Count > 0) yield return Cause($"{place} no longer carries {string.Join(", ", lost)}");
        if (gained.Count + lost.Count == 0 && old.Id != @new.Id) yield return Cause($"{@new.Id} holds {end.Address}, formerly {old.Id}");

        static DiffCause Cause(string text) => new(DiffInput.Membership, text);
    }

    private IEnumerable<DiffCause> Links(WalkEnd from, WalkEnd to)
    {
        var (a, b) = VpcsOf(from, to);
        yield return new DiffCause(DiffInput.Links, $"references between {a} and {b} {(_isWithNew ? "match now" : "no longer match")}");
    }
}
