using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Anomalies.Pairs;

/// <summary>Interfaces of one VPC that carry the same groups: every rule, apart from its blocks, treats them alike.</summary>
internal sealed class InterfaceClass(ImmutableArray<SecurityGroupId> groups, VpcId? vpc, ImmutableArray<NetworkInterface> interfaces)
{
    private AddressSet? _v4;
    private AddressSet? _v6;

    /// <summary>Sorted; empty for interfaces that nothing filters.</summary>
    public ImmutableArray<SecurityGroupId> Groups { get; } = groups;

    /// <summary>Null when unknown.</summary>
    public VpcId? Vpc { get; } = vpc;

    /// <summary>In the estate's order.</summary>
    public ImmutableArray<NetworkInterface> Interfaces { get; } = interfaces;

    /// <summary>Addresses of all of them in one family.</summary>
    public AddressSet Addresses(IpFamily family) => family == IpFamily.V4 ? _v4 ??= AddressesBut(family, null) : _v6 ??= AddressesBut(family, null);

    /// <summary>Addresses of all of them but one.</summary>
    public AddressSet AddressesBut(IpFamily family, NetworkInterfaceId? left) =>
        AddressSet.FromRanges(family, Interfaces.Where(i => i.Id != left).SelectMany(i => EstateFacts.RangesOf(i, family)));
}
