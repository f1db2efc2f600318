using System.Collections.Immutable;
using Sallyport.Connectivity;
using Sallyport.Packets;

namespace Sallyport.Auditing.Exposure;

/// <summary>What network ACLs, routes and gateways let through between one kind of interface and public addresses, in one direction.</summary>
/// <param name="Parts">Public addresses that are treated alike, with what gets through to or from each of them.</param>
/// <param name="Gap">What was not read, as a clause; null when nothing is unknown.</param>
internal sealed record InternetPath(ImmutableArray<(AddressSet Addresses, Passage Passage)> Parts, string? Gap)
{
    /// <summary>Services that certainly get through for some public address.</summary>
    public ServiceSet Open { get; } = Parts.Aggregate(ServiceSet.Empty, (set, p) => set.Union(p.Passage.Allowed));

    /// <summary>Services that may get through for some public address.</summary>
    public ServiceSet Possible { get; } = Parts.Aggregate(ServiceSet.Empty, (set, p) => set.Union(p.Passage.Possible));

    /// <summary>May a rule for these services and addresses be used through it? Null when something that was not read decides.</summary>
    public bool? Carries(Interval services, AddressSet addresses)
    {
        bool? answer = false;
        foreach (var (part, passage) in Parts)
        {
            var isOpen = passage.Allowed.Overlaps(services);
            if ((!isOpen && !passage.Possible.Overlaps(services)) || !Meet(part, addresses)) continue;
            if (isOpen) return true;
            answer = null;
        }

        return answer;
    }

    private static bool Meet(AddressSet part, AddressSet addresses)
    {
        foreach (var range in addresses.Ranges)
        {
            if (part.Overlaps(range)) return true;
        }

        return false;
    }
}
