using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connections.Importing;

/// <summary>A connection before it has its id, with the rules it stands for.</summary>
internal sealed record ConnectionDraft(ImmutableArray<string> From, string To, ImmutableArray<Service> Services, string Reason)
{
    public ConnectionSides Sides { get; init; } = ConnectionSides.Both;

    public PeerForm PeerAs { get; init; } = PeerForm.Auto;

    public string? Owner { get; init; }

    public string? CoveredBy { get; init; }

    public ImmutableArray<(SecurityGroupId Group, RuleKey Key)> Rules { get; init; } = [];

    /// <summary>
    /// <c>web-to-db</c>, <c>web-to-itself</c>, <c>several-to-db</c>, and for half connections the side: what the id would be if
    /// nobody else wanted it.
    /// </summary>
    private string BaseId
    {
        get
        {
            var from = From.Length == 1 ? From[0] : "several";
            var id = $"{NameSlug.Cut(from, 25)}-to-{(from == To ? "itself" : NameSlug.Cut(To, 25))}";
            return Sides switch { ConnectionSides.Egress => $"{id}-egress", ConnectionSides.Ingress => $"{id}-ingress", _ => id };
        }
    }

    private string ServiceLabel => NameSlug.Of(Services[0].ToString()) + (Services.Length > 1 ? "-and-more" : string.Empty);

    /// <summary>Gives each draft a readable id that depends on the drafts alone, not on their order. Sorted by id.</summary>
    public static ImmutableArray<(Connection Connection, ConnectionDraft Draft)> Number(IEnumerable<ConnectionDraft> drafts, UniqueNames ids)
    {
        var result = new List<(Connection, ConnectionDraft)>();
        var byBase = drafts.GroupBy(d => d.BaseId).OrderBy(g => g.Count() > 1).ThenBy(g => g.Key, StringComparer.Ordinal);
        foreach (var same in byBase)
        {
            var ordered = same
                .OrderBy(d => string.Join(',', d.From), StringComparer.Ordinal).ThenBy(d => d.To, StringComparer.Ordinal)
                .ThenBy(d => string.Join(',', d.Services), StringComparer.Ordinal)
                .ThenBy(d => d.Reason, StringComparer.Ordinal).ThenBy(d => d.CoveredBy, StringComparer.Ordinal).ToList();
            foreach (var draft in ordered)
            {
                var id = ids.Take(ordered.Count == 1 && ids.IsFree(same.Key) ? same.Key : $"{NameSlug.Cut(same.Key, 44)}-{draft.ServiceLabel}");
                result.Add((draft.WithId(id), draft));
            }
        }

        result.Sort((a, b) => string.CompareOrdinal(a.Item1.Id, b.Item1.Id));
        return [.. result];
    }

    private Connection WithId(string id) => new(id, From, [To], Services, Reason)
    {
        Sides = Sides,
        PeerAs = PeerAs,
        Owner = Owner,
        CoveredBy = CoveredBy,
    };
}
