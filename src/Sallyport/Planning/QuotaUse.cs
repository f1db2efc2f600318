using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Planning;

/// <summary>How a plan moves one group's rule count, in AWS's weights, for one direction and family.</summary>
/// <param name="Group">The group.</param>
/// <param name="Direction">Ingress and egress have budgets of their own.</param>
/// <param name="Family">So do the families; a group reference counts in both.</param>
/// <param name="Before">Weight now.</param>
/// <param name="After">Weight at the end.</param>
/// <param name="Peak">Highest weight on the way.</param>
/// <param name="Limit">What the connections file says EC2 permits.</param>
public sealed record QuotaUse(SecurityGroupId Group, Direction Direction, IpFamily Family, int Before, int After, int Peak, int Limit);
