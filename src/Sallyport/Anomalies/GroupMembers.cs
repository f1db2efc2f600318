using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Anomalies;

/// <summary>Interfaces that carry a group, put together where they carry the same groups.</summary>
internal sealed class GroupMembers
{
    public GroupMembers(EstateFacts facts, SecurityGroup group)
    {
        Interfaces = [.. facts.Estate.Index.MembersOf(group.Id)];
        Ids = [.. Interfaces.Select(i => i.Id).Order()];
        Sets = SetsOf(Interfaces);
        IsIncomplete = facts.IsMissing(GapKind.NetworkInterfaces, group.Scope);
    }

    public ImmutableArray<NetworkInterface> Interfaces { get; }

    /// <summary>Sorted.</summary>
    public ImmutableArray<NetworkInterfaceId> Ids { get; }

    /// <summary>By the groups they carry.</summary>
    public ImmutableArray<Set> Sets { get; }

    /// <summary>True when there may be members that were not read.</summary>
    public bool IsIncomplete { get; }

    private static ImmutableArray<Set> SetsOf(ImmutableArray<NetworkInterface> interfaces)
    {
        // Of most groups all interfaces are alike.
        if (interfaces.IsEmpty) return [];
        var first = interfaces[0].Groups;
        if (interfaces.All(i => i.Groups.AsSpan().SequenceEqual(first.AsSpan()))) return [new Set(first, interfaces)];
        return
        [
            .. interfaces.GroupBy(i => i.Groups, GroupSequence.Comparer).OrderBy(s => string.Join(',', s.Key), StringComparer.Ordinal)
                .Select(s => new Set(s.Key, [.. s])),
        ];
    }

    /// <summary>Interfaces that carry the same groups.</summary>
    internal sealed record Set(ImmutableArray<SecurityGroupId> Groups, ImmutableArray<NetworkInterface> Interfaces)
    {
        /// <summary>Those with addresses of both families.</summary>
        public IEnumerable<NetworkInterface> DualStack => Interfaces.Where(i => Has(i, IpFamily.V4) && Has(i, IpFamily.V6));

        private static bool Has(NetworkInterface nic, IpFamily family) =>
            nic.Addresses.Any(a => a.Family == family) || nic.Prefixes.Any(p => p.Family == family);
    }
}
