using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Strategy;

/// <summary>A group that a label (a tier, an environment) is known of, with its members as far as they were read.</summary>
/// <param name="Group">The group.</param>
/// <param name="Label">In lower case.</param>
/// <param name="V4">IPv4 addresses of its members.</param>
/// <param name="V6">IPv6 addresses of its members.</param>
/// <param name="Companions">Other groups that some of its members carry too, sorted.</param>
internal sealed record LabelledGroup(SecurityGroup Group, string Label, AddressSet V4, AddressSet V6, ImmutableArray<SecurityGroupId> Companions)
{
    /// <summary>True when no member was read.</summary>
    public bool IsEmpty => V4.IsEmpty && V6.IsEmpty;

    public AddressSet Of(IpFamily family) => family == IpFamily.V4 ? V4 : V6;
}
