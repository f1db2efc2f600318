using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Questions;

/// <summary>What the egress rules of one group and the ingress rules of another let through between some of their members.</summary>
/// <param name="From">The group that sends.</param>
/// <param name="To">The group that is asked.</param>
/// <param name="Services">Never empty.</param>
public sealed record GroupPair(SecurityGroupId From, SecurityGroupId To, ServiceSet Services);
