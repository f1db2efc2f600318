using Sallyport.Estates;

namespace Sallyport.Aws.Ec2.Wire;

/// <summary>A rule of the rules view with the group it belongs to: either understood or malformed.</summary>
internal sealed record ReadRule(SecurityGroupId Group, SecurityGroupRule? Rule, MalformedRule? Malformed);
