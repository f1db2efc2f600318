using System.Collections.Immutable;
using Sallyport.Auditing.Parameters;
using Sallyport.Estates;
using Sallyport.Estates.Quotas;

namespace Sallyport.Auditing.Strategy;

/// <summary>Indexes over the whole estate that several rules of strategy read, each built once, on first use, by one thread.</summary>
internal sealed class StrategyFacts
{
    private readonly AuditContext _context;
    private readonly Lazy<MergeOrder> _order;
    private readonly Lazy<DuplicateGroups> _duplicates;
    private readonly Lazy<SimilarGroups> _similar;
    private readonly Lazy<ServiceUse> _services;
    private readonly Lazy<ImmutableArray<GroupSet>> _sets;
    private readonly Lazy<Dictionary<string, Instance>> _instances;
    private readonly Lazy<TierIndex> _tiers;
    private readonly Lazy<EnvironmentIndex> _environments;
    private readonly Lazy<NameConvention> _names;
    private readonly Lazy<GroupOverlaps> _overlaps;
    private readonly Lazy<ILookup<string, SecurityGroup>> _byName;
    private readonly Lazy<TrafficEnvelope[]> _envelopes;

    public StrategyFacts(AuditContext context)
    {
        _context = context;
        Quota = new RuleQuota(context.Estate);
        _order = new(() => new MergeOrder(context.Estate.Index));
        _duplicates = new(() => DuplicateGroups.Find(context, Order));
        _similar = new(() => SimilarGroups.Find(context, Order, Duplicates));
        _services = new(() => new ServiceUse(context.Estate));
        _sets = new(() => GroupSet.Of(context.Estate));
        _instances = new(() => context.Estate.Instances.DistinctBy(i => i.Id).ToDictionary(i => i.Id, StringComparer.Ordinal));
        _tiers = new(() => new TierIndex(context));
        _environments = new(() => new EnvironmentIndex(context));
        _names = new(() => new NameConvention(context.Parameters));
        _overlaps = new(() => new GroupOverlaps(context));
        _byName = new(() => context.Estate.SecurityGroups
            .SelectMany(g => g.Name.Length > 0 && g.Name != g.Id.Value ? [(Name: g.Name, Group: g), (g.Id.Value, g)] : new[] { (Name: g.Id.Value, Group: g) })
            .ToLookup(p => p.Name, p => p.Group, StringComparer.Ordinal));
        _envelopes = new(() =>
        [
            .. from parameter in new[] { AuditParameters.EnvelopeAllow, AuditParameters.EnvelopeDeny }
               from direction in new[] { Direction.Ingress, Direction.Egress }
               select TrafficEnvelope.Of(context, context.Parameters.Get(parameter), direction, ByName),
        ]);
    }

    /// <summary>Weighs rules as EC2 does.</summary>
    public RuleQuota Quota { get; }

    public MergeOrder Order => _order.Value;

    public DuplicateGroups Duplicates => _duplicates.Value;

    public SimilarGroups Similar => _similar.Value;

    public ServiceUse Services => _services.Value;

    /// <summary>The different sets of groups that interfaces carry.</summary>
    public ImmutableArray<GroupSet> Sets => _sets.Value;

    public TierIndex Tiers => _tiers.Value;

    public EnvironmentIndex Environments => _environments.Value;

    public NameConvention Names => _names.Value;

    public GroupOverlaps Overlaps => _overlaps.Value;

    /// <summary>Groups by id and by name.</summary>
    public ILookup<string, SecurityGroup> ByName => _byName.Value;

    /// <summary>What <c>envelope.allow</c> holds in a direction.</summary>
    public TrafficEnvelope Allowed(Direction direction) => _envelopes.Value[direction == Direction.Ingress ? 0 : 1];

    /// <summary>What <c>envelope.deny</c> holds in a direction.</summary>
    public TrafficEnvelope Denied(Direction direction) => _envelopes.Value[direction == Direction.Ingress ? 2 : 3];

    /// <summary>True when whatever carries one of the groups could carry the other: they have one owner and are used in the same VPCs.</summary>
    public bool CanMerge(SecurityGroup a, SecurityGroup b) =>
        a.Scope == b.Scope && a.Vpc == b.Vpc && _context.Facts.VpcIdsOf(a.Id).Order().SequenceEqual(_context.Facts.VpcIdsOf(b.Id).Order());

    /// <summary>A tag of an interface, else of the instance it is attached to; null when neither has it. The first key that is there wins.</summary>
    public string? TagOf(NetworkInterface nic, ImmutableArray<string> keys) =>
        keys.ValueIn(nic.Tags) ?? (nic.Instance is { } id && _instances.Value.TryGetValue(id, out var instance) ? keys.ValueIn(instance.Tags) : null);

    /// <summary>The instance an interface is attached to; null when there is none or it was not read.</summary>
    public Instance? InstanceOf(NetworkInterface nic) => nic.Instance is { } id ? _instances.Value.GetValueOrDefault(id) : null;
}
