using System.Collections.Immutable;
using Sallyport.Connectivity;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Anomalies.Pairs;

/// <summary>
/// Judges rules that name a group by what the named group answers: references back, and address blocks that hold all of this
/// group's addresses of a family. What blocks of a group answer is kept; references are read off the named group's rules, since
/// most pairs are asked about once.
/// </summary>
internal sealed class PairBook
{
    private readonly EstateFacts _facts;
    private readonly bool _countsAllowAll;

    // By the group's number. Two threads may work the same side out; either will do.
    private readonly Side?[] _ingress;
    private readonly Side?[] _egress;

    /// <summary>Judges the rules of an estate.</summary>
    /// <param name="facts">The estate.</param>
    /// <param name="countsAllowAll">Whether an egress rule for everything everywhere is the other half of an ingress rule.</param>
    public PairBook(EstateFacts facts, bool countsAllowAll)
    {
        _facts = facts;
        _countsAllowAll = countsAllowAll;
        (_ingress, _egress) = (new Side?[facts.Estate.SecurityGroups.Length], new Side?[facts.Estate.SecurityGroups.Length]);
    }

    private GroupGraph Graph => _facts.Estate.Index.References;

    /// <summary>One judgement a rule of a group of the estate whose peer is a group; references over a dead peering match nothing and are left out.</summary>
    public IReadOnlyList<PairJudgement> Judge(SecurityGroup group)
    {
        List<PairJudgement>? judged = null;
        var near = new Near(_facts, group);
        var (peers, rules) = Graph.Of(near.Number);
        for (var i = 0; i < peers.Length; i++)
        {
            var rule = rules.Span[i];
            if (GroupReference.IsAlive((GroupPeer)rule.Peer)) (judged ??= []).Add(Judge(near, rule, peers.Span[i]));
        }

        return judged ?? (IReadOnlyList<PairJudgement>)[];
    }

    /// <summary>The judgement on one rule; null for a rule of another kind, and for a reference over a dead peering.</summary>
    public PairJudgement? JudgeRule(SecurityGroup group, SecurityGroupRule rule) =>
        rule.Peer is GroupPeer peer && GroupReference.IsAlive(peer) ? Judge(new Near(_facts, group), rule, Graph.NumberOf(peer.Group)) : null;

    private PairJudgement Judge(Near near, SecurityGroupRule rule, int number)
    {
        var group = near.Group;
        if (number < 0 || number >= _facts.Estate.SecurityGroups.Length)
        {
            return new PairJudgement(rule, null, PairKind.Unknown, AnomalyBasis.Symbolic) { Gaps = [$"group {rule.Peer} is not in the estate"] };
        }

        var far = _facts.Estate.SecurityGroups[number];
        var opposite = rule.Direction == Direction.Ingress ? Direction.Egress : Direction.Ingress;
        if (IsNamedBack(rule, number, opposite, near.Number)) return new PairJudgement(rule, far, PairKind.Matched, AnomalyBasis.Symbolic);

        var asked = _facts.SetOf(rule.Service);
        var answer = AnswerOf(far, number, opposite, near);
        if (asked.IsSubsetOf(answer.ByReference)) return new PairJudgement(rule, far, PairKind.Matched, AnomalyBasis.Symbolic);
        var always = answer.ByReference.Union(answer.ByInvariant);
        var covered = always.Union(answer.ByAddress);
        if (asked.IsSubsetOf(covered))
        {
            var basis = asked.IsSubsetOf(always) ? AnomalyBasis.Invariant : AnomalyBasis.Snapshot;
            return new PairJudgement(rule, far, PairKind.MatchedByAddress, basis);
        }

        var missing = asked.Subtract(covered);
        var gaps = answer.Doubts.IsEmpty ? [] : answer.Doubts.Where(d => missing.Overlaps(d.Services)).Select(d => d.Gap).Distinct().ToImmutableArray();
        var isPartlyCovered = asked.Overlaps(covered);
        if (gaps.Length > 0)
        {
            return new PairJudgement(rule, far, PairKind.Unknown, AnomalyBasis.Symbolic) { Gaps = gaps, IsPartlyCovered = isPartlyCovered };
        }

        var judged = new PairJudgement(rule, far, isPartlyCovered ? PairKind.Partial : PairKind.OneSided, answer.DependsOnAddresses ? AnomalyBasis.Snapshot : AnomalyBasis.Symbolic)
        {
            Missing = missing,
        };
        if (!isPartlyCovered) return judged;
        var own = AnswerOf(group, near.Number, rule.Direction, new Near(_facts, far));
        return judged with { Extra = answer.ByReference.Subtract(own.ByReference.Union(own.ByInvariant).Union(own.ByAddress)) };
    }

