using System.Collections.Immutable;
using Sallyport.Auditing.Parameters;
using Sallyport.Estates;

namespace Sallyport.Auditing.Strategy;

/// <summary>Groups by tier, from the outside in.</summary>
internal sealed class TierIndex
{
    private readonly ImmutableArray<string> _order;
    private readonly ImmutableArray<string> _keys;

    public TierIndex(AuditContext context)
    {
        _order = [.. context.Parameters.Get(AuditParameters.TierOrder).Select(t => t.ToLowerInvariant())];
        _keys = context.Parameters.Get(AuditParameters.TierTag);
        Groups = new LabelledGroups(context, LabelOf);
    }

    public LabelledGroups Groups { get; }

    /// <summary>The place of a tier; the outermost is 0.</summary>
    public int PlaceOf(string tier) => _order.IndexOf(tier);

    /// <summary>Tiers too far out to reach the given one.</summary>
    public IEnumerable<string> TooFarFrom(string tier) => _order.Take(Math.Max(0, PlaceOf(tier) - 1));

    private string? LabelOf(SecurityGroup group) =>
        _keys.ValueIn(group.Tags)?.ToLowerInvariant() is { } tier && _order.Contains(tier) ? tier : null;
}
