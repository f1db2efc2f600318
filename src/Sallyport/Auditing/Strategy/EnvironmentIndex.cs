using System.Collections.Immutable;
using Sallyport.Auditing.Parameters;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Strategy;

/// <summary>Groups by environment: the group's own tag, else its VPC's, else what is said of the whole account.</summary>
internal sealed class EnvironmentIndex
{
    private readonly AuditContext _context;
    private readonly ImmutableArray<string> _keys;
    private readonly HashSet<string> _production;
    private readonly IReadOnlyDictionary<string, string> _accounts;
    private readonly List<(string Label, Vpc Vpc)> _others = [];
    private readonly Lazy<LabelledGroups> _groups;
    private readonly Lazy<ImmutableArray<string>> _othersInOrder;
    private readonly Lazy<(AddressSet V4, AddressSet V6)> _apart;

    public EnvironmentIndex(AuditContext context)
    {
        _context = context;
        _keys = context.Parameters.Get(AuditParameters.EnvironmentTag);
        _production = [.. context.Parameters.Get(AuditParameters.ProductionNames).Select(p => p.ToLowerInvariant())];
        _accounts = context.Parameters.Get(AuditParameters.EnvironmentAccounts);
        IsEmpty = !context.Estate.SecurityGroups.Any(g => LabelOf(g) is not null || DoubtOf(g) is not null);
        _groups = new(() => new LabelledGroups(context, LabelOf, DoubtOf));
        _othersInOrder = new(() => [.. Groups.Labels.Where(l => !IsProduction(l)).Order(StringComparer.Ordinal)]);
        _apart = new(Apart);
    }

    /// <summary>True when no group has an environment, or may have one: known before the groups are gone through.</summary>
    public bool IsEmpty { get; }

    public LabelledGroups Groups => _groups.Value;

    /// <summary>Environments of groups that are not production, sorted.</summary>
    public ImmutableArray<string> Others => _othersInOrder.Value;

    public bool IsProduction(string environment) => _production.Contains(environment);

    /// <summary>What is said of an account; null when nothing is.</summary>
    public string? OfAccount(string account) => _accounts.GetValueOrDefault(account)?.ToLowerInvariant();

    /// <summary>
    /// The environment of the VPC that holds the whole block and is not production; null when there is none, or when any other VPC
    /// has addresses in it, so that the block may mean that one.
    /// </summary>
    public string? NonProductionAt(Cidr block)
    {
        var apart = block.Family == IpFamily.V4 ? _apart.Value.V4 : _apart.Value.V6;
        if (!AddressSet.Of(block).IsSubsetOf(apart)) return null;
        foreach (var (label, vpc) in _others)
        {
            foreach (var own in vpc.Cidrs)
            {
                if (own.Contains(block)) return label;
            }
        }

        return null;
    }

    private string? DoubtOf(SecurityGroup group) => _keys.DoubtIn(group.Tags)
        ?? (_keys.ValueIn(group.Tags) is null && group.Vpc is { } id && _context.Estate.Index.Vpcs.TryGetValue(id, out var vpc) ? _keys.DoubtIn(vpc.Tags) : null);

    private string? LabelOf(SecurityGroup group)
    {
        if (DoubtOf(group) is not null) return null;
        var own = _keys.ValueIn(group.Tags);
        if (own is null && group.Vpc is { } id && _context.Estate.Index.Vpcs.TryGetValue(id, out var vpc)) own = _keys.ValueIn(vpc.Tags);
        return own?.ToLowerInvariant() ?? OfAccount(group.Scope.Account);
    }

    // Space of VPCs that are known not to be production, without what any other VPC claims too.
    private (AddressSet V4, AddressSet V6) Apart()
    {
        var rest = new List<Vpc>();
        foreach (var vpc in _context.Estate.Vpcs)
        {
            var label = _keys.ValueIn(vpc.Tags)?.ToLowerInvariant() ?? OfAccount(vpc.Scope.Account);
            if (label is not null && !IsProduction(label)) _others.Add((label, vpc));
            else rest.Add(vpc);
        }

        return (Space(IpFamily.V4), Space(IpFamily.V6));

        AddressSet Space(IpFamily family) => AddressSet.Of(family, _others.SelectMany(o => o.Vpc.Cidrs).Where(c => c.Family == family))
            .Subtract(AddressSet.Of(family, rest.SelectMany(v => v.Cidrs).Where(c => c.Family == family)));
    }
}
