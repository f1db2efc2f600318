using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Questions;

/// <summary>What would have to be added on one side for what was asked.</summary>
/// <param name="Direction">Which side.</param>
/// <param name="Group">The group that would own the rules.</param>
/// <param name="Peer">Whom they would name.</param>
/// <param name="Services">What that side stops today for some pair.</param>
public sealed record MissingRule(Direction Direction, SecurityGroupId Group, Peer Peer, ServiceSet Services);
