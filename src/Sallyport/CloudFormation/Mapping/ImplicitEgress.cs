namespace Sallyport.CloudFormation.Mapping;

/// <summary>
/// What becomes of the rule that AWS gives a group without egress when an <c>AWS::EC2::SecurityGroupEgress</c> of the stack adds one.
/// docs/decisions/0006 says on what evidence the reading rests.
/// </summary>
internal enum ImplicitEgress
{
    /// <summary>The first rule that stands apart takes its place.</summary>
    RemovedByStandaloneRule,

    /// <summary>It stays beside the rules that stand apart.</summary>
    Kept,
}
