using Sallyport.Connectivity.Tables;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Anomalies.Pairs;

/// <summary>
/// Holds one rule against the other half on every interface that its peer stands for, in the snapshot: class by class, and no further
/// once some pair is answered and some pair is not.
/// </summary>
internal sealed class HalfJudge(EstateFacts facts)
{
    private readonly InterfaceBook _book = new(facts);
    private readonly TrafficLinks _links = new(facts);
    private readonly Lazy<VpcLinks> _references = new(() => new VpcLinks(facts.Estate));
    private readonly Dictionary<(InterfaceClass, Direction), ClassSide> _sides = [];

    /// <summary>Judges a rule of a group whose interfaces, and those of the peer, were read.</summary>
    public HalfVerdict Judge(SecurityGroup group, SecurityGroupRule rule)
    {
        var certain = Judge(group, rule, countsUncertainLinks: false, out var hasUncertain);
        if (!hasUncertain) return certain;
        var possible = Judge(group, rule, countsUncertainLinks: true, out _);
        return certain.Kind == possible.Kind ? certain
            : possible with { Kind = PairKind.Unknown, Gap = "peerings or transit gateways were not read, so it is unknown which VPCs are connected" };
    }

    private HalfVerdict Judge(SecurityGroup group, SecurityGroupRule rule, bool countsUncertainLinks, out bool hasUncertain)
    {
        hasUncertain = false;
        var tally = new Tally(ServiceSet.Of(rule.Service));
        var opposite = rule.Direction == Direction.Ingress ? Direction.Egress : Direction.Ingress;
        foreach (var family in new[] { IpFamily.V4, IpFamily.V6 })
        {
            foreach (var far in _book.FarOf(rule.Peer, family))
            {
                var isFarCounted = false;
                foreach (var near in _book.ClassesOf(group.Id))
                {
                    var isLinked = rule.Peer is GroupPeer ? Understands(near, far.Class, rule.Direction) : _links.AreLinked(near.Vpc, far.Class.Vpc);
                    if (isLinked is false) continue;
                    if (isLinked is null)
                    {
                        hasUncertain = true;
                        if (!countsUncertainLinks) continue;
                    }

                    // An interface's traffic with itself passes no group.
                    var isAlone = ReferenceEquals(near, far.Class) && far.Count == 1;
                    var addresses = isAlone ? near.AddressesBut(family, far.First) : near.Addresses(family);
                    if (addresses.IsEmpty) continue;
                    tally.Add(near, far, SideOf(far.Class, opposite), Understands(far.Class, near, opposite), addresses, isFarCounted, isAlone);
                    isFarCounted = true;
                    if (tally.IsSettled) return tally.ToVerdict();
                }
            }
        }

        return tally.ToVerdict();
    }

    /// <summary>Does a reference to a group match between two VPCs, on a rule of the owner? Null when what was not read decides.</summary>
    private bool? Understands(InterfaceClass owner, InterfaceClass other, Direction direction) =>
        _references.Value.Between(_references.Value.IndexOf(owner.Vpc), _references.Value.IndexOf(other.Vpc)).Carries(direction);

    private ClassSide SideOf(InterfaceClass one, Direction direction)
    {
        if (!_sides.TryGetValue((one, direction), out var side)) _sides.Add((one, direction), side = new ClassSide(one, direction, facts));
        return side;
    }

    /// <summary>What the pairs seen so far say.</summary>
    private sealed class Tally(ServiceSet asked)
    {
        private bool _hasPairs;
        private bool _someAnswered;
        private bool _someMayBeAnswered;
        private bool _allAnswered = true;
        private (NetworkInterfaceId Near, NetworkInterfaceId Far, ServiceSet Missing)? _lacking;
        private int _farCount;
        private string? _gap;

        /// <summary>Nothing further can change the verdict.</summary>
        public bool IsSettled => _someAnswered && _lacking is not null;

        public void Add(InterfaceClass near, FarClass far, ClassSide side, bool? understands, AddressSet addresses, bool isFarCounted, bool isAlone)
        {
            var (any, each) = side.Towards(near.Groups, understands, addresses);
            _hasPairs = true;
            if (!isFarCounted) _farCount += far.Count;
            _someAnswered |= asked.Overlaps(any.Allowed);
            _someMayBeAnswered |= asked.Overlaps(any.Possible);
            if (asked.IsSubsetOf(each.Allowed)) return;
            _allAnswered = false;
            if (asked.Overlaps(each.Unknown)) _gap ??= side.Gap ?? "peerings or transit gateways were not read, so it is unknown where references match";
            if (_lacking is not null || asked.IsSubsetOf(each.Possible)) return;
            var witness = WitnessOf(near, far, side, understands, addresses, isAlone);
            _lacking = (witness, witness == far.First && far.Second is { } other ? other : far.First, asked.Subtract(each.Possible));
        }

        public HalfVerdict ToVerdict()
        {
            if (!_hasPairs) return HalfVerdict.NoPairs;
            if (_allAnswered) return new HalfVerdict(PairKind.Matched, default, default, ServiceSet.Empty, _farCount, null);
            if (_lacking is { } lacking)
            {
                if (_someAnswered) return new HalfVerdict(PairKind.Partial, lacking.Near, lacking.Far, lacking.Missing, _farCount, null);
                if (!_someMayBeAnswered) return new HalfVerdict(PairKind.OneSided, lacking.Near, lacking.Far, lacking.Missing, _farCount, null);
            }

            return new HalfVerdict(PairKind.Unknown, default, default, ServiceSet.Empty, _farCount, _gap) { IsPartlyAnswered = _someAnswered };
        }

        /// <summary>An interface of the class that the far side does not wholly answer.</summary>
        private NetworkInterfaceId WitnessOf(InterfaceClass near, FarClass far, ClassSide side, bool? understands, AddressSet addresses, bool isAlone)
        {
            foreach (var nic in near.Interfaces)
            {
                if (isAlone && nic.Id == far.First) continue;
                var own = AddressSet.FromRanges(addresses.Family, EstateFacts.RangesOf(nic, addresses.Family));
                if (!own.IsEmpty && !asked.IsSubsetOf(side.Towards(near.Groups, understands, own).Each.Possible)) return nic.Id;
            }

            return near.Interfaces[0].Id;
        }
    }
}
