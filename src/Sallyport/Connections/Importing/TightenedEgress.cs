using System.Collections.Immutable;
using Sallyport.Packets;

namespace Sallyport.Connections.Importing;

/// <summary>Egress of one group that tightening declares in place of open egress.</summary>
internal sealed record TightenedEgress(
    string From, string To, ImmutableArray<Service> Services, string CoveredBy, PeerForm Form, string? Owner, string Reason)
{
    /// <summary>One connection for all groups that the same rules of the same target admit on the same services.</summary>
    public static IEnumerable<ConnectionDraft> Merge(IEnumerable<TightenedEgress> added) => added
        .GroupBy(e => (e.To, Services: string.Join(',', e.Services), e.CoveredBy, e.Form, e.Reason))
        .Select(same => new ConnectionDraft(
            [.. same.Select(e => e.From).Distinct().Order(StringComparer.Ordinal)], same.Key.To, same.First().Services,
            same.Key.Reason)
        {
            Sides = ConnectionSides.Egress,
            PeerAs = same.Key.Form,
            CoveredBy = same.Key.CoveredBy,
            Owner = same.First().Owner,
        });
}
