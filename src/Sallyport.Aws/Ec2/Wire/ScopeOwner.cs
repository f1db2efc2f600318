using Sallyport.Estates;

namespace Sallyport.Aws.Ec2.Wire;

/// <summary>The scope of a resource that tells its owner, which in a shared VPC is another account than the caller's.</summary>
internal static class ScopeOwner
{
    public static Scope OwnedBy(this Scope scope, string? owner) => owner is { Length: 12 } ? scope with { Account = owner } : scope;
}
