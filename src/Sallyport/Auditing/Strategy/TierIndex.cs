using System.Collections.Immutable;
using Sallyport.Auditing.Parameters;
using Sallyport.Estates;

namespace Sallyport.Auditing.Strategy;

/// <summary>Groups by tier, from the outside in.</summary>
internal sealed class TierIndex
{
    private readonly ImmutableArray<string> _order;
    private readonly ImmutableArray<string> _keys;
    private readonly Lazy<LabelledGroups> _groups;

    public TierIndex(AuditContext context)
    {
        _order = [.. context.Parameters.Get(AuditParameters.TierOrder).Select(t => t.ToLowerInvariant())];
        _keys = context.Parameters.Get(AuditParameters.TierTag);
        IsEmpty = !context.Estate.SecurityGroups.Any(g => LabelOf(g) is not null || DoubtOf(g) is not null);
        _groups = new(() => new LabelledGroups(context, LabelOf, DoubtOf));
    }

    /// <summary>True when no group has a tier, or may have one: known before the groups are gone through.</summary>
    public bool IsEmpty { get; }

    public LabelledGroups Groups => _groups.Value;

    /// <summary>The place of a tier; the outermost is 0.</summary>
    public int PlaceOf(string tier) => _order.IndexOf(tier);

    /// <summary>Tiers too far out to reach the given one.</summary>
    public IEnumerable<string> TooFarFrom(string tier) => _order.Take(Math.Max(0, PlaceOf(tier) - 1));

    private string? DoubtOf(SecurityGroup group) => _keys.DoubtIn(group.Tags);

    private string? LabelOf(SecurityGroup group) =>
        _keys.ValueIn(group.Tags)?.ToLowerInvariant() is { } tier && _order.Contains(tier) ? tier : null;
}
