using Sallyport.Packets;

namespace Sallyport.Estates;

/// <summary>One entry of a network ACL.</summary>
/// <param name="Direction">Ingress into or egress out of the subnet.</param>
/// <param name="Number">1 to 32767; the last is the implicit deny.</param>
/// <param name="Allows">False for deny.</param>
/// <param name="Service">Destination ports, or ICMP type and code.</param>
/// <param name="Cidr">The far end.</param>
public sealed record NetworkAclEntry(Direction Direction, int Number, bool Allows, Service Service, Cidr Cidr);
