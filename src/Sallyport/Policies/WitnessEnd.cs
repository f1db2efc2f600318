using Sallyport.Connectivity;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Policies;

/// <summary>One end of a test's witness.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Interface">The interface that holds it; null for an address outside and for a member to come.</param>
/// <param name="Group">The group that a member to come will carry; null for what is there now.</param>
public sealed record WitnessEnd(Address Address, NetworkInterfaceId? Interface = null, SecurityGroupId? Group = null)
{
    /// <summary>An end that is there now.</summary>
    public static WitnessEnd Of(Endpoint end) => new(end.Address, end.Interface?.Id);

    /// <summary><c>eni-… (10.0.1.5)</c>, <c>a member of sg-… to come (10.0.1.5)</c>, or the address.</summary>
    public override string ToString() =>
        Interface is { } nic ? $"{nic} ({Address})" : Group is { } group ? $"a member of {group} to come ({Address})" : Address.ToString();
}
