using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Anomalies.Pairs;

/// <summary>What the pairs of interfaces seen so far say about one rule.</summary>
internal sealed class HalfTally(HalfBook book, SecurityGroupRule rule)
{
    private readonly ServiceSet _asked = ServiceSet.Of(rule.Service);
    private readonly Direction _opposite = rule.Direction == Direction.Ingress ? Direction.Egress : Direction.Ingress;
    private bool _hasPairs;
    private bool _someAnswered;
    private bool _someMayBeAnswered;
    private bool _allAnswered = true;
    private (NetworkInterfaceId Near, NetworkInterfaceId Far, ServiceSet Missing)? _lacking;
    private int _farCount;
    private string? _gap;

    /// <summary>Nothing further can change the verdict.</summary>
    public bool IsSettled => _someAnswered && _lacking is not null;

    /// <summary>Adds every pair of a near class, at these addresses, and the far interfaces.</summary>
    public void Add(InterfaceClass near, FarClass far, AddressSet addresses, bool isFarCounted, bool isAlone)
    {
        var (any, each) = book.AnswerOf(far.Class, _opposite, near, addresses);
        _hasPairs = true;
        if (!isFarCounted) _farCount += far.Count;
        _someAnswered |= _asked.Overlaps(any.Allowed);
        _someMayBeAnswered |= _asked.Overlaps(any.Possible);
        if (_asked.IsSubsetOf(each.Allowed)) return;
        _allAnswered = false;
        if (_asked.Overlaps(each.Unknown)) _gap ??= book.GapOf(far.Class, _opposite);
        if (_lacking is not null || _asked.IsSubsetOf(each.Possible)) return;
        var witness = WitnessOf(near, far, addresses, isAlone);
        _lacking = (witness, witness == far.First && far.Second is { } other ? other : far.First, _asked.Subtract(each.Possible));
    }

    /// <summary>The verdict on all pairs, when every one was added or the tally is settled.</summary>
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
    private NetworkInterfaceId WitnessOf(InterfaceClass near, FarClass far, AddressSet addresses, bool isAlone)
    {
        foreach (var nic in near.Interfaces)
        {
            if (isAlone && nic.Id == far.First) continue;
            var own = AddressSet.FromRanges(addresses.Family, EstateFacts.RangesOf(nic, addresses.Family));
            if (!own.IsEmpty && !_asked.IsSubsetOf(book.AnswerOf(far.Class, _opposite, near, own).Each.Possible)) return nic.Id;
        }

        return near.Interfaces[0].Id;
    }
}
