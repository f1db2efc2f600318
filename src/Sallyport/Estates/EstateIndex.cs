using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Sallyport.Estates;

/// <summary>Look-ups of one <see cref="Estate"/>.</summary>
public sealed class EstateIndex
{
    private readonly Estate _estate;
    private readonly Lazy<Dictionary<SecurityGroupId, NetworkInterface[]>> _members;
    private readonly Lazy<GroupGraph> _references;

    internal EstateIndex(Estate estate)
    {
        _estate = estate;
        Groups = estate.SecurityGroups.ToFrozenDictionary(g => g.Id);
        PrefixLists = estate.PrefixLists.ToDictionary(p => p.Id);
        Vpcs = estate.Vpcs.ToDictionary(v => v.Id);
        Subnets = estate.Subnets.ToDictionary(s => s.Id);
        _members = new(() => Members(estate));
        _references = new(() => new GroupGraph(estate));
    }

    /// <summary>Groups by id.</summary>
    public FrozenDictionary<SecurityGroupId, SecurityGroup> Groups { get; }

    /// <summary>Prefix lists by id.</summary>
    public IReadOnlyDictionary<PrefixListId, PrefixList> PrefixLists { get; }

    /// <summary>VPCs by id.</summary>
    public IReadOnlyDictionary<VpcId, Vpc> Vpcs { get; }

    /// <summary>Subnets by id.</summary>
    public IReadOnlyDictionary<SubnetId, Subnet> Subnets { get; }

    /// <summary>Interfaces that carry a group, in the estate's order.</summary>
    public IReadOnlyList<NetworkInterface> MembersOf(SecurityGroupId group) => _members.Value.TryGetValue(group, out var members) ? members : [];

    /// <summary>Rules whose peer is a group, with their owners; includes the group's own self-references.</summary>
    public IEnumerable<(SecurityGroup Group, SecurityGroupRule Rule)> ReferencesTo(SecurityGroupId group) => _references.Value.To(group);

    /// <summary>The same by numbers.</summary>
    internal GroupGraph References => _references.Value;

    /// <summary>True when a kind of thing was not (wholly) read for a scope, or at all.</summary>
    public bool HasGap(GapKind what, Scope scope) => _estate.Gaps.Any(g =>
        (g.What == what || g.What == GapKind.Scope) && (g.Where.Length == 0 || g.Where == scope.ToString()));

    /// <summary>Entries of a prefix list; null when the list or its entries were not read.</summary>
    public ImmutableArray<PrefixListEntry>? EntriesOf(PrefixListId list) =>
        PrefixLists.TryGetValue(list, out var found) ? found.Entries : null;

    // Most groups are carried by few interfaces: counted first, each gets an array of its own size.
    private static Dictionary<SecurityGroupId, NetworkInterface[]> Members(Estate estate)
    {
        var counts = new Dictionary<SecurityGroupId, int>();
        foreach (var nic in estate.NetworkInterfaces)
        {
            foreach (var group in nic.Groups) CollectionsMarshal.GetValueRefOrAddDefault(counts, group, out _)++;
        }

        var members = counts.ToDictionary(c => c.Key, c => new NetworkInterface[c.Value]);
        foreach (var nic in estate.NetworkInterfaces)
        {
            foreach (var group in nic.Groups)
            {
                ref var left = ref CollectionsMarshal.GetValueRefOrNullRef(counts, group);
                var own = members[group];
                own[^left] = nic;
                left--;
            }
        }

        return members;
    }
}
