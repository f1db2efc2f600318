namespace Sallyport.Aws.Tests.Ec2;

/// <summary>What EC2 does and an emulator may not.</summary>
internal enum EndpointTrait
{
    ClearsDescriptions,
    DescribesPrefixListPeers,
    KnowsVpcAssociations,
    AnswersEveryRuleMade,
    AuthorizesAllOrNothing,
    DescribesGroupPeersInRulesView,
    ModifiesGroupAndPrefixListPeers,
    UpdatesDescriptionsById,
    Pages,
    AnswersErrorsForUnknownOperations,
    EnforcesDependencies,
}
