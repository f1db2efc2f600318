using System.Collections.Immutable;
using Sallyport.Estates;

namespace Sallyport.Auditing.Strategy;

/// <summary>The groups of one interface before and after a merge.</summary>
/// <param name="Interface">The interface.</param>
/// <param name="Before">Its groups now, sorted.</param>
/// <param name="After">Its groups then, sorted; never none.</param>
/// <param name="Service">The AWS service that made the interface, where the change has to be made; null for an interface of one's own.</param>
public sealed record AttachmentChange(
    NetworkInterfaceId Interface, ImmutableArray<SecurityGroupId> Before, ImmutableArray<SecurityGroupId> After, string? Service)
{
    internal static AttachmentChange Of(NetworkInterface nic, SecurityGroupId drop, SecurityGroupId keep) => new(
        nic.Id, nic.Groups, [.. nic.Groups.Where(g => g != drop).Append(keep).Distinct().Order()], nic.RequesterManaged ? InterfaceOwner.Of(nic)?.Name : null);

    /// <summary>The interface, and where to change it when that is elsewhere.</summary>
    public override string ToString() => Service is null ? Interface.Value : $"{Interface} (set on {Service})";
}
