using System.Collections.Frozen;
using Sallyport.Aws.Tests.Ec2;

namespace Sallyport.Aws.Tests;

/// <summary>Where moto differs from EC2, and what that does to us. The one table: tests ask it, nothing else knows.</summary>
internal static class MotoDeviations
{
    public static FrozenDictionary<EndpointTrait, string> All { get; } = new Dictionary<EndpointTrait, string>
    {
        [EndpointTrait.ClearsDescriptions] = "UpdateSecurityGroupRuleDescriptions without a description keeps the old one instead of clearing it.",
        [EndpointTrait.DescribesPrefixListPeers] = "A description on a prefix-list peer is lost: such a rule always reads back without one.",
        [EndpointTrait.DescribesGroupPeersInRulesView] = "DescribeSecurityGroupRules leaves out the description of a group peer; we take it from DescribeSecurityGroups.",
        [EndpointTrait.KnowsVpcAssociations] = "DescribeSecurityGroupVpcAssociations answers HTTP 500: a gap that is no read failure.",
        [EndpointTrait.AnswersErrorsForUnknownOperations] = "An operation it lacks is HTTP 500 without an error document, not InvalidAction.",
        [EndpointTrait.AnswersEveryRuleMade] = "Authorize with several permissions answers only the rules of the last one; we re-read the group.",
        [EndpointTrait.AuthorizesAllOrNothing] = "Authorize adds permission by permission: a duplicate in the second leaves the first behind.",
        [EndpointTrait.ModifiesGroupAndPrefixListPeers] = "ModifySecurityGroupRules changes IPv4 rules only.",
        [EndpointTrait.UpdatesDescriptionsById] = "SecurityGroupRuleDescription.n is ignored; we use the property form.",
        [EndpointTrait.Pages] = "MaxResults is ignored by the describes of groups and rules: everything comes as one page.",
        [EndpointTrait.EnforcesDependencies] = "DeleteSecurityGroup never checks what uses the group.",
    }.ToFrozenDictionary();
}
