using Sallyport.Estates;
using Sallyport.Reachability;

namespace Sallyport.Connectivity.Differences;

/// <summary>What one group's rules of one direction allow more and less than before, whoever carries the groups.</summary>
internal sealed record SymbolicChange(SecurityGroupId Group, Direction Direction, AllowedTraffic Added, AllowedTraffic Removed);
