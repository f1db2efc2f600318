using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Sallyport.Estates;

/// <summary>Look-ups of one <see cref="Estate"/>.</summary>
public sealed class EstateIndex
{
    private readonly Estate _estate;
    private readonly Lazy<ILookup<SecurityGroupId, NetworkInterface>> _members;
    private readonly Lazy<ILookup<SecurityGroupId, (SecurityGroup Group, SecurityGroupRule Rule)>> _references;

    internal EstateIndex(Estate estate)
    {
        _estate = estate;
        Groups = estate.SecurityGroups.ToFrozenDictionary(g => g.Id);
        PrefixLists = estate.PrefixLists.ToFrozenDictionary(p => p.Id);
        Vpcs = estate.Vpcs.ToFrozenDictionary(v => v.Id);
        Subnets = estate.Subnets.ToFrozenDictionary(s => s.Id);
        _members = new(() => estate.NetworkInterfaces
            .SelectMany(i => i.Groups.Select(g => (Group: g, Interface: i)))
            .ToLookup(p => p.Group, p => p.Interface));
        _references = new(() => estate.SecurityGroups
            .SelectMany(g => g.Rules.Where(r => r.Peer is GroupPeer).Select(r => (Peer: ((GroupPeer)r.Peer).Group, Owner: (g, r))))
            .ToLookup(p => p.Peer, p => p.Owner));
    }

    /// <summary>Groups by id.</summary>
    public FrozenDictionary<SecurityGroupId, SecurityGroup> Groups { get; }

    /// <summary>Prefix lists by id.</summary>
    public FrozenDictionary<PrefixListId, PrefixList> PrefixLists { get; }

    /// <summary>VPCs by id.</summary>
    public FrozenDictionary<VpcId, Vpc> Vpcs { get; }

    /// <summary>Subnets by id.</summary>
    public FrozenDictionary<SubnetId, Subnet> Subnets { get; }

    /// <summary>Interfaces that carry a group, in the estate's order.</summary>
    public IEnumerable<NetworkInterface> MembersOf(SecurityGroupId group) => _members.Value[group];

    /// <summary>Rules whose peer is a group, with their owners; includes the group's own self-references.</summary>
    public IEnumerable<(SecurityGroup Group, SecurityGroupRule Rule)> ReferencesTo(SecurityGroupId group) => _references.Value[group];

    /// <summary>True when a kind of thing was not (wholly) read for a scope, or at all.</summary>
    public bool HasGap(GapKind what, Scope scope) => _estate.Gaps.Any(g =>
        (g.What == what || g.What == GapKind.Scope) && (g.Where.Length == 0 || g.Where == scope.ToString()));

    /// <summary>Entries of a prefix list; null when the list or its entries were not read.</summary>
    public ImmutableArray<PrefixListEntry>? EntriesOf(PrefixListId list) =>
        PrefixLists.TryGetValue(list, out var found) ? found.Entries : null;
}
