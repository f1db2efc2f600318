using Sallyport.Estates;

namespace Sallyport.Planning;

/// <summary>A group that a plan's rules belong to or point at, for people.</summary>
public sealed record PlanGroup(SecurityGroupId Id, string Name, Scope Scope);
