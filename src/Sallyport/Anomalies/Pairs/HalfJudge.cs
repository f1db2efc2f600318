using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Anomalies.Pairs;

/// <summary>
/// Holds one rule against the other half on every interface that its peer stands for, in the snapshot: class by class, and no further
/// once some pair is answered and some pair is not.
/// </summary>
internal sealed class HalfJudge(HalfBook book)
{
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
        var tally = new HalfTally(book, rule);
        foreach (var family in new[] { IpFamily.V4, IpFamily.V6 })
        {
            foreach (var far in book.FarOf(rule.Peer, family))
            {
                var isFarCounted = false;
                foreach (var near in book.ClassesOf(group.Id))
                {
                    var isMeant = book.Means(near, rule, far.Class);
                    if (isMeant is false) continue;
                    if (isMeant is null)
                    {
                        hasUncertain = true;
                        if (!countsUncertainLinks) continue;
                    }

                    // An interface's traffic with itself passes no group.
                    var isAlone = ReferenceEquals(near, far.Class) && far.Count == 1;
                    var addresses = isAlone ? near.AddressesBut(family, far.First) : near.Addresses(family);
                    if (addresses.IsEmpty) continue;
                    tally.Add(near, far, addresses, isFarCounted, isAlone);
                    isFarCounted = true;
                    if (tally.IsSettled) return tally.ToVerdict();
                }
            }
        }

        return tally.ToVerdict();
    }
}