    /// <summary>What the rules of <paramref name="far"/> in one direction allow for everybody who carries <paramref name="near"/>.</summary>
    private Answer AnswerOf(SecurityGroup far, int number, Direction direction, Near near)
    {
        var references = ReferencesOf(number, direction, near.Number);
        var side = SideOf(far, number, direction);
        if (side.V4.IsEmpty && side.V6.IsEmpty) return new Answer(references, ServiceSet.Empty, ServiceSet.Empty, false, side.Doubts);
        var doubts = side.Doubts;
        var byAddress = ServiceSet.Empty;
        var byInvariant = ServiceSet.Empty;
        var dependsOnAddresses = false;
        foreach (var services in new ReadOnlySpan<SideBlocks>([side.V4, side.V6]))
        {
            if (services.IsEmpty) continue;
            var members = near.Members(services.Family);
            if (near.HasMembers && members.IsEmpty) continue;

            var bound = near.Bound(services.Family);
            if (bound.IsEmpty && members.IsEmpty) continue;
            if (!bound.IsEmpty) byInvariant = byInvariant.Union(services.ForAll(bound));
            if (near.HasMembers)
            {
                byAddress = byAddress.Union(services.ForAll(members));
                dependsOnAddresses = true;
            }
            else if (!near.IsRead)
            {
                var gap = $"interfaces of {near.Group.Scope} were not read, so the addresses of group {near.Group.Id} are unknown";
                doubts = doubts.AddRange(services.Exact.Slabs
                    .Where(s => bound.CountWithin(s.Range) > 0)
                    .SelectMany(s => s.Services.Intervals.Select(i => new Doubt(i, gap))));
            }
        }

        return new Answer(references, byAddress, byInvariant, dependsOnAddresses, doubts);
    }

    // One rule that names the group and covers all of it: what most pairs consist of.
    private bool IsNamedBack(SecurityGroupRule rule, int far, Direction direction, int near)
    {
        var asked = rule.Service.Interval;
        var (peers, rules) = Graph.Of(far);
        var named = peers.Span;
        for (var i = 0; i < named.Length; i++)
        {
            if (named[i] == near && IsAlive(rules.Span[i], direction)
                && rules.Span[i].Service.Interval is var offered && offered.First <= asked.First && asked.Last <= offered.Last) return true;
        }

        return false;
    }

    private ServiceSet ReferencesOf(int far, Direction direction, int near)
    {
        List<Interval>? intervals = null;
        var (peers, rules) = Graph.Of(far);
        var named = peers.Span;
        for (var i = 0; i < named.Length; i++)
        {
            if (named[i] == near && IsAlive(rules.Span[i], direction)) (intervals ??= []).Add(rules.Span[i].Service.Interval);
        }

        return intervals is null ? ServiceSet.Empty : ServiceSet.FromIntervals(intervals);
    }

    private static bool IsAlive(SecurityGroupRule rule, Direction direction) => rule.Direction == direction && GroupReference.IsAlive((GroupPeer)rule.Peer);

    private Side SideOf(SecurityGroup group, int number, Direction direction)
    {
        ref var side = ref (direction == Direction.Ingress ? _ingress : _egress)[number];
        return Volatile.Read(ref side) ?? Interlocked.CompareExchange(ref side, MakeSide(group, direction), null) ?? side;
    }

