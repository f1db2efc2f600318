using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Tables;

/// <summary>
/// Where interfaces were not read: there an address may belong to an interface, and to a group, nobody knows of.
/// </summary>
internal sealed class MemberGaps
{
    private readonly Estate _estate;
    private readonly bool _everywhere;
    private readonly HashSet<string> _scopes;
    private readonly List<Cidr> _hidden = [];
    private readonly Dictionary<VpcId, List<Cidr>> _blocks = [];

    public MemberGaps(Estate estate)
    {
        _estate = estate;
        var gaps = estate.Gaps.Where(g => g.What is GapKind.NetworkInterfaces or GapKind.Scope).ToList();
        _everywhere = gaps.Any(g => g.Where.Length == 0);
        _scopes = gaps.Select(g => g.Where).ToHashSet(StringComparer.Ordinal);
        foreach (var vpc in estate.Vpcs) _blocks[vpc.Id] = [.. vpc.Cidrs];
        foreach (var end in estate.Peerings.SelectMany(p => new[] { p.Requester, p.Accepter }))
        {
            if (!end.Cidrs.IsEmpty) _blocks.TryAdd(end.Vpc, [.. end.Cidrs]);
        }

        foreach (var vpc in estate.Vpcs.Where(v => IsUnread(v.Scope)))
        {
            _hidden.AddRange(vpc.Cidrs);
        }
    }

    /// <summary>True when interfaces of some scope were not read.</summary>
    public bool IsAnythingUnread => _everywhere || _scopes.Count > 0;

    /// <summary>True when a group may be carried by interfaces that were not read.</summary>
    public bool AreIncomplete(SecurityGroupId group) => !_estate.Index.Groups.TryGetValue(group, out var known) || IsUnread(known.Scope);

    /// <summary>
    /// True when an address that no known interface holds may be one of a VPC's: inside its blocks, or, when those are not known, private
    /// or of IPv6, where a VPC's addresses are public ones.
    /// </summary>
    public bool MayBelong(Address address, VpcId? vpc)
    {
        if (vpc is { } id && _blocks.TryGetValue(id, out var blocks) && blocks.Count > 0) return blocks.Exists(b => b.Contains(address));
        return address.Family == IpFamily.V6 || !PublicSpace.Of(address.Family).Contains(address);
    }

    /// <summary>True when some address of a range may belong to the VPC.</summary>
    public bool MayBelong(IpFamily family, AddressRange range, VpcId? vpc)
    {
        if (vpc is { } id && _blocks.TryGetValue(id, out var blocks) && blocks.Count > 0)
        {
            return blocks.Exists(b => b.Family == family && b.Bits <= range.Last && b.Last.Bits >= range.First);
        }

        return family == IpFamily.V6 || !AddressSet.FromRanges(family, [range]).IsSubsetOf(PublicSpace.Of(family));
    }

    /// <summary>True when an address that no known interface holds lies in a VPC whose interfaces were not read.</summary>
    public bool IsHidden(Address address) => _hidden.Count > 0 && _hidden.Exists(c => c.Contains(address));

    /// <summary>The addresses of <see cref="IsHidden"/>.</summary>
    public AddressSet Hidden(IpFamily family) => AddressSet.Of(family, _hidden);

    /// <summary>Every block at whose edges an answer of this table may change.</summary>
    public IEnumerable<Cidr> Edges(IpFamily family) =>
        _blocks.Values.SelectMany(b => b).Concat(PublicSpace.SpecialPurpose.Select(s => s.Cidr)).Where(c => c.Family == family);

    /// <summary>True when the groups of an interface were not read: it may carry any.</summary>
    public bool HasUnreadGroups(NetworkInterface nic) => nic.Groups.IsEmpty && _scopes.Contains(nic.Id.Value);

    private bool IsUnread(Scope scope) => _everywhere || _scopes.Contains(scope.ToString());
}
