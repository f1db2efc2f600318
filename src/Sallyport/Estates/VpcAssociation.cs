namespace Sallyport.Estates;

/// <summary>A group made usable in a further VPC (AssociateSecurityGroupVpc).</summary>
/// <param name="Group">The group.</param>
/// <param name="Vpc">The further VPC.</param>
/// <param name="State"><c>associated</c> when it counts.</param>
public sealed record VpcAssociation(SecurityGroupId Group, VpcId Vpc, string State);