    private Side MakeSide(SecurityGroup group, Direction direction)
    {
        var countsAllowAll = direction == Direction.Ingress || _countsAllowAll;
        var hasBlocks = false;
        foreach (var rule in group.Rules) hasBlocks |= rule.Direction == direction && (rule.Peer is not GroupPeer peer || GroupReference.IsUnresolved(peer, _facts.Estate));
        if (!hasBlocks && group.Malformed.IsEmpty) return Side.Empty;
        var boxes = (V4: ImmutableArray.CreateBuilder<AddressServices.Slab>(), V6: ImmutableArray.CreateBuilder<AddressServices.Slab>());
        var doubts = new List<Doubt>();
        foreach (var rule in group.RulesOf(direction))
        {
            switch (rule.Peer)
            {
                case CidrPeer { Cidr: var cidr } when countsAllowAll || rule.Service != Service.Any || !IsAllowAll(rule, AddressSet.Of(cidr)):
                    Add(cidr.Family, new AddressRange(cidr.Bits, cidr.Last.Bits), _facts.SetOf(rule.Service));
                    break;
                case PrefixListPeer list when _facts.ListOf(list.PrefixList) is { } facts:
                    foreach (var set in new[] { facts.V4, facts.V6 })
                    {
                        if (set.IsEmpty || (!countsAllowAll && IsAllowAll(rule, set))) continue;
                        foreach (var range in set.Ranges) Add(set.Family, range, _facts.SetOf(rule.Service));
                    }

                    break;
                case GroupPeer peer when GroupReference.IsUnresolved(peer, _facts.Estate):
                    doubts.Add(new Doubt(rule.Service.Interval, $"which group {peer.Group} is was not read"));
                    break;
                case PrefixListPeer list:
                    doubts.Add(new Doubt(rule.Service.Interval, $"the entries of prefix list {list.PrefixList} were not read"));
                    break;
            }
        }

        if (group.Malformed.Any(m => m.Direction == direction))
        {
            doubts.Add(new Doubt(ServiceSet.Any.Intervals[0], $"group {group.Id} has malformed rules, which were left out"));
        }

        if (boxes.V4.Count == 0 && boxes.V6.Count == 0 && doubts.Count == 0) return Side.Empty;
        return new Side(
            new SideBlocks(IpFamily.V4, boxes.V4.DrainToImmutable()),
            new SideBlocks(IpFamily.V6, boxes.V6.DrainToImmutable()),
            [.. doubts]);

        void Add(IpFamily family, AddressRange range, ServiceSet services) =>
            (family == IpFamily.V4 ? boxes.V4 : boxes.V6).Add(new AddressServices.Slab(range, services));
    }

    private static bool IsAllowAll(SecurityGroupRule rule, AddressSet peer) =>
        rule.Service == Service.Any && PublicSpace.WorldOf(peer.Family).IsSubsetOf(peer);

    /// <summary>The group whose rules are judged: where its interfaces are is looked up once for all of them.</summary>
    private sealed class Near(EstateFacts facts, SecurityGroup group)
    {
        private bool? _hasMembers;
        private AddressSet? _members4;
        private AddressSet? _members6;
        private AddressSet? _bound4;
        private AddressSet? _bound6;

        public SecurityGroup Group => group;

        /// <summary>The group's number in the estate; -1 when it is not in it.</summary>
        public int Number { get; } = facts.Estate.Index.References.NumberOf(group.Id);

        /// <summary>True when all interfaces of the group were read.</summary>
        public bool IsRead { get; } = !facts.IsMissing(GapKind.NetworkInterfaces, group.Scope);

        public bool HasMembers => _hasMembers ??= IsRead && facts.Estate.Index.MembersOf(group.Id).Any();

        public AddressSet Members(IpFamily family) => family == IpFamily.V4
            ? _members4 ??= facts.MemberAddresses(group.Id, family)
            : _members6 ??= facts.MemberAddresses(group.Id, family);

        /// <summary>Where the interfaces lie, whatever they are: in the blocks of their VPCs; of an unknown VPC we only know the whole space.</summary>
        public AddressSet Bound(IpFamily family) => family == IpFamily.V4
            ? _bound4 ??= facts.VpcSpace(group, family) ?? AddressSet.Full(family)
            : _bound6 ??= facts.VpcSpace(group, family) ?? AddressSet.Full(family);
    }

    private sealed record Side(SideBlocks V4, SideBlocks V6, ImmutableArray<Doubt> Doubts)
    {
        /// <summary>A side without blocks.</summary>
        public static Side Empty { get; } = new(new SideBlocks(IpFamily.V4, []), new SideBlocks(IpFamily.V6, []), []);
    }

    private sealed record Answer(
        ServiceSet ByReference, ServiceSet ByAddress, ServiceSet ByInvariant, bool DependsOnAddresses, ImmutableArray<Doubt> Doubts);
}
