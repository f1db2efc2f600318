using Sallyport.Estates;

namespace Sallyport.Policies;

/// <summary>A security group that a test speaks of, and where it lives.</summary>
public readonly record struct BoundGroup(SecurityGroupId Id, Scope Scope);
