using Sallyport.Estates;

namespace Sallyport.Auditing.Strategy;

/// <summary>A rule of a group that another group on the same interface makes needless there.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Other">The other group.</param>
/// <param name="Interface">One interface that carries both.</param>
internal sealed record GroupOverlap(SecurityGroupRule Rule, SecurityGroupId Other, NetworkInterfaceId Interface);
