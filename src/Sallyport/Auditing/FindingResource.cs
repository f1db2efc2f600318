using Sallyport.Estates;

namespace Sallyport.Auditing;

/// <summary>What a finding is about.</summary>
/// <param name="Type">CloudFormation's type name: <c>AWS::EC2::SecurityGroup</c>; <c>AWS::::Account</c> for a whole scope.</param>
/// <param name="Id">The id, or the symbolic id of a group that only code knows.</param>
/// <param name="Name">Untrusted text; empty when there is none.</param>
/// <param name="Scope">Account and Region; unknown parts are empty.</param>
/// <param name="Vpc">Null when unknown or without meaning.</param>
public sealed record FindingResource(string Type, string Id, string Name, Scope Scope, VpcId? Vpc)
{
    /// <summary>The type of a security group.</summary>
    public const string SecurityGroupType = "AWS::EC2::SecurityGroup";

    /// <summary>The type of a whole account and Region.</summary>
    public const string AccountType = "AWS::::Account";

    /// <summary>A group as the subject of a finding.</summary>
    public static FindingResource Of(SecurityGroup group) => new(SecurityGroupType, group.Id.Value, group.Name, group.Scope, group.Vpc);
}
