using System.Collections.Frozen;
using Sallyport.Auditing.Parameters;
using Sallyport.Connections.Compiling;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing;

/// <summary>What the exposure rules ask of the whole estate, each worked out once on first use.</summary>
internal sealed partial class AuditContext
{
    private ByFamily? _trustedPrefixes;
    private ByFamily? _trustedCidrs;
    private ByFamily? _amazonSpace;
    private ByFamily? _ownPublicSpace;
    private FrozenSet<VpcId>? _occupiedVpcs;
    private ILookup<string, EstateGap>? _ruleGaps;
    private FrozenDictionary<SecurityGroupId, string>? _declaredClients;

    /// <summary>Blocks of providers that may be wide.</summary>
    public AddressSet TrustedPrefixes(IpFamily family) =>
        (_trustedPrefixes ?? LazyInitializer.EnsureInitialized(ref _trustedPrefixes, () => Blocks(AuditParameters.TrustedPrefixes))).Of(family);

    /// <summary>Public addresses that ingress may name.</summary>
    public AddressSet TrustedCidrs(IpFamily family) =>
        (_trustedCidrs ?? LazyInitializer.EnsureInitialized(ref _trustedCidrs, () => Blocks(AuditParameters.TrustedCidrs))).Of(family);

    /// <summary>AWS's address space, as far as somebody gave it.</summary>
    public AddressSet AmazonSpace(IpFamily family) =>
        (_amazonSpace ?? LazyInitializer.EnsureInitialized(ref _amazonSpace, () => Blocks(AuditParameters.AmazonRanges))).Of(family);

    /// <summary>Public addresses of the interfaces that were read, and the IPv6 blocks of VPCs.</summary>
    public AddressSet OwnPublicSpace(IpFamily family) =>
        (_ownPublicSpace ?? LazyInitializer.EnsureInitialized(ref _ownPublicSpace, OwnPublic)).Of(family);

    /// <summary>True when an interface that was read lies in the VPC.</summary>
    public bool IsOccupied(VpcId vpc) => (_occupiedVpcs ?? LazyInitializer.EnsureInitialized(ref _occupiedVpcs, OccupiedVpcs)).Contains(vpc);

    /// <summary>Id of the first declared connection that starts from the group; null when none does.</summary>
    public string? ConnectionFrom(SecurityGroupId group) =>
        (_declaredClients ?? LazyInitializer.EnsureInitialized(ref _declaredClients, DeclaredClients)).GetValueOrDefault(group);

    /// <summary>Says that rules of the group were not read at all; null when all were, malformed ones included.</summary>
    public string? UnreadRulesOf(SecurityGroup group)
    {
        var gaps = _ruleGaps ?? LazyInitializer.EnsureInitialized(ref _ruleGaps, RuleGaps);
        if (gaps.Count == 0) return null;

        // Malformed rules leave one gap on their group; any other says that a list is missing.
        var own = gaps[group.Id.Value].Skip(group.Malformed.IsEmpty ? 0 : 1).Any();
        return own || gaps[string.Empty].Any() || gaps[group.Scope.ToString()].Any() ? "some of the group's rules were not read" : null;
    }

    private ILookup<string, EstateGap> RuleGaps() => Estate.Gaps.Where(g => g.What == GapKind.Rules).ToLookup(g => g.Where, StringComparer.Ordinal);

    private FrozenSet<VpcId> OccupiedVpcs() => Estate.NetworkInterfaces.Where(n => n.Vpc is not null).Select(n => n.Vpc!.Value).ToFrozenSet();

    private ByFamily OwnPublic() => new(
        AddressSet.FromRanges(IpFamily.V4, Estate.NetworkInterfaces.SelectMany(n => n.PublicAddresses).Select(a => new AddressRange(a.Value.Bits, a.Value.Bits))),
        Facts.OwnSpace(IpFamily.V6));

    private FrozenDictionary<SecurityGroupId, string> DeclaredClients()
    {
        if (Connections is not { } file) return FrozenDictionary<SecurityGroupId, string>.Empty;

        // A name that finds no group is the business of "check": here it only means that no group is a client by it.
        var groups = new GroupResolver(file, Estate, static _ => { }).Resolve();
        var clients = new Dictionary<SecurityGroupId, string>();
        foreach (var connection in file.Connections.OrderBy(c => c.Id, StringComparer.Ordinal))
        {
            foreach (var name in connection.From)
            {
                if (!groups.TryGetValue(name, out var found)) continue;
                foreach (var group in found) clients.TryAdd(group.Id, connection.Id);
            }
        }

        return clients.ToFrozenDictionary();
    }

    private ByFamily Blocks(BlocksParameter parameter)
    {
        var blocks = Parameters.Get(parameter);
        return new ByFamily(AddressSet.Of(IpFamily.V4, blocks), AddressSet.Of(IpFamily.V6, blocks));
    }

    private sealed record ByFamily(AddressSet V4, AddressSet V6)
    {
        public AddressSet Of(IpFamily family) => family == IpFamily.V4 ? V4 : V6;
    }
}
